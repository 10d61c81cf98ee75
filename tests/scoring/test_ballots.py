"""Votes of few people: outside of the bureau only the band of their points is told."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from inspections.round.targets import Target
from scoring.explaining.closing import closed
from scoring.explaining.explanation import as_plain, explain
from scoring.results.rounds import score_round
from scoring.results.scores import IndicatorScore, RubricScores
from scoring.results.tables import indicator_rows
from tests.scoring.small import a_round, item, points, roster, rubric, visit

VOTED = item("A1", 5, rule={"kind": "votes", "options": {"好": 1, "较好": "0.8", "差": 0}})
OF = rubric(VOTED, item("A2", 5))


def ballots(good: int, fair: int = 0, poor: int = 0) -> dict[str, int]:
    cast = good + fair + poor
    return {"好": good, "较好": fair, "差": poor, "invalid": 0, "entitled": cast + 1}


def scores(*, open_records: bool = False, least: int = 20, **counts: int) -> RubricScores:
    record = visit("甲校", {"A1": ballots(**counts), "A2": 5})
    of = a_round(ballots_from=least)
    found, _ = score_round(
        of, {OF.id: OF}, roster({"甲校": {}}), (), [record], open_records=open_records
    )
    return found.rubrics[OF.id]


def vote(held: RubricScores) -> IndicatorScore:
    return held.schools[0].indicator("A1")


@pytest.mark.parametrize(
    ("counts", "band"),
    [
        ({"good": 17, "fair": 1}, "九成以上"),
        ({"good": 8, "poor": 2}, "八成以上、不足九成"),
        ({"good": 6, "poor": 4}, "六成以上、不足八成"),
        ({"good": 1, "poor": 9}, "不足六成"),
        ({"good": 20}, ""),
        ({"good": 19, "fair": 1}, ""),
    ],
)
def test_below_twenty_ballots_only_the_band_is_told(counts: dict[str, int], band: str) -> None:
    assert vote(scores(**counts)).band == band


def test_the_round_sets_how_many_ballots_are_enough() -> None:
    assert vote(scores(good=17, fair=1, least=18)).band == ""
    assert vote(scores(good=30, least=40)).band
    assert vote(scores(good=1, least=0)).band == ""


def test_the_bureau_itself_sees_the_points() -> None:
    found = vote(scores(good=17, fair=1, open_records=True))
    assert found.band == ""
    assert points(found.earned) == Decimal("4.9444")


def test_the_table_of_indicators_has_no_points_of_it() -> None:
    rows = {row[2]: row for row in indicator_rows(scores(good=17, fair=1))}
    assert rows["A1"][5] == ""
    assert "九成以上" in rows["A1"][6]
    # From the sum of the two it could be had by subtraction.
    assert rows["A2"][5:] == ("", "与票数少的项目合计，不单列分数")


@pytest.mark.parametrize("wanted", ["", "A1"])
def test_an_explanation_that_is_not_open_has_no_ballots(wanted: str) -> None:
    record = visit("甲校", {"A1": ballots(17, 1), "A2": 5})
    of, people = a_round(), roster({"甲校": {}})
    given = (of, {OF.id: OF}, people, (), [record])
    open_, _ = score_round(*given, open_records=True)
    target = Target(people.schools["甲校"], OF.id, wanted)
    told = explain(of, open_, people.inspectors, target)
    shut = closed(told, of, score_round(*given)[0])
    [one] = as_plain(shut)["rubrics"]  # type: ignore[misc]
    said = json.dumps([one["indicators"], one["item"]], ensure_ascii=False, default=str)
    assert "九成以上" in said
    assert "4.94" not in said
    assert "17" not in said
    whole = json.dumps(as_plain(told), ensure_ascii=False, default=str)
    assert "4.94" in whole


@pytest.mark.parametrize(
    ("counts", "band"), [((1, 9), "不足六成"), ((7, 3), "六成以上、不足八成"), ((9, 1), "九成以上")]
)
def test_several_visits_have_the_band_of_what_they_come_to(
    counts: tuple[int, int], band: str
) -> None:
    """A combined figure counts in parts of a unit, of which visits make several."""
    good, poor = counts
    visits = [
        visit("甲校", {"A1": ballots(good, poor=poor), "A2": 5}, occasion=f"第{number}次")
        for number in (1, 2, 3)
    ]
    of = a_round(combining={"visits": "mean"})
    found, _ = score_round(of, {OF.id: OF}, roster({"甲校": {}}), (), visits)
    assert vote(found.rubrics[OF.id]).band == band
