"""Who found what: nobody looks alone again at what they found themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from inspections.ledger.sheets import FilledSheet
from inspections.records.rectification import Item
from inspections.round.opened import OpenRound

FoundBy = Callable[[Item], frozenset[str]]
"""The codes of all who made the visits in which an item was found."""


def finders(opened: OpenRound, sheets: Iterable[FilledSheet]) -> FoundBy:
    """Returns what tells who found an item: all members of the teams that were planned or came.

    What came from elsewhere nobody of the roster has found.
    """
    roster = opened.roster
    found: dict[tuple[str, str], set[str]] = {}
    for planned in opened.plan:
        of = found.setdefault((planned.school, planned.rubric), set())
        of |= {one.id for one in roster.members(planned.team)}
    for sheet in sheets:
        whose = sheet.key.inspector
        came = {whose} if whose in roster.inspectors else {it.id for it in roster.members(whose)}
        found.setdefault((sheet.key.school, sheet.key.rubric), set()).update(came)
    return lambda item: frozenset(found.get((item.school, item.rubric), ()))
