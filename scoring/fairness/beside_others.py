"""How near one inspector's sheets are to those of others at the same visits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.fairness.ratings import Floats, Ratings


@dataclass(frozen=True, slots=True)
class Beside:
    """Of ``visits`` at which others filled sheets too: how far the own total lies from the mean of
    theirs, on average (``apart``, points, whichever way), and on which share (of 1) of the
    indicators that both checked the own points are those of all others (``same``). nan without any.
    """

    visits: int
    apart: float
    same: float


def beside_others(ratings: Ratings) -> dict[str, Beside]:
    """Returns by code how near each inspector is to those who saw the same.

    >>> beside_others(ratings)["D01"].same  # doctest: +SKIP
    0.9
    """
    _, visit, size = np.unique(ratings.visit, return_inverse=True, return_counts=True)
    total = np.where(np.isfinite(ratings.total), ratings.total, 0.0)
    there = np.isfinite(ratings.total).astype(np.float64)
    others = np.bincount(visit, there, len(size))[visit] - there
    rest = np.bincount(visit, total, len(size))[visit] - total
    known = (there > 0) & (others > 0)
    apart = np.abs(total - rest / np.maximum(others, 1))
    equal, tried = _equal(ratings, visit, len(size))
    found = {}
    for place in np.unique(ratings.inspector).tolist():
        own = (ratings.inspector == place) & (size[visit] > 1)
        compared = own & known
        both = float(tried[own].sum())
        found[ratings.inspectors[place]] = Beside(
            int(own.sum()),
            float(apart[compared].mean()) if compared.any() else float("nan"),
            float(equal[own].sum()) / both if both else float("nan"),
        )
    return found


def _equal(ratings: Ratings, visit: np.ndarray, visits: int) -> tuple[Floats, Floats]:
    """By record: on how many indicators all of its visit earn the same, of those that another
    checked too.
    """
    equal, tried = np.zeros(len(ratings)), np.zeros(len(ratings))
    for there, points in zip(ratings.there.T, ratings.points.T, strict=True):
        several = np.bincount(visit[there], minlength=visits)[visit] > 1
        high, low = np.full(visits, -np.inf), np.full(visits, np.inf)
        np.maximum.at(high, visit[there], points[there])
        np.minimum.at(low, visit[there], points[there])
        compared = there & several
        with np.errstate(invalid="ignore"):
            alike = (high - low)[visit] < 1e-9
        tried += compared
        equal += compared & alike
    return equal, tried
