"""Dimensions of every school: units, shares, and the group's median share."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.rules.exact import portion
from rubrics.values.points import SCALE, IntArray
from scoring.engine.codes import CHECKED
from scoring.engine.items import Items, points_in

NONE = -2 * SCALE
"""A share where nothing applies: less than any."""


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Schools x dimensions, in units: ``earned``, ``kept`` (all that was not lost), ``applicable``.

    ``share`` is earned / applicable in 1/10000, half-up; ``NONE`` where nothing applies.
    """

    earned: IntArray
    kept: IntArray
    applicable: IntArray
    share: IntArray


def dimensions(rubric: Rubric, items: Items) -> Dimensions:
    """Returns the dimensions' figures from the indicators that were checked."""
    ends = np.cumsum([0, *(len(dimension.indicators) for dimension in rubric.dimensions)])
    spans = [slice(start, end) for start, end in pairwise(ends)]
    earned = np.array([items.earned[:, span].sum(axis=1) for span in spans]).T
    lost = np.array([items.lost[:, span].sum(axis=1) for span in spans]).T
    out_of = np.array(
        [points_in(items.states[:, span], CHECKED, items.points[span]) for span in spans]
    ).T
    share = np.where(out_of > 0, portion(SCALE, earned, 1, out_of), NONE)
    return Dimensions(earned, out_of - lost, out_of, share)


def tie_columns(rubric: Rubric, found: Dimensions) -> dict[str, IntArray]:
    """Returns one column a dimension, the smaller the better; where nothing applies is last."""
    return {item.id: -share for item, share in zip(rubric.dimensions, found.share.T, strict=True)}
