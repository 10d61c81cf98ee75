"""One stretch as an integer program, solved by HiGHS through SciPy within a time bound.

Q. Huangfu and J. A. J. Hall, Parallelizing the dual revised simplex method, 2018 (HiGHS).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from inspections.planning.rules import (
    AVOIDS,
    BUSY,
    FOUND_IT,
    ROTATES,
    SAME_PAIR,
    SKILL,
    Asked,
    People,
)

SECONDS: Final = 5.0
"""How long one stretch may take."""

LARGEST: Final = 60_000
"""Cells (inspectors by trips) of the largest stretch that is tried."""

_COSTS: Final = {
    ROTATES: 1.0,
    BUSY: 1.02,
    SAME_PAIR: 1.04,
    SKILL: 1.06,
    FOUND_IT: 1.08,
    AVOIDS: 1.1,
}
"""What it costs that a rule gives way: of several that would do, the one is named that a bureau may
set, before those that it may not."""

_Row = tuple[list[int], float, float, str]
"""Variables with coefficient 1, the least and the most of their sum, and the rule that says so."""


def solved(
    people: People,
    asked: Sequence[Asked],
    partners: Mapping[int, Collection[int]],
    cost: NDArray[np.int64],
) -> list[list[int]] | None:
    """Returns a team for each trip with the least ``cost`` (of each inspector) together; None
    where there is none, or none was found in time.
    """
    if len(people.own) * len(asked) > LARGEST:
        return None
    found = _solve(people, asked, partners, cost, slack=False)
    if found is None:
        return None
    chosen, _ = found
    return [[int(at) for at in np.flatnonzero(row)] for row in chosen]


def colliding(
    people: People, asked: Sequence[Asked], partners: Mapping[int, Collection[int]]
) -> list[str]:
    """Returns the rules that have to give way, at the least, for all trips to have teams; empty
    where it was not found out in time.
    """
    if len(people.own) * len(asked) > LARGEST:
        return []
    found = _solve(people, asked, partners, np.zeros(len(people.own), np.int64), slack=True)
    return sorted(found[1]) if found else []


def _solve(
    people: People,
    asked: Sequence[Asked],
    partners: Mapping[int, Collection[int]],
    cost: NDArray[np.int64],
    *,
    slack: bool,
) -> tuple[NDArray[np.bool_], set[str]] | None:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    count = len(people.own)
    rows = list(_rows(people, asked, partners))
    cells = count * len(asked)
    wide = cells + (len(rows) if slack else 0)
    at, columns, values = [], [], []
    for number, (own, least, _, rule) in enumerate(rows):
        at += [number] * len(own)
        columns += own
        values += [1.0] * len(own)
        if slack and rule:
            at.append(number)
            columns.append(cells + number)
            # A row that asks for some gets them for nothing, one that allows some allows more.
            values.append(1.0 if least > -np.inf else -1.0)
    matrix = csr_array((values, (at, columns)), shape=(len(rows), wide))
    lower = np.array([row[1] for row in rows])
    highest = np.array([row[2] for row in rows])
    aim = np.zeros(wide)
    aim[:cells] = np.tile(cost, len(asked))
    upper = np.full(wide, np.inf)
    upper[:cells] = 1
    if slack:
        aim[cells:] = [_COSTS.get(row[3], 1.0) for row in rows]
    made = milp(
        aim,
        integrality=np.ones(wide),
        bounds=Bounds(0, upper),
        constraints=LinearConstraint(matrix, lower, highest),
        options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
    )
    if made.status != 0 or made.x is None:
        return None
    used = {rows[number][3] for number in np.flatnonzero(np.round(made.x[cells:])) if slack}
    return np.round(made.x[:cells]).astype(bool).reshape(len(asked), count), used


def _rows(
    people: People, asked: Sequence[Asked], partners: Mapping[int, Collection[int]]
) -> Iterator[_Row]:
    count = len(people.own)
    apart = {
        (min(one, other), max(one, other))
        for one, own in partners.items()
        for other in own
        if people.rotate and one != other
    }
    for one in range(count):
        yield [trip * count + one for trip in range(len(asked))], -np.inf, 1, BUSY
    for trip, wanted in enumerate(asked):
        base = trip * count
        yield list(range(base, base + count)), people.size, people.size, ""
        for person in np.flatnonzero(wanted.avoids):
            yield [base + int(person)], -np.inf, 0, AVOIDS
        for skill in sorted(wanted.needs):
            yield [base + int(it) for it in np.flatnonzero(people.able[skill])], 1, np.inf, SKILL
        for own in wanted.last:
            if people.size == 1:
                yield from (([base + it], -np.inf, 0.0, SAME_PAIR) for it in sorted(own))
            elif len(own) > 1:
                yield [base + it for it in sorted(own)], -np.inf, 1, SAME_PAIR
        for own in wanted.finders:
            yield [base + it for it in sorted(own)], -np.inf, people.size - 1, FOUND_IT
        for pair in sorted(apart):
            yield [base + it for it in pair], -np.inf, 1, ROTATES
