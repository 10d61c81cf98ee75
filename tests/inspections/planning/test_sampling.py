"""Lots and samples: drawn again by plain means, uniform, and as likely as their weights say."""

from __future__ import annotations

import hashlib
from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import sqrt

import pytest
from scipy.stats import chi2

from inspections.planning.lots import below, commitment, lot, with_added
from inspections.planning.sampling import chances, sample
from tests.inspections.planning.plain_sampling import plain_sample

DRAWS = 10_000
FALSE_ALARM = 1e-6
"""How often a sound draw would fail one of these tests, were the seeds not fixed."""


def fits(counts: list[int], expected: float) -> bool:
    statistic = sum((count - expected) ** 2 / expected for count in counts)
    return bool(statistic < chi2.ppf(1 - FALSE_ALARM, len(counts) - 1))


def test_a_lot_is_the_digest_of_a_text_that_anybody_can_write() -> None:
    assert (
        lot("种子", "第1次", "小学", "S1")
        == hashlib.sha256("种子|第1次|小学|S1".encode()).hexdigest()
    )
    assert commitment("种子") == hashlib.sha256("种子".encode()).hexdigest()
    assert with_added("a", "31 07") == "a+31 07"


def test_numbers_below_are_uniform() -> None:
    counts = Counter(below(str(seed), 7, "骰子") for seed in range(DRAWS))
    assert set(counts) == set(range(7)) and fits([*counts.values()], DRAWS / 7)


def test_equal_weights_make_every_subset_as_likely() -> None:
    names = "甲乙丙丁戊"
    counts = Counter(
        frozenset(sample(dict.fromkeys(names, 1000), 2, str(seed), "第1次", "小学"))
        for seed in range(DRAWS)
    )
    subsets = [frozenset(two) for two in combinations(names, 2)]
    assert set(counts) == set(subsets) and fits([counts[it] for it in subsets], DRAWS / 10)


def test_chances_are_as_weights_say() -> None:
    weights = {f"S{at}": 1000 + 350 * at for at in range(9)}
    due = chances(weights, 4)
    assert sum(due.values()) == 4 and due["S8"] == Fraction(4 * 3800, sum(weights.values()))
    counts = Counter(
        name for seed in range(DRAWS) for name in sample(weights, 4, str(seed), "第1次")
    )
    for name, chance in due.items():
        error = sqrt(DRAWS * float(chance) * (1 - float(chance)))
        assert abs(counts[name] - DRAWS * float(chance)) < 5 * error, name


def test_who_weighs_more_than_one_place_is_drawn_for_certain() -> None:
    weights = {"甲": 9000, "乙": 1000, "丙": 1000, "丁": 1000}
    assert chances(weights, 2)["甲"] == 1
    assert all("甲" in sample(weights, 2, str(seed)) for seed in range(200))


@pytest.mark.parametrize("seed", range(60))
def test_a_sample_is_that_of_the_plain_reading_of_the_record(seed: int) -> None:
    weights = {f"S{at}": 1000 + (seed * 37 + at * 211) % 4000 for at in range(3 + seed % 20)}
    count = 1 + seed % (len(weights) + 2)
    own = sample(weights, count, str(seed), "第1次", "小学")
    assert set(own) == plain_sample(weights, count, str(seed), "第1次", "小学")
    assert len(own) == min(count, len(weights))
