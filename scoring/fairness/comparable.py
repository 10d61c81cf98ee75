"""Totals of what all inspectors of one visit checked, so that who left out what is no severity."""

from __future__ import annotations

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.ratings import Floats, Ratings


def comparable_totals(ratings: Ratings, rows: IntArray, unit: IntArray) -> Floats:
    """Returns the totals of the records ``rows``, points, as they are on the indicators that all
    records of their ``unit`` (visits, or schools) checked.

    A total is normalised by what its own record checked: whoever leaves out what is hard would
    look lenient, as no model of totals alone can tell. Where nothing was checked by all, and where
    all checked the same, totals are what they are.
    """
    total, there, points = ratings.total[rows], ratings.there[rows], ratings.points[rows]
    size = np.bincount(unit)
    common = np.zeros_like(there)
    for column, own in enumerate(there.T):
        common[:, column] = (np.bincount(unit, own, len(size)) == size)[unit]
    changed = (there & ~common).any(axis=1) & common.any(axis=1)
    if not changed.any():
        return total

    def worth(checked: np.ndarray) -> Floats:
        earned = (points * checked).sum(axis=1)
        if ratings.rubric.scale == "demerits":
            return np.asarray(earned)
        possible = checked @ ratings.worth
        return np.asarray(float(ratings.rubric.points) * earned / np.where(possible, possible, 1))

    return np.where(changed, total + worth(common) - worth(there), total)
