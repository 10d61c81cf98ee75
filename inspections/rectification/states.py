"""How an item stands on a day: it follows from its moves and its deadline, and is stored nowhere.

From the day after the deadline an item is overdue, unless the school has reported and the bureau
has not answered yet. What was put right before the inspectors' eyes is closed from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from inspections.records.rectification import FOUND, Case, Item, Move, Term, Verb


class State(StrEnum):
    """How an item stands, as it is called in Chinese."""

    OPEN = "待整改"
    REPORTED = "已报送"
    RETURNED = "退回"
    CLOSED = "已销号"
    EXTENDED = "延期"
    OVERDUE = "逾期"
    KEPT = "长期坚持"
    RELAPSED = "反弹"
    WITHDRAWN = "已撤回"


_AFTER: Final = {
    Verb.REPORT: State.REPORTED,
    Verb.RETURN: State.RETURNED,
    Verb.CLOSE: State.CLOSED,
    Verb.EXTEND: State.EXTENDED,
    Verb.KEEP: State.KEPT,
    Verb.WITHDRAW: State.WITHDRAWN,
    Verb.REOPEN: State.OPEN,
    Verb.DONE: State.CLOSED,
    Verb.NOT_DONE: State.RETURNED,
    Verb.RELAPSE: State.RELAPSED,
    Verb.FALSE: State.RETURNED,
}
"""What a move leaves behind."""

_STAYS: Final = frozenset({Verb.AMEND, Verb.PROGRESS})
"""Moves that leave an item as it stood."""

_GROWS_OLD: Final = frozenset({State.OPEN, State.RETURNED, State.EXTENDED, State.RELAPSED})
"""States in which the school has something to do by the deadline."""

FINISHED: Final = frozenset({State.CLOSED, State.KEPT, State.WITHDRAWN})
"""States in which nobody has to do anything for now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands on ``day``.

    ``due``: the deadline that holds now, None where there is none. ``late``: whole days since
    then, 0 where it is not overdue. ``report``: what the school said last; ``verdict``: what the
    bureau said last of it; ``extension``: the last one. ``relapses``: how often it came back.
    ``sent_back``: the school has to report again, overdue or not.
    """

    case: Case
    state: State
    day: date
    due: date | None = None
    late: int = 0
    report: Move | None = None
    verdict: Move | None = None
    extension: Move | None = None
    relapses: int = 0
    sent_back: bool = False

    @property
    def item(self) -> Item:
        """The item."""
        return self.case.item

    @property
    def number(self) -> int:
        """The item's."""
        return self.case.number

    @property
    def finished(self) -> bool:
        """Whether nobody has to do anything for now."""
        return self.state in FINISHED


def standing(case: Case, day: date) -> Standing:
    """Returns how an item stands on a day."""
    moves = [one for one in case.moves if one.verb not in _STAYS]
    state = _AFTER[moves[-1].verb] if moves else _at_first(case.item)
    due = next((one.until for one in reversed(moves) if one.until), case.item.due)
    late = (day - due).days if due and state in _GROWS_OLD else 0
    return Standing(
        case,
        State.OVERDUE if late > 0 else state,
        day,
        due,
        max(late, 0),
        case.last(Verb.REPORT, Verb.PROGRESS),
        case.last(Verb.RETURN, Verb.CLOSE, Verb.KEEP, Verb.REOPEN, *FOUND),
        case.last(Verb.EXTEND),
        sum(one.verb is Verb.RELAPSE for one in moves),
        state is State.RETURNED,
    )


def standings(cases: Iterable[Case], day: date, *, withdrawn: bool = False) -> list[Standing]:
    """Returns how items stand on a day, by number; ``withdrawn``: those too that are no more."""
    found = [standing(case, day) for case in cases]
    return [one for one in found if withdrawn or one.state is not State.WITHDRAWN]


def _at_first(item: Item) -> State:
    if item.spot:
        return State.CLOSED
    return State.OPEN


TERMS: Final = {Term.AT_ONCE: "立行立改", Term.DAYS: "限期", Term.LONG: "长期"}
"""How a term is called (类别)."""
