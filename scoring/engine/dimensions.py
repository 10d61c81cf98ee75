"""Dimensions of every school: units, shares, and the group's median share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.rules.exact import quotient, times
from rubrics.values.points import SCALE, IntArray
from scoring.engine.codes import CHECKED
from scoring.engine.items import Items, points_in
from scoring.engine.rounding import dimension_figures, spans

NONE = -2 * SCALE
"""A share where nothing applies: less than any."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Schools x dimensions: ``earned``, ``kept`` (all that was not lost), ``applicable``.

    What is earned and kept is exact, in the same parts of a unit as ``applicable`` and the items.
    ``share`` is earned / applicable in 1/10000, half-up; ``NONE`` where nothing applies.
    """

    earned: IntArray
    kept: IntArray
    applicable: IntArray
    share: IntArray


def dimensions(rubric: Rubric, items: Items) -> Dimensions:
    """Returns the dimensions' figures from the indicators that were checked."""
    earned = dimension_figures(rubric, items.earned, items.fine)
    own = [(items.states[:, span], items.points[span]) for span in spans(rubric)]
    due = [points_in(states, CHECKED, points) for states, points in own]
    out_of = times(np.array(due).T, items.fine)
    share = np.where(out_of > 0, quotient(times(earned, SCALE), out_of), NONE)
    kept = earned if rubric.scale == "merits" else out_of + earned
    return Dimensions(earned, kept, out_of, share)


def tie_columns(rubric: Rubric, found: Dimensions) -> dict[str, IntArray]:
    """Returns one column a dimension, the smaller the better; where nothing applies is last."""
    return {item.id: -share for item, share in zip(rubric.dimensions, found.share.T, strict=True)}
