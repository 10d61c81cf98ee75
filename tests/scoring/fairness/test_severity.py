"""Severities are those of plain least squares, known ones are found, and islands stay apart."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from scoring.fairness import additive as arithmetic
from scoring.fairness import islands as linked
from scoring.fairness.additive import additive
from scoring.fairness.severity import FALSE_ALARM, severity
from tests.scoring.fairness.binomial import at_most, within
from tests.scoring.fairness.invented import ratings, rubric_of
from tests.scoring.fairness.simulations.severities import chain, pairs, tried, uneven


@pytest.mark.parametrize("module", [arithmetic, linked])
def test_examples_in_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(6))
def test_all_figures_are_those_of_dense_least_squares(seed: int) -> None:
    random = np.random.default_rng(seed)
    units, inspectors = 30, 9
    school, inspector = uneven(units, inspectors - 2)(random)
    # A second island of two inspectors, and shuffled records.
    school = np.concatenate([school, [30, 30, 31, 31, 31]])
    inspector = np.concatenate([inspector, [7, 8, 7, 8, 8]])
    order = random.permutation(len(school))
    school, inspector = school[order], inspector[order]
    values = random.normal(80, 6, len(school))
    found = additive(school, inspector, values, 32, inspectors)

    design = np.zeros((len(school), 32 + inspectors))
    design[np.arange(len(school)), school] = 1
    design[np.arange(len(school)), 32 + inspector] = -1
    conditions = np.zeros((len(found.islands), 32 + inspectors))
    for number in range(len(found.islands)):
        conditions[number, 32:] = found.islands.inspector == number
    whole = design.T @ design + conditions.T @ conditions
    spread = np.linalg.inv(whole)
    # With the conditions as equations of their own the inverse is too large by their own part.
    spread = spread @ design.T @ design @ spread
    answer = spread @ design.T @ values
    residual = values - design @ answer
    assert found.severity == pytest.approx(answer[32:])
    assert found.level == pytest.approx(answer[:32])
    assert found.residual == pytest.approx(residual, abs=1e-9)
    assert found.spread == pytest.approx(spread[32:, 32:], abs=1e-9)
    assert found.level_spread == pytest.approx(np.diagonal(spread)[:32])
    hat = np.einsum("ri,ij,rj->r", design, spread, design)
    assert found.free == pytest.approx(1 - hat, abs=1e-8)
    freedom = len(school) - np.linalg.matrix_rank(design)
    assert found.freedom == freedom
    assert found.sigma == pytest.approx(np.sqrt(residual @ residual / freedom))


@pytest.mark.parametrize("draw", [pairs(60, 8), chain(40, 8), uneven(60, 10)])
def test_known_severities_are_found_and_intervals_hold_them(draw: object) -> None:
    rounds = 60
    found = tried(rounds, draw, seed=5)  # type: ignore[arg-type]
    assert abs(found.bias) < 4 * found.spread / np.sqrt(rounds * 8 / 4)
    assert found.spread == pytest.approx(found.error, rel=0.12)
    # Intervals of one round hang together: as if a quarter of them were independent.
    low, high = within(rounds * 8 // 4, 0.95)
    assert low <= found.held * rounds * 8 / 4 <= high
    low, high = within(rounds * 40 // 4, 0.95)
    assert low <= found.level_held * rounds * 40 / 4 <= high


def test_nobody_is_named_and_nothing_stands_out_more_often_than_is_said() -> None:
    rounds = 150
    found = tried(rounds, pairs(60, 8), strict=0.0, seed=9)
    assert found.named * rounds <= at_most(rounds, FALSE_ALARM)
    assert found.stood_out * rounds <= at_most(rounds, FALSE_ALARM)


def _round(seed: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """80 schools by pairs of 8; P3 gives 6 of 100 more than others."""
    random = np.random.default_rng(seed)
    school, inspector = pairs(80, 8)(random)
    truth = random.normal(0.75, 0.05, 80)
    shares = truth[school][:, np.newaxis] + random.normal(0, 0.03, (160, 10))
    shares[inspector == 3] += 0.06
    return school, inspector, shares


def test_one_lenient_inspector_is_found() -> None:
    school, inspector, shares = _round()
    found = severity(ratings(rubric_of([10] * 10), school, inspector, shares))
    assert [one.inspector for one in found.inspectors if one.named] == ["P3"]
    lenient = found.inspectors[3]
    assert lenient.low <= -6 * 7 / 8 <= lenient.high < 0
    assert found.islands == (tuple(f"P{n}" for n in range(8)),)
    seen = next(one for one in found.schools if 3 in inspector[school == one.school])
    other = next(one for one in found.schools if 3 not in inspector[school == one.school])
    assert seen.adjusted < seen.raw - 1 and other.adjusted > other.raw


def test_what_stands_out_is_told_with_the_indicators_that_make_it() -> None:
    school, inspector, shares = _round()
    shares[20, [2, 7]] -= [0.7, 0.5]
    found = severity(ratings(rubric_of([10] * 10), school, inspector, shares))
    first = found.unusual[0]
    assert set(first.records) == {20, 21} and first.chance < 1e-6
    assert [name for name, _ in first.indicators] == ["I3", "I8"]
    assert first.apart == pytest.approx(-6, abs=1.5)
    assert sum(points for _, points in first.indicators) == pytest.approx(first.apart, rel=0.2)


def test_islands_are_named_and_not_compared() -> None:
    school, inspector, shares = _round()
    together = [n for n in range(80) if len(set((inspector[school == n] < 4).tolist())) == 1]
    kept = np.isin(school, together) & (inspector != 7)
    alone = np.concatenate([kept.nonzero()[0], [0]])
    inspector = inspector.copy()
    inspector[0] = 7
    school = np.where(np.arange(160) == 0, 80, school)
    found = severity(ratings(rubric_of([10] * 10), school[alone], inspector[alone], shares[alone]))
    assert found.islands == (("P0", "P1", "P2", "P3"), ("P4", "P5", "P6"), ("P7",))
    by_name = {one.inspector: one for one in found.inspectors}
    assert sum(by_name[name].severity for name in found.islands[0]) == pytest.approx(0)
    assert sum(by_name[name].severity for name in found.islands[1]) == pytest.approx(0)
    assert np.isnan(by_name["P7"].severity) and not by_name["P7"].named
    last = next(one for one in found.schools if one.school == 80)
    assert last.island == 2 and np.isnan(last.adjusted) and np.isfinite(last.raw)


def test_with_one_inspector_a_school_nothing_is_known() -> None:
    shares = np.random.default_rng(1).random((12, 3))
    made = ratings(rubric_of([2, 2, 2]), np.arange(12), np.arange(12) % 3, shares)
    found = severity(made)
    assert len(found.islands) == 3 and found.freedom == 0 and np.isnan(found.sigma)
    assert not any(one.named or np.isfinite(one.severity) for one in found.inspectors)
    assert found.unusual == () and all(np.isnan(one.adjusted) for one in found.schools)
    nobody = ratings(rubric_of([2]), *np.zeros((2, 0), np.int64), np.zeros((0, 1)))
    assert severity(nobody).inspectors == severity(nobody).schools == ()


def test_what_changed_between_visits_is_not_taken_for_severity() -> None:
    """Two visits by a pair each; schools are 5 better when P2 and P3 come."""
    random = np.random.default_rng(8)
    school = np.repeat(np.arange(40), 4)
    visit = np.repeat(np.arange(80), 2)
    inspector = np.tile([0, 1, 2, 3], 40)
    later = np.tile([0, 0, 0.05, 0.05], 40)
    shares = 0.7 + later[:, np.newaxis] + random.normal(0, 0.02, (160, 5))
    made = ratings(rubric_of([4] * 5), school, inspector, shares, visit)
    apart = severity(made)
    assert apart.islands == (("P0", "P1"), ("P2", "P3"))
    assert max(abs(one.severity) for one in apart.inspectors) < 1
    assert all(one.island == -1 and np.isnan(one.adjusted) for one in apart.schools)
    mixed = severity(made, same="school")
    assert len(mixed.islands) == 1 and mixed.inspectors[0].severity > 2
