"""Every record beside those of the others at the same visit: they saw the same school."""

from __future__ import annotations

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

_ROUNDS = 60
_STILL = 1e-7


def gaps_of(sheets: Sheets) -> Floats:
    """Returns how far every record lies from the mean of the others at the same visit.

    Records x indicators, in shares of P (of 1); nan where not checked, or by nobody else. School
    and indicator fall out with the difference; how strict each inspector is in an indicator is
    taken off by alternating means (least squares of visit + inspector, one indicator at a time),
    so that it does not matter with whom somebody went.

    >>> gaps_of(sheets).shape == sheets.ratings.shares.shape  # doctest: +SKIP
    True
    """
    ratings = sheets.ratings
    visit, people = _Groups(ratings.visit), _Groups(ratings.inspector)
    count = visit.sums(ratings.there.astype(float))
    together = ratings.there & (count[visit.of] > 1)
    shares = np.where(together, ratings.shares, 0.0)
    seats, seen = np.maximum(count, 1), np.maximum(people.sums(together.astype(float)), 1)
    strict = np.zeros((people.count, shares.shape[1]))
    for _ in range(_ROUNDS):
        level = visit.sums(np.where(together, shares - strict[people.of], 0)) / seats
        found = people.sums(np.where(together, shares - level[visit.of], 0)) / seen
        moved = float(abs(found - strict).max(initial=0))
        strict = found
        if moved < _STILL:
            break
    own = np.where(together, shares - strict[people.of], 0)
    others = (visit.sums(own)[visit.of] - own) / np.maximum(count[visit.of] - 1, 1)
    return np.where(together, own - others, np.nan)


def beside_others(gaps: Floats, own: IntArray) -> IntArray:
    """Returns those rows of ``own`` at whose visit there were others."""
    return own[np.isfinite(gaps[own]).any(axis=1)]


class _Groups:
    """Sums over rows that belong together; ``of`` numbers the groups from 0."""

    def __init__(self, group: IntArray) -> None:
        _, self.of = np.unique(group, return_inverse=True)
        self.order = np.argsort(self.of, kind="stable")
        self.starts = np.flatnonzero(np.diff(self.of[self.order], prepend=-1))
        self.count = len(self.starts)

    def sums(self, values: Floats) -> Floats:
        if not len(values):
            return np.zeros((0, values.shape[1]))
        found: Floats = np.add.reduceat(values[self.order], self.starts, axis=0)
        return found
