"""The whole plan of a round from a seed: who is visited, when, by whom, and what it costs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from inspections.planning.assigning import Assigned, Sent, assign
from inspections.planning.calendar import Stretch, stretches
from inspections.planning.collisions import before, left_over
from inspections.planning.drawing import Lots, draw_schools
from inspections.planning.first_linking import link_all
from inspections.planning.inputs import Inputs
from inspections.planning.linking import Price, link, price
from inspections.planning.rules import people_of
from inspections.planning.strata import layers
from inspections.planning.ties import Ties, TiesOfAll
from inspections.planning.trips import Visit, trips_of, visits_of
from inspections.round.plan import teams
from inspections.round.school import Assignment, DrawnTeam
from rubrics.messages.problems import Problem

PROCEDURE: Final = 3
"""The number of the procedure by which is drawn now. Which schools are drawn is the same by each;
by the first, inspectors were linked all together, now they are rubric by rubric. Where they are so
already, both make the same plan. Since the third nobody is sent until the draw is over.
"""

_COLUMNS: Final = 3
"""Digits of a team's number, at the least."""


@dataclass(frozen=True)
class Planned:
    """A plan. ``teams``: by name, with ``visits`` of each, by day; ``load``: visits of each
    inspector, by code.
    """

    draws: Sequence[Lots]
    teams: Mapping[str, DrawnTeam]
    visits: Mapping[str, Sequence[tuple[date, Visit]]]
    load: Mapping[str, int]
    price: Price

    @cached_property
    def plan(self) -> tuple[Assignment, ...]:
        """The lines of plan.csv."""
        return tuple(
            Assignment(visit.school, rubric, visit.occasion, team)
            for team, own in self.visits.items()
            for _, visit in own
            for rubric in visit.rubrics
        )

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of its lines: ``school|occasion|day|rubrics|inspectors``, sorted."""
        lines = (
            f"{visit.school}|{visit.occasion}|{day}|{','.join(visit.rubrics)}|"
            f"{','.join(self.teams[team].members)}"
            for team, own in self.visits.items()
            for day, visit in own
        )
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

    @property
    def spread(self) -> tuple[int, int]:
        """The fewest and the most visits of an inspector."""
        return min(self.load.values(), default=0), max(self.load.values(), default=0)

    @property
    def spread_text(self) -> str:
        """The same in words: ``10—16 次``, ``1 次``."""
        least, most = self.spread
        return f"{least} 次" if least == most else f"{least}—{most} 次"


def plan_from(
    inputs: Inputs, seed: str, procedure: int = PROCEDURE
) -> tuple[Planned | None, list[Problem]]:
    """Returns the plan that follows from a seed by a procedure, 1 to ``PROCEDURE``; None where
    rules collide, which are named.

    Codes: those of ``before`` and ``left_over``.
    """
    held, spans, people = layers(inputs), stretches(inputs), people_of(inputs)
    draws = draw_schools(inputs, held, seed)
    visits = visits_of(inputs, draws)
    if wrong := before(inputs, held, spans, visits, people):
        return None, wrong
    trips, fixed = trips_of(inputs, visits, seed), _fixed(inputs, visits)
    found: list[tuple[Assigned, Price]] = []
    # By the second procedure teams are made as before; where linking them then costs anything, also
    # with an eye to links from the start, and the cheaper of both is taken.
    for ties in (TiesOfAll(len(people.own)), Ties(people.rubrics, len(people.own))):
        people = people_of(inputs)
        last = dict(people.last)
        assigned = assign(people, spans, trips, seed, ties)
        if assigned.left and not found:
            return None, left_over(inputs, spans, people, assigned)
        if assigned.left:
            break
        spent = (link_all(people, assigned),) if procedure == 1 else link(people, assigned, last)
        found.append((assigned, price(people, assigned, last, fixed, *spent)))
        if procedure == 1 or found[0][1].least:
            break
    best, paid = min(found, key=lambda it: it[1].cost)
    return _made(inputs, draws, spans, best, paid), []


def _fixed(inputs: Inputs, visits: Sequence[Visit]) -> int:
    """How many visits by a further team it would take to link fixed teams, beside those that
    schools link that are visited more than once.
    """
    size = inputs.drawing.team.size
    by_column = [it for it in teams(inputs.roster).values() if len(it) >= size]
    fixed = len(by_column) or len(inputs.people) // size
    schools = [visit.school for visit in visits]
    return max(fixed - 1 - (len(schools) - len(set(schools))), 0)


def _made(
    inputs: Inputs,
    draws: Sequence[Lots],
    spans: Sequence[Stretch],
    assigned: Assigned,
    price: Price,
) -> Planned:
    people = inputs.people
    width = max(len(str(len(assigned.sent))), _COLUMNS)
    made: dict[str, DrawnTeam] = {}
    visits: dict[str, list[tuple[date, Visit]]] = {}
    order = sorted(assigned.sent, key=lambda it: (it.stretch, _first(it)))
    for number, one in enumerate(order, 1):
        name = f"抽{number:0{width}}组"
        days = spans[one.stretch].days[: len(one.trip.days)]
        members = tuple(people[it].id for it in sorted(one.team))
        made[name] = DrawnTeam(members, days[0], days[-1])
        visits[name] = [
            (day, visit) for day, own in zip(days, one.trip.days, strict=True) for visit in own
        ]
    load = {one.id: int(own) for one, own in zip(people, assigned.load, strict=True)}
    return Planned(draws, made, visits, load, price)


def _first(one: Sent) -> str:
    return one.trip.visits[0].school
