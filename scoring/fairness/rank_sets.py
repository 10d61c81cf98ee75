"""Which schools can be told apart, and ranks that hold for all schools of a group together."""

from __future__ import annotations

from typing import Final

import numpy as np

from rubrics.values.points import BoolArray, IntArray
from scoring.fairness.errors import Errors
from scoring.fairness.ratings import Floats

PAIRED: Final = 300
"""Up to so many schools every pair has a part in the limit; of more each school by itself."""
DRAWS: Final = 1_000
SEED: Final = 20_240_102


def joint_ranks(totals: Floats, errors: Errors, sure: float = 0.9) -> tuple[IntArray, IntArray]:
    """Returns the first and last rank of every school, so that all hold at once with ``sure``.

    Of up to ``PAIRED`` schools by the differences of all pairs, whose limit is drawn with what they
    share (Mogstad, Romano, Shaikh & Wilhelm 2024, in one step); of more, by intervals around each
    total that all hold together (Klein, Wright & Wieczorek 2020; Sidak 1967, whatever is shared).
    ``totals``: points, more is better.

    >>> low, high = joint_ranks(np.array([95.0, 90, 70]), Errors.independent(np.full(3, 2.0)))
    >>> low.tolist(), high.tolist()
    ([1, 1, 3], [2, 2, 3])
    """
    size = len(totals)
    if size <= PAIRED:
        apart = _differences(errors)
        limit = pair_limit(errors, sure)
        clear = totals[:, np.newaxis] - totals > limit * apart
        return 1 + clear.sum(axis=0), size - clear.sum(axis=1)
    from scipy.special import ndtri

    reach = float(ndtri((1 + sure ** (1 / size)) / 2)) * errors.standard_error
    low, high = totals - reach, totals + reach
    better = size - np.searchsorted(np.sort(low), high, "right")
    worse = np.searchsorted(np.sort(high), low, "left")
    return 1 + better, size - worse


def pair_limit(errors: Errors, sure: float) -> float:
    """Returns how many standard errors a difference must be so that no pair is wrong, by draws.

    Of equal errors that share nothing, the studentised range over the root of 2.
    """
    covariance = errors.covariance()
    size = len(covariance)
    if size < 2:
        return 0.0
    value, vector = np.linalg.eigh(covariance)
    root = vector * np.sqrt(np.maximum(value, 0))
    first, second = np.triu_indices(size, 1)
    apart = _differences(errors)[first, second]
    random = np.random.default_rng(SEED)
    most = np.empty(DRAWS)
    for at in range(0, DRAWS, 20):
        drawn = random.standard_normal((20, size)) @ root.T
        missed = np.abs(drawn[:, first] - drawn[:, second])
        most[at : at + 20] = (missed / np.maximum(apart, 1e-12)).max(axis=1)
    return float(np.quantile(most, sure))


def alike(totals: Floats, errors: Errors, sure: float = 0.9) -> BoolArray:
    """Returns schools x schools: pairs without a clear difference, each pair judged by itself.

    For groups that one prints: the whole matrix is made.
    """
    return np.abs(totals[:, np.newaxis] - totals) <= _normal(sure) * _differences(errors)


def brackets(totals: Floats, errors: Errors, sure: float = 0.9) -> list[tuple[int, int]]:
    """Returns the runs, as long as can be, of schools among which no pair differs clearly.

    By place in falling order of totals, from 0, first and last included; runs may overlap, as
    letters do in a compact display (Piepho 2004), and a school that differs from its neighbours on
    both sides stands in none.

    >>> brackets(np.array([95.0, 94, 90, 70]), Errors.independent(np.full(4, 2.0)))
    [(0, 1), (1, 2)]
    """
    order = np.argsort(-totals, kind="stable")
    own, limit, size = totals[order], _normal(sure), len(totals)
    shared = _differences(errors)[np.ix_(order, order)] if size <= 2_000 else None
    variance = errors.variance[order]
    first = np.empty(size, np.int64)
    for at in range(0, size, 256):
        rows = np.arange(at, min(size, at + 256))
        apart = np.sqrt(variance[rows, np.newaxis] + variance) if shared is None else shared[rows]
        clear = own[rows, np.newaxis] - own > limit * apart
        first[rows] = np.where(clear.any(axis=1), clear.argmax(axis=1), size)
    end = np.minimum.accumulate(first[::-1])[::-1] - 1
    fresh = np.append(True, end[1:] > end[:-1])
    return [
        (start, last)
        for start, last in zip(np.flatnonzero(fresh).tolist(), end[fresh].tolist(), strict=True)
        if last > start
    ]


def _differences(errors: Errors) -> Floats:
    """Schools x schools: the standard error of the difference of two totals, in points."""
    covariance = errors.covariance()
    own = np.diag(covariance)
    return np.asarray(np.sqrt(np.maximum(own[:, np.newaxis] + own - 2 * covariance, 0)))


def _normal(sure: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + sure) / 2))
