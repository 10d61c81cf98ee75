"""What points rest on after a round, what more would buy, how near inspectors are: by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from inspections.round.elapsed import elapsed_periods
from scoring.engine.columns import columns_of
from scoring.fairness.beside_others import beside_others
from scoring.fairness.facets import facets
from scoring.fairness.ratings import ratings_of
from scoring.fairness.rubric_study import buying, rubric_study
from scoring.results.figures import score_columns
from tests.reports.fairness.linked import linked, rubric
from tests.scoring.fairness.invented import ratings, rubric_of
from tests.scoring.fairness.simulations.facets import FOUR, invented
from tests.scoring.fairness.simulations.severities import pairs
from tests.scoring.rounds import County, counties


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(county=counties())
def test_what_points_rest_on_is_the_whole(county: County) -> None:
    schools = list(county.roster.schools.values())
    elapsed = elapsed_periods(county.round)
    for one in county.rubrics.values():
        columns, _ = columns_of(one, schools, county.visits, county.round.occasions)
        figures = score_columns(
            one,
            columns,
            combining=county.round.combining,
            ranking=county.round.ranking,
            elapsed=elapsed,
        )
        found = rubric_study(figures, ratings_of(one, columns, elapsed)).rests
        assert found.before.judgement + found.before.others + found.before.facts == Fraction(1)
        for own in (found.lost, found.schools, found.inspectors):
            parts = (own.judgement, own.others, own.facts)
            assert np.isnan(parts).all() or sum(parts) == pytest.approx(1)
        assert not found.lost.judgement < 0 and not found.lost.judgement > 1 + 1e-9


def test_what_is_lost_and_what_differs_is_parted_by_what_it_rests_on(tmp_path: Path) -> None:
    """Half of full marks are judged; where all is lost on counts, nothing of it is."""
    subject = linked(tmp_path, of=rubric(judged=4, counted=4))
    (one,) = subject.measured.rubrics.values()
    found, ours = one.study.rests, one.sheets.ratings
    assert found.before.judgement == Fraction(1, 2)
    judged = [n for n, item in enumerate(one.rubric.indicators) if item.id[0] in "AB"]
    # Every sheet is whole, so that points need no norm.
    totals = ours.points.sum(axis=1)
    own = ours.points[:, judged].sum(axis=1)
    mean = np.bincount(ours.visit, totals) / np.bincount(ours.visit)
    mine = np.bincount(ours.visit, own) / np.bincount(ours.visit)
    left, part = totals - mean[ours.visit], own - mine[ours.visit]
    assert found.inspectors.judgement == pytest.approx(float(part @ left / (left @ left)))


def test_nothing_lost_rests_on_nothing(tmp_path: Path) -> None:
    subject = linked(
        tmp_path,
        of=rubric(judged=2, counted=0),
        answer=lambda random, item, seems: {"": "A"},
    )
    (one,) = subject.measured.rubrics.values()
    found = one.study.rests
    for own in (found.lost, found.schools, found.inspectors):
        assert np.isnan([own.judgement, own.others, own.facts]).all()
    assert found.before.judgement == 1


def test_one_more_is_what_the_study_has_for_it() -> None:
    random = np.random.default_rng(4)
    school = np.repeat(np.arange(40), 6)
    visit = np.repeat(np.arange(120), 2)
    inspector = np.argsort(random.random((120, 8)), axis=1)[:, :2].ravel()
    shares = np.clip(0.7 + 0.2 * random.standard_normal((240, 5)), 0, 1)
    found = buying(ratings(rubric_of([2] * 5), school, inspector, shares, visit))
    assert found.now is not None and (found.now.visits, found.now.inspectors) == (3, 2)
    assert found.inspector == found.study.plan(3, 3) and found.visit == found.study.plan(4, 2)
    assert found.visit is not None and found.visit.error < found.now.error


def test_of_one_visit_nothing_is_known_of_another_one() -> None:
    random = np.random.default_rng(5)
    school, inspector = pairs(40, 6)(random)
    shares = np.clip(0.7 + 0.2 * random.standard_normal((80, 5)), 0, 1)
    found = buying(ratings(rubric_of([2] * 5), school, inspector, shares))
    assert found.now is not None and found.inspector is not None and found.visit is None
    alone = buying(ratings(rubric_of([2] * 5), np.arange(80), inspector, shares))
    assert alone.now is None and alone.study.unknown and alone.study.remedy


def test_how_near_somebody_is_to_others() -> None:
    """Of P0: visits 0 and 1 beside P1 (6 and 2 points apart of 10), visit 2 alone."""
    shares = np.array([[1, 1], [0.4, 1], [0.5, 0.5], [0.5, 0.1], [0, 0]])
    made = ratings(rubric_of([5, 5]), np.array([0, 0, 1, 1, 2]), np.array([0, 1, 0, 1, 0]), shares)
    found = beside_others(made)
    assert found["P0"].visits == 2 and found["P0"].same == 0.5
    assert found["P0"].apart == pytest.approx((30 + 20) / 2)
    lonely = beside_others(ratings(rubric_of([5, 5]), np.arange(5), np.arange(5) % 2, shares))
    assert lonely["P0"].visits == 0
    assert np.isnan([lonely["P0"].apart, lonely["P0"].same]).all()


def test_surprises_are_the_farthest_ratings_of_who_does_not_fit() -> None:
    of = rubric_of([2] * 12, levels=4)
    made, _ = invented(np.random.default_rng(5), pairs(100, 8), of, FOUR, 0.3, careless=0.5)
    found = {one.inspector: one for one in facets(made).inspectors}
    assert all(bool(one.surprises) == one.fit.named for one in found.values())
    told = found["P0"].surprises
    assert 1 <= len(told) <= 6
    sizes = [abs(one.apart) for one in told]
    assert sizes == sorted(sizes, reverse=True) and min(sizes) >= 2
    for one in told:
        assert made.inspector[one.row] == 0
        visit = made.visit == made.visit[one.row]
        beside = np.delete(made.shares[visit & (made.inspector != 0)], one.indicator, axis=1)
        share = made.shares[one.row, one.indicator]
        # Better than what others give the school, or worse.
        assert (share - np.nanmean(beside)) * one.apart > 0
