"""Medians of groups, of those that are ranked."""

from __future__ import annotations

import numpy as np

from rubrics.values.points import IntArray, half_up
from scoring.engine.rules.cells import BoolArray


def group_medians(
    values: IntArray, counts: BoolArray, group: IntArray, groups: int
) -> tuple[IntArray, BoolArray]:
    """Returns the median of each group's ``values`` that count, and which groups have one.

    Of an even number it is the mean of the middle two, half-up to 1/10000.
    """
    found, there = np.zeros(groups, np.int64), np.zeros(groups, bool)
    for number in range(groups):
        own = np.sort(values[counts & (group == number)])
        if len(own):
            there[number] = True
            middle = own[(len(own) - 1) // 2] + own[len(own) // 2]
            found[number] = half_up(int(middle), 2)
    return found, there
