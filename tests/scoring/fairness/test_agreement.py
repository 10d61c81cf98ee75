"""Agreement comes out as published, and indicators are named by mistake as seldom as is said."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from scipy.stats import poisson_binom

from scoring.fairness import agreement as subject
from scoring.fairness import chances, intraclass, kappa, krippendorff
from scoring.fairness.agreement import Agreement, agreement
from scoring.fairness.chances import at_least, holm
from scoring.fairness.intraclass import mean_squares, one_way, two_way
from scoring.fairness.kappa import table_of, weighted_kappa
from scoring.fairness.krippendorff import alpha
from tests.scoring.fairness.binomial import at_most
from tests.scoring.fairness.invented import ratings, rubric_of

NONE = np.nan

SHROUT_FLEISS = np.array(
    [[9.0, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)
"""Shrout and Fleiss (1979), table 2: six targets, four judges."""

OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    ]
)
"""Krippendorff (2011): reliability data of four observers and twelve units."""

CODERS = np.array(
    [
        [NONE, NONE, NONE, NONE, NONE, 3, 4, 1, 2, 1, 1, 3, 3, NONE, 3],
        [1, NONE, 2, 1, 3, 3, 4, 3, NONE, NONE, NONE, NONE, NONE, NONE, NONE],
        [NONE, NONE, 2, 1, 3, 4, 4, NONE, 2, 1, 1, 3, 3, NONE, 4],
    ]
)
"""Three coders, fifteen units, 45 % of it missing: Krippendorff's example in Wikipedia."""


@pytest.mark.parametrize("module", [chances, intraclass, kappa, krippendorff, subject])
def test_examples_in_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_intraclass_correlations_of_shrout_and_fleiss() -> None:
    squares = mean_squares(SHROUT_FLEISS)
    found = (squares.between, squares.within, squares.raters, squares.residual)
    assert [round(one, 2) for one in found] == [11.24, 6.26, 32.49, 1.02]
    first = one_way(SHROUT_FLEISS.ravel(), np.repeat(np.arange(6), 4))
    second, third = two_way(SHROUT_FLEISS)
    singles = [round(one.single.value, 2) for one in (first, second, third)]
    averages = [round(one.average.value, 2) for one in (first, second, third)]
    assert singles == [0.17, 0.29, 0.71]
    assert averages == [0.44, 0.62, 0.91]


def test_their_intervals() -> None:
    """By the formulas of Shrout and Fleiss (1979) and of McGraw and Wong (1996), worked out."""
    first = one_way(SHROUT_FLEISS.ravel(), np.repeat(np.arange(6), 4))
    second, third = two_way(SHROUT_FLEISS)
    ends = [(one.single, one.average) for one in (first, second, third)]
    low = [(round(one.low, 3), round(mean.low, 3)) for one, mean in ends]
    high = [(round(one.high, 2), round(mean.high, 2)) for one, mean in ends]
    assert low == [(-0.133, -0.884), (0.019, 0.071), (0.342, 0.676)]
    assert high == [(0.72, 0.91), (0.76, 0.93), (0.95, 0.99)]


