"""Intervals for the ranks of 10,000 schools, beside plain Monte Carlo with the same model.

The peer draws every true total from a normal posterior and counts ranks, 2,000 times; both must
find the same intervals, but for what draws leave to chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np

from scoring.fairness.errors import Errors
from scoring.fairness.rank_chances import rank_chances
from scoring.fairness.ranks import sure_ranks
from tests.benchmarks.timing import Contender, Subject

SCHOOLS, DRAWS = 10_000, 2_000


def subjects(folder: Path, large: bool) -> Iterator[Subject]:
    """Yields one subject; nothing is written to ``folder``."""
    random = np.random.default_rng(20260901)
    errors = Errors.independent(3 * np.exp(0.3 * random.standard_normal(SCHOOLS)))
    truth = 80 + 6 * random.standard_normal(SCHOOLS)
    totals = np.round(truth + errors.standard_error * random.standard_normal(SCHOOLS), 2)
    ours = rank_chances(totals, errors)
    low, high = by_draws(totals, errors)
    # Near the first and the last rank ours leave all out at the other end, and are shorter.
    between = (low > SCHOOLS / 5) & (high < SCHOOLS * 4 / 5)
    for one, other in ((ours.low, low), (ours.high, high)):
        assert np.abs(one - other)[between].mean() < 0.01 * SCHOOLS
    assert (ours.high - ours.low).mean() < (high - low).mean()
    yield Subject(
        f"名次区间：{SCHOOLS:,} 校",
        "校",
        SCHOOLS,
        (
            Contender("本工具（各校名次、前十机会）", partial(rank_chances, totals, errors)),
            Contender("本工具（连同全部同时成立的）", partial(sure_ranks, totals, errors)),
            Contender(f"逐次抽取 {DRAWS:,} 次", partial(by_draws, totals, errors)),
        ),
        rounds=5,
    )


def by_draws(totals: np.ndarray, errors: Errors) -> tuple[np.ndarray, np.ndarray]:
    """Returns intervals at 90 % from drawn ranks; the spread of truth by moments."""
    noise = errors.variance
    spread = max(0.0, float(totals.var() - noise.mean()))
    kept = spread / (spread + noise)
    middle = totals.mean() + kept * (totals - totals.mean())
    deviation = np.sqrt(kept * noise)
    random = np.random.default_rng(1)
    ranks = np.empty((DRAWS, len(totals)), np.int32)
    place = np.arange(1, len(totals) + 1)
    for row in ranks:
        row[np.argsort(-(middle + deviation * random.standard_normal(len(totals))))] = place
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0)
    return low, high
