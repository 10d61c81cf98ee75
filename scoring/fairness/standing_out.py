"""Records that stand out: figures that neither the school nor the inspector accounts for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.additive import Additive
from scoring.fairness.chances import holm
from scoring.fairness.ratings import Floats, Ratings

_SHARE = 0.8
"""Which part of a residual the indicators that are named make up at least, largest first."""


@dataclass(frozen=True, slots=True)
class StandingOut:
    """Records, by row, whose total is not what it should be: ``apart`` points above or below 0.

    Of a visit by two, both records are apart by as much, and which of them is meant cannot be
    known: ``records`` has both, and ``apart`` is of the first. ``ratio``: in standard deviations;
    ``chance``: how probable one so far apart is, corrected for all that were looked at (Holm).
    ``indicators``: the ids of those that make most of it, with their points, largest first.
    """

    records: tuple[int, ...]
    apart: float
    ratio: float
    chance: float
    indicators: tuple[tuple[str, float], ...]


def standing_out(
    ratings: Ratings,
    model: Additive,
    rows: IntArray,
    unit: IntArray,
    false_alarm: float,
    tolerance: float,
) -> tuple[StandingOut, ...]:
    """Returns what stands out, farthest first; where nothing is wrong, anything at all does in
    ``false_alarm`` of rounds (5 of 100).

    ``model`` is of the records ``rows``, each of one ``unit``. What lies within half of
    ``tolerance`` (a part of the rubric's points) does not stand out, however well all others agree.
    The rate holds where errors are normal; where large errors are more frequent than that, more
    stands out, which then are those errors. Source: externally studentized residuals and their t
    distribution, Beckman and Trussell (1974); Cook and Weisberg (1982).
    """
    from scipy.special import stdtr

    spare = model.freedom - 1
    if spare < 1:
        return ()
    tried = model.free > 0
    scaled = np.zeros(len(rows))
    scaled[tried] = model.residual[tried] / np.sqrt(model.free[tried])
    squares = model.sigma**2 * model.freedom
    without = np.maximum(squares - np.square(scaled), squares * 1e-12)
    if not squares:
        return ()
    ratio = scaled / np.sqrt(without / spare)
    size = np.bincount(unit)[unit]
    order = np.argsort(unit, kind="stable")
    second = np.zeros(len(rows), bool)
    second[order[1:]] = np.diff(unit[order]) == 0
    # Of two records of a unit the second says what the first says: one test.
    tried &= ~(second & (size == 2))
    chances = np.full(len(rows), np.nan)
    chances[tried] = 2 * stdtr(spare, -np.abs(ratio[tried]))
    chances = holm(chances)
    least = tolerance / 2 * float(ratings.rubric.points)
    found = np.flatnonzero((chances <= false_alarm) & (np.abs(model.residual) >= least))
    if not len(found):
        return ()
    parts = _parts(ratings, model, rows, unit, found)
    told = []
    for place, own in zip(found.tolist(), parts, strict=True):
        twins = np.flatnonzero(unit == unit[place]) if size[place] == 2 else np.array([place])
        told.append(
            StandingOut(
                tuple(rows[twins].tolist()),
                float(model.residual[place]),
                float(ratio[place]),
                float(chances[place]),
                _most(ratings, own, float(model.residual[place])),
            )
        )
    return tuple(sorted(told, key=lambda one: -abs(one.ratio)))


def _parts(
    ratings: Ratings, model: Additive, rows: IntArray, unit: IntArray, places: IntArray
) -> Floats:
    """The residuals of ``places`` by indicator: what is lost on each, put through the same model.

    They sum to the residual where a rubric adds up its points.
    """
    there, rubric = ratings.there[rows], ratings.rubric
    whole = float(rubric.points)
    base = whole if rubric.scale == "demerits" else (there * ratings.worth).sum(axis=1)
    lost = np.where(there, ratings.best - ratings.points[rows], 0.0)
    share = -lost * whole / np.asarray(base).reshape(-1, 1)
    inspector, size = ratings.inspector[rows], np.bincount(unit)
    found = np.empty((len(places), share.shape[1]))
    for column, values in enumerate(share.T):
        mean = np.bincount(unit, values) / size
        gap = np.bincount(inspector, mean[unit] - values, minlength=len(model.spread))
        strict = model.spread @ gap
        lenience = np.bincount(unit, strict[inspector]) / size
        whose = unit[places]
        found[:, column] = values[places] - mean[whose] - lenience[whose]
        found[:, column] += strict[inspector[places]]
    return found


def _most(ratings: Ratings, parts: Floats, apart: float) -> tuple[tuple[str, float], ...]:
    """The largest on the side of the residual, until they make up most of that side."""
    own = np.where(parts * apart > 0, np.abs(parts), 0.0)
    order = np.argsort(-own, kind="stable")
    reached = np.cumsum(own[order])
    count = int(np.searchsorted(reached, _SHARE * reached[-1])) + 1
    items = ratings.rubric.indicators
    return tuple((items[at].id, float(parts[at])) for at in order[:count].tolist() if own[at] > 0)
