"""What the bureau decides of items: closed, returned, extended, kept up, open again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, all_cases, latest
from inspections.records.rectification import FOUND, Move, Verb
from inspections.rectification.numbers import number_of, short
from inspections.rectification.states import Standing, State, standing
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem

DECIDED: Final = {
    "close": Verb.CLOSE,
    "return": Verb.RETURN,
    "extend": Verb.EXTEND,
    "keep": Verb.KEEP,
    "reopen": Verb.REOPEN,
}
"""What can be decided by hand, as commands call it."""

_UNFINISHED: Final = frozenset(
    {State.OPEN, State.REPORTED, State.RETURNED, State.EXTENDED, State.OVERDUE, State.RELAPSED}
)
_FROM: Final = {
    Verb.CLOSE: _UNFINISHED | {State.KEPT},
    Verb.RETURN: _UNFINISHED,
    Verb.EXTEND: _UNFINISHED,
    Verb.KEEP: _UNFINISHED | {State.CLOSED},
    Verb.REOPEN: frozenset({State.CLOSED, State.KEPT}),
}
"""In which states an item can be decided on so."""

_REMEDY: Final = {
    True: "已经办结的，先用 reopen 重新立项；撤回的，由意见书决定，不能改",
    False: "没有办结的不用重新立项",
}


_NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision on an item; ``item`` as somebody typed it, ``place`` where, if in a workbook."""

    item: str
    verb: Verb
    reason: str = ""
    until: date | None = None
    approved: str = ""
    consulted: str = ""
    checked_by: str = ""
    checked: date | None = None
    place: Place = _NOWHERE
    file: str = ""


def decide_items(
    opened: OpenRound, made: Iterable[Decided], day: date, by: By
) -> tuple[list[Move], list[Problem]]:
    """Adds decisions in one act; what cannot be decided so is told and costs no other anything.

    ``day``: of the decision, where none is given. Codes: rectify-none, rectify-item-unknown,
    rectify-not-now, rectify-day-wrong, rectify-decision-lacks.
    """
    with ledger_of(opened) as ledger:
        cases = all_cases(ledger)
        if not cases:
            return [], [problem("rectify-none", Place(opened.ledger_name))]
        stands = {case.number: standing(case, day) for case in cases}
        moves, problems = [], []
        for one in made:
            found = stands.get(number_of(one.item, opened.round.id))
            if wrong := list(_wrong(opened, one, found)):
                problems += wrong
            elif found is not None:
                moves.append(_move(one, found, day))
        return add_moves(ledger, moves, by, since=latest(cases)), problems


def _move(one: Decided, found: Standing, day: date) -> Move:
    return Move(
        found.number,
        one.verb,
        day=_day(one, found, day),
        until=one.until,
        approved=one.approved,
        reason=one.reason,
        consulted=one.consulted,
        checked_by=one.checked_by,
        file=one.file,
    )


def _day(one: Decided, found: Standing, day: date) -> date | None:
    if found.extension is not None and _approves(one, found):
        return found.extension.day  # the extension is the same one
    return one.checked or day


def _wrong(opened: OpenRound, one: Decided, found: Standing | None) -> Iterator[Problem]:
    if found is None:
        yield problem("rectify-item-unknown", one.place, item=one.item, example=short(12))
        return
    item = short(found.number)
    if found.state not in _FROM[one.verb]:
        remedy = _REMEDY[found.finished]
        said: Mapping[str, str] = {"item": item, "state": found.state.value, "remedy": remedy}
        yield problem("rectify-not-now", one.place, verb=one.verb.word, **said)
        return
    for what in _lacking(one):
        yield problem("rectify-decision-lacks", one.place, item=item, verb=one.verb.word, what=what)
    if one.until and found.due and one.until <= found.due and not _approves(one, found):
        yield problem("rectify-day-wrong", one.place, until=one.until, due=found.due)


def _approves(one: Decided, found: Standing) -> bool:
    """Whether a decision says by whom the extension was approved that holds now."""
    given = found.extension
    last = found.case.last(*_NEWS)
    return (
        one.verb is Verb.EXTEND
        and given is not None
        and given is last
        and one.until == given.until
        and one.approved not in ("", given.approved)
    )


_NEWS: Final = (Verb.REPORT, *DECIDED.values(), *FOUND)
"""After which of these an extension is no more what holds."""


def _lacking(one: Decided) -> Iterator[str]:
    """What a decision cannot do without."""
    if one.verb in (Verb.RETURN, Verb.EXTEND, Verb.REOPEN) and not one.reason:
        yield "没有写理由"
    if one.verb is Verb.EXTEND and one.until is None:
        yield "没有写新的期限"
    if one.verb is Verb.EXTEND and not one.approved:
        yield "没有写批准人"
