"""Items added up: from the exact figures, or rounded first where a rubric says so.

``fine`` parts of what is added make a unit; rows are schools, or records. ``weighed``: by what is
multiplied, where a rubric does not add up points alone (:mod:`.weighing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.rules.exact import quotient, times
from rubrics.rules.fraction_columns import side_by_side
from rubrics.values.points import IntArray
from scoring.engine.weighing import Weighing, Whole


def spans(rubric: Rubric) -> Iterator[slice]:
    """Yields the columns of each dimension's items."""
    sizes = (len(dimension.indicators) for dimension in rubric.dimensions)
    yield from (slice(start, end) for start, end in pairwise(accumulate(sizes, initial=0)))


def to_places(rubric: Rubric, earned: IntArray, fine: int | Whole) -> IntArray:
    """Returns figures rounded half-up to the rubric's places, in the parts they were given in."""
    step = fine * 10 ** (4 - rubric.places)
    rounded: IntArray = times(quotient(earned, step), step)
    return rounded


def item_figures(rubric: Rubric, earned: IntArray, fine: int) -> IntArray:
    """Returns what items earned (rows x items) as it is added."""
    return to_places(rubric, earned, fine) if rubric.rounding == "items" else earned


def dimension_figures(
    rubric: Rubric, earned: IntArray, fine: int, weighed: Weighing | None = None
) -> IntArray:
    """Returns what dimensions earned (rows x dimensions) as it is added, from that of items.

    Weighed it stands in as many more parts as the row has (``Weighing.parts``).
    """
    items = _weighed_items(rubric, earned, fine, weighed)
    sums = side_by_side([items[:, span].sum(axis=1) for span in spans(rubric)])
    parts = fine if weighed is None else fine * weighed.parts[:, np.newaxis]
    return to_places(rubric, sums, parts) if rubric.rounding == "dimensions" else sums


def added(rubric: Rubric, earned: IntArray, fine: int, weighed: Weighing | None = None) -> IntArray:
    """Returns what items (rows x items) come to, row by row; weighed it is out of its ``base``."""
    found: IntArray
    if weighed is not None:
        sums = dimension_figures(rubric, earned, fine, weighed)
        found = times(sums, np.array(weighed.of_dimensions)).sum(axis=1)
        return found
    if rubric.rounding == "dimensions":
        earned = dimension_figures(rubric, earned, fine)
    found = item_figures(rubric, earned, fine).sum(axis=1)
    return found


def added_with(
    rubric: Rubric,
    earned: IntArray,
    other: IntArray,
    fine: int,
    weighed: Weighing | None = None,
) -> IntArray:
    """Returns rows x items: the sum if that one item had earned what ``other`` says."""
    whole = added(rubric, earned, fine, weighed)[:, np.newaxis]
    old, new = (_weighed_items(rubric, one, fine, weighed) for one in (earned, other))
    if weighed is None and rubric.rounding != "dimensions":
        return whole - old + new
    parts = fine if weighed is None else fine * weighed.parts[:, np.newaxis]
    found = []
    for place, span in enumerate(spans(rubric)):
        own = old[:, span].sum(axis=1)[:, np.newaxis]
        changed = own - old[:, span] + new[:, span]
        if rubric.rounding == "dimensions":
            own, changed = (to_places(rubric, one, parts) for one in (own, changed))
        by = 1 if weighed is None else weighed.of_dimensions[place]
        found.append(whole + times(changed - own, by))
    return np.hstack(found)


def _weighed_items(
    rubric: Rubric, earned: IntArray, fine: int, weighed: Weighing | None
) -> IntArray:
    items = item_figures(rubric, earned, fine)
    return items if weighed is None else times(items, weighed.of_items)
