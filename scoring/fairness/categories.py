"""Indicators with few levels as whole numbers, one row a rating, as rating models take them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from rubrics.values.points import BoolArray, IntArray
from scoring.fairness.ratings import Ratings

MOST: Final = 6
"""Levels that an indicator may have come to; what has more is measured, and not graded."""


@dataclass(frozen=True, slots=True)
class Rated:
    """Ratings: ``category`` (0 is the worst) of ``item`` by ``inspector`` at ``unit``.

    ``units``, ``inspectors``, ``items``: how many there are of each. Items on which the same levels
    were given share a ``scale``; ``levels``: by scale what each category earns, of 1.
    """

    unit: IntArray
    inspector: IntArray
    item: IntArray
    category: IntArray
    units: int
    inspectors: int
    items: int
    scale: IntArray
    levels: tuple[tuple[float, ...], ...]

    def __len__(self) -> int:
        return len(self.unit)

    def only(self, kept: BoolArray) -> Rated:
        """Returns some of the ratings; levels that none of them has are gone from its scale."""
        category = self.category[kept]
        scale = self.scale[self.item[kept]]
        fresh, levels = category.copy(), []
        for number, own in enumerate(self.levels):
            here = scale == number
            used = np.bincount(category[here], minlength=len(own)) > 0
            fresh[here] = (np.cumsum(used) - 1)[category[here]]
            levels.append(tuple(level for level, there in zip(own, used, strict=True) if there))
        return replace(
            self,
            unit=self.unit[kept],
            inspector=self.inspector[kept],
            item=self.item[kept],
            category=fresh,
            levels=tuple(levels),
        )


def rated(ratings: Ratings, unit: IntArray, units: int) -> tuple[Rated, tuple[int, ...]]:
    """Returns the ratings of indicators with few levels, and which indicators those are.

    ``unit``: by record, what was looked at. Items are numbered among those taken.
    """
    shares = np.round(ratings.shares, 9)
    parts: list[tuple[IntArray, IntArray]] = []
    taken: list[int] = []
    scales: dict[tuple[float, ...], int] = {}
    numbers: list[int] = []
    for column in range(shares.shape[1]):
        rows = np.flatnonzero(np.isfinite(shares[:, column]))
        levels, category = np.unique(shares[rows, column], return_inverse=True)
        if 2 <= len(levels) <= MOST:
            taken.append(column)
            numbers.append(scales.setdefault(tuple(levels.tolist()), len(scales)))
            parts.append((rows, category))
    none = np.zeros(0, np.int64)
    rows = np.concatenate([none, *(rows for rows, _ in parts)])
    item = np.repeat(np.arange(len(parts)), [len(rows) for rows, _ in parts])
    found = Rated(
        unit[rows],
        ratings.inspector[rows],
        item,
        np.concatenate([none, *(category for _, category in parts)]),
        units,
        len(ratings.inspectors),
        len(parts),
        np.array(numbers, np.int64),
        tuple(scales),
    )
    return found, tuple(taken)


def estimable(data: Rated) -> Rated:
    """Returns the ratings from which a rating model can be estimated.

    Of units, inspectors and items that were always given the best, or always the worst, it is only
    known that they lie beyond all others: they are left out, until none is left.
    """
    while len(data):
        most = np.array([len(levels) - 1 for levels in data.levels])[data.scale[data.item]]
        kept = most > 0
        for facet, size in (
            (data.unit, data.units),
            (data.inspector, data.inspectors),
            (data.item, data.items),
        ):
            got = np.bincount(facet, data.category, minlength=size)
            best = np.bincount(facet, most, minlength=size)
            kept &= ((got > 0) & (got < best))[facet]
        if kept.all():
            break
        data = data.only(kept)
    return data