@pytest.mark.parametrize(
    ("level", "published"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_of_krippendorff(level: krippendorff.Level, published: float) -> None:
    found = alpha(OBSERVERS.T, level)
    assert round(found.estimate.value, 3) == published
    assert (found.units, found.values) == (11, 40)
    shuffled = np.random.default_rng(1).permuted(OBSERVERS.T, axis=1)
    assert alpha(shuffled, level).estimate.value == pytest.approx(found.estimate.value)


def test_alpha_with_nearly_half_missing() -> None:
    assert round(alpha(CODERS.T, "nominal").estimate.value, 6) == 0.691358
    assert round(alpha(CODERS.T, "interval").estimate.value, 6) == 0.810845


def test_alpha_of_two_observers_as_krippendorff_has_it() -> None:
    """Krippendorff (2011), B: ten units, two values; .095."""
    first, second = (
        np.array([0.0, 1, 0, 0, 0, 0, 0, 0, 1, 0]),
        np.array([1.0, 1, 1, 0, 0, 1, 0, 0, 0, 0]),
    )
    pairs = np.stack([first, second], axis=1)
    assert round(alpha(pairs, "nominal").estimate.value, 3) == 0.095


def test_alpha_by_its_definition() -> None:
    """The slow way, from the table of coincidences, for all levels."""
    random = np.random.default_rng(7)
    table = random.integers(1, 6, (30, 4)).astype(float)
    table[random.random(table.shape) < 0.3] = NONE
    for level in ("nominal", "ordinal", "interval", "ratio"):
        assert alpha(table, level).estimate.value == pytest.approx(_slow_alpha(table, level))


def _slow_alpha(table: np.ndarray, level: str) -> float:
    units = [row[np.isfinite(row)] for row in table]
    units = [row for row in units if len(row) > 1]
    values = np.unique(np.concatenate(units))
    together = np.zeros((len(values), len(values)))
    for row in units:
        for one in range(len(row)):
            for other in range(len(row)):
                if one != other:
                    at = np.searchsorted(values, [row[one], row[other]])
                    together[at[0], at[1]] += 1 / (len(row) - 1)
    held = together.sum(axis=1)
    seen = expected = 0.0
    for c, one in enumerate(values):
        for k, other in enumerate(values):
            low, high = min(c, k), max(c, k)
            between = held[low : high + 1].sum() - (held[c] + held[k]) / 2
            apart = {
                "nominal": float(c != k),
                "ordinal": between**2 if c != k else 0.0,
                "interval": (one - other) ** 2,
                "ratio": ((one - other) / (one + other)) ** 2,
            }[level]
            seen += together[c, k] * apart
            expected += held[c] * held[k] * apart
    return 1 - (held.sum() - 1) * seen / expected


def test_alphas_interval_is_drawn_from_its_seed() -> None:
    once, again = (alpha(OBSERVERS.T, "ordinal", resamples=200, seed=3) for _ in range(2))
    other = alpha(OBSERVERS.T, "ordinal", resamples=200, seed=4)
    assert once == again != other
    assert once.estimate.low < once.estimate.value <= once.estimate.high <= 1.0
    assert (once.resamples, once.seed) == (200, 3)


def test_weighted_kappa_as_published() -> None:
    """Cohen (1968): .492 and .348; SAS/STAT's and R vcd's manuals, with standard errors."""
    diagnoses = 200 * np.array([[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]])
    costs = np.array([[0.0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert round(weighted_kappa(diagnoses, "equal").estimate.value, 3) == 0.492
    assert round(weighted_kappa(diagnoses, 1 - costs / 6).estimate.value, 3) == 0.348
    skin = np.array([[10.0, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
    plain = weighted_kappa(skin, "equal")
    assert round(plain.estimate.value, 4) == 0.3449
    assert round(plain.error, 4) == 0.0724
    assert (round(plain.estimate.low, 4), round(plain.estimate.high, 4)) == (0.2030, 0.4868)
    couples = np.array([[7.0, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
    plain, linear = weighted_kappa(couples, "equal"), weighted_kappa(couples, "linear")
    assert (round(plain.estimate.value, 4), round(plain.error, 4)) == (0.1293, 0.0686)
    assert (round(linear.estimate.value, 4), round(linear.error, 4)) == (0.2374, 0.0783)
    # Fleiss (1981), of which z against chance is told there; kappa also Gwet (2014), .676.
    agreed = weighted_kappa(np.array([[75.0, 1, 4], [5, 4, 1], [0, 0, 10]]), "equal")
    assert round(agreed.estimate.value / agreed.error_by_chance, 2) == 8.88
    assert round(agreed.estimate.value, 3) == 0.676
    # R's irrCAC: two abstractors, quadratic, with its standard error.
    charts = weighted_kappa(np.array([[13.0, 0, 0], [0, 20, 7], [0, 4, 56]]))
    assert (round(charts.estimate.value, 4), round(charts.error, 4)) == (0.8922, 0.0354)
    # R's vcd: patients of Winnipeg.
    patients = np.array([[38.0, 5, 0, 1], [33, 11, 3, 0], [10, 14, 5, 6], [3, 7, 3, 10]])
    told = [weighted_kappa(patients, way).estimate.value for way in ("equal", "linear")]
    assert [round(one, 4) for one in told] == [0.2079, 0.3797]


def test_quadratic_kappa_is_an_intraclass_correlation() -> None:
    """Fleiss and Cohen (1973): the same but for terms of 1/n."""
    random = np.random.default_rng(5)
    truth = random.normal(size=4000)
    one, other = (np.clip(np.round(truth + random.normal(size=4000)), -2, 2) for _ in range(2))
    found = weighted_kappa(table_of(one, other)).estimate.value
    agreed, _ = two_way(np.stack([one, other], axis=1))
    assert found == pytest.approx(agreed.single.value, abs=1e-3)


def test_one_way_interval_covers_the_truth_in_groups_that_differ_in_size() -> None:
    random, truth, held, tries = np.random.default_rng(11), 0.5, 0, 400
    group = np.repeat(np.arange(25), random.integers(1, 7, 25))
    for _ in range(tries):
        values = random.normal(size=25)[group] + random.normal(size=len(group))
        found = one_way(values, group).single
        held += found.low <= truth <= found.high
    assert abs(held - 0.95 * tries) <= 3.3 * np.sqrt(0.95 * 0.05 * tries)


def test_where_nothing_is_known_it_says_so() -> None:
    alone = one_way(np.array([1.0, 2, 3]), np.array([0, 1, 2]))
    assert alone.groups == 0 and np.isnan(alone.single.value)
    same = one_way(np.array([4.0, 4, 4, 4]), np.array([0, 0, 1, 1]))
    assert np.isnan(same.single.value)
    assert np.isnan(alpha(np.array([[2.0, 2], [2, 2]]), "interval").estimate.value)
    _, crossed = two_way(np.array([[1.0, 2, 3], [3, 2, 1], [2, 2, 2]]))
    assert (crossed.single.value, crossed.average.value) == (-0.5, -np.inf)
    assert np.isnan(weighted_kappa(np.array([[5.0, 0], [0, 0]])).estimate.value)


def test_chances_of_many_trials() -> None:
    random = np.random.default_rng(2)
    for size in (1, 2, 7, 200):
        trials = random.random(size)
        for count in range(size + 2):
            known = poisson_binom(trials).sf(count - 1)
            assert at_least(count, trials) == pytest.approx(known, abs=1e-10)
    assert np.isnan(holm(np.array([NONE, 0.02]))[0])
    assert holm(np.array([NONE, 0.02]))[1] == 0.02


def _round(random: np.random.Generator, visits: int, indicators: int, worse: float) -> Agreement:
    """Pairs differ widely the more often the harder a visit is; on I1 ``worse`` times as often."""
    often = np.repeat(random.choice([0.02, 0.1, 0.3], visits), indicators)
    often = often.reshape(visits, indicators)
    often[:, 0] *= worse
    first = random.choice([0.0, 0.5], (visits, indicators))
    second = first + 0.5 * (random.random((visits, indicators)) < often)
    shares = np.stack([first, second], axis=1).reshape(2 * visits, indicators)
    shares[random.random(shares.shape) < 0.1] = NONE
    school = np.repeat(np.arange(visits), 2)
    inspector = np.tile(np.array([0, 1]), visits) + 2 * (school % 5)
    return agreement(ratings(rubric_of([2] * indicators), school, inspector, shares), resamples=0)


def test_indicators_are_named_by_mistake_as_seldom_as_is_said() -> None:
    random, tries = np.random.default_rng(17), 150
    wrong = sum(
        any(one.named for one in _round(random, 40, 12, 1.0).indicators) for _ in range(tries)
    )
    assert wrong <= at_most(tries, subject.FALSE_ALARM)


def test_an_indicator_that_is_read_in_two_ways_is_named() -> None:
    found = _round(np.random.default_rng(3), 60, 12, 4.0)
    assert [one.indicator.id for one in found.indicators if one.named] == ["I1"]
    first = found.indicators[0]
    assert first.widely > 2 * first.expected and first.apart > found.indicators[1].apart


def test_a_round_of_single_inspectors_tells_nothing() -> None:
    shares = np.random.default_rng(1).random((5, 3))
    found = agreement(ratings(rubric_of([2, 2, 2]), np.arange(5), np.arange(5) % 2, shares))
    assert (found.visits, found.same_inspectors) == (0, False)
    assert np.isnan(found.total.single.value) and np.isnan(found.error)
    assert np.isnan(found.alpha.estimate.value)
    assert all(one.visits == 0 and not one.named for one in found.indicators)


def test_which_correlations_there_are_follows_from_who_went_where() -> None:
    random = np.random.default_rng(9)
    truth = random.normal(size=(40, 1))
    levels = np.clip(np.round(2 + truth + random.normal(0, 0.5, (40, 2))), 0, 4) / 4
    levels[:, 1] = np.clip(levels[:, 1] - 0.25, 0, 1)
    shares = np.repeat(levels.reshape(80, 1), 2, axis=1)
    school, rubric = np.repeat(np.arange(40), 2), rubric_of([4, 4], levels=5)
    same = agreement(ratings(rubric, school, np.tile([0, 1], 40), shares), resamples=50)
    assert same.same_inspectors and same.agreed and same.ordered
    assert same.ordered.single.value > same.agreed.single.value > same.total.single.value
    kappa_found = same.indicators[0].kappa
    assert kappa_found and kappa_found.pairs == 40
    assert same.indicators[0].alpha.level == "ordinal"
    other = agreement(ratings(rubric, school, np.tile([0, 1, 2, 3], 20), shares), resamples=0)
    assert not other.same_inspectors and other.agreed is None
    assert other.total == same.total and other.indicators[0].kappa is None
