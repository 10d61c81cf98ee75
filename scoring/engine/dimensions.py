"""Dimensions of every school: units, shares, and the group's median share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.rules.exact import portion, quotient, times
from rubrics.rules.fraction_columns import side_by_side
from rubrics.values.points import PERCENT, SCALE, IntArray, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.items import Items, points_in
from scoring.engine.rounding import dimension_figures, spans
from scoring.engine.totals import Totals
from scoring.engine.weighing import Weighing

FINEST = 4
"""Decimals to which shares break ties."""

NONE = -(10**15)
"""A share where nothing applies: less than any."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Schools x dimensions: ``earned`` out of ``applicable``, as they add up to the whole.

    Exact, in the items' parts of a unit; weighed they are what the dimension counts in the total.
    ``kept``: all that was not lost, out of ``due``, in the same parts, whichever those are.
    ``share`` is earned / applicable as it is published, rounded half-up once to ``PERCENT``
    decimals, in 1/10000; ``NONE`` where nothing applies. ``fine``: the same to ``FINEST`` decimals.
    """

    earned: IntArray
    kept: IntArray
    applicable: IntArray
    due: IntArray
    share: IntArray
    fine: IntArray


def dimensions(rubric: Rubric, items: Items, sums: Totals) -> Dimensions:
    """Returns the dimensions' figures from the indicators that were checked."""
    if sums.weighed is not None:
        return _weighed(rubric, items, sums.weighed)
    earned = dimension_figures(rubric, items.earned, items.fine)
    own = [(items.states[:, span], items.points[span]) for span in spans(rubric)]
    due = [points_in(states, CHECKED, points) for states, points in own]
    out_of = times(np.array(due).T, items.fine)
    percents, fine = [shares(earned, out_of, places) for places in (PERCENT, FINEST)]
    kept = earned if rubric.scale == "merits" else out_of + earned
    return Dimensions(earned, kept, out_of, out_of, percents, fine)


def _weighed(rubric: Rubric, items: Items, weighed: Weighing) -> Dimensions:
    kept = dimension_figures(rubric, items.earned, items.fine, weighed)
    due = times(weighed.due, items.fine)
    points = to_units(rubric.points)
    earned, out_of = (
        side_by_side(
            [
                portion(points * weight, own[:, place], 1, weighed.base)
                for place, weight in enumerate(weighed.of_dimensions)
            ]
        )
        for own in (kept, due)
    )
    percents, fine = [shares(kept, due, places) for places in (PERCENT, FINEST)]
    return Dimensions(earned, kept, out_of, due, percents, fine)


def shares(over: IntArray, under: IntArray, places: int) -> IntArray:
    """Returns shares of 1 with so many decimals, in 1/10000; ``NONE`` where nothing is due."""
    step: int = 10 ** (4 - places)
    return np.where(under > 0, quotient(times(over, SCALE // step), under) * step, NONE)


def tie_columns(rubric: Rubric, found: Dimensions) -> dict[str, IntArray]:
    """Returns one column a dimension, the smaller the better; where nothing applies is last."""
    return {item.id: -share for item, share in zip(rubric.dimensions, found.fine.T, strict=True)}
