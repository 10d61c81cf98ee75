"""Medians: of one row of figures, of groups of schools, of layers of records.

Of an even number it is the mean of the middle two: exact of records, of published figures half-up
to 1/10000.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rubrics.values.points import BoolArray, IntArray, half_up

BEYOND = np.int64(2**62)
"""More than any figure."""


def middle(values: Iterable[int]) -> int | None:
    """Returns the median of some units; None of nothing."""
    return _of_sorted(sorted(values))


def group_medians(
    values: IntArray, counts: BoolArray, group: IntArray, groups: int
) -> tuple[IntArray, BoolArray]:
    """Returns the median of each group's ``values`` that count, and which groups have one.

    Of one value alone there is none: it would be compared with itself.
    """
    rows = [np.sort(values[counts & (group == n)]) for n in range(groups)]
    there = np.array([len(row) > 1 for row in rows], bool)
    return np.array([_of_sorted(row) or 0 for row in rows], np.int64), there


def median(deep: IntArray, present: BoolArray, parts: int) -> IntArray:
    """Returns the median over the first axis of what is present, in ``parts``; 0 where nothing is.

    Where two or more may be present, ``parts`` is even.
    """
    ordered = np.sort(np.where(present, deep, BEYOND), axis=0)
    there = present.any(axis=0)
    count = np.maximum(present.sum(axis=0), 1)[np.newaxis]
    low = np.take_along_axis(ordered, (count - 1) // 2, axis=0)[0]
    high = np.take_along_axis(ordered, count // 2, axis=0)[0]
    if parts == 1:
        return np.where(there, low, 0)
    return (np.where(there, low, 0) + np.where(there, high, 0)) * (parts // 2)


def _of_sorted(row: Sequence[int] | IntArray) -> int | None:
    if not len(row):
        return None
    return half_up(int(row[(len(row) - 1) // 2]) + int(row[len(row) // 2]), 2)
