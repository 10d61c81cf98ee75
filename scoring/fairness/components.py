"""Variance components of unbalanced random designs (Henderson's method I).

Henderson, C. R. (1953). Estimation of variance and covariance components. Biometrics 9, 226-252.
In a balanced design the same figures as the mean squares of an analysis of variance give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.ratings import Floats

RESIDUAL: Final = "residual"
NOTHING: Final[Mapping[str, float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Components:
    """What the variance of one value consists of, in squared units of the values.

    ``raw``: as estimated, below 0 where chance made it so, nan where the design cannot tell;
    ``levels``: how many of each facet there are. ``merged``: facets that the design does not part
    from another one, by that one (an occasion that each school has only one of is part of the
    school; what is seen once only is part of the residual).
    """

    raw: Mapping[str, float]
    levels: Mapping[str, int]
    merged: Mapping[str, str]
    mean: float
    values: int

    @property
    def negative(self) -> tuple[str, ...]:
        """Facets whose estimate is below 0: there is little of it, or few levels."""
        return tuple(name for name, own in self.raw.items() if own < 0)

    def of(self, name: str) -> float:
        """Returns the variance of a facet, 0 where it is below 0 or part of another one."""
        return max(0.0, self.raw.get(name, 0.0))


def crossed(*labels: IntArray) -> IntArray:
    """Returns the number of each combination of labels that there is (an interaction).

    >>> crossed(np.array([0, 0, 1]), np.array([2, 2, 2])).tolist()
    [0, 0, 1]
    """
    found = _code(*labels)
    if len(found) and found.min() >= 0 and found.max() < 8 * len(found):
        there = np.zeros(int(found.max()) + 1, bool)  # as sorting does, and faster
        there[found] = True
        return np.asarray((np.cumsum(there) - 1)[found])
    return np.asarray(np.unique(found, return_inverse=True)[1], np.int64)


def _code(*labels: IntArray) -> IntArray:
    """One number for each combination, in their order."""
    found = np.asarray(labels[0], np.int64)
    for more in labels[1:]:
        found = found * (int(more.max(initial=0)) + 1) + more
    return found


def components(
    values: Floats, facets: Mapping[str, IntArray], known: Mapping[str, float] = NOTHING
) -> Components:
    """Returns the variance that each facet brings, and the residual's.

    ``values`` (n), without nan; ``facets``: the label of each value, by name; interactions as
    :func:`crossed` labels, after what they cross. All facets are taken as random. ``known``: the
    variance of some facets, or of the residual, that was found otherwise, and is taken off.

    >>> rows, columns = np.divmod(np.arange(6), 2)
    >>> found = components(np.array([1.0, 2, 3, 4, 5, 6]), {"school": rows, "inspector": columns})
    >>> {name: round(own, 6) + 0.0 for name, own in found.raw.items()}
    {'school': 4.0, 'inspector': 0.5, 'residual': 0.0}
    """
    kept: dict[str, IntArray] = {}
    merged: dict[str, str] = {}
    for name, labels in facets.items():
        own = crossed(labels)
        if name in known:
            kept[name] = own
            continue
        if own.max(initial=-1) + 1 == len(values):
            merged[name] = RESIDUAL
            continue
        same = [
            at
            for at, it in kept.items()
            if at not in known and _pairs(own, it) == _pairs(own) == _pairs(it)
        ]
        if same:
            merged[name] = same[0]
        else:
            kept[name] = own
    middle = float(values.mean()) if len(values) else float("nan")
    # The residual is a facet of which every value is a level, the mean one with a single level.
    whole = {**kept, RESIDUAL: np.arange(len(values))}
    rows = {"": np.zeros(len(values), np.int64), **whole}
    left = values - middle
    counts = {name: np.bincount(labels) for name, labels in rows.items()}
    sums = np.array([(np.bincount(rows[name], left) ** 2 / counts[name]).sum() for name in rows])
    matrix = _shared(list(rows.values()), list(counts.values()))
    given = np.array([known.get(name, np.nan) for name in rows])
    free = np.isnan(given)
    raw = given.copy()
    raw[free] = _solved(
        matrix[np.ix_(free, free)], sums[free] - matrix[free][:, ~free] @ given[~free]
    )
    return Components(
        dict(zip(whole, raw[1:].tolist(), strict=True)),
        {name: int(crossed(labels).max(initial=-1)) + 1 for name, labels in facets.items()},
        merged,
        middle,
        len(values),
    )


def components_within(
    values: Floats, facets: Mapping[str, IntArray], block: IntArray
) -> Components:
    """Returns the same from differences within blocks alone, whatever blocks have in common.

    So that the large differences between schools, and who was sent to which, do not blur what
    inspectors of one visit differ in: sums of squares of values less their block's mean, set equal
    to what is expected of them (as Henderson's method III does, with blocks fixed).

    >>> block, people = np.divmod(np.arange(6), 2)
    >>> found = components_within(np.array([1.0, 2, 30, 31, 5, 6]), {"inspector": people}, block)
    >>> {name: round(own, 6) + 0.0 for name, own in found.raw.items()}
    {'inspector': 0.5, 'residual': 0.0}
    """
    from scipy.sparse import csr_array

    several = np.bincount(block)[block] > 1
    values, block = values[several], crossed(block[several])
    size, places = np.bincount(block), np.arange(len(values))

    def lines(labels: IntArray) -> csr_array:
        return csr_array((np.ones(len(values)), (places, crossed(labels[several]))))

    blocks = csr_array((1 / np.sqrt(size[block]), (places, block)))
    left = values - blocks @ (blocks.T @ values)
    loads = {name: lines(labels) for name, labels in facets.items()}
    parts = {name: blocks.T @ own for name, own in loads.items()}
    mixed = {(a, b): loads[a].T @ loads[b] - parts[a].T @ parts[b] for a in loads for b in loads}
    names = [*facets, RESIDUAL]
    matrix, sums = np.zeros((len(names), len(names))), np.zeros(len(names))
    for row, a in enumerate(facets):
        share = 1 / np.asarray(loads[a].sum(axis=0)).ravel()
        sums[row] = share @ (loads[a].T @ left) ** 2
        own = [share @ np.asarray(mixed[a, b].power(2).sum(axis=1)).ravel() for b in facets]
        matrix[row] = [*own, share @ mixed[a, a].diagonal()]
    sums[-1] = left @ left
    matrix[-1] = [*(mixed[a, a].diagonal().sum() for a in facets), len(values) - len(size)]
    raw = _solved(matrix, sums) if len(values) else np.full(len(names), np.nan)
    levels = {name: own.shape[1] for name, own in loads.items()}
    return Components(dict(zip(names, raw.tolist(), strict=True)), levels, {}, 0.0, len(values))


def _shared(rows: list[IntArray], counts: list[IntArray]) -> Floats:
    """Facets a x facets b: the sum over their levels of n(a, b)^2 / n(a), which is how much of b
    is in the sums of a. The first facet has one level, of the last every value is one.
    """
    size, last = len(rows[0]), len(rows) - 1
    found = np.full((len(rows), len(rows)), float(size))
    for one, held in enumerate(counts):
        found[0, one], found[one, last] = np.square(held).sum() / max(size, 1), len(held)
    found[0, 0], found[last, last] = size, size
    for one in range(1, last):
        for other in range(one + 1, last):
            pair, wide = _code(rows[one], rows[other]), len(counts[other])
            if len(counts[one]) * wide <= 8 * size:
                own = np.bincount(pair)  # as sorting does, and faster
                keys = np.flatnonzero(own)
                own = own[keys]
            else:
                keys, own = np.unique(pair, return_counts=True)
            squares = np.square(own)
            found[one, other] = (squares / counts[one][keys // wide]).sum()
            found[other, one] = (squares / counts[other][keys % wide]).sum()
    return found


def _pairs(*labels: IntArray) -> int:
    return int(crossed(*labels).max(initial=-1)) + 1


def _solved(matrix: Floats, sums: Floats) -> Floats:
    """The solution; nan for what many solutions differ in."""
    scale = np.abs(matrix).max() or 1.0
    left, sizes, right = np.linalg.svd(matrix / scale)
    lost = sizes < 1e-10 * sizes.max(initial=1)
    inverse = np.where(lost, 0, 1 / np.where(lost, 1, sizes))
    found = right.T @ (inverse * (left.T @ (sums / scale)))
    unknown = (np.abs(right[lost]) > 1e-7).any(axis=0)
    return np.where(unknown, np.nan, found)
