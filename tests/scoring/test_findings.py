"""What scoring reports: who is missing, what is open, who disagrees, what waits."""

from __future__ import annotations

from typing import Any

from inspections.records.record import State
from inspections.round.school import Assignment, Inspector, Roster, School
from rubrics.messages.problems import Place, Problem
from scoring.results.rounds import score_round
from tests.scoring.small import a_round, item, rubric, scored, visit

VOTES = {"kind": "votes", "options": {"好": 1, "差": "0.4"}, "quorum": "2/3"}


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def params(problem: Problem) -> dict[str, Any]:
    return dict(problem.params)


def test_a_complete_county_has_no_problems() -> None:
    _, found = scored(rubric(item("A1")), [visit("a", {"A1": 9})])
    assert found == []


def test_schools_that_were_not_visited_are_listed_where_they_were_planned() -> None:
    of = rubric(item("A1"))
    traits: dict[str, dict[str, str]] = {"a": {}, "b": {}, "c": {}}
    _, found = scored(of, [visit("a", {"A1": 9})], traits=traits)
    assert [params(one)["school"] for one in found] == ["b学校", "c学校"]
    plan = [Assignment("c", "sample", "第1次", "一组")]
    _, found = scored(of, [visit("a", {"A1": 9})], traits=traits, plan=plan)
    assert [(one.code, params(one)["school"]) for one in found] == [("school-unvisited", "c学校")]


def test_open_items_and_disagreement() -> None:
    of = rubric(item("A1"), item("A2"), item("A3"))
    _, found = scored(
        of,
        [
            visit("a", {"A1": 9, "A2": None, "A3": 3}, inspector="甲"),
            visit("a", {"A1": "NA", "A2": None}, inspector="乙"),
        ],
    )
    assert codes(found) == ["visit-incomplete", "states-differ", "states-differ"]
    incomplete, first, second = found
    assert params(incomplete) == {"school": "a学校", "rubric": "细则", "count": "1", "items": "A2"}
    assert incomplete.place == Place("a.xlsx", "a")
    assert (params(first)["indicator"], params(second)["indicator"]) == ("A1 指标A1", "A3 指标A3")
    assert {params(first)["state"], params(first)["other"]} == {"已查", "合理缺项"}


def test_different_occasions_may_differ() -> None:
    visits = [visit("a", {"A1": 9}, occasion="平时"), visit("a", {"A1": "NA"}, occasion="年终")]
    _, found = scored(rubric(item("A1")), visits, occasions=["平时", "年终"])
    assert found == []


def test_a_vote_below_its_quorum() -> None:
    typed = {"A1": {"好": 3, "差": 2, "invalid": 0, "entitled": 8}, "A2": 9}
    scores, found = scored(rubric(item("A1", rule=VOTES), item("A2")), [visit("a", typed)])
    assert codes(found) == ["visit-incomplete", "votes-below-quorum"]
    assert params(found[1]) == {
        "school": "a学校",
        "indicator": "A1 指标A1",
        "quorum": "2/3",
        "figures": "",
    }
    indicator = scores.rubrics["sample"].schools[0].indicator("A1")
    assert (indicator.state, indicator.reason) == (State.UNCHECKED, "测评无效")


def test_what_waits_for_evidence_is_listed() -> None:
    bonus = {"id": "J1", "title": "典型", "rule": {"kind": "bonus", "each": 1, "limit": 2}}
    of = rubric(
        item("A1", evidence="on_deduction"),
        item("A2", evidence="required"),
        bonus={"cap": 2, "items": [bonus]},
    )
    _, found = scored(of, [visit("a", {"A1": 9, "A2": 10, "J1": 1})])
    assert [(one.code, params(one)["indicator"]) for one in found] == [
        ("evidence-missing", "A1 指标A1"),
        ("evidence-missing", "A2 指标A2"),
        ("evidence-missing", "J1 典型"),
    ]
    proven = visit("a", {"A1": 9, "A2": 10, "J1": 1}, evidence=("A1", "A2", "J1"))
    assert scored(of, [proven])[1] == []


def test_why_a_verdict_is_withheld_is_told() -> None:
    of = rubric(item("A1", 6), item("A2", 4), item("A3", 2), excused_limit="40%")
    _, [found] = scored(of, [visit("a", {"A1": "NA", "A2": 4, "A3": 2})])
    assert (found.code, found.place) == ("verdict-withheld", Place("a.xlsx", "a"))
    assert "占满分 12 分的 50%，超过 40%" in params(found)["detail"]


def test_a_visit_that_lacks_an_inspectors_sheet_says_whose() -> None:
    of = rubric(item("A1"))
    people = Roster(
        {"a": School("a", "a学校", {})},
        {"甲": Inspector("甲", "张三", "", "一组"), "乙": Inspector("乙", "李四", "", "一组")},
    )
    plan = [Assignment("a", "sample", "第1次", "一组")]

    def owed(*inspectors: str, raters: str = "each") -> tuple[str, ...]:
        records = [visit("a", {"A1": 9}, inspector=one) for one in inspectors]
        found, _ = score_round(a_round(raters=raters), {of.id: of}, people, plan, records)
        return found.rubrics[of.id].schools[0].owed

    assert owed("甲") == ("李四",)
    assert owed("甲", "乙") == owed("一组") == owed() == owed("一组", raters="team") == ()
