"""What is provisional, alone or withheld is that in every figure that leaves the scores."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inspections.records.record import Record
from inspections.round.school import Assignment
from inspections.round.targets import Target
from rubrics.language.rubric import Rubric
from scoring.explaining.explanation import explain
from scoring.results.ballots import WAITING
from scoring.results.inputs import Inputs
from scoring.results.scores import SchoolScore, Scores
from scoring.results.snapshot import write_results
from scoring.results.summary import print_scores
from scoring.results.tables import SCORES, score_row
from tests.scoring.small import a_round, item, points, roster, rubric, school, scored, visit

ON_DEDUCTION = item("A1", 50, evidence="on_deduction")
OF = rubric(ON_DEDUCTION, item("A2", 50), excused_limit=50)
PENDING = visit("甲校", {"A1": 49, "A2": 50})
SETTLED = visit("甲校", {"A1": 49, "A2": 50}, evidence=["A1"])
OTHER = visit("乙校", {"A1": 50, "A2": 45})
PLAN = [Assignment(name, "sample", "第1次", "") for name in ("甲校", "乙校")]


def rows(scores: Scores, of: Rubric = OF) -> dict[str, dict[str, str]]:
    """scores.csv by school."""
    held = scores.rubrics[of.id].schools
    return {it.school.id: dict(zip(SCORES, score_row(of, it), strict=True)) for it in held}


def explained(scores: Scores, name: str, **settings: Any) -> dict[str, tuple[str, str]]:
    found = next(it for it in scores.rubrics["sample"].schools if it.school.id == name)
    told = explain(a_round(**settings), scores, roster({}).inspectors, Target(found.school))
    return {
        step.name: (step.value, step.because)
        for part in (told.composite, told.rubrics[0].steps)
        for step in part
    }


def written(scores: Scores, folder: Path) -> dict[str, Any]:
    inputs = Inputs({"sample": "r" * 64}, "l" * 64, "o" * 64, "s" * 64, "c" * 64, "p" * 64)
    assert write_results(folder, a_round(), scores, [], inputs) == []
    told: dict[str, Any] = json.loads((folder / "result.json").read_bytes())
    return told


def test_a_rank_that_hangs_on_another_school_is_provisional(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scores, _ = scored(OF, [PENDING, OTHER])
    first, second = scores.rubrics["sample"].schools
    assert (first.provisional, first.place_provisional, first.group_open) == (True, True, 1)
    assert (second.provisional, second.place_provisional, second.group_open) == (False, True, 1)
    told = rows(scores)
    assert told["甲校"]["provisional"] == "待核 1 项; 本组有 1 所学校的检查情况尚未核定"
    assert told["乙校"]["provisional"] == "本组有 1 所学校的检查情况尚未核定"
    assert explained(scores, "乙校")["名次"][0] == "暂列第 2 名"
    assert "1 所学校的检查情况尚未核定" in explained(scores, "乙校")["名次"][1]
    assert "中位数暂为 97.50" in explained(scores, "乙校")["组内"][1]
    assert [it["group_open"] for it in written(scores, tmp_path)["rubrics"][0]["schools"]] == [1, 1]
    print_scores(scores)
    assert "暂 2/2" in capsys.readouterr().out


def test_where_all_is_settled_nothing_is_provisional() -> None:
    scores, _ = scored(OF, [SETTLED, OTHER])
    held = scores.rubrics["sample"].schools
    assert not any(it.provisional or it.place_provisional for it in held)
    assert {row["provisional"] for row in rows(scores).values()} == {""}
    assert explained(scores, "乙校")["名次"] == ("第 2 名", "全部学校排名 2 所")


def test_an_unranked_school_that_is_not_checked_through_leaves_the_ranks_open() -> None:
    part = visit("甲校", {"A1": 50, "A2": None})
    scores, _ = scored(OF, [part, OTHER, visit("丙校", {"A1": 50, "A2": 50})])
    assert [it.rank for it in scores.rubrics["sample"].schools] == [None, 2, 1]
    assert [it.group_open for it in scores.rubrics["sample"].schools] == [1, 1, 1]


def test_a_team_s_missing_sheet_is_told_the_same_everywhere(tmp_path: Path) -> None:
    seen = [visit(name, {"A1": 50, "A2": 49}) for name in ("甲校", "乙校")]
    seen += [visit("乙校", {"A1": 50, "A2": 49}, inspector="乙")]
    scores, _ = scored(OF, seen, plan=PLAN, raters="each")
    first, second = scores.rubrics["sample"].schools
    assert (first.status, first.owed, first.provisional) == ("provisional", ("李四",), True)
    assert (first.total, first.rank) == (second.total, second.rank)
    assert (second.status, second.owed) == ("complete", ())
    row = rows(scores)["甲校"]
    assert row["status"] == "provisional"
    assert row["provisional"].startswith("缺 1 份检查表")
    assert "李四" not in str(row)
    state, because = explained(scores, "甲校")["状态"]
    assert (state, because) == ("还没有查完，结果是暂定的", "缺李四的检查表")
    found = written(scores, tmp_path)["rubrics"][0]["schools"][0]
    assert (found["status"], found["owed"]) == ("provisional", ["李四"])
    assert (found["total"], row["total"]) == ("99.00", "99.00")


def test_of_a_small_ballot_that_waits_no_band_is_told() -> None:
    voted = item("A1", 20, rule={"kind": "votes", "options": {"好": 1, "差": 0}})
    of = rubric(voted | {"evidence": "on_deduction"}, item("A2", 80))
    cast = {"好": 8, "差": 2, "invalid": 0, "entitled": 11}
    waiting = visit("甲校", {"A1": cast, "A2": 80})
    assert school(of, waiting).indicator("A1").band == WAITING
    proved = visit("甲校", {"A1": cast, "A2": 80}, evidence=["A1"])
    assert school(of, proved).indicator("A1").band == "八成以上、不足九成"


@pytest.mark.parametrize("policy", ["full", "zero", "as_observed"])
def test_what_a_disputed_fact_may_cost_follows_from_the_rule_without_evidence_too(
    policy: str,
) -> None:
    rule = {"kind": "deduct", "faults": [{"label": "缺", "each": 2}]}
    of = rubric(item("A1", 10, rule=rule, evidence="on_deduction"), item("A2"), pending=policy)
    found = school(
        of,
        visit("甲校", {"A1": 0, "A2": 10}),
        visit("甲校", {"A1": 2, "A2": 10}, inspector="乙"),
        combining={"facts": "agreed"},
    ).indicator("A1")
    assert found.disputes
    assert points(found.at_stake + found.evidence_stake) == Decimal(4)


def test_a_group_of_one_is_compared_with_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    scores, _ = scored(OF, [SETTLED], weights={"sample": 1})
    [only] = scores.rubrics["sample"].schools
    assert (only.alone, only.median, only.gap) == (True, None, None)
    assert {part.median for part in only.dimensions} == {None}
    told = explained(scores, "甲校")
    assert told["名次"] == ("不作比较", "全部学校只有本校一所参加排名")
    assert told["综合名次"][0] == "不作比较"
    assert "组内" not in told
    print_scores(scores)
    assert "不作比较" in capsys.readouterr().out


def test_no_verdict_is_no_total_anywhere(tmp_path: Path) -> None:
    of, other = rubric(*[item(n, 25) for n in ("A1", "A2", "B1", "B2")], excused_limit=40), OF
    second = other.model_copy(update={"id": "second", "title": "另一份细则"})
    entered: list[Record] = []
    for name, marks in (("甲校", [20, 20, "NA", "NA"]), ("乙校", [20, 20, 20, 20])):
        entered.append(visit(name, dict(zip(("A1", "A2", "B1", "B2"), marks, strict=True))))
        entered.append(visit(name, {"A1": 50, "A2": 40}, of="second"))
    weights = {"sample": 60, "second": 40}
    scores, _ = scored([of, second], entered, weights=weights, rubrics=["sample", "second"])
    first: SchoolScore = scores.rubrics["sample"].schools[0]
    assert first.grade == "不评定"
    assert (first.total, first.normalised, first.gap) == (None, None, None)
    assert (points(first.earned), points(first.applicable)) == (40, 50)
    row = rows(scores, of)["甲校"]
    assert (row["total"], row["normalised"], row["earned"]) == ("", "", "40.0000")
    assert "超过 40 分，不评定" in row["why"]
    whole = scores.composite[0]
    assert (whole.total, whole.rank) == (None, None)
    assert "细则：缺项" in whole.unranked
    told = explained(scores, "甲校")
    assert told["总分"][0] == "没有"
    assert "不评定" in told["总分"][1]
    assert told["实得"][0] == "40"
    assert told["综合得分"][0] == "没有"
    assert "细则 不评定 × 60" in told["综合得分"][1]
    found = written(scores, tmp_path)
    assert found["rubrics"][0]["schools"][0]["total"] is None
    assert found["composite"][0]["total"] is None
    assert not any(it.gain for it in first.indicators)
