"""Plans of 10,000 schools and 500 inspectors, beside a plain loop over schools and inspectors.

The plain one asks every rule of every pair of inspectors who are free, school by school, and takes
the pair with the least to do. It neither draws strata, nor puts schools of one day together, nor
looks back where it is stuck; that both keep the rules is checked before anything is timed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path

from inspections.planning.calendar import stretches
from inspections.planning.drawing import draw_schools
from inspections.planning.inputs import Inputs
from inspections.planning.keeping import breaches
from inspections.planning.planned import plan_from
from inspections.planning.sampling import sample
from inspections.planning.strata import layers
from inspections.planning.trips import Visit, visits_of
from tests.benchmarks.timing import Contender, Subject
from tests.inspections.planning.counties import county

UNTIL = date(2026, 10, 31)
SEED = "2026"


def subjects(folder: Path, large: bool) -> Iterator[Subject]:
    """Yields the whole plan, and one draw among 10,000; nothing is written to ``folder``."""
    inputs = county(
        10_000, 500, UNTIL, avoid=3, by=("学段",),
        team={"skills": {"kitchen": ["食品"]}}, day={"near": ["区域"]},
    )  # fmt: skip
    made, _ = plan_from(inputs, SEED)
    assert made is not None and not list(breaches(inputs, made)) and not made.price.apart
    teams = plain_plan(inputs)
    assert len(teams) == 10_000 and not any(_breaks(inputs, *one) for one in teams)
    yield Subject(
        "抽取、排期、组队：10,000 校×500 人", "校", 10_000,
        (
            Contender("本工具", partial(plan_from, inputs, SEED)),
            Contender("逐校逐对比较（纯 Python）", partial(plain_plan, inputs)),
        ),
        rounds=3,
    )  # fmt: skip
    weights = {code: 1000 + at % 3000 for at, code in enumerate(inputs.roster.schools)}
    yield Subject(
        "按权重抽 3,000 所", "校", 10_000,
        (Contender("本工具", partial(sample, weights, 3_000, SEED, "第1次")),),
    )  # fmt: skip


def plain_plan(inputs: Inputs) -> list[tuple[Visit, tuple[str, str], int]]:
    """Returns (visit, pair, day) of every school; the first pair that will do, least loaded."""
    visits = visits_of(inputs, draw_schools(inputs, layers(inputs), SEED))
    days = len(stretches(inputs))
    avoids = {one.id: inputs.avoids(one) for one in inputs.people}
    skills = {one.id: set(one.skills) for one in inputs.people}
    load = dict.fromkeys(avoids, 0)
    busy: list[dict[str, int]] = [{} for _ in range(days)]
    before: dict[str, str] = {}
    found = []
    for at, visit in enumerate(sorted(visits, key=lambda it: -len(it.needs))):
        day = at * days // len(visits)
        free = sorted(
            (
                one
                for one in avoids
                if visit.school not in avoids[one] and busy[day].get(one, 0) < 2
            ),
            key=lambda one: (busy[day].get(one, 0), load[one], one),
        )
        pair = next(
            two
            for two in combinations(free, 2)
            if visit.needs <= skills[two[0]] | skills[two[1]] and before.get(two[0]) != two[1]
        )
        for one, other in (pair, pair[::-1]):
            load[one] += 1
            busy[day][one] = busy[day].get(one, 0) + 1
            before[one] = other
        found.append((visit, pair, day))
    return found


def _breaks(inputs: Inputs, visit: Visit, pair: tuple[str, str], day: int) -> bool:
    people = [inputs.roster.inspectors[code] for code in pair]
    if any(visit.school in inputs.avoids(one) for one in people):
        return True
    return not visit.needs <= {skill for one in people for skill in one.skills}
