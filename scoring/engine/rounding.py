"""Items added up: from the exact figures, or rounded first where a rubric says so.

``fine`` parts of what is added make a unit; rows are schools, or records.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.rules.exact import quotient, times
from rubrics.rules.fraction_columns import side_by_side
from rubrics.values.points import IntArray


def spans(rubric: Rubric) -> Iterator[slice]:
    """Yields the columns of each dimension's items."""
    sizes = (len(dimension.indicators) for dimension in rubric.dimensions)
    yield from (slice(start, end) for start, end in pairwise(accumulate(sizes, initial=0)))


def to_places(rubric: Rubric, earned: IntArray, fine: int) -> IntArray:
    """Returns figures rounded half-up to the rubric's places, in the parts they were given in."""
    step = fine * 10 ** (4 - rubric.places)
    return times(quotient(earned, step), step)


def item_figures(rubric: Rubric, earned: IntArray, fine: int) -> IntArray:
    """Returns what items earned (rows x items) as it is added."""
    return to_places(rubric, earned, fine) if rubric.rounding == "items" else earned


def dimension_figures(rubric: Rubric, earned: IntArray, fine: int) -> IntArray:
    """Returns what dimensions earned (rows x dimensions) as it is added, from that of items."""
    items = item_figures(rubric, earned, fine)
    sums = side_by_side([items[:, span].sum(axis=1) for span in spans(rubric)])
    return to_places(rubric, sums, fine) if rubric.rounding == "dimensions" else sums


def added(rubric: Rubric, earned: IntArray, fine: int) -> IntArray:
    """Returns what items (rows x items) come to, row by row."""
    if rubric.rounding == "dimensions":
        earned = dimension_figures(rubric, earned, fine)
    found: IntArray = item_figures(rubric, earned, fine).sum(axis=1)
    return found


def added_with(rubric: Rubric, earned: IntArray, other: IntArray, fine: int) -> IntArray:
    """Returns rows x items: the sum if that one item had earned what ``other`` says."""
    whole = added(rubric, earned, fine)[:, np.newaxis]
    old, new = (item_figures(rubric, one, fine) for one in (earned, other))
    if rubric.rounding != "dimensions":
        return whole - old + new
    found = []
    for span in spans(rubric):
        own = old[:, span].sum(axis=1)[:, np.newaxis]
        changed = to_places(rubric, own - old[:, span] + new[:, span], fine)
        found.append(whole - to_places(rubric, own, fine) + changed)
    return np.hstack(found)
