"""Facts of one visit are agreed, never averaged; judgement is combined as the round says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from inspections.records.agreement import differences
from inspections.records.record import State
from inspections.records.record_list import as_list
from inspections.round.targets import Target
from scoring.explaining.explanation import explain
from scoring.results.rounds import score_round
from scoring.results.scores import SchoolScore
from tests.scoring.rounds import County, counties
from tests.scoring.small import a_round, item, points, rubric, schools, scored, visit
from tests.scoring.small import school as score_school

MEETINGS = item(
    "A1",
    5,
    rule={"kind": "quota", "label": "党员大会", "times": 1, "per": "month", "each": "0.5"},
)
STYLE = item("A2", 5)
FLAGGED = item(
    "B1",
    5,
    rule={"kind": "all_or_none"},
    red_lines=[
        {
            "title": "造假",
            "triggers": [{"flag": "fake", "label": "是否造假"}],
            "consequence": {"award_lost": True},
        }
    ],
)
OF = rubric(MEETINGS, STYLE, FLAGGED)
ROUND = {"elapsed": {"month": 10}, "combining": {"facts": "agreed"}}
CLEAN = {"A1": 10, "A2": 5, "B1": {"": 1, "fake": 0}}


def two(first: dict[str, object], second: dict[str, object]) -> SchoolScore:
    records = [
        visit("甲校", CLEAN | first, inspector="甲"),  # type: ignore[arg-type]
        visit("甲校", CLEAN | second, inspector="乙"),  # type: ignore[arg-type]
    ]
    return score_school(OF, *records, **ROUND)


def test_ten_due_and_nine_held_cost_half_a_point_or_nothing_never_a_quarter() -> None:
    """“应10次，实际9次 −0.5”: both say 9, or it is open whether it is 9 or 10."""
    assert points(two({"A1": 9}, {"A1": 9}).indicator("A1").earned) == Decimal("4.5")
    open_ = two({"A1": 9}, {"A1": 10}).indicator("A1")
    assert (points(open_.earned), open_.pending) == (Decimal(5), True)
    assert points(open_.at_stake) == Decimal("0.5")


def test_both_sides_are_told_without_names_in_the_data_for_the_letter() -> None:
    found = two({"A1": 9}, {"A1": 10}).indicator("A1")
    [dispute] = found.disputes
    assert (dispute.slot, dispute.said, dispute.stands) == ("", ("10 次", "9 次"), Decimal(10))
    assert "张三" not in dispute.sentence
    assert "10 次、9 次" in dispute.sentence
    assert dispute.sentence in found.waiting
    assert "张三" in found.reason
    assert "李四" in found.reason


def test_judgement_is_still_combined() -> None:
    found = two({"A2": 4}, {"A2": 5}).indicator("A2")
    assert (points(found.earned), found.pending, found.disputes) == (Decimal("4.5"), False, ())


def test_a_red_line_that_only_one_saw_waits() -> None:
    found = two({"B1": {"": 1, "fake": 1}}, {})
    assert [line.title for line in found.red_lines] == []
    assert [line.title for line in found.red_lines_pending] == ["造假"]
    assert found.award_eligible
    both = two({"B1": {"": 1, "fake": 1}}, {"B1": {"": 1, "fake": 1}})
    assert [line.title for line in both.red_lines] == ["造假"]


def test_what_one_inspector_proves_is_proved_for_both() -> None:
    proved = rubric(item("A1", 5, rule=MEETINGS["rule"], evidence="on_deduction"), pending="full")
    records = [
        visit("甲校", {"A1": 9}, inspector="甲", evidence=["A1"]),
        visit("甲校", {"A1": 9}, inspector="乙"),
    ]
    found = score_school(proved, *records, **ROUND).indicator("A1")
    assert (points(found.earned), found.pending) == (Decimal("4.5"), False)


def test_a_round_of_independent_ratings_combines_facts() -> None:
    records = [
        visit("甲校", CLEAN | {"A1": n}, inspector=who) for who, n in (("甲", 9), ("乙", 10))
    ]
    found = schools(OF, records, elapsed={"month": 10})["甲校"].indicator("A1")
    assert (points(found.earned), found.pending) == (Decimal("4.75"), False)


VOTE = item("A3", 5, rule={"kind": "votes", "options": {"好": 1, "差": 0}, "quorum": "2/3"})
ASKED = item("A4", 5, rule={"kind": "survey", "full": "100%"})
VOTED = rubric(STYLE, VOTE, ASKED)


def ballots(good: int, bad: int) -> dict[str, int]:
    return {"好": good, "差": bad, "invalid": 0, "entitled": 30}


def answers(satisfied: int) -> dict[str, int]:
    return {"satisfied": satisfied, "returned": 50, "sent": 50}


def two_votes(first: dict[str, object], second: dict[str, object]) -> SchoolScore:
    clean = {"A2": 5, "A3": ballots(30, 0), "A4": answers(50)}
    records = [
        visit("甲校", clean | typed, inspector=who)  # type: ignore[arg-type]
        for who, typed in (("甲", first), ("乙", second))
    ]
    return score_school(VOTED, *records, **ROUND)


def test_ballots_and_answers_are_counts_and_never_averaged() -> None:
    found = two_votes({"A3": ballots(24, 6)}, {"A3": ballots(27, 3)}).indicator("A3")
    assert (points(found.earned), found.pending) == (Decimal("4.5"), True)
    assert points(found.at_stake) == Decimal("0.5")
    assert [one.slot for one in found.disputes] == ["好", "差"]
    found = two_votes({"A4": answers(40)}, {"A4": answers(50)}).indicator("A4")
    assert (points(found.earned), found.pending) == (Decimal(5), True)
    assert points(found.at_stake) == Decimal(1)


def test_of_two_counts_one_below_the_quorum_is_no_finding_and_no_silence() -> None:
    found = two_votes({"A3": ballots(10, 0)}, {"A3": ballots(27, 3)}).indicator("A3")
    assert (found.state, points(found.earned)) == (State.CHECKED, Decimal("4.5"))
    assert (found.pending, points(found.at_stake)) == (True, Decimal(0))


def test_what_is_told_of_ballots_names_no_count() -> None:
    found = two_votes({"A3": ballots(24, 6)}, {"A3": ballots(27, 3)}).indicator("A3")
    told = [found.reason, *found.waiting, *found.found, *(one.sentence for one in found.disputes)]
    assert not any(count in text for text in told for count in ("24", "27", "6 票", "3 票"))


def test_votes_at_two_visits_are_combined_as_the_round_says() -> None:
    records = [
        visit("甲校", {"A2": 5, "A3": ballots(good, 30 - good), "A4": answers(50)}, occasion=when)
        for when, good in (("第1次", 24), ("第2次", 30))
    ]
    settings = ROUND | {"occasions": ["第1次", "第2次"]}
    found = score_school(VOTED, *records, **settings).indicator("A3")
    assert (points(found.earned), found.pending) == (Decimal("4.5"), False)


def test_a_vote_that_independent_ratings_ask_for_is_still_combined() -> None:
    records = [
        visit("甲校", {"A2": 5, "A3": ballots(good, 30 - good), "A4": answers(50)}, inspector=who)
        for who, good in (("甲", 24), ("乙", 30))
    ]
    found = schools(VOTED, records)["甲校"].indicator("A3")
    assert (points(found.earned), found.pending) == (Decimal("4.5"), False)


@pytest.mark.parametrize("level", ["indicator", "total"])
def test_an_explanation_shows_both_and_the_one_that_stands(level: str) -> None:
    records = [
        visit("甲校", CLEAN | {"A1": n}, inspector=who) for who, n in (("甲", 9), ("乙", 10))
    ]
    settings = a_round(elapsed={"month": 10}, combining={"facts": "agreed", "level": level})
    more = {"elapsed": {"month": 10}, "combining": settings.combining.model_dump()}
    scores, _ = scored(OF, records, **more)
    school = scores.rubrics[OF.id].schools[0].school
    told = explain(settings, scores, {}, Target(school, OF.id, "A1")).rubrics[0]
    assert told.item is not None
    assert sorted(one.points or 0 for one in told.item.records) == [Decimal("4.5"), Decimal(5)]
    assert "得 5" in told.item.combining
    total = next(step for step in told.steps if step.name == "总分")
    assert total.value == "15.00"


@given(county=counties())
def test_what_is_told_to_inspectors_is_what_waits_in_the_scores(county: County) -> None:
    combining = county.round.combining.model_copy(update={"facts": "agreed"})
    of = county.round.model_copy(update={"combining": combining})
    scores, _ = score_round(of, county.rubrics, county.roster, (), county.visits)
    for name, held in scores.rubrics.items():
        records = as_list(one for one in county.visits if one.key.rubric == name)
        ids = {item.id for item in held.rubric.indicators}
        told = {
            (records.heads[one.first].key.school, one.owner)
            for one in differences(held.rubric, records)
            if one.owner in ids
        }
        waits = {
            (score.school.id, found.indicator)
            for score in held.schools
            if score.status != "inapplicable"
            for found in score.indicators
            if found.disputes
        }
        shown = {score.school.id for score in held.schools if score.status != "inapplicable"}
        assert waits == {one for one in told if one[0] in shown}
        assert all(found.at_stake >= 0 for one in held.schools for found in one.indicators)


@given(county=counties())
def test_with_one_record_a_visit_there_is_nothing_to_agree_on(county: County) -> None:
    agreed, combined = (
        county.round.model_copy(
            update={"combining": county.round.combining.model_copy(update={"facts": how})}
        )
        for how in ("agreed", "combined")
    )
    alone = {(one.key.school, one.key.rubric, one.key.occasion): one for one in county.visits}
    one, other = (
        score_round(of, county.rubrics, county.roster, (), alone.values())[0]
        for of in (agreed, combined)
    )
    for name, held in one.rubrics.items():
        assert list(held.schools) == list(other.rubrics[name].schools)
