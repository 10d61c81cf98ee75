"""The plan of a round as it stands: who goes where and when, whoever wrote it so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from inspections.planning.calendar import fits_in_day
from inspections.planning.inputs import Inputs
from inspections.planning.trips import Visit, visit_of
from inspections.round.school import Assignment, DrawnTeam
from inspections.round.working_days import is_working_day


@dataclass(frozen=True, slots=True)
class Going:
    """A plan with its days: ``teams`` by name, and the ``visits`` of each, by day."""

    teams: Mapping[str, DrawnTeam]
    visits: Mapping[str, Sequence[tuple[date, Visit]]]

    def beside(self, teams: Collection[str]) -> Going:
        """Returns what has to do with some teams: those that share a school or an inspector."""
        people = {code for name in teams for code in self.teams[name].members}
        schools = {visit.school for name in teams for _, visit in self.visits.get(name, ())}
        near = {
            name
            for name, team in self.teams.items()
            if name in teams
            or not people.isdisjoint(team.members)
            or any(visit.school in schools for _, visit in self.visits.get(name, ()))
        }
        return Going(
            {name: team for name, team in self.teams.items() if name in near},
            {name: own for name, own in self.visits.items() if name in near},
        )

    def without(self, name: str, visit: Visit) -> Going:
        """Returns the plan without a visit, and without its team where that has no other."""
        own = [it for it in self.visits[name] if it[1] != visit]
        if own:
            return self.with_team(name, self.teams[name], own)
        return Going(
            {it: team for it, team in self.teams.items() if it != name},
            {it: held for it, held in self.visits.items() if it != name},
        )

    def with_team(self, name: str, team: DrawnTeam, visits: Sequence[tuple[date, Visit]]) -> Going:
        """Returns the plan with another team of that name, or one more."""
        return Going({**self.teams, name: team}, {**self.visits, name: visits})


def as_it_stands(inputs: Inputs, plan: Iterable[Assignment]) -> Going:
    """Returns the plan that the files of a round hold, of teams that were drawn.

    Whoever took somebody's place goes; who has left goes until somebody does. The days of a team
    that stays together for several are filled in the order of the plan, as they were when it was
    drawn. Teams that visit nobody are left out.
    """
    roster = inputs.roster
    drawn, gone = roster.drawn, {it.replaces for it in roster.inspectors.values()}
    asked: dict[str, dict[tuple[str, str], list[str]]] = {}
    for line in plan:
        if line.team in drawn:
            held = asked.setdefault(line.team, {})
            held.setdefault((line.occasion, line.school), []).append(line.rubric)
    visits = {
        name: _by_day(inputs, drawn[name], [visit_of(inputs, *key, it) for key, it in own.items()])
        for name, own in asked.items()
    }
    teams = {
        name: replace(
            drawn[name],
            members=tuple(it.id for it in roster.members(name) if not it.left or it.id not in gone),
        )
        for name in visits
    }
    return Going(teams, visits)


def _by_day(inputs: Inputs, team: DrawnTeam, visits: Sequence[Visit]) -> list[tuple[date, Visit]]:
    span = (team.until - team.since).days + 1
    every = [team.since + timedelta(days=at) for at in range(span)]
    days = [it for it in every if is_working_day(it)] or every[:1]
    held: list[list[Visit]] = [[] for _ in days]
    for visit in visits:
        # What no day has room for goes on the last one, where the rule is told that it breaks.
        fits = (own for own in held if _fits(inputs, own, visit))
        next(fits, held[-1]).append(visit)
    return [(day, visit) for day, own in zip(days, held, strict=True) for visit in own]


def _fits(inputs: Inputs, own: Sequence[Visit], visit: Visit) -> bool:
    return fits_in_day([*(it.minutes for it in own), visit.minutes], inputs.drawing.day)
