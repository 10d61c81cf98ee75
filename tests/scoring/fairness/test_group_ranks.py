"""Places of a round's groups, from figures and records of the engine."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from inspections.round.elapsed import FULL_YEAR, elapsed_periods
from inspections.round.round import Ranking
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from rubrics.values.points import SCALE
from scoring.engine.applicability import applicability
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns, columns_of, layout
from scoring.fairness.group_ranks import group_ranks
from scoring.fairness.questionnaires import sampling_variance
from scoring.fairness.ratings import ratings_of
from scoring.results.figures import score_columns
from tests.scoring.rounds import County, counties


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(county=counties())
def test_any_round_has_places_or_says_why_not(county: County) -> None:
    schools = list(county.roster.schools.values())
    for rubric in county.rubrics.values():
        columns, _ = columns_of(rubric, schools, county.visits, county.round.occasions)
        elapsed = elapsed_periods(county.round)
        figures = score_columns(
            rubric,
            columns,
            combining=county.round.combining,
            ranking=county.round.ranking,
            elapsed=elapsed,
        )
        found, groups = group_ranks(figures, ratings_of(rubric, columns, elapsed))
        assert [it.group for it in groups] == list(figures.group_names)
        assert len(found.unknown) == len(found.remedy)
        assert found.errors is not None or found.unknown
        for it in groups:
            if it.ranks is None:
                continue
            ranks, size = it.ranks, len(it.schools)
            assert (ranks.low >= 1).all() and (ranks.high <= size).all()
            assert ((ranks.low <= ranks.rank) & (ranks.rank <= ranks.high)).all()
            assert (ranks.joint_low <= ranks.joint_high).all()
            assert ((ranks.first >= 0) & (ranks.last <= 1)).all()
            # By totals alone: in the order of the published places, ties aside.
            place = figures.ranked.rank[it.schools]
            assert (ranks.rank[np.argsort(place, kind="stable")] == np.sort(ranks.rank)).all()


def _asked(satisfied: list[int], returned: list[int], sent: list[int]) -> tuple[Rubric, Columns]:
    rubric = Rubric.model_validate(
        {
            "id": "r",
            "version": "1",
            "title": "细则",
            "points": 20,
            "documents": {},
            "dimensions": [
                {
                    "id": "A",
                    "title": "A",
                    "points": 20,
                    "indicators": [
                        {
                            "id": "A1",
                            "title": "满意度",
                            "points": 20,
                            "rule": {"kind": "survey", "full": "90%"},
                            "basis": [],
                            "method": ["问卷"],
                            "evidence": "none",
                        }
                    ],
                }
            ],
            "grades": [{"grade": "合格", "range": "≥0"}, {"grade": "差", "range": "<0"}],
        }
    )
    owners, addresses = layout(rubric)
    rows = len(satisfied)
    units = np.zeros((rows, len(addresses)), np.int64, "F")
    for name, own in (("satisfied", satisfied), ("returned", returned), ("sent", sent)):
        units[:, addresses[f"A1.{name}"]] = np.array(own) * SCALE
    schools = [School(f"s{n}", f"s{n}", {"学段": "小学"}) for n in range(rows)]
    columns = Columns(
        schools=schools,
        occasions=("第1次",),
        school=np.arange(rows),
        occasion=np.zeros(rows, np.int64),
        days=np.full(rows, 739_500),
        slots=addresses,
        units=units,
        given=np.ones(units.shape, bool, "F"),
        owners=owners,
        states=np.full((rows, 1), CHECKED, np.int8, "F"),
        evidence=np.ones((rows, 1), bool, "F"),
        applies=applicability([school.traits for school in schools]),
    )
    return rubric, columns


def test_questionnaires_err_by_those_who_did_not_answer() -> None:
    rubric, columns = _asked([40, 40, 99, 0], [50, 50, 100, 5], [200, 50, 400, 400])
    ratings = ratings_of(rubric, columns, FULL_YEAR)
    found = np.sqrt(sampling_variance(rubric, columns, FULL_YEAR, ratings))
    share = 41 / 52
    due = 20 / 0.9 * np.sqrt(50 * share * (1 - share) * 150 / 199) / 50
    assert found[0] == pytest.approx(due, abs=1e-3)
    assert found[1] == 0  # all who were asked answered
    assert found[2] == 0  # beyond what earns full marks, one way or the other
    assert found[3] > 1  # five of four hundred: nobody satisfied, but not for certain
    assert Decimal(0) <= Decimal(found[3])


def test_their_errors_are_what_answers_of_others_would_change() -> None:
    random = np.random.default_rng(3)
    said = random.hypergeometric(280, 120, 60, 4_000).tolist()
    rubric, columns = _asked(said, [60] * 4_000, [400] * 4_000)
    ratings = ratings_of(rubric, columns, FULL_YEAR)
    told = sampling_variance(rubric, columns, FULL_YEAR, ratings)
    totals = score_columns(rubric, columns, ranking=Ranking(groups=())).total / SCALE
    assert np.mean(told) == pytest.approx(totals.var(), rel=0.08)
