"""Chances of many trials, and many tests at once."""

from __future__ import annotations

import numpy as np

from scoring.fairness.ratings import Floats


def at_least(count: int, chances: Floats) -> float:
    """Returns the chance that ``count`` or more of independent trials with ``chances`` succeed.

    Exactly (the Poisson binomial distribution), by multiplying generating functions in pairs
    (Hong 2013); the error is below 1e-12.

    >>> round(at_least(2, np.array([0.5, 0.5])), 6)
    0.25
    """
    if count <= 0:
        return 1.0
    if count > len(chances):
        return 0.0
    size = 1 << max(len(chances) - 1, 0).bit_length()
    terms = np.zeros((size, 2))
    terms[:, 0] = 1.0
    terms[: len(chances)] = np.stack([1 - chances, chances], axis=1)
    while len(terms) > 1:
        wide = 2 * terms.shape[1]
        pairs = np.fft.rfft(terms[0::2], wide) * np.fft.rfft(terms[1::2], wide)
        terms = np.fft.irfft(pairs, wide)[:, : wide - 1]
    return float(np.clip(terms[0, count:].sum(), 0.0, 1.0))


def holm(chances: Floats) -> Floats:
    """Returns adjusted p-values: naming all below 5 % names one wrongly in 5 of 100 families.

    ``chances``: p-values of one family of tests, nan where there was nothing to test, which stays
    nan and counts for none. Source: Holm (1979).

    >>> holm(np.array([0.01, 0.04, 0.03])).round(6).tolist()
    [0.03, 0.06, 0.06]
    """
    found = np.full(len(chances), np.nan)
    tested = np.flatnonzero(np.isfinite(chances))
    order = tested[np.argsort(chances[tested], kind="stable")]
    steps = chances[order] * np.arange(len(order), 0, -1)
    found[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return found
