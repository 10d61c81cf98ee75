"""The many-facet model: its derivatives, its bias, what it holds, and what it refuses to say."""

from __future__ import annotations

import doctest
from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize

from scoring.fairness import facet_estimates, rating_scale
from scoring.fairness.categories import Rated, estimable, rated
from scoring.fairness.facet_estimates import estimates, expected
from scoring.fairness.facets import FALSE_ALARM, facets
from scoring.fairness.rating_scale import chances_of, steps_of
from scoring.fairness.ratings import Floats
from tests.scoring.fairness.binomial import at_most
from tests.scoring.fairness.invented import ratings, rubric_of
from tests.scoring.fairness.simulations.facets import FAR, FOUR, TWO, invented, tried
from tests.scoring.fairness.simulations.severities import chain, pairs


def test_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(rating_scale).failed == 0


def _mixed(seed: int = 1) -> Rated:
    """Items on two scales, of four levels and of two, with gaps."""
    random = np.random.default_rng(seed)
    school, inspector = pairs(30, 5)(random)
    four = random.integers(0, 4, (60, 2)) / 3
    two = random.integers(0, 2, (60, 2)) / 1.0
    shares = np.concatenate([four, two], axis=1)
    shares[random.random(shares.shape) < 0.1] = np.nan
    made = ratings(rubric_of([2] * 4), school, inspector, shares)
    return estimable(rated(made, school, 30)[0])


def _likelihood(data: Rated, ability: Floats, others: Floats) -> float:
    first = steps_of(data) + data.inspectors + data.items
    found = 0.0
    for row in range(len(data)):
        scale = data.scale[data.item[row]]
        place = ability[data.unit[row]] - others[data.inspector[row]]
        place -= others[data.inspectors + data.item[row]]
        steps = others[first[scale] : first[scale + 1]]
        found += np.log(chances_of(np.array([place]), steps)[0, data.category[row]])
    return float(found)


def test_score_information_and_correction_are_derivatives_of_the_likelihood() -> None:
    data = _mixed()
    random = np.random.default_rng(2)
    ability = random.normal(size=data.units)
    others = random.normal(size=data.inspectors + data.items + 4) / 2
    there = np.bincount(data.unit, minlength=data.units) > 0
    of = (data, facet_estimates.arranged(data))
    curve = facet_estimates._curve(*of, ability, others, there)
    near = 1e-5
    for at in range(len(others)):
        move = np.zeros(len(others))
        move[at] = near
        up, down = (_likelihood(data, ability, others + sign * move) for sign in (1, -1))
        assert curve.score[at] == pytest.approx((up - down) / (2 * near), abs=1e-4)
        high = facet_estimates._curve(*of, ability, others + move, there)
        low = facet_estimates._curve(*of, ability, others - move, there)
        assert -(high.score - low.score) / (2 * near) == pytest.approx(
            curve.information[at], abs=1e-4
        )
        slope = -(high.unit_score - low.unit_score) / (2 * near)
        assert slope == pytest.approx(curve.cross.toarray()[:, at], abs=1e-4)
        # Half the logarithm of information, abilities following.
        follow = -curve.cross.toarray()[:, at] / curve.unit_information * near
        logs = [
            np.log(
                facet_estimates._curve(
                    *of, ability + way * follow, others + way * move, there
                ).unit_information
            ).sum()
            for way in (1, -1)
        ]
        assert curve.correction[at] == pytest.approx((logs[0] - logs[1]) / (4 * near), abs=1e-4)


def test_corrected_estimates_are_those_of_the_exact_conditional_likelihood() -> None:
    """Two inspectors, four items of two levels: given the raw score, by counting all patterns."""
    random = np.random.default_rng(3)
    units, items = 60, 4
    school, inspector = np.repeat(np.arange(units), 2), np.tile([0, 1], units)
    strict, hard = np.array([0.6, -0.6]), np.array([-1.0, -0.3, 0.4, 0.9])
    place = random.normal(size=units)[school, np.newaxis] - strict[inspector, np.newaxis] - hard
    shares = (random.random(place.shape) < 1 / (1 + np.exp(-place))).astype(float)
    data = estimable(
        rated(ratings(rubric_of([2] * items), school, inspector, shares), school, units)[0]
    )
    patterns = np.array(list(product([0, 1], repeat=2 * items)))
    sums = patterns.sum(axis=1)
    seen = shares.reshape(units, 2 * items)
    inside = (seen.sum(axis=1) > 0) & (seen.sum(axis=1) < 2 * items)
    seen = seen[inside]

    def unlikely(free: Floats) -> float:
        severity = np.array([free[0], -free[0]])
        difficulty = np.append(free[1:], -free[1:].sum())
        easy = -(severity[:, np.newaxis] + difficulty).ravel()
        weight = np.exp(patterns @ easy)
        whole = np.bincount(sums, weight)
        return float(np.log(whole[seen.sum(axis=1).astype(int)]).sum() - (seen @ easy).sum())

    exact = minimize(unlikely, np.zeros(items), method="BFGS").x
    found = estimates(data)
    severity = found.others[:2] - found.others[:2].mean()
    difficulty = found.others[2:6] - found.others[2:6].mean()
    assert severity[0] == pytest.approx(exact[0], rel=0.02)
    assert difficulty[:3] == pytest.approx(exact[1:], rel=0.03, abs=0.02)


