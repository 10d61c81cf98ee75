"""Intervals hold true ranks as often as they say, whatever is shared, rounded or excused."""

from __future__ import annotations

import numpy as np
import pytest

from rubrics.values.points import IntArray
from scoring.fairness.errors import Errors
from scoring.fairness.rank_chances import RankChances, rank_chances
from scoring.fairness.rank_sets import alike, bracketed, brackets, joint_ranks, pair_limit
from scoring.fairness.ranks import sure_ranks
from scoring.fairness.ratings import Floats
from scoring.fairness.true_totals import drawn_totals
from tests.scoring.fairness.simulations.counties import ranks
from tests.scoring.fairness.simulations.rank_coverage import measured


@pytest.mark.parametrize(
    ("schools", "counties", "how"),
    [
        (40, 40, {}),
        (40, 40, {"step": 1.0, "excused": 0.3}),
        (40, 40, {"fixed": True, "severity": 0.1}),
        (520, 4, {"inspectors": 40}),
    ],
)
def test_true_ranks_are_held_in_88_to_92_of_a_hundred(
    schools: int, counties: int, how: dict[str, object]
) -> None:
    own = measured(counties, schools, 11, **how)
    # Schools of one county go together: their number counts as a tenth of it at most.
    error = 2 * np.sqrt(0.9 * 0.1 / (counties * max(8, schools // 10)))
    assert 0.88 - error < own["held"] < 0.92 + error
    assert own["joint"] >= 0.9 - 2 * np.sqrt(0.09 / counties)
    assert abs(own["chances"]) < 0.02


def test_ranks_drawn_around_published_totals_promise_too_much() -> None:
    """What a plain bootstrap does: it was tried first, and fails."""
    random = np.random.default_rng(5)
    held, ours = [], []
    for _ in range(30):
        truth = 80 + 4 * random.standard_normal(60)
        totals = truth + 4 * random.standard_normal(60)
        drawn = totals + 4 * random.standard_normal((1_000, 60))
        places = np.array([ranks(one) for one in drawn])
        low, high = np.quantile(places, [0.05, 0.95], axis=0)
        true = ranks(truth)
        held.append(((low <= true) & (true <= high)).mean())
        told = rank_chances(totals, Errors.independent(np.full(60, 4.0)))
        ours.append(((told.low <= true) & (true <= told.high)).mean())
    assert np.mean(held) < 0.86 < 0.88 < np.mean(ours) < 0.93


def both_ways(totals: Floats, errors: Errors) -> tuple[RankChances, RankChances]:
    """Chances of 400 schools by draws, and summed over a grid."""
    drawn = rank_chances(totals, errors, step=0.1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scoring.fairness.rank_chances.DRAWN", 10)
        return drawn, rank_chances(totals, errors, step=0.1)


def same_at_both_ends(lengths: Floats) -> IntArray:
    """The middle one of the ways to part what is left out."""
    return np.full(lengths.shape[1:], len(lengths) // 2)


def ends(found: RankChances) -> tuple[IntArray, IntArray]:
    return found.low, found.high


def test_many_schools_on_a_grid_agree_with_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(2)
    totals = np.round(100 - 6 * random.gamma(2, 1, 400) + 2 * random.standard_normal(400), 1)
    errors = Errors.independent(np.exp(0.3 * random.standard_normal(400)) * 2)
    drawn, summed = both_ways(totals, errors)
    with monkeypatch.context() as even:
        even.setattr("scoring.fairness.rank_chances._shortest", same_at_both_ends)
        for ours, theirs in zip(*map(ends, both_ways(totals, errors)), strict=True):
            assert np.abs(ours - theirs).max() <= 8
    # Of the shortest a few are as short with more left out at the other end; chance picks one.
    for ours, theirs in ((drawn.low, summed.low), (drawn.high, summed.high)):
        assert (np.abs(ours - theirs) <= 8).mean() > 0.98
    apart = (drawn.high - drawn.low) - (summed.high - summed.low)
    assert np.abs(apart).max() <= 12 and abs(apart.mean()) < 2
    assert np.abs(drawn.first - summed.first).max() < 0.05
    assert np.abs(drawn.last - summed.last).max() < 0.05
    for found in (drawn, summed):  # some are level with the tenth
        assert 9.9 < found.first.sum() < 10.8


def test_equal_totals_without_error_are_equal_in_truth() -> None:
    found = sure_ranks(np.array([100.0, 100, 90, 90, 80] * 5), Errors.independent(np.zeros(25)))
    assert found.low.tolist() == found.high.tolist() == found.rank.tolist()
    assert found.reliability == pytest.approx(1)
    assert found.first[:2].tolist() == [1, 1] and found.last[4] == 1


def test_what_all_share_moves_no_rank() -> None:
    """One severe pair saw all schools: their severity is in every total, and parts none."""
    random = np.random.default_rng(4)
    totals = 80 + 5 * random.standard_normal(40)
    school = np.arange(40)
    shared = Errors(np.full(40, 0.25), 9.0, school, np.zeros(40, int), np.ones(40))
    alone = Errors.independent(np.full(40, 0.5))
    assert np.abs(shared.standard_error - 3.04).max() < 0.01
    low, high = (rank_chances(totals, it) for it in (shared, alone))
    assert np.abs(low.low - high.low).max() <= 2 and np.abs(low.high - high.high).max() <= 2
    assert (alike(totals, shared) == alike(totals, alone)).all()
    assert (shared.covariance()[0, 1], shared.among(school < 3).covariance().shape) == (9, (3, 3))


def test_few_differences_make_intervals_wider() -> None:
    totals = np.linspace(70, 95, 30)
    known, guessed = (
        rank_chances(totals, Errors.independent(np.full(30, 2.0), freedom))
        for freedom in (np.inf, 3)
    )
    assert (guessed.high - guessed.low).mean() > (known.high - known.low).mean() + 0.3


def test_the_limit_for_all_pairs_is_the_studentised_range() -> None:
    """Tables of the studentised range (Harter 1960), infinite freedom: 10 means and 3 means."""
    for size, sure, range_ in ((10, 0.95, 4.474), (10, 0.9, 4.129), (3, 0.95, 3.314)):
        limit = pair_limit(Errors.independent(np.ones(size)), sure)
        assert limit == pytest.approx(range_ / np.sqrt(2), rel=0.015)


def test_ranks_of_all_at_once() -> None:
    """Of 151 at 90 % each interval reaches 3.391 standard errors, where a normal has (1 + 0.9 ^
    (1/151)) / 2 below it; a difference is clear beyond twice that (Klein, Wright & Wieczorek 2020).
    """
    errors = Errors.independent(np.ones(151))
    totals = np.concatenate([np.zeros(150), [6.76]])
    low, high = joint_ranks(totals, errors, 0.9)
    assert (low[-1], high[-1]) == (1, 151)
    totals[-1] = 6.80
    low, high = joint_ranks(totals, errors, 0.9)
    assert (low[-1], high[-1], low[0], high[0]) == (1, 1, 2, 151)


def test_brackets_are_runs_in_which_no_pair_differs() -> None:
    random = np.random.default_rng(9)
    totals = np.round(80 + 5 * random.standard_normal(30), 2)
    errors = Errors.independent(0.5 + random.random(30))
    order, pairs = np.argsort(-totals, kind="stable"), alike(totals, errors)
    found = brackets(totals, errors)
    for start, last in found:
        run = order[start : last + 1]
        assert pairs[np.ix_(run, run)].all()
        for wider in (order[max(0, start - 1) : last + 1], order[start : last + 2]):
            assert len(wider) == len(run) or not pairs[np.ix_(wider, wider)].all()
    assert sure_ranks(totals, errors).brackets() == found


def test_brackets_of_totals_that_share_inspectors() -> None:
    """Pair by pair, with all that they share; some inspectors came to a school twice."""
    random = np.random.default_rng(6)
    for _ in range(60):
        size, people = random.integers(2, 50), random.integers(1, 9)
        totals = np.round(80 + 5 * random.standard_normal(size), random.integers(0, 3))
        who, seats = random.integers(0, people, 2 * size), np.repeat(np.arange(size), 2)
        errors = Errors(
            random.random(size), 3 * random.random(), seats, who, np.full(2 * size, 0.5)
        )
        assert errors.variance == pytest.approx(np.diag(errors.covariance()))
        order = np.argsort(-totals, kind="stable")
        pairs, due = alike(totals, errors)[np.ix_(order, order)], []
        for start in range(size):
            last = start
            while last + 1 < size and pairs[start : last + 2, start : last + 2].all():
                last += 1
            if last > start and (not due or last > due[-1][1]):
                due.append((start, last))
        assert brackets(totals, errors) == due
        first, last = bracketed(due, size)
        for place in range(size):
            own = [run for run in due if run[0] <= place <= run[1]] or [(place, place)]
            assert (first[place], last[place]) == (own[0][0], own[-1][1])


def test_intervals_hold_the_rank_that_is_printed_whatever_parts_equal_totals() -> None:
    found = sure_ranks(np.array([90.0, 90, 80]), Errors.independent(np.full(3, 0.01)))
    printed = found.as_printed(np.array([2, 1, 3]))
    assert (printed.low.tolist(), printed.high.tolist()) == ([1, 1, 3], [2, 2, 3])
    assert printed.order.tolist() == [1, 0, 2] and printed.brackets() == [(0, 1)]


def test_draws_are_the_same_each_time_and_shrink() -> None:
    totals = np.linspace(60, 100, 50)
    errors = Errors.independent(np.full(50, 8.0))
    drawn, spread = drawn_totals(totals, errors)
    assert (drawn == drawn_totals(totals, errors)[0]).all()
    assert 0 < spread < totals.std()
    assert drawn[:, -1].mean() < 100 and drawn[:, 0].mean() > 60
