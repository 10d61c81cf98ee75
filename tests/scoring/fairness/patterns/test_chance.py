"""p of random arrangements is what it says: no more than one in twenty lies below 5 %."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.fairness.patterns.chance import (
    ENOUGH,
    MOST_DRAWS,
    choose,
    counted,
    drawn,
    exchanged,
    own_seed,
)
from scoring.fairness.ratings import Floats
from tests.scoring.fairness.binomial import at_most, within


def test_fisher_darwins_plants() -> None:
    """Fisher (1935), section 21: 863 of 32,768 ways reach Darwin's total of 314."""
    apart = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48.0])
    found = exchanged(apart, seed=1)
    assert found.p == 863 / 2**15
    assert (found.draws, found.seed) == (0, None)


def test_what_is_drawn_comes_to_what_is_counted() -> None:
    apart = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, -9, -7, -9])
    signs = 2 * ((np.arange(2**15)[:, None] >> np.arange(15)) & 1) - 1.0
    exact = counted(float(apart.sum()), signs @ apart).p

    def draw(chance: np.random.Generator, count: int) -> Floats:
        return (2.0 * chance.integers(2, size=(count, 15)) - 1) @ apart

    ps = [drawn(float(apart.sum()), draw, seed).p for seed in range(400)]
    assert np.mean(ps) == pytest.approx(exact, rel=0.2)
    assert exchanged(apart, seed=1).p == exact


def test_p_lies_at_or_below_any_rate_so_often() -> None:
    def draw(chance: np.random.Generator, count: int) -> Floats:
        return chance.normal(size=count)

    seen = np.random.default_rng(3).normal(size=2000)
    ps = np.array([drawn(value, draw, seed).p for seed, value in enumerate(seen)])
    for rate in (0.01, 0.05, 0.2, 0.5):
        low, high = within(len(ps), rate)
        assert low <= (ps <= rate).sum() <= high


def test_drawing_stops_when_it_is_clear_and_never_says_impossible() -> None:
    def draw(chance: np.random.Generator, count: int) -> Floats:
        return chance.random(count)

    common = drawn(0.5, draw, 1)
    assert common.draws < 100 and common.p == ENOUGH / common.draws
    never = drawn(2.0, draw, 1)
    assert (never.p, never.draws) == (1 / (MOST_DRAWS + 1), MOST_DRAWS)
    assert drawn(0.9, draw, 5) == drawn(0.9, draw, 5)


def test_all_alike_is_nothing_rare() -> None:
    assert exchanged(np.zeros(9), seed=1).p == 1
    assert exchanged(np.array([]), seed=1).p == 1
    assert exchanged(np.full(4, 2.0), seed=1).p == 1 / 16


@pytest.mark.parametrize(("of", "size"), [(7, 3), (5, 5), (1000, 4)])
def test_random_choices_are_without_repetition_and_even(of: int, size: int) -> None:
    chosen = choose(np.random.default_rng(1), 4000, of, size)
    assert chosen.shape == (4000, size)
    assert all(len(set(row)) == size for row in chosen.tolist())
    counts = np.bincount(chosen.ravel(), minlength=of)
    assert abs(counts - 4000 * size / of).max() <= 5 * (4000 * size / of) ** 0.5


def test_every_test_has_a_seed_of_its_own() -> None:
    seeds = {own_seed(year, kind, who) for year in (1, 2) for kind in "ab" for who in "xy"}
    assert len(seeds) == 8
    assert own_seed(1, "a", "x") == own_seed(1, "a", "x")
    assert at_most(100, 0.0) == 0
