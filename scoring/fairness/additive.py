"""What a school is worth and how strict an inspector is, added up, by least squares.

A figure is the school's own less the inspector's severity, and an error. Both are known only
against each other: severities sum to zero on each island (see ``islands``).

Schools are eliminated from the normal equations, which leaves a dense matrix of inspectors (its
Schur complement). So estimates, standard errors and leverages are exact, and take as long as one
matrix of inspectors, however many schools there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.islands import Islands, islands_of
from scoring.fairness.ratings import Floats


@dataclass(frozen=True, slots=True)
class Additive:
    """The model's figures, in the unit of the values.

    ``severity``: by inspector, above 0 stricter than the mean of the island; nan on an island of
    one. ``spread``: inspectors x inspectors, covariance of severities for an error of variance 1.
    ``level``: by unit, what an inspector of mean severity would have seen; ``level_spread``: its
    variance for an error of variance 1; nan on an island of one.
    ``residual``: by record; ``free``: by record, the share of an error's variance that is left in
    the residual, 0 where the model fits any value. ``sigma``: standard deviation of the error, with
    ``freedom`` degrees of freedom; nan where there are none.
    """

    islands: Islands
    severity: Floats
    spread: Floats
    level: Floats
    level_spread: Floats
    residual: Floats
    free: Floats
    sigma: float
    freedom: int

    @property
    def severity_error(self) -> Floats:
        """Standard errors of severities."""
        return np.where(
            np.isfinite(self.severity), self.sigma * np.sqrt(np.diagonal(self.spread)), np.nan
        )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """All pairs of records of one group, each record with itself too: ``one`` and ``other``."""

    one: IntArray
    other: IntArray


def additive(
    unit: IntArray, inspector: IntArray, values: Floats, units: int, inspectors: int
) -> Additive:
    """Returns the additive model of records, each of one ``unit`` by one ``inspector``.

    ``units`` and ``inspectors``: how many there are of each, seen or not. ``values`` are finite.
    Source: Searle (1971), chapter 7; Braun (1988) for readers of examinations.

    >>> unit, inspector = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> additive(unit, inspector, np.array([80.0, 84, 90, 94]), 2, 2).severity.round(6).tolist()
    [2.0, -2.0]
    """
    islands = islands_of(unit, inspector, units, inspectors)
    size = np.maximum(np.bincount(unit, minlength=units), 1)
    weight = 1 / size[unit]
    pairs = pairs_of(unit)
    spread = _inverse(_equations(inspector, weight, pairs, inspectors), islands.inspector)
    mean = np.bincount(unit, values, minlength=units) / size
    gap = np.bincount(inspector, mean[unit] - values, minlength=inspectors)
    severity = spread @ gap
    lenience = np.bincount(unit, severity[inspector], minlength=units) / size
    residual = values - mean[unit] - lenience[unit] + severity[inspector]
    beside = gathered(pairs, inspector, weight, spread)
    own = np.bincount(unit, beside * weight, minlength=units)
    hat = weight + own[unit] - 2 * beside + np.diagonal(spread)[inspector]
    free = np.where(1 - hat > 1e-9, 1 - hat, 0.0)
    seen = int((islands.unit >= 0).sum() + (islands.inspector >= 0).sum())
    freedom = len(values) - seen + len(islands)
    squares = float(residual @ residual)
    comparable = np.isin(islands.inspector, islands.comparable)
    there = np.isin(islands.unit, islands.comparable)
    return Additive(
        islands,
        np.where(comparable, severity, np.nan),
        spread,
        np.where(there, mean + lenience, np.nan),
        np.where(there, 1 / size + own, np.nan),
        residual,
        free,
        float(np.sqrt(squares / freedom)) if freedom > 0 else np.nan,
        freedom,
    )


def pairs_of(group: IntArray) -> _Pairs:
    """Returns all pairs of records of one group: as many as the sum of squares of group sizes."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    first = np.searchsorted(ordered, ordered)
    count = np.searchsorted(ordered, ordered, side="right") - first
    one = np.repeat(np.arange(len(group)), count)
    within = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    return _Pairs(order[one], order[first[one] + within])


def gathered(pairs: _Pairs, inspector: IntArray, weight: Floats, spread: Floats) -> Floats:
    """Returns by record the covariance of its inspector's severity with the weighted mean of all
    in its group.
    """
    held = spread[inspector[pairs.one], inspector[pairs.other]] * weight[pairs.other]
    return np.asarray(np.bincount(pairs.one, held, minlength=len(inspector)), np.float64)


def _equations(inspector: IntArray, weight: Floats, pairs: _Pairs, inspectors: int) -> Floats:
    """The normal equations of inspectors, schools eliminated; weights of a unit sum to 1."""
    place = inspector[pairs.one] * inspectors + inspector[pairs.other]
    shared = np.bincount(place, weight[pairs.one], minlength=inspectors * inspectors)
    found: Floats = np.negative(shared).reshape(inspectors, inspectors)
    found[np.diag_indices(inspectors)] += np.bincount(inspector, minlength=inspectors)
    return found


def _inverse(equations: Floats, island: IntArray) -> Floats:
    """The inverse under the condition that severities sum to zero on each island."""
    from scipy.linalg.lapack import dpotrf, dpotri

    seen = island >= 0
    if not seen.any():
        return np.zeros(equations.shape)
    size = np.bincount(island[seen])[np.where(seen, island, 0)]
    together = seen[:, np.newaxis] & (island[:, np.newaxis] == island)
    means = together / size
    # Whoever has no record at all gets an equation of their own.
    means[~seen, ~seen] = 1.0
    means += equations
    factor, wrong = dpotrf(means.T, lower=1, overwrite_a=1)
    assert not wrong
    half, wrong = dpotri(factor, lower=1, overwrite_c=1)
    assert not wrong
    # Above the diagonal there is nothing in it.
    found: Floats = half + half.T
    found[np.diag_indices(len(found))] /= 2
    found -= together / size
    found[~seen, ~seen] = 0.0
    return found
