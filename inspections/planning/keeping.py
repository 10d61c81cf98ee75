"""Looks over a plan, whoever made it, and says which rules it breaks; slowly and plainly.

Nothing of what made the plan is used here, so that one checks the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from inspections.planning.inputs import Inputs
from inspections.planning.planned import Planned
from inspections.round.working_days import is_working_day


def breaches(inputs: Inputs, made: Planned) -> Iterator[str]:
    """Yields every rule that a plan breaks, with where; nothing where it keeps all."""
    drawing, people = inputs.drawing, inputs.roster.inspectors
    last = {school: set(codes) for school, codes in inputs.last.items()}
    visits = sorted(
        ((day, visit, team) for team, own in made.visits.items() for day, visit in own),
        key=lambda it: it[0],
    )
    on_day = Counter((code, day) for day, _, team in visits for code in made.teams[team].members)
    minutes: Counter[tuple[str, date]] = Counter()
    for day, visit, team in visits:
        members = made.teams[team].members
        where = f"{team} {visit.school} {day}"
        for code in members:
            if visit.school in inputs.avoids(people[code]) or people[code].left:
                yield f"{where}：{code} 不能去"
            if on_day[code, day] > drawing.day.visits:
                yield f"{where}：{code} 一天 {on_day[code, day]} 次"
        minutes[team, day] += visit.minutes + drawing.day.travel
        if len(set(members)) < drawing.team.size:
            yield f"{where}：人不够"
        for rubric in visit.rubrics:
            for skill in drawing.team.skills.get(rubric, ()):
                if not any(skill in people[code].skills for code in members):
                    yield f"{where}：没有{skill}"
        before = last.get(visit.school, set())
        if len(before & set(members)) > (drawing.team.size > 1):
            yield f"{where}：上次也是他们"
        if set(members) <= inputs.finders.get(visit.school, frozenset()):
            yield f"{where}：都是原检查人"
        last[visit.school] = set(members)
        window = inputs.round.window
        if not (window.since <= day <= window.until and is_working_day(day)):
            yield f"{where}：不是检查的日子"
    for (team, at), spent in minutes.items():
        if spent - drawing.day.travel > drawing.day.minutes:
            yield f"{team} {at}：{spent} 分钟"
    spans = {team: (own.since, own.until) for team, own in made.teams.items()}
    by_person: dict[str, list[str]] = {}
    for team, held in made.teams.items():
        for code in held.members:
            by_person.setdefault(code, []).append(team)
    for code, own in by_person.items():
        own.sort(key=lambda team: spans[team])
        for one, other in pairwise(own):
            if spans[other][0] <= spans[one][1]:
                yield f"{code} 同时在{one}和{other}"
            again = set(made.teams[one].members) & set(made.teams[other].members)
            if drawing.team.rotate and len(again) > 1:
                yield f"{code} 在{one}和{other}和同一人同组"
