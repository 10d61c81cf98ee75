"""Who goes instead, and on which day instead, drawn so that no rule is broken and anybody can
repeat it: the least loaded first, then by lot with the seed that is public by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, islice

from inspections.planning.calendar import stretches
from inspections.planning.going import Going
from inspections.planning.inputs import Inputs
from inspections.planning.keeping import (
    TIME_OF_DAY,
    TOGETHER_AGAIN,
    VISITS_A_DAY,
    Breach,
    breaches,
)
from inspections.planning.lots import lot
from inspections.planning.needs import met_by
from inspections.planning.trips import Visit, visit_of
from inspections.round.school import DrawnTeam, Inspector
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.conditions import holds

_POOL = 8
"""Of how many a team for a moved visit is made, the least loaded; and half as many more of those
who meet each need.
"""

_TOLD = 4
"""Rules that are told, of those that stand in the way."""

_SETTINGS = {
    TOGETHER_AGAIN: "team.rotate（写 false）",
    VISITS_A_DAY: "day.visits",
    TIME_OF_DAY: "day.minutes",
}

Away = Mapping[str, Sequence[tuple[date, date]]]
"""For which days each inspector cannot go, first and last, by code."""

Visited = Callable[[Visit], bool]
"""Whether a sheet has come of a visit, which nobody then moves."""


@dataclass(slots=True)
class Instead:
    """What becomes of a plan. ``now``: as it is then; ``teams``: names of those that are others,
    ``moved``: (school, occasion) -> the team that goes there from then on.
    """

    now: Going
    teams: list[str] = field(default_factory=list)
    moved: dict[tuple[str, str], str] = field(default_factory=dict)

    def put(self, name: str, team: DrawnTeam, visits: Sequence[tuple[date, Visit]]) -> None:
        """Makes a team another one, or one more."""
        self.now = self.now.with_team(name, team, visits)
        self.teams.append(name)


def stand_in(
    inputs: Inputs,
    now: Going,
    away: str,
    days: tuple[date, date],
    seed: str,
    visited: Visited,
    absent: Away,
) -> tuple[Instead, list[Problem]]:
    """Finds somebody for each visit on which an inspector (a code) would go from ``days[0]`` to
    ``days[1]``; nobody who is ``absent`` then. Teams for which there is nobody stay as they are.

    Lots are ``seed|替换|team|away|inspector``. Code: redraw-nobody.
    """
    done, nobody, blocking = Instead(now), list[str](), set[str]()
    touched = sorted(
        (team.since, name)
        for name, team in now.teams.items()
        if away in team.members and team.since <= days[1] and days[0] <= team.until
    )
    for _, name in touched:
        team = done.now.teams[name]
        visits = done.now.visits[name]
        left = [(day, visit) for day, visit in visits if not visited(visit)]
        if not left:
            continue
        others = tuple(code for code in team.members if code != away)
        load = _load(done.now)
        free = [
            it.id
            for it in inputs.people
            if it.id not in (away, *others) and _there(absent, it.id, team.since, team.until)
        ]
        free.sort(key=lambda code: (load[code], lot(seed, "替换", name, away, code)))
        into = name if len(left) == len(visits) else next_name(done.now)
        found, whys = _first(
            inputs, done.now, done.now, into, left, team, ((*others, it) for it in free)
        )
        if found is None:
            why = _counted(whys, "人") or "没有别的督学"
            nobody.append(f"{name}（{team.since}）：{why}")
            blocking |= {*whys}
            continue
        if into != name:
            done.put(name, team, [it for it in visits if it not in left])
            done.moved |= {(it.school, it.occasion): into for _, it in left}
        done.put(into, replace(team, members=tuple(sorted(found))), left)
    if not nobody:
        return done, []
    said = {"teams": "。".join(nobody), "how": _more_room(blocking)}
    return done, [problem("redraw-nobody", Place(), **said)]


def move(
    inputs: Inputs,
    now: Going,
    school: str,
    days: tuple[date, date],
    seed: str,
    today: date,
    visited: Visited,
    absent: Away,
) -> tuple[Instead, list[Problem]]:
    """Finds another day for the visits to a school from ``days[0]`` to ``days[1]``; for a school
    that nobody is to visit, a first one.

    Its own team goes, where one of the days will do, else one that is drawn. Lots of days are
    ``seed|改期|occasion|school|day``, of inspectors ``seed|改派|occasion|school|day|inspector``.
    Codes: redraw-no-day, redraw-nothing.
    """
    done = Instead(now)
    every = [(name, day, it) for name, own in now.visits.items() for day, it in own
             if it.school == school]  # fmt: skip
    wanted = [one for one in every if days[0] <= one[1] <= days[1] and not visited(one[2])]
    if not every and (late := _late(inputs, school, today)):
        wanted = [("", today, late)]
    if not wanted:
        name = inputs.roster.schools[school].name
        return done, [problem("redraw-nothing", Place(), school=name)]
    problems = []
    for name, _, visit in wanted:
        before, members = done.now, done.now.teams[name].members if name else ()
        if name:
            done.now = done.now.without(name, visit)
        into = name if name and name not in done.now.teams else next_name(before)
        found, why = _elsewhere(
            inputs, before, done.now, into, members, visit, days, today, seed, absent
        )
        if found is None:
            named = inputs.roster.schools[school].name
            said = {"school": named, "occasion": visit.occasion, "why": why or "没有工作日"}
            problems.append(problem("redraw-no-day", Place(), **said))
            continue
        day, members = found
        done.put(into, DrawnTeam(members, day, day), [(day, visit)])
        done.moved[visit.school, visit.occasion] = into
    return done, problems


def next_name(now: Going) -> str:
    """Returns a name that no team has: the next number."""
    numbers = [int(digits) for name in now.teams if (digits := name[1:-1]).isdecimal()]
    width = max((len(name) - 2 for name in now.teams if name[1:-1].isdecimal()), default=3)
    return f"抽{max(numbers, default=0) + 1:0{width}}组"


def _late(inputs: Inputs, school: str, today: date) -> Visit | None:
    """The first visit that a school can still have, under all rubrics that apply to it."""
    traits = inputs.roster.schools[school].traits
    own = [name for name, it in inputs.rubrics.items() if holds(it.when, traits)]
    left = (it.occasion for it in stretches(inputs) if it.days[-1] > today)
    occasion = next(left, None)
    return visit_of(inputs, occasion, school, own) if own and occasion else None


def _elsewhere(
    inputs: Inputs,
    before: Going,
    now: Going,
    into: str,
    members: tuple[str, ...],
    visit: Visit,
    away: tuple[date, date],
    today: date,
    seed: str,
    absent: Away,
) -> tuple[tuple[date, tuple[str, ...]] | None, str]:
    """Returns a day and who goes then, or why there is none."""
    ours = [day for it in stretches(inputs) if it.occasion == visit.occasion for day in it.days]
    every = [day for it in stretches(inputs) for day in it.days]
    load, whys, few = _load(now), Counter[str](), Counter[str]()
    # Another day of its own occasion, and only where there is none one of another.
    for spans in (ours, [day for day in every if day not in ours]):
        days = [day for day in spans if day > today and not away[0] <= day <= away[1]]
        days.sort(key=lambda day: lot(seed, "改期", visit.occasion, visit.school, day))
        for own in (True, False):
            for day in days:
                busy = {
                    code
                    for team in now.teams.values()
                    if team.since <= day <= team.until
                    for code in team.members
                }
                busy |= {it for it in absent if not _there(absent, it, day, day)}
                teams = [members] if own and members and busy.isdisjoint(members) else []
                if not own:
                    key = visit.occasion, visit.school, day
                    people = [
                        it
                        for it in inputs.people
                        if it.id not in busy and visit.school not in inputs.avoids(it)
                    ]
                    people.sort(key=lambda it: (load[it.id], lot(seed, "改派", *key, it.id)))
                    size = inputs.drawing.team.size
                    teams = list(combinations(_pool(inputs, visit, people), size))
                    if not teams:
                        few[f"空着的督学不到 {size} 名"] += 1
                team = DrawnTeam((), day, day)
                found, blocked = _first(inputs, before, now, into, [(day, visit)], team, teams)
                if found is not None:
                    return (day, tuple(sorted(found))), ""
                if not own:
                    whys.update(blocked)
    return None, "；".join(filter(None, (_counted(whys, "种组法"), _counted(few, "天"))))


def _first(
    inputs: Inputs,
    was: Going,
    now: Going,
    name: str,
    visits: Sequence[tuple[date, Visit]],
    team: DrawnTeam,
    tried: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]],
) -> tuple[tuple[str, ...] | None, Counter[str]]:
    """Returns the first members who break no rule that was not broken before, or which rules all
    would break, and how many of them each.
    """
    whys: Counter[str] = Counter()
    schools = {visit.school for _, visit in visits}
    there = {it for it, own in was.visits.items() if any(it.school in schools for _, it in own)}
    for members in tried:
        made = now.with_team(name, replace(team, members=members), visits)
        near = made.beside([name])
        before = set(_known(inputs, was, there | set(near.teams)))
        broken = [it for it in breaches(inputs, near) if it not in before]
        if not broken:
            return members, whys
        whys[broken[0].rule] += 1
    return None, whys


def _counted(whys: Counter[str], of: str) -> str:
    """``专长（3 人）；回避（1 人）``, the rule first that stands in the way most."""
    return "；".join(f"{rule}（{count} {of}）" for rule, count in whys.most_common(_TOLD))


def _more_room(whys: Collection[str]) -> str:
    """What would make room beside people and days: the settings of rules that stand in the way."""
    settings = [_SETTINGS[rule] for rule in _SETTINGS if rule in whys]
    return (
        f"；或在 round.yaml 的 drawing 里放宽 {'、'.join(settings)}，核对（--verify）以前改回"
        if settings
        else ""
    )


def _pool(inputs: Inputs, visit: Visit, people: Sequence[Inspector]) -> list[str]:
    """Of whom a team for a visit is made: the first of ``people``, and of those who are needed."""
    team = inputs.drawing.team
    found = dict.fromkeys(it.id for it in people[: max(_POOL, team.size)])
    for need in sorted(visit.needs):
        able = (it.id for it in people if need in met_by(it, team))
        found |= dict.fromkeys(islice(able, _POOL // 2))
    return list(found)


def _there(absent: Away, code: str, since: date, until: date) -> bool:
    return all(until < first or last < since for first, last in absent.get(code, ()))


def _known(inputs: Inputs, now: Going, names: Collection[str]) -> Iterator[Breach]:
    """What is broken already, by hand, and is no matter of this change."""
    held = Going(
        {it: team for it, team in now.teams.items() if it in names},
        {it: own for it, own in now.visits.items() if it in names},
    )
    return breaches(inputs, held)


def _load(now: Going) -> Mapping[str, int]:
    return Counter(code for name, own in now.visits.items() for code in now.teams[name].members
                   for _ in own)  # fmt: skip
