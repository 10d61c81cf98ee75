"""Variance components of unbalanced random designs (Henderson's method I).

Henderson, C. R. (1953). Estimation of variance and covariance components. Biometrics 9, 226-252.
In a balanced design the same figures as the mean squares of an analysis of variance give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.ratings import Floats

RESIDUAL: Final = "residual"


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
    _, found = np.unique(np.stack(labels), axis=1, return_inverse=True)
    return np.asarray(found.reshape(-1), np.int64)


def components(values: Floats, facets: Mapping[str, IntArray]) -> Components:
    """Returns the variance that each facet brings, and the residual's.

    ``values`` (n), without nan; ``facets``: the label of each value, by name; interactions as
    :func:`crossed` labels, after what they cross. All facets are taken as random.

    >>> rows, columns = np.divmod(np.arange(6), 2)
    >>> found = components(np.array([1.0, 2, 3, 4, 5, 6]), {"school": rows, "inspector": columns})
    >>> {name: round(own, 6) + 0.0 for name, own in found.raw.items()}
    {'school': 4.0, 'inspector': 0.5, 'residual': 0.0}
    """
    kept: dict[str, IntArray] = {}
    merged: dict[str, str] = {}
    for name, labels in facets.items():
        own = crossed(labels)
        if own.max(initial=-1) + 1 == len(values):
            merged[name] = RESIDUAL
            continue
        same = [
            at for at, other in kept.items() if _pairs(own, other) == _pairs(own) == _pairs(other)
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
    matrix = np.array([[_shared(rows[a], rows[b], counts[a]) for b in rows] for a in rows])
    raw = _solved(matrix, sums)[1:]
    return Components(
        dict(zip(whole, raw.tolist(), strict=True)),
        {name: int(crossed(labels).max(initial=-1)) + 1 for name, labels in facets.items()},
        merged,
        middle,
        len(values),
    )


def _shared(a: IntArray, b: IntArray, count: IntArray) -> float:
    """Sum over the levels of ``a`` and ``b`` of n(a, b)^2 / n(a): how much of b is in a's sums."""
    pair = a * (int(b.max(initial=0)) + 1) + b
    keys, own = np.unique(pair, return_counts=True)
    return float((own**2 / count[keys // (int(b.max(initial=0)) + 1)]).sum())


def _pairs(*labels: IntArray) -> int:
    return len(np.unique(np.stack(labels), axis=1).T)


def _solved(matrix: Floats, sums: Floats) -> Floats:
    """The solution; nan for what many solutions differ in."""
    scale = np.abs(matrix).max() or 1.0
    left, sizes, right = np.linalg.svd(matrix / scale)
    lost = sizes < 1e-10 * sizes.max(initial=1)
    inverse = np.where(lost, 0, 1 / np.where(lost, 1, sizes))
    found = right.T @ (inverse * (left.T @ (sums / scale)))
    unknown = (np.abs(right[lost]) > 1e-7).any(axis=0)
    return np.where(unknown, np.nan, found)
