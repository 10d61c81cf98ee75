"""Which schools can be told apart, and ranks that hold for all schools of a group together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from rubrics.values.points import BoolArray, IntArray
from scoring.fairness.errors import Errors
from scoring.fairness.ratings import Floats

PAIRED: Final = 150
"""Up to so many schools every pair has a part in the limit; of more each school by itself."""
DIFFERENCES: Final = 4_000_000
"""Draws x pairs, as far as draws stay between a thousand and twenty."""
SEED: Final = 20_240_102
_ROWS: Final = 256
"""Schools that are compared with all others at once."""


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
    draws = int(np.clip(DIFFERENCES // len(first), 1_000, 20_000)) // 20 * 20
    most = np.empty(draws)
    for at in range(0, draws, 20):
        drawn = random.standard_normal((20, size)) @ root.T
        missed = np.abs(drawn[:, first] - drawn[:, second])
        most[at : at + 20] = (missed / np.maximum(apart, 1e-12)).max(axis=1)
    return float(np.quantile(most, sure))


def alike(totals: Floats, errors: Errors, sure: float = 0.9) -> BoolArray:
    """Returns schools x schools: pairs without a clear difference, each pair judged by itself.

    For groups that one prints: the whole matrix is made.
    """
    return np.abs(totals[:, np.newaxis] - totals) <= _normal(sure) * _differences(errors)


def brackets(
    totals: Floats, errors: Errors, sure: float = 0.9, order: IntArray | None = None
) -> list[tuple[int, int]]:
    """Returns the runs, as long as can be, of schools among which no pair differs clearly.

    By place in falling order of totals, from 0, first and last included; runs may overlap, as
    letters do in a compact display (Piepho 2004), and a school that differs from its neighbours on
    both sides stands in none. ``order``: the schools from first to last, where something else
    parts those of equal totals.

    >>> brackets(np.array([95.0, 94, 90, 70]), Errors.independent(np.full(4, 2.0)))
    [(0, 1), (1, 2)]
    """
    order = np.argsort(-totals, kind="stable") if order is None else order
    end = np.minimum.accumulate(_first_clear(totals, errors, sure, order)[::-1])[::-1] - 1
    fresh = np.append(True, end[1:] > end[:-1])
    return [
        (start, last)
        for start, last in zip(np.flatnonzero(fresh).tolist(), end[fresh].tolist(), strict=True)
        if last > start
    ]


def bracketed(runs: Sequence[tuple[int, int]], size: int) -> tuple[IntArray, IntArray]:
    """Returns of each place the first and the last with which it shares a run of ``brackets``.

    Both are the place itself where it shares none.

    >>> first, last = bracketed([(0, 1), (1, 3)], 5)
    >>> first.tolist(), last.tolist()
    ([0, 0, 1, 1, 4], [1, 3, 3, 3, 4])
    """
    first, last = np.arange(size), np.arange(size)
    for start, end in runs:  # in order, so that later ones reach farther
        last[start : end + 1] = end
    for start, end in reversed(runs):
        first[start : end + 1] = start
    return first, last


def _first_clear(totals: Floats, errors: Errors, sure: float, order: IntArray) -> IntArray:
    """Of each place the next one that is clearly worse; their number where there is none.

    What two totals share makes their difference surer: of the few pairs that share an inspector it
    is looked at apart.
    """
    from scipy.sparse import csr_array

    own, size = totals[order], len(totals)
    limit = _normal(sure) ** 2
    noise = limit * errors.variance[order]
    people = int(errors.inspector.max(initial=-1)) + 1
    weight = errors.weight * np.sqrt(2 * limit * errors.severity)
    loads = csr_array((weight, (errors.school, errors.inspector)), (size, people))[order]
    turned = loads.T.tocsr()
    found = np.full(size, size)
    for at in range(0, size, _ROWS):
        rows = slice(at, min(size, at + _ROWS))
        apart = own[rows, np.newaxis] - own[at:]
        clear = apart**2 > noise[rows, np.newaxis] + noise[at:]
        clear[:, : len(clear)] = np.triu(clear[:, : len(clear)], 1)
        found[rows] = np.where(clear.any(axis=1), clear.argmax(axis=1) + at, size)
        if people:
            shared = (loads[rows] @ turned).tocoo()
            one, other = shared.row + at, shared.col
            apart = own[one] - own[other]
            clear = (other > one) & (apart**2 > noise[one] + noise[other] - shared.data)
            np.minimum.at(found, one[clear], other[clear])
    return found


def _differences(errors: Errors) -> Floats:
    """Schools x schools: the standard error of the difference of two totals, in points."""
    covariance = errors.covariance()
    own = np.diag(covariance)
    return np.asarray(np.sqrt(np.maximum(own[:, np.newaxis] + own - 2 * covariance, 0)))


def _normal(sure: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + sure) / 2))
