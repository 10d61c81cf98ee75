"""What is earned, weighed by dimensions and groups, for all rows at once.

Rows in which the same indicators were checked are weighed alike: the weights, which are fractions,
are worked out once for each such set, and columns are multiplied by whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from rubrics.language.rubric import Rubric
from rubrics.language.worth import NOTHING, by_points_alone, worths_among
from rubrics.rules.exact import LIMIT
from rubrics.values.points import BoolArray, to_units

Whole = npt.NDArray[Any]
"""int64, or Python's ints where 64 bits do not hold them."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """``of_items`` (rows x items): by how much what an item earned is multiplied, so that the sum
    of a dimension is what it earned out of its own points, in ``parts`` (rows) of a unit.

    ``of_dimensions``: by how much such sums are multiplied before they are added up; ``due`` (rows
    x dimensions): what such a sum is where nothing is lost; ``base`` (rows): what all together are.
    """

    of_items: Whole
    parts: Whole
    of_dimensions: tuple[int, ...]
    due: Whole
    base: Whole


def weighing(rubric: Rubric, checked: BoolArray) -> Weighing | None:
    """Returns how rows (rows x items: what was checked) are weighed; None: by points alone."""
    if by_points_alone(rubric):
        return None
    sets, row = np.unique(checked, axis=0, return_inverse=True)
    row = row.reshape(-1)
    shares = [
        Fraction(dimension.counts) / (Fraction(dimension.points) or 1)
        for dimension in rubric.dimensions
    ]
    common = lcm(*(share.denominator for share in shares))
    of_dimensions = tuple(int(share * common) for share in shares)
    owners = [n for n, one in enumerate(rubric.dimensions) for _ in one.indicators]
    points = [to_units(item.points) for item in rubric.indicators]
    factors, parts, due, base = [], [], [], []
    for one in sets:
        found = worths_among(rubric, np.flatnonzero(one).tolist())
        rates = [
            found.get(place, NOTHING) / (Fraction(item.points) or 1) / (shares[owners[place]] or 1)
            for place, item in enumerate(rubric.indicators)
        ]
        cut = lcm(*(rate.denominator for rate in rates))
        whole = [int(rate * cut) for rate in rates]
        sums = [0] * len(rubric.dimensions)
        for place, factor in enumerate(whole):
            sums[owners[place]] += factor * points[place]
        factors.append(whole)
        parts.append(cut)
        due.append(sums)
        base.append(sum(by * own for by, own in zip(of_dimensions, sums, strict=True)))
    shape = len(rubric.indicators), len(rubric.dimensions)
    return Weighing(
        _whole(factors, shape[0])[row],
        _whole(parts)[row],
        of_dimensions,
        _whole(due, shape[1])[row],
        _whole(base)[row],
    )


def _whole(numbers: list[Any], width: int = 0) -> Whole:
    """Numbers, or rows of them, as a column or a matrix."""
    shape = (len(numbers), width) if width else (len(numbers),)
    found = np.array(numbers, object).reshape(shape)
    fits = not found.size or int(abs(found).max()) < LIMIT
    return found.astype(np.int64) if fits else found