@pytest.mark.parametrize(
    ("draw", "items", "thresholds"),
    [(pairs(60, 6), 8, FOUR), (pairs(80, 6), 10, TWO), (chain(60, 6), 8, FAR)],
)
def test_known_severities_are_found(draw: object, items: int, thresholds: Floats) -> None:
    rounds = 25
    found = tried(rounds, draw, items, thresholds, seed=7)  # type: ignore[arg-type]
    assert abs(found.slope - 1) < 0.08 and abs(found.outward - 1) < 0.06
    # As if half of the intervals of a round were independent.
    for share, number in ((found.held, 6), (found.difficulty_held, items)):
        missed = (1 - share) * rounds * number / 2
        assert missed <= at_most(rounds * number // 2, 0.05)
    assert found.ability_held > 0.93
    assert found.unfit * rounds <= at_most(rounds, FALSE_ALARM)


def test_nobody_is_named_more_often_than_is_said() -> None:
    rounds = 40
    found = tried(rounds, pairs(60, 8), 8, FOUR, strict=0.0, seed=3)
    assert found.named * rounds <= at_most(rounds, FALSE_ALARM)


def test_who_rates_at_random_does_not_fit() -> None:
    rubric = rubric_of([2] * 12, levels=4)
    made, _ = invented(np.random.default_rng(5), pairs(100, 8), rubric, FOUR, 0.3, careless=0.5)
    found = facets(made)
    assert [one.inspector for one in found.inspectors if one.fit.named] == ["P0"]
    assert found.inspectors[0].fit.infit > 1.2 and found.inspectors[0].fit.infit_z > 4
    others = [one.fit.infit for one in found.inspectors[1:]]
    assert max(others) < 1.15


def test_one_lenient_inspector_is_found_and_what_it_gives() -> None:
    random = np.random.default_rng(6)
    school, inspector = pairs(80, 8)(random)
    strict = np.where(inspector == 3, -1.2, 0.0)
    place = random.normal(size=80)[school] - strict
    chances = chances_of(np.repeat(place, 10), FOUR)
    drawn = random.random(len(chances))[:, np.newaxis] > np.cumsum(chances, axis=1)
    shares = drawn.sum(axis=1).reshape(160, 10) / 3
    found = facets(ratings(rubric_of([2] * 10, levels=4), school, inspector, shares))
    assert found.found and found.left_out == ()
    assert [one.inspector for one in found.inspectors if one.named] == ["P3"]
    lenient = found.inspectors[3]
    assert lenient.low < -1.2 * 7 / 8 < lenient.high
    given = np.mean(shares[inspector == 3]) - np.mean(shares[inspector != 3])
    assert lenient.cost == pytest.approx(-given * 7 / 8, abs=0.05)


def test_islands_are_named_and_not_compared() -> None:
    random = np.random.default_rng(8)
    school = np.repeat(np.arange(60), 2)
    inspector = np.where(school < 30, 0, 2) + np.tile([0, 1], 60)
    inspector[-1] = 4
    shares = random.integers(0, 4, (120, 6)) / 3
    school[-1] = 60
    found = facets(ratings(rubric_of([2] * 6, levels=4), school, inspector, shares))
    assert found.islands == (("P0", "P1"), ("P2", "P3"), ("P4",))
    severities = [one.severity for one in found.inspectors]
    assert severities[0] == pytest.approx(-severities[1])
    assert severities[2] == pytest.approx(-severities[3])
    assert np.isnan(severities[4]) and not found.inspectors[4].named
    assert np.isnan(found.schools[60].ability) and found.schools[60].island == 2


def test_ends_are_told_and_measured_things_are_left_out() -> None:
    random = np.random.default_rng(9)
    school, inspector = pairs(40, 5)(random)
    shares = random.integers(0, 3, (80, 6)) / 2
    shares[:, 4] = 1.0  # all got the best
    shares[:, 5] = random.random(80)  # a reading
    shares[inspector == 2, :5] = 1.0
    shares[school == 7] = 1.0
    found = facets(ratings(rubric_of([2] * 6, levels=3), school, inspector, shares))
    assert found.left_out == ("I5", "I6")
    always = found.inspectors[2]
    assert (always.ratings, always.island) == (0, -1) and np.isnan(always.severity)
    best = found.schools[7]
    assert best.extreme and np.isfinite(best.ability)
    assert best.ability == max(one.ability for one in found.schools if np.isfinite(one.ability))
    assert best.error > 1.2 * np.median([one.error for one in found.schools if not one.extreme])


def test_nothing_to_compare_is_no_mistake() -> None:
    shares = np.random.default_rng(1).random((12, 3))
    found = facets(ratings(rubric_of([2] * 3), np.arange(12), np.arange(12) % 3, shares))
    assert found.indicators == () and found.islands == ()
    assert all(np.isnan(one.severity) for one in found.inspectors)
    nobody = ratings(rubric_of([2]), *np.zeros((2, 0), np.int64), np.zeros((0, 1)))
    assert facets(nobody).schools == ()


def test_one_inspector_on_one_indicator_of_one_school_tells_nothing() -> None:
    """All information is rounding then, which may lie below zero."""
    none = np.zeros(3, np.int64)
    for category in ([1, 1, 0], [1, 0, 0], [0, 1, 1]):
        data = Rated(
            none, none, none, np.array(category), 1, 1, 1, np.zeros(1, np.int64), ((0.0, 1.0),)
        )
        found = estimates(data)
        assert found.found and np.abs(found.others).max() < 1e-6
        assert np.abs(found.spread).max() < 1e-6


def test_moments_are_those_of_the_chances() -> None:
    data = _mixed()
    own = expected(data, np.zeros(data.units), np.zeros(data.inspectors + data.items + 4))
    levels = np.array([len(data.levels[data.scale[item]]) for item in data.item])
    assert own.mean == pytest.approx((levels - 1) / 2)
    assert own.variance == pytest.approx((levels**2 - 1) / 12)
    assert own.third == pytest.approx(np.zeros(len(data)), abs=1e-12)
