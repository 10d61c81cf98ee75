"""What the letters ask for now, beside what the ledger has: what is new, changed, or no more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, all_cases, latest, open_items
from inspections.records.rectification import Case, Item, Move, Verb
from inspections.round.opened import OpenRound

OWN: Final = "督导"
"""The source of what this round's letters ask for."""

AUDIT: Final = "审计"
SOURCES: Final = ("督导", "巡察", "信访", "自查", "审计")

_GONE: Final = "更正后不再列为问题"
_BACK: Final = "更正后又列为问题"
_CHANGED: Final = "意见书更正"
_NUMBERED: Final = "意见书编号"


@dataclass(frozen=True, slots=True)
class Opening:
    """``opened``: numbers of the items that are new. ``moves``: what happened to earlier ones,
    withdrawn (撤回), open again (重新立项) or amended (更正).
    """

    opened: tuple[int, ...] = ()
    moves: tuple[Move, ...] = ()


def open_found(
    opened: OpenRound, found: Sequence[Item], judged: Collection[tuple[str, str]], by: By
) -> Opening:
    """Adds what the letters ask for and the ledger has not, and says what is no more.

    ``judged``: (school, rubric) of the letters; what stands in the ledger of others stays.
    """
    with ledger_of(opened) as ledger:
        before = all_cases(ledger)
        moves = list(moves_between(before, found, judged))
        numbers = open_items(ledger, found, by)
        done = add_moves(ledger, moves, by, since=latest(before))
    return Opening(tuple(number for number in numbers if number), tuple(done))


def moves_between(
    cases: Sequence[Case], found: Sequence[Item], judged: Collection[tuple[str, str]]
) -> Iterator[Move]:
    """Yields what has to happen to items that the ledger has, so that they say what letters say."""
    asked = {(one.school, one.key): one for one in found}
    for case in cases:
        item = case.item
        if item.source != OWN or not item.rubric:
            continue
        now = asked.get((item.school, item.key))
        withdrawn = case.last(Verb.WITHDRAW, Verb.REOPEN)
        gone = withdrawn is not None and withdrawn.verb is Verb.WITHDRAW
        if now is None:
            if not gone and (item.school, item.rubric) in judged:
                yield Move(case.number, Verb.WITHDRAW, reason=_GONE)
            continue
        says = tuple(_changed(item, now))
        if now.reference not in ("", item.reference):
            says = (*says, ("reference", now.reference))
        if says:
            reason = _NUMBERED if [name for name, _ in says] == ["reference"] else _CHANGED
            yield Move(case.number, Verb.AMEND, reason=reason, says=says)
        if gone:
            yield Move(case.number, Verb.REOPEN, reason=_BACK, until=now.due)


def _changed(item: Item, now: Item) -> Iterator[tuple[str, str]]:
    """(name, what it says now) of what a letter says otherwise than the item."""
    pairs = (
        ("fact", item.described, now.described),
        ("quantity", item.quantity, now.quantity),
        ("evidence", "\n".join(item.evidence), "\n".join(now.evidence)),
        ("basis", item.basis, now.basis),
        ("demand", item.demand, now.demand),
    )
    return ((name, new) for name, old, new in pairs if old != new)
