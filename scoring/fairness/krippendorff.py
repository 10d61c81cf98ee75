"""Krippendorff's alpha: agreement beyond chance, of any number of inspectors, with gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from scoring.fairness.intraclass import Estimate
from scoring.fairness.ratings import Floats

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
"""What a difference between two values means: that there is one, how many lie between them, how
far they are apart, or how far for their size."""

_AT_ONCE = 50
"""Samples that are held at once; of 10,000 visits each takes 100 kB."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha, of 1: 0 is what chance gives. ``level``: how differences were measured.

    The interval is that of ``resamples`` bootstrap samples of units drawn from ``seed``; nan where
    none were drawn. ``units`` have two values or more, ``values`` in all.
    """

    estimate: Estimate
    level: Level
    units: int
    values: int
    resamples: int
    seed: int


def alpha(
    ratings: Floats,
    level: Level,
    *,
    resamples: int = 0,
    seed: int = 0,
    confidence: float = 0.95,
) -> Alpha:
    """Returns Krippendorff's alpha; rows = units (visits), columns = inspectors, nan = no value.

    In which column a value stands does not matter, so inspectors may differ from unit to unit.
    Where all values are one and the same nothing can be said, and alpha is nan. Values of ``ratio``
    are not below 0.

    Source: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability". The interval is the
    percentile bootstrap over whole units (Zapf et al. 2016), because values of one unit hang
    together.

    >>> pairs = np.array([[1.0, 1], [2, 2], [3, 3], [1, 2]])
    >>> round(alpha(pairs, "nominal").estimate.value, 3)
    0.667
    """
    several = np.isfinite(ratings).sum(axis=1) > 1
    kept = np.sort(ratings[several], axis=1)  # nan last: units alike are then equal rows
    if not len(kept):
        return Alpha(Estimate(np.nan, np.nan, np.nan), level, 0, 0, 0, seed)
    patterns, times = np.unique(kept, axis=0, return_counts=True, equal_nan=True)
    found = float(_alphas(patterns, times[np.newaxis, :].astype(np.float64), level)[0])
    low = high = np.nan
    if resamples and np.isfinite(found):
        random = np.random.default_rng(seed)
        spread = np.concatenate(
            [
                _alphas(patterns, drawn.astype(np.float64), level)
                for at in range(0, resamples, _AT_ONCE)
                for size in [min(_AT_ONCE, resamples - at)]
                for drawn in [random.multinomial(len(kept), times / len(kept), size)]
            ]
        )
        spread = spread[np.isfinite(spread)]
        if len(spread):
            ends = np.quantile(spread, [(1 - confidence) / 2, (1 + confidence) / 2])
            low, high = (float(end) for end in ends)
    values = int(np.isfinite(kept).sum())
    return Alpha(Estimate(found, low, high), level, len(kept), values, resamples, seed)


def _alphas(patterns: Floats, times: Floats, level: Level) -> Floats:
    """Alpha of samples (rows of ``times``), in which each pattern of a unit stands so often."""
    known = np.isfinite(patterns)
    size = known.sum(axis=1).astype(np.float64)
    pairs = times / (size - 1)
    total = times @ size
    if level == "interval":
        # Squares of differences need no table of values: sums and sums of squares do.
        centred = patterns - patterns[known].mean()
        sums, squares = np.nansum(centred, axis=1), np.nansum(np.square(centred), axis=1)
        observed = pairs @ (2 * (size * squares - np.square(sums)))
        expected = 2 * (total * (times @ squares) - np.square(times @ sums))
    else:
        values, code = np.unique(patterns[known], return_inverse=True)
        counts = np.zeros((len(patterns), len(values)))
        np.add.at(counts, (np.nonzero(known)[0], code), 1)
        held = times @ counts
        if level == "ordinal":
            # How many values lie between two is a difference of their middle ranks in the sample.
            rank = np.cumsum(held, axis=1) - held / 2
            sums, squares = rank @ counts.T, np.square(rank) @ counts.T
            observed = (pairs * 2 * (size * squares - np.square(sums))).sum(axis=1)
            expected = 2 * total * (held * np.square(rank)).sum(axis=1)
            expected -= 2 * np.square((held * rank).sum(axis=1))
        else:
            apart = _apart(values, level)
            observed = pairs @ ((counts @ apart) * counts).sum(axis=1)
            expected = ((held @ apart) * held).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - (total - 1) * observed / expected
    scale = max(float(np.abs(patterns[known]).max(initial=0)), 1e-300) if level == "interval" else 1
    # What differs by rounding alone is one and the same value.
    told: Floats = np.where(expected > 1e-20 * np.square(total * scale), found, np.nan)
    return told


def _apart(values: Floats, level: Level) -> Floats:
    """How far all values lie apart from all, squared."""
    one, other = values[:, np.newaxis], values[np.newaxis, :]
    if level == "nominal":
        return np.asarray(one != other, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.nan_to_num(np.square((one - other) / (one + other)))
    return found
