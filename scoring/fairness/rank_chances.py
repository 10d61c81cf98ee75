"""Where each school truly stands, as far as totals and their errors say: chances of every rank.

From what true totals may be (:mod:`.true_totals`) follow the chances of each rank (Laird & Louis
1989; Lin, Louis, Paddock & Ridgeway 2006). Ranks are competition ranks (1-2-2-4) of totals rounded
as they are published. More is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.errors import Errors
from scoring.fairness.ratings import Floats
from scoring.fairness.true_totals import cells_of, drawn_totals

_TAILS: Final = 11
"""Ways to part what is left out between both ends; the middle one is the same at both."""

_UNEVEN: Final = 0.1
"""By what part an interval must be shorter that does not leave out the same at both ends."""

DRAWN: Final = 500
"""Up to so many schools the joint chances are drawn; of more they are summed over a grid."""


@dataclass(frozen=True, slots=True)
class RankChances:
    """Per school, ``low`` and ``high``: the interval for its true rank; ``first``, ``last``: the
    chance (of 1) that it is truly among so many first and last; ``middle``: its median rank.
    ``spread``: the standard deviation of true totals, in points.
    """

    low: IntArray
    high: IntArray
    middle: Floats
    first: Floats
    last: Floats
    spread: float


def rank_chances(
    totals: Floats, errors: Errors, *, sure: float = 0.9, among: int = 10, step: float = 0.0
) -> RankChances:
    """Returns the chances of true ranks in a group of two schools or more.

    ``totals`` (schools, points, more is better) with their ``errors``; ``sure``: what chance an
    interval shall have: the shortest that has it (Box & Tiao 1973), since who is first cannot be
    better than that, and all doubt lies at the other end. Ends go by the mid-P rule (Lancaster
    1961, Agresti & Gottard 2007), so that the chance is met on average and not exceeded because
    ranks are whole. ``among``: how many are the first; ``step``: to what true totals are rounded
    before they are ranked, in points (0: not at all). In invented counties of 12 to 600 schools,
    in which errors are measured too, intervals of 90 % hold 90 to 91 % of true ranks
    (``simulations/rank_coverage``).

    >>> found = rank_chances(np.array([95.0, 90, 70]), Errors.independent(np.full(3, 4.0)))
    >>> found.low.tolist(), found.high.tolist()
    ([1, 1, 3], [2, 2, 3])
    """
    values = np.asarray(totals, np.float64)
    if len(values) <= DRAWN:
        return _drawn(values, errors, sure, among, step)
    return _summed(values, errors, sure, among, step)


def _drawn(totals: Floats, errors: Errors, sure: float, among: int, step: float) -> RankChances:
    draws, spread = drawn_totals(totals, errors)
    better, worse = _places(_rounded(draws, step))
    # Competition ranks: 1 and those above; from below likewise.
    first = (better < among).mean(axis=0)
    last = (worse < among).mean(axis=0)
    ranks = np.sort(better + 1, axis=0)
    low, high = _ends(ranks, sure)
    return RankChances(low, high, np.median(ranks, axis=0), first, last, spread)


def _rounded(values: Floats, step: float) -> Floats:
    return np.asarray(np.floor(values / step + 0.5) if step else values)


def _places(values: Floats) -> tuple[IntArray, IntArray]:
    """How many of each draw are better than each, and how many worse."""
    draws, size = values.shape
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    place = np.arange(size)
    fresh = np.ones((draws, size), bool)
    fresh[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    start = np.maximum.accumulate(np.where(fresh, place, 0), axis=1)
    ends = np.ones((draws, size), bool)
    ends[:, :-1] = fresh[:, 1:]
    end = np.minimum.accumulate(np.where(ends, place, size)[:, ::-1], axis=1)[:, ::-1]
    worse, better = np.empty((draws, size), np.int64), np.empty((draws, size), np.int64)
    np.put_along_axis(worse, order, start, axis=1)
    np.put_along_axis(better, order, size - 1 - end, axis=1)
    return better, worse


def _ends(ranks: IntArray, sure: float) -> tuple[IntArray, IntArray]:
    """The interval of every column of sorted ranks, by the mid-P rule.

    A rank is left out where those beyond it and half of its own have less than what is left out at
    that end.
    """
    draws, size = ranks.shape
    low, high = np.empty(size, np.int64), np.empty(size, np.int64)
    tails = _tails(sure)
    for place in range(size):
        own, counts = np.unique(ranks[:, place], return_counts=True)
        before = (np.cumsum(counts) - counts / 2) / draws
        first = np.searchsorted(before, tails - 1e-12, "left")
        last = np.searchsorted(before, tails + sure + 1e-12, "right") - 1
        likeliest = int(np.argmax(counts))
        missed = first > last
        first, last = np.where(missed, likeliest, first), np.where(missed, likeliest, last)
        best = _shortest(np.asarray(own[last] - own[first] + 1, np.float64))
        low[place], high[place] = own[first[best]], own[last[best]]
    return low, high


def _tails(sure: float) -> Floats:
    """What may be left out at the lower end, from nothing to all that is left out."""
    return np.linspace(0, 1 - sure, _TAILS)


def _shortest(lengths: Floats) -> IntArray:
    """Which of the tails (rows) gives the shortest interval; the same at both ends unless another
    is clearly shorter, as only near the first and the last rank.
    """
    uneven = np.abs(np.arange(_TAILS) - _TAILS // 2)
    # Of those as short as another the evener.
    weight = (1 + _UNEVEN * (uneven > 0) + 1e-6 * uneven).reshape(-1, *[1] * (lengths.ndim - 1))
    return np.asarray((lengths * weight).argmin(axis=0))


def _summed(totals: Floats, errors: Errors, sure: float, among: int, step: float) -> RankChances:
    """The same of many schools: given its own true total, how many are better is a sum of
    independent chances, nearly normal, put right for skewness (Volkova 1996).

    What inspectors share is in the variance of each; that it binds others together is left out, as
    each inspector sees a small part of so many schools.
    """
    cells = cells_of(totals, errors.variance, step)
    chance = cells.chance
    below = np.hstack([np.zeros((len(totals), 1)), np.cumsum(chance, axis=1)])
    level = cells.level
    above = 1 - below
    sums = np.stack([above.sum(axis=0), (above * below).sum(axis=0)])
    third = (above * below * (below - above)).sum(axis=0)
    better = _of_cells(np.vstack([sums, third]), 1 if level else None)
    worse = _of_cells(np.vstack([len(totals) - sums[:1], sums[1:], -third]), 0 if level else None)
    counts = np.unique(np.clip(np.round(better[0]), 0, len(totals) - 1))
    counts = np.union1d(counts, np.arange(min(2 * among, len(totals))))
    heaped = chance @ _at_most(better, counts)  # half of its own included: the mid-P rule
    centre_rank = _reached(heaped, counts, 0.5)
    ends = [
        (_reached(heaped, counts, tail), _reached(heaped, counts, tail + sure))
        for tail in _tails(sure).tolist()
    ]
    lows, highs = np.array(ends).transpose(1, 0, 2)
    shortest = _shortest(highs - lows + 1)[np.newaxis]
    low, high = (np.take_along_axis(those, shortest, axis=0)[0] for those in (lows, highs))
    low, high = np.ceil(low - 1e-9), np.floor(high + 1e-9)
    crossed = low > high
    low, high = (np.where(crossed, np.round(centre_rank), end) + 1 for end in (low, high))
    edge = np.array([among - 0.5])
    return RankChances(
        low.astype(np.int64),
        high.astype(np.int64),
        centre_rank + 1,
        (chance @ _at_most(better, edge))[:, 0],
        (chance @ _at_most(worse, edge))[:, 0],
        cells.spread,
    )


def _of_cells(sums: Floats, edge: int | None) -> Floats:
    """Mean, variance and third moment of a count in each cell: at an edge of it, else its middle.

    A school is never ahead of itself; half of it was counted.
    """
    if edge is None:
        own = (sums[:, :-1] + sums[:, 1:]) / 2
        own[1] += np.diff(sums[0]) ** 2 / 12  # it may lie anywhere in the cell
    else:
        own = sums[:, edge:][:, : sums.shape[1] - 1]
    return np.vstack([np.maximum(own[:1] - 0.5, 0), np.maximum(own[1:2], 1e-6), own[2:]])


def _at_most(count: Floats, most: Floats) -> Floats:
    """Cells x most: the chance that a count is at most that."""
    from scipy.special import ndtr

    mean, variance, third = (one[:, np.newaxis] for one in count)
    apart = (most - mean) / np.sqrt(variance)
    skew = np.clip(third / variance**1.5, -1, 1)
    bent = ndtr(apart) + skew * (1 - apart**2) * np.exp(-(apart**2) / 2) / 15.0398
    return np.asarray(np.clip(bent, 0, 1))


def _reached(heaped: Floats, counts: Floats, at: float) -> Floats:
    """Where every row of rising chances reaches ``at``, between counts in a straight line."""
    last = np.clip((heaped < at).sum(axis=1), 1, len(counts) - 1)
    rows = np.arange(len(heaped))
    under, over = heaped[rows, last - 1], heaped[rows, last]
    part = np.clip((at - under) / np.maximum(over - under, 1e-12), 0, 1)
    return np.asarray(counts[last - 1] + part * (counts[last] - counts[last - 1]))
