"""What a round says of its rubric, beside slow arithmetic and beside the engine itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from inspections.round.round import Ranking
from inspections.round.school import School
from rubrics.files.shipped import load_named
from rubrics.language.rubric import Rubric
from rubrics.values.points import SCALE
from scoring.engine.applicability import applicability
from scoring.engine.codes import CHECKED, EXCUSED
from scoring.engine.columns import Columns, columns_of, layout
from scoring.fairness.items import correlation, item_studies, repeats
from scoring.fairness.judgement import judged, shift
from scoring.fairness.weights import effective_weights, moves
from scoring.results.figures import Figures, score_columns
from tests.scoring.rounds import County, counties

RANKING = Ranking(groups=())


def _rubric(points: dict[str, Decimal], weights: dict[str, Decimal] | None = None) -> Rubric:
    told = {"basis": [], "method": ["现场查看"], "evidence": "none", "excusable": True}
    dimensions = [
        {
            "id": name,
            "title": name,
            "points": sum(own for item, own in points.items() if item[0] == name),
            "indicators": [
                {"id": item, "title": item, "points": own, "rule": {"kind": "all_or_none"}} | told
                for item, own in points.items()
                if item[0] == name
            ],
        }
        | ({"weight": weights[name]} if weights else {})
        for name in dict.fromkeys(item[0] for item in points)
    ]
    whole = sum((weights or points).values(), Decimal(0))
    return Rubric.model_validate(
        {
            "id": "r",
            "version": "1",
            "title": "细则",
            "points": whole,
            "places": 4,
            "excused_limit": "100%",
            "documents": {},
            "dimensions": dimensions,
            "grades": [{"grade": "合格", "range": "≥0"}, {"grade": "差", "range": "<0"}],
        }
    )


def _figures(rubric: Rubric, met: np.ndarray, excused: np.ndarray) -> Figures:
    """``met`` and ``excused``: schools x indicators."""
    owners, addresses = layout(rubric)
    rows = len(met)
    schools = [School(f"s{n}", f"s{n}", {}) for n in range(rows)]
    columns = Columns(
        schools=schools,
        occasions=("第1次",),
        school=np.arange(rows),
        occasion=np.zeros(rows, np.int64),
        days=np.full(rows, 739_500),
        slots=addresses,
        units=np.asfortranarray(met.astype(np.int64) * SCALE),
        given=np.ones(met.shape, bool, "F"),
        owners=owners,
        states=np.asfortranarray(np.where(excused, np.int8(EXCUSED), np.int8(CHECKED))),
        evidence=np.ones(met.shape, bool, "F"),
        applies=applicability([school.traits for school in schools]),
    )
    return score_columns(rubric, columns, ranking=RANKING)


POINTS = {
    name: Decimal(own)
    for name, own in {"A1": 3, "A2": 2, "A3": 5, "B1": 4, "B2": 6, "C1": 1, "C2": 9}.items()
}


def _drawn(seed: int, schools: int = 40) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    shape = (schools, len(POINTS))
    excused = random.random(shape) < 0.05
    return random.random(shape) < random.random((schools, 1)) * 0.8 + 0.2, excused


def test_weights_and_drops_are_what_the_engine_scores_anew() -> None:
    met, excused = _drawn(1)
    figures = _figures(_rubric(POINTS), met, excused)
    found = {(it.what, it.change): it for it in moves(figures)}
    names = list(POINTS)
    assert len(found) == 3 * 2 + 7 * 3
    for (what, change), own in found.items():
        hit = [name == what or name[0] == what for name in names]
        if change == "dropped":
            again = _figures(_rubric(POINTS), met, excused | np.array(hit))
        else:
            by = Decimal("1.1") if change == "more" else Decimal("0.9")
            points = {n: POINTS[n] * (by if it else 1) for n, it in zip(names, hit, strict=True)}
            again = _figures(_rubric(points), met, excused)
        apart = np.abs(again.ranked.rank - figures.ranked.rank)
        assert (own.moved, own.farthest) == ((apart > 0).sum(), apart.max()), (what, change)
        left = (figures.ranked.rank <= 10) & (again.ranked.rank > 10)
        assert own.left_first == left.sum()
        assert own.school == (-1 if not apart.max() else int(apart.argmax()))


def test_dimensions_that_are_weighed_are_weighed_anew() -> None:
    met, excused = _drawn(2)
    weights = {"A": Decimal(50), "B": Decimal(30), "C": Decimal(20)}
    figures = _figures(_rubric(POINTS, weights), met, excused)
    found = {(it.what, it.change): it for it in moves(figures)}
    assert len(found) == 3 * 2 + 7
    for name in weights:
        for change, by in (("more", "1.1"), ("less", "0.9")):
            changed = {n: own * (Decimal(by) if n == name else 1) for n, own in weights.items()}
            again = _figures(_rubric(POINTS, changed), met, excused)
            apart = np.abs(again.ranked.rank - figures.ranked.rank)
            assert found[name, change].moved == (apart > 0).sum()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(county=counties())
def test_any_rubric_has_its_studies(county: County) -> None:
    schools = list(county.roster.schools.values())
    for rubric in county.rubrics.values():
        columns, _ = columns_of(rubric, schools, county.visits, county.round.occasions)
        figures = score_columns(
            rubric, columns, combining=county.round.combining, ranking=county.round.ranking
        )
        studies = item_studies(figures)
        assert [it.indicator for it in studies] == [it.id for it in rubric.indicators]
        assert not any(it.idle and it.general for it in studies)
        for it in moves(figures):
            assert (it.moved > 0) == (it.farthest > 0) == (it.school >= 0)
        effective = [it.effective for it in effective_weights(figures)]
        assert np.isnan(effective).all() or sum(effective) == pytest.approx(1)
        assert repeats(figures) == tuple(repeats(figures))
        shares = judged(rubric)
        assert shares.judgement + shares.others + shares.facts == 1


def test_effective_weights_are_shares_of_covariance() -> None:
    met, _ = _drawn(3, 200)
    met[:, :3] = True  # nobody loses in A: it weighs nothing
    figures = _figures(_rubric(POINTS), met, np.zeros_like(met))
    found = {it.dimension: it for it in effective_weights(figures)}
    own = {n: np.array(list(POINTS.values()), float) for n in "ABC"}
    names = list(POINTS)
    sums = {n: (met * own[n] * [name[0] == n for name in names]).sum(axis=1) for n in "ABC"}
    whole = sum(sums.values())
    for n in "ABC":
        due = np.cov(sums[n], whole)[0, 1] / np.var(whole, ddof=1)
        assert found[n].effective == pytest.approx(due)
    assert found["A"].effective == pytest.approx(0) and found["A"].nominal == pytest.approx(1 / 3)


def test_idle_general_contradicting_and_repeated_indicators_are_found() -> None:
    random = np.random.default_rng(4)
    good = random.random((120, 1))
    met = random.random((120, 7)) < good
    met[:, 0], met[:, 1] = True, False
    met[:, 2] = random.random(120) > good[:, 0]
    met[:, 5] = met[:, 4]
    figures = _figures(_rubric(POINTS), met, np.zeros_like(met))
    found = {it.indicator: it for it in item_studies(figures)}
    assert [it for it in found if found[it].idle] == ["A1"]
    assert [it for it in found if found[it].general] == ["A2"]
    assert [it for it in found if found[it].contradicts] == ["A3"]
    rest = met[:, [0, 1, 3, 4, 5, 6]] @ np.array([3, 2, 4, 6, 1, 9.0])
    assert found["A3"].rest.value == pytest.approx(np.corrcoef(met[:, 2], rest)[0, 1])
    assert [(it.first, it.second, it.same) for it in repeats(figures)] == [("B2", "C1", 1.0)]


def test_few_rubrics_without_contradiction_are_accused_of_one() -> None:
    random = np.random.default_rng(5)
    named = repeated = 0
    for _ in range(200):
        met = random.random((50, 7)) < 0.7
        figures = _figures(_rubric(POINTS), met, np.zeros_like(met))
        named += any(it.contradicts for it in item_studies(figures))
        repeated += bool(repeats(figures, 0.0))
    # One in twenty, and three standard errors of 200 draws.
    limit = 200 * 0.05 + 3 * np.sqrt(200 * 0.05 * 0.95)
    assert named <= limit and repeated <= limit


def test_the_interval_of_a_correlation_is_fishers() -> None:
    """Fisher (1921): r = 0.5 of 28 schools; z = 0.5493, its standard error 0.2."""
    one = np.random.default_rng(1).standard_normal((2, 28))
    one -= one.mean(axis=1, keepdims=True)
    base = one[0] / np.linalg.norm(one[0])
    other = one[1] - (one[1] @ base) * base
    other = 0.5 * base + np.sqrt(0.75) * other / np.linalg.norm(other)
    found = correlation(base, other)
    assert found.value == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx((np.tanh(0.1573), np.tanh(0.9413)), abs=1e-4)
    assert np.isnan(correlation(one[0], np.zeros(28)).value)
    assert np.isnan(correlation(one[0, :5], one[1, :5]).value)


def test_shares_that_rest_on_judgement_before_and_after() -> None:
    def made(rule: dict[str, Any]) -> Rubric:
        own = _rubric(POINTS)
        told = own.model_dump()
        told["dimensions"][2]["indicators"][1]["rule"] = rule
        return Rubric.model_validate(told)

    judging = {"kind": "points", "values": [0, 3, 9]}
    before = made(judging)
    assert judged(before).judgement == Fraction(9, 30) and judged(before).facts == Fraction(21, 30)
    change = shift(before, _rubric(POINTS))
    assert change.after.judgement == 0
    assert change.indicators == (("C2", Fraction(9), Fraction(0)),)
    assert shift(before, before).indicators == ()


def test_the_library_says_what_it_rests_on() -> None:
    loaded, problems = load_named("party", Path())
    assert loaded is not None, problems
    found = judged(loaded)
    by_words = sum(
        Fraction(item.points) for item in loaded.indicators if loaded.judged(item)
    ) / Fraction(loaded.points)
    assert found.judgement + found.others >= by_words > 0


def test_red_lines_and_unranked_schools_stay_where_they_are() -> None:
    met, excused = _drawn(6)
    figures = _figures(_rubric(POINTS), met, excused)
    rank = figures.ranked.rank.copy()
    rank[:5] = 0
    held = replace(figures, ranked=replace(figures.ranked, rank=rank))
    assert all(it.school not in range(5) for it in moves(held))
