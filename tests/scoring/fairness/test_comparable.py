"""Who leaves out what is hard is no more lenient for it; what all left out changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.fairness.comparable import comparable_totals
from scoring.fairness.severity import severity
from tests.scoring.fairness.binomial import at_most
from tests.scoring.fairness.invented import ratings, rubric_of
from tests.scoring.fairness.simulations.missing import (
    WAYS,
    excused,
    excused_where_weak,
    tried,
    unchecked_by_one,
)
from tests.scoring.fairness.simulations.severities import pairs

nan = np.nan


def test_totals_are_of_what_both_checked() -> None:
    shares = np.array([[0.8, 0.6, 0.1], [0.8, 0.6, nan], [0.5, nan, nan], [nan, 0.5, nan]])
    made = ratings(rubric_of([2, 2, 4]), np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), shares)
    found = comparable_totals(made, np.arange(4), made.school)
    before = 100 * (1.6 + 1.2 + 0.4) / 8
    # Of what a rubric of 8 points gives on the first two: 5.6 where both checked them.
    assert made.total[:2].tolist() == pytest.approx([before, 70])
    assert found[0] - before == pytest.approx(5.6 - 3.2) and found[1] == made.total[1]
    assert found[2:].tolist() == made.total[2:].tolist()


def test_what_both_left_out_changes_nothing() -> None:
    random = np.random.default_rng(1)
    school, inspector = pairs(30, 5)(random)
    shares = random.random((60, 4))
    shares[school % 3 == 0, 1] = nan
    made = ratings(rubric_of([2] * 4), school, inspector, shares)
    assert comparable_totals(made, np.arange(60), school) is not None
    assert (comparable_totals(made, np.arange(60), school) == made.total).all()


def test_adjusted_totals_stay_on_the_scale_of_the_schools_own() -> None:
    """One of two leaves out the hardest at one school, where both see the same otherwise."""
    shares = np.tile([0.9, 0.8, 0.2], (8, 1))
    shares[1, 2] = nan
    school, inspector = np.repeat(np.arange(4), 2), np.tile([0, 1], 4)
    made = ratings(rubric_of([30, 30, 40]), school, inspector, shares)
    found = severity(made, tolerance=0.0)
    assert [one.severity for one in found.inspectors] == pytest.approx([0, 0])
    for one in found.schools:
        assert one.adjusted == pytest.approx(one.raw)


@pytest.mark.parametrize("way", [excused, excused_where_weak, unchecked_by_one])
def test_known_severities_are_found_whatever_is_missing(way: object) -> None:
    assert way in WAYS.values()
    rounds = 40
    found = tried(rounds, pairs(60, 8), way, seed=4)  # type: ignore[arg-type]
    # One is off by some 0.75 points; compared on other indicators the first was by 1.5 on average.
    assert abs(found.first) < 4 * 0.75 / rounds**0.5
    assert abs(found.outward) < 0.2
    missed = (1 - found.held) * rounds * 7 / 2
    assert missed <= at_most(rounds * 7 // 2, 0.05)
