"""Looks over a plan, whoever made it, and says which rules it breaks; slowly and plainly.

Nothing of what made the plan is used here, so that one checks the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Protocol

from inspections.planning.inputs import Inputs
from inspections.planning.trips import Visit
from inspections.round.school import DrawnTeam
from inspections.round.working_days import is_working_day


class Dated(Protocol):
    """A plan with its days."""

    @property
    def teams(self) -> Mapping[str, DrawnTeam]:
        """Who goes together, and when, by the names of teams."""

    @property
    def visits(self) -> Mapping[str, Sequence[tuple[date, Visit]]]:
        """What each team visits, by day."""


TOGETHER_AGAIN: Final = "同两人不连着同组"
VISITS_A_DAY: Final = "一天几所"
TIME_OF_DAY: Final = "一天的时间"
"""Rules that settings can loosen."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a plan breaks. ``detail``: what of it, in words that follow the team's name."""

    rule: str
    team: str
    detail: str


def breaches(inputs: Inputs, made: Dated) -> Iterator[Breach]:
    """Yields every rule that a plan breaks, with where; nothing where it keeps all."""
    visits = sorted(
        ((day, visit, team) for team, own in made.visits.items() for day, visit in own),
        key=lambda it: it[0],
    )
    yield from _at_schools(inputs, made, visits)
    yield from _by_day(inputs, made, visits)
    yield from _by_person(inputs, made)


def _at_schools(
    inputs: Inputs, made: Dated, visits: Sequence[tuple[date, Visit, str]]
) -> Iterator[Breach]:
    drawing, people = inputs.drawing, inputs.roster.inspectors
    last = {school: set(codes) for school, codes in inputs.last.items()}
    for day, visit, team in visits:
        members = made.teams[team].members
        school = inputs.roster.schools[visit.school].name
        where = f"{day} {school}"
        for code in members:
            if visit.school in inputs.avoids(people[code]):
                yield Breach("回避", team, f"{where}，{people[code].name}应当回避")
            if people[code].left:
                yield Breach("离任", team, f"{where}，{people[code].name}已离任")
        if len(set(members)) < drawing.team.size:
            yield Breach("人数", team, f"{where}，只有 {len(set(members))} 人")
        for rubric in visit.rubrics:
            for office in drawing.team.offices.get(rubric, ()):
                if not any(office in people[code].office for code in members):
                    yield Breach("单位", team, f"{where}，没有{office}的人")
            for skill in drawing.team.skills.get(rubric, ()):
                if not any(skill in people[code].skills for code in members):
                    yield Breach("专长", team, f"{where}，没有{skill}专长的人")
        before = last.get(visit.school, set())
        if len(before & set(members)) > (drawing.team.size > 1):
            yield Breach("同两人不连着去同一所学校", team, f"{where}，上次去的也是他们")
        if set(members) <= inputs.finders.get(visit.school, frozenset()):
            yield Breach("原检查人不单独复查", team, f"{where}，都是原检查人")
        last[visit.school] = set(members)


def _by_day(
    inputs: Inputs, made: Dated, visits: Sequence[tuple[date, Visit, str]]
) -> Iterator[Breach]:
    day_of, window = inputs.drawing.day, inputs.round.window
    minutes: Counter[tuple[str, date]] = Counter()
    count = Counter((team, day) for day, _, team in visits)
    for day, visit, team in visits:
        minutes[team, day] += visit.minutes + day_of.travel
        if not (window.since <= day <= window.until and is_working_day(day)):
            yield Breach("检查的日子", team, f"{day}不是检查期限里的工作日")
        if inputs.after and day <= inputs.after:
            yield Breach("检查的日子", team, f"{day}还没有抽取，抽取在{inputs.after}")
        if day in day_of.closed:
            yield Breach("检查的日子", team, f"{day}写在 closed 里，不安排检查")
    for (team, day), spent in minutes.items():
        if count[team, day] > day_of.visits:
            yield Breach(VISITS_A_DAY, team, f"{day}去 {count[team, day]} 所")
        if spent - day_of.travel > day_of.minutes:
            yield Breach(TIME_OF_DAY, team, f"{day}要 {spent - day_of.travel} 分钟")


def _by_person(inputs: Inputs, made: Dated) -> Iterator[Breach]:
    people = inputs.roster.inspectors
    by_person: dict[str, list[str]] = {}
    for team, held in made.teams.items():
        for code in held.members:
            by_person.setdefault(code, []).append(team)
    for code, own in by_person.items():
        own.sort(key=lambda team: (made.teams[team].since, made.teams[team].until, team))
        for one, other in pairwise(own):
            name = people[code].name
            if made.teams[other].since <= made.teams[one].until:
                yield Breach("一人同一天只在一组", other, f"{name}同时在{one}")
            again = set(made.teams[one].members) & set(made.teams[other].members)
            if inputs.drawing.team.rotate and len(again) > 1:
                told = "、".join(people[it].name for it in sorted(again))
                yield Breach(TOGETHER_AGAIN, other, f"{told}刚在{one}同组")
