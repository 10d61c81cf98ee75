"""What has become of each visit since it was drawn, for a list that is made public again and again:
its number stays, and what changed is said beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from inspections.ledger.planning import PlanDraw
from inspections.planning.as_drawn import as_drawn
from inspections.planning.going import Going, as_it_stands
from inspections.planning.inputs import of_round
from inspections.planning.known_draws import Told
from inspections.planning.trips import Visit
from inspections.round.opened import OpenRound


@dataclass(frozen=True, slots=True)
class Since:
    """A visit as it stands. ``number``: from 1, by occasion and the code of its school among what
    was drawn, after those what came later, so that it tells nothing of days; ``members``: codes;
    ``was``: what it was before, in words, empty where it is as it was drawn.
    """

    number: int
    day: date
    visit: Visit
    members: tuple[str, ...]
    was: str


def since_draw(
    opened: OpenRound, one: PlanDraw, now: Going, dated: Callable[[Visit], bool]
) -> list[Since]:
    """Returns the visits of a plan as it stands, by number. ``dated``: whether the day of a visit
    may be told.
    """
    turns = {name: at for at, name in enumerate(opened.round.occasions)}

    def by_school(key: tuple[str, str]) -> tuple[int, str]:
        return turns.get(key[1], len(turns)), key[0]

    first = _as_it_came_out(opened, one)
    there = {
        (visit.school, visit.occasion): (day, visit, now.teams[team].members)
        for team, own in now.visits.items()
        for day, visit in own
    }
    # Where the ledger no longer says what was drawn, what stands is numbered.
    drawn = {(school, occasion) for school, _, occasion in one.lines} or set(there)
    order = [*sorted(drawn, key=by_school), *sorted({*there} - drawn, key=by_school)]
    found = []
    for number, key in enumerate(order, 1):
        if key not in there:
            continue
        day, visit, members = there[key]
        was = "补查" if key not in drawn else ""
        if key in first:
            was = _was(*first[key], day, members, dated=dated(visit))
        found.append(Since(number, day, visit, members, was))
    return found


def _was(
    day: date, members: tuple[str, ...], now: date, others: tuple[str, ...], *, dated: bool
) -> str:
    parts = []
    if day != now:
        parts.append(f"改期（原 {day}）" if dated else "改期")
    if set(members) != set(others):
        parts.append(f"改派（原 {'、'.join(members)}）")
    return "；".join(parts)


def _as_it_came_out(
    opened: OpenRound, one: PlanDraw
) -> dict[tuple[str, str], tuple[date, tuple[str, ...]]]:
    """The day and the members of each visit as it was drawn, by school and occasion."""
    plan = as_drawn(opened, Told(draws=[one]))
    if plan is None:
        return {}
    inputs = of_round(opened)
    inputs = replace(inputs, roster=replace(inputs.roster, drawn=plan.teams))
    return {
        (visit.school, visit.occasion): (day, plan.teams[team].members)
        for team, own in as_it_stands(inputs, plan.lines).visits.items()
        for day, visit in own
    }
