"""Errors come from the records; where nothing tells, that is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inspections.round.round import Combining
from scoring.fairness.generalisability import study_of_indicators, study_of_totals
from scoring.fairness.measured_error import measured_error
from scoring.fairness.ratings import Ratings
from tests.scoring.fairness.simulations.counties import ITEMS, county


def _ratings(
    random: np.random.Generator,
    schools: int,
    visits: int = 1,
    seats: int = 2,
    severity: float = 2.0,
    day: float = 0.0,
    record: float = 1.0,
    inspectors: int = 20,
) -> Ratings:
    """Totals by an additive model with known variances."""
    drawn = county(random, schools, inspectors=inspectors, seats=visits * seats)
    rows = schools * visits * seats
    school = np.repeat(np.arange(schools), visits * seats)
    visit = np.arange(rows) // seats
    total = (
        80
        + 5 * random.standard_normal(schools)[school]
        + day * random.standard_normal(schools * visits)[visit]
        + severity * random.standard_normal(inspectors)[drawn.ratings.inspector]
        + record * random.standard_normal(rows)
    )
    occasions = tuple(f"第{n + 1}次" for n in range(visits))
    return replace(
        drawn.ratings,
        visit=visit,
        occasion=visit % visits,
        day=visit % visits,
        occasions=occasions,
        total=total,
        there=np.ones((rows, ITEMS), bool),
    )


@pytest.mark.parametrize(
    "combining",
    [
        {},
        {"inspectors": "median"},
        {"inspectors": "trimmed", "trim_from": 3},
        {"inspectors": "worst"},
        {"inspectors": "weighted", "inspector_weights": {"D0": 3, "D1": 2}},
        {"visits": "latest"},
        {"visits": "weighted", "weights": {"第1次": 40, "第2次": 60}},
        {"visits": "worst"},
    ],
)
def test_standard_errors_are_what_totals_really_miss_by(combining: dict[str, object]) -> None:
    asked = Combining.model_validate(combining)
    random = np.random.default_rng(3)
    missed, told = [], []
    for _ in range(25):
        schools, inspectors, seats, visits = 60, 40, 3, 2
        ratings = _ratings(random, schools, visits, seats, 2.0, 1.5, 1.0, inspectors)
        errors = measured_error(ratings, asked).errors
        assert errors is not None
        told.append(errors.variance.mean())
        # Other people on other days, at schools that are all equal.
        for _ in range(4):
            off = np.sqrt(4 + 1) * random.standard_normal(len(ratings))
            off += 1.5 * random.standard_normal(schools * visits)[ratings.visit]
            missed.append(_combined(off.reshape(schools, visits, seats), ratings, asked).var())
    assert np.mean(told) == pytest.approx(np.mean(missed), rel=0.1)


def _combined(off: np.ndarray, ratings: Ratings, asked: Combining) -> np.ndarray:
    weight = np.ones_like(off)
    if asked.inspectors == "weighted":
        names = np.array([float(asked.inspector_weights.get(it, 1)) for it in ratings.inspectors])
        weight = names[ratings.inspector].reshape(off.shape)
    by = {
        "mean": off.mean(axis=2),
        "median": np.median(off, axis=2),
        "trimmed": np.median(off, axis=2),
        "worst": off.min(axis=2),
        "weighted": (off * weight).sum(axis=2) / weight.sum(axis=2),
    }[asked.inspectors]
    return {
        "mean": by.mean(axis=1),
        "latest": by[:, -1],
        "weighted": by @ [0.4, 0.6],
        "worst": by.min(axis=1),
    }[asked.visits]


def test_variances_are_found_without_bias() -> None:
    random = np.random.default_rng(8)
    found = []
    for _ in range(60):
        own = measured_error(_ratings(random, 40, 2, 2, 2.0, 1.5, 1.0), Combining())
        found.append([own.severity, own.visit, own.record])
    mean, error = np.mean(found, axis=0), np.std(found, axis=0) / np.sqrt(len(found))
    assert (np.abs(mean - [4, 2.25, 1]) < 4 * error).all()


def test_who_was_sent_where_does_not_matter() -> None:
    """Strict pairs go to weak schools: severity is measured within visits alone."""
    random = np.random.default_rng(6)
    ratings = _ratings(random, 60)
    order = np.argsort(ratings.inspector.reshape(-1, 2).sum(axis=1))
    shift = np.empty(60)
    shift[order] = np.linspace(-20, 20, 60)
    moved = replace(ratings, total=ratings.total + shift[ratings.school])
    one, other = (measured_error(it, Combining()) for it in (ratings, moved))
    assert one.severity == pytest.approx(other.severity)
    assert one.record == pytest.approx(other.record)


def test_one_record_a_school_cannot_tell_and_says_what_would() -> None:
    ratings = _ratings(np.random.default_rng(1), 30, seats=1)
    found = measured_error(ratings, Combining())
    assert found.errors is None and found.freedom == 0
    assert found.unknown and len(found.unknown) == len(found.remedy)
    study = study_of_totals(ratings)
    assert not study.plans and len(study.unknown) == len(study.remedy) == 1


def test_pairs_that_never_part_leave_severity_in_the_error() -> None:
    ratings = _ratings(np.random.default_rng(1), 30, inspectors=60)
    alone = replace(ratings, inspector=np.arange(60))
    found = measured_error(alone, Combining())
    assert np.isnan(found.severity) and found.errors is not None
    assert found.record == pytest.approx(5, rel=0.5)  # 4 of severity, 1 of the record
    assert len(found.unknown) == len(found.remedy) == 2  # severity, and the day


def test_what_a_team_agrees_on_is_not_in_the_error_and_that_is_told() -> None:
    ratings = _ratings(np.random.default_rng(1), 30)
    apart, agreed = (measured_error(ratings, Combining(facts=it)) for it in ("combined", "agreed"))
    assert len(agreed.unknown) == len(apart.unknown) + 1 == len(agreed.remedy)
    assert apart.record == agreed.record


def test_single_inspectors_on_several_days_measure_both_together() -> None:
    ratings = _ratings(np.random.default_rng(2), 80, visits=2, seats=1, day=1.5)
    found = measured_error(ratings, Combining())
    assert found.errors is not None
    assert found.severity + found.record == pytest.approx(4 + 2.25 + 1, rel=0.4)


def test_excused_points_make_totals_err_more() -> None:
    random = np.random.default_rng(2)
    ratings = _ratings(random, 40)
    there = ratings.there.copy()
    there[:20, : ITEMS // 2] = False
    errors = measured_error(replace(ratings, there=there), Combining()).errors
    assert errors is not None
    assert errors.own[0] == pytest.approx(2 * errors.own[-1])


def test_what_questionnaires_add_is_added() -> None:
    ratings = _ratings(np.random.default_rng(2), 10)
    plain = measured_error(ratings, Combining()).errors
    more = measured_error(ratings, Combining(), np.full(10, 0.5)).errors
    assert plain is not None and more is not None
    assert (more.own - plain.own).tolist() == pytest.approx([0.5] * 10)


def test_one_more_inspector_and_one_more_visit_buy_what_they_do() -> None:
    ratings = _ratings(np.random.default_rng(5), 400, 2, 2, 2.0, 1.5, 1.0, inspectors=60)
    study = study_of_totals(ratings)
    assert not study.unknown
    # severity 4, day 2.25, record 1, schools 25
    for visits, inspectors in ((1, 1), (1, 2), (2, 2), (4, 5)):
        due = 2.25 / visits + 5 / visits / inspectors
        plan = study.plan(visits, inspectors)
        assert plan.absolute == pytest.approx(due, rel=0.25)
        assert plan.phi == pytest.approx(25 / (25 + due), abs=0.05)
        assert plan.relative < plan.absolute and plan.g > plan.phi
    assert study.plan(1, 3).error < study.plan(1, 2).error
    once = study_of_totals(_ratings(np.random.default_rng(5), 60))
    assert {it.visits for it in once.plans} == {1} and once.unknown


def test_readings_of_indicators_have_components() -> None:
    drawn = county(np.random.default_rng(5), 60, severity=0.15)
    found = study_of_indicators(drawn.ratings)
    assert found.of("school:indicator") > found.of("inspector") > 0
    assert found.raw["residual"] > 0


@pytest.mark.parametrize("differing", [0, 2, 3])
def test_records_that_hardly_ever_differ_do_not_tell_how_large_errors_are(differing: int) -> None:
    ratings = _ratings(np.random.default_rng(4), 30)
    total = ratings.total.reshape(30, 2)[:, 0].repeat(2)
    total[: 2 * differing : 2] += 0.5
    found = measured_error(replace(ratings, total=total), Combining())
    if differing == 3:
        assert found.errors is not None and found.basis and found.missing
        return
    assert found.errors is None and not found.basis
    assert [f"有差别的只有 {differing} 处" in it for it in found.unknown] == [True]
    assert "各查各的" in found.remedy[0]


def test_what_errors_rest_on_is_told_and_what_is_not_in_them() -> None:
    random = np.random.default_rng(4)
    pair, days = _ratings(random, 30), _ratings(random, 40, 2, 2, 2.0, 1.5, 1.0)
    alone = _ratings(random, 40, visits=2, seats=1)
    one, two, three = (measured_error(it, Combining()) for it in (pair, days, alone))
    assert len(one.basis) == 1 and "换一天检查的差别" in one.missing
    assert len(two.basis) == 2 and not two.missing
    assert len(three.basis) == 1 and three.basis[0] in two.basis
    agreed = measured_error(pair, Combining(facts="agreed"))
    assert agreed.missing == (*one.missing, "同去督学商定的事实可能的出入")
    # A day on which one school was seen again says nothing of days.
    few = replace(pair, visit=pair.visit.copy(), school=pair.school.copy())
    few.school[2:4] = 0
    assert "换一天检查的差别" in measured_error(few, Combining()).missing
    sampled = measured_error(pair, Combining(), np.full(30, 0.5))
    assert sampled.basis == (*one.basis, "问卷抽样的误差")
