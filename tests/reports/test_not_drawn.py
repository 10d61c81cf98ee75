"""Schools that were not drawn, or that no plan names: due nowhere, accused nowhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from inspections.round.drawing_settings import Drawing
from inspections.round.round import Round
from inspections.round.school import Assignment, DrawnTeam, Roster
from inspections.steps.opening import open_trusted
from reports.bulletin.attachments import result_tables
from reports.bulletin.outcome import outcome
from reports.bulletin.subject import Subject
from reports.year import wording
from rubrics.messages.problems import Problem
from scoring.accountability.standing import standings
from scoring.explaining.steps import steps
from scoring.results.rounds import score_round
from scoring.results.scores import Scores
from scoring.results.summary import counts
from scoring.results.tables import score_row
from scoring.steps.scoring import write_scores
from scoring.years.held import HeldSchool
from scoring.years.reading import read_results
from scoring.years.year import year_of
from tests.reports.ranking_books import opened as book_of
from tests.reports.year.two_rounds import AUTUMN
from tests.reports.year.two_rounds import a_round as round_on_disk
from tests.scoring.small import a_round, item, roster, rubric, visit
from tests.scoring.years.made import a_round as held_round
from tests.scoring.years.made import held

FIRST = rubric(item("A1"), title="管理细则")
SECOND = rubric(item("B1"), id="other", title="质量细则")
RUBRICS = {"sample": FIRST, "other": SECOND}
SETTINGS = a_round(
    rubrics=["sample", "other"], weights={"sample": 60, "other": 40}, drawing={"share": "60%"}
)
DAY = date(2026, 9, 1)
SEEN = [
    visit("甲", {"A1": 9}), visit("甲", {"B1": 8}, of="other"),
    visit("乙", {"A1": 7}), visit("丙", {"B1": 6}, of="other"),
]  # fmt: skip
PLAN = [
    Assignment("甲", "sample", "第1次", "抽001组"), Assignment("甲", "other", "第1次", "抽001组"),
    Assignment("乙", "sample", "第1次", "抽001组"), Assignment("丙", "other", "第1次", "抽001组"),
    Assignment("戊", "sample", "第1次", "抽001组"),
]  # fmt: skip
"""甲 under both; 乙 and 丙 under one each; 戊 under one, and nobody went; 丁 under none."""


def scored(of: Round = SETTINGS, *, by_lot: bool = True) -> tuple[Scores, list[Problem], Roster]:
    people = roster({name: {} for name in "甲乙丙丁戊"})
    if by_lot:
        people = replace(people, drawn={"抽001组": DrawnTeam((), DAY, DAY)})
    return *score_round(of, RUBRICS, people, PLAN, SEEN), people


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_only_who_was_due_is_missing_and_each_rubric_has_its_own() -> None:
    scores, problems, _ = scored()
    by = {
        name: {one.school.id: (one.status, one.unranked) for one in held.schools}
        for name, held in scores.rubrics.items()
    }
    left = ("not_planned", "未抽中")
    assert by["sample"]["丙"] == by["sample"]["丁"] == left
    assert by["other"]["乙"] == by["other"]["丁"] == by["other"]["戊"] == left
    assert by["sample"]["戊"] == ("not_visited", "未检查")
    told = [dict(one.params)["school"] for one in problems if one.code == "school-unvisited"]
    assert told == ["戊学校"]
    row = score_row(FIRST, scores.rubrics["sample"].schools[3])
    assert "not_planned" in row and "未抽中" in row
    assert {one["id"]: one["not_planned"] for one in counts(scores)} == {"sample": 2, "other": 3}
    found = list(steps(SETTINGS, FIRST, scores.rubrics["sample"].schools[3], {}))
    assert [one.value for one in found] == ["未抽中，本批次不检查这份细则"]


def test_who_was_left_out_under_one_rubric_has_no_figure_over_all_and_the_reason() -> None:
    whole = {one.school.id: one for one in scored()[0].composite}
    assert (whole["甲"].rank, whole["甲"].group_size) == (1, 1)
    assert (whole["乙"].total, whole["乙"].unranked) == (None, "质量细则：未抽中")
    assert (whole["丁"].unranked, whole["丁"].left_out) == ("未抽中", "未抽中")
    assert "未检查" in whole["戊"].unranked and not whole["戊"].left_out


@pytest.mark.parametrize("share", ["60%", "100%"])
@pytest.mark.parametrize("by_lot", [True, False])
def test_not_drawn_is_said_where_a_lot_left_somebody_out(share: str, *, by_lot: bool) -> None:
    of = SETTINGS.model_copy(update={"drawing": Drawing(share=share)})
    scores = scored(of, by_lot=by_lot)[0]
    said = scores.rubrics["sample"].schools[3].unranked
    drawn = by_lot and share == "60%"
    assert said == ("未抽中" if drawn else "不在本次检查安排")


def test_without_any_line_of_a_plan_all_are_due() -> None:
    people = roster({name: {} for name in "甲乙"})
    scores, problems = score_round(SETTINGS, RUBRICS, people, (), SEEN[:2])
    assert [one.status for one in scores.rubrics["sample"].schools] == ["complete", "not_visited"]
    assert "not_planned" not in next(iter(counts(scores)))
    assert {one.code for one in problems} == {"school-unvisited"}


def test_the_bulletin_counts_them_and_names_nobody_of_them() -> None:
    scores, _, people = scored()
    subject = Subject(SETTINGS, people, scores)
    first, second = subject.parts
    said = "".join(told.text for told in outcome(subject, first))
    assert "应查未查的学校1所：戊学校" in said and "未抽中的学校2所，不在本次检查范围" in said
    assert not any(name in said for name in ("丙学校", "丁学校"))
    said = "".join(told.text for told in outcome(subject, second))
    assert "应查未查" not in said and "未抽中的学校3所" in said
    rows = [row for table in result_tables(first) for row in table.rows]
    assert [(row.school, row.remark) for row in rows if row.school == "戊学校"] == [
        ("戊学校", "应查未查")
    ]
    assert {row.school for row in rows} == {"甲学校", "乙学校", "戊学校"}


def test_the_ranking_counts_as_due_who_was_due() -> None:
    scores, problems, _ = scored()
    book = book_of(SETTINGS, scores, tuple(problems))
    cover, group = book["概览"], book["管理 全部学校"]
    rows = [[cell.value for cell in row] for row in cover.iter_rows()]
    head = next(row for row in rows if row[0] == "细则" and "未抽中" in row)
    mine = next(row for row in rows if row[0] == "管理细则" and row[1] == "全部学校")
    at = {str(name).replace("\n", ""): number for number, name in enumerate(head) if name}
    wanted = {"应查学校": 3, "参加排名": 2, "未排名": 1, "未抽中": 2, "最高分": 9, "最低分": 7}
    assert {name: mine[at[name]] for name in wanted} == wanted
    assert any(text == "名册 5 所，已查 3 所，未抽中 1 所" for text in texts(cover))
    said = texts(group)
    assert any("本组应查 3 所，排名 2 所；未排名 1 所" in text for text in said)
    assert "未抽中的 2 所，不在本次检查范围：丙学校、丁学校" in said
    assert "丙学校" not in texts(book["管理 热力图"]) and "戊学校" in texts(book["管理 热力图"])
    whole = texts(book["综合排名"])
    assert "未抽中的 1 所，不在本次检查范围：丁学校" in whole and "丁学校" not in whole


def test_rules_of_accountability_look_at_nobody_to_whom_nobody_was_to_go() -> None:
    scores, _, people = scored()
    found = {(one.school, one.rubric) for one in standings(scores, people.schools.values(), {})}
    assert {school for school, rubric in found if rubric == "sample"} == {"甲", "乙"}


def test_a_year_tells_it_and_counts_no_zero(tmp_path: Path) -> None:
    of = round_on_disk(tmp_path / "秋", "2026秋", AUTUMN)
    root = of.folder.root
    text = (root / "round.yaml").read_text(encoding="utf-8")
    (root / "round.yaml").write_text(f"{text}\ndrawing: {{share: 50%}}\n", encoding="utf-8")
    lines = of.folder.plan.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [line for line in lines if "party" not in line]
    of.folder.plan.write_text("".join(kept), encoding="utf-8-sig")
    of.folder.drawn_teams.write_text(
        "检查组,检查人员,从,至,姓名\n一组,D01、D02,2026-09-10,2026-09-28,\n", encoding="utf-8-sig"
    )
    made, problems = write_scores(root)
    assert made is not None and made.scores is not None, problems
    again, _ = open_trusted(root, "")
    assert again is not None
    told, _ = read_results(again, lambda _: None)
    assert told is not None
    school = told.rubrics["party"].schools["21068101"]
    assert (school.total, school.without, school.left_out) == (None, "未抽中", True)
    result = json.loads((root / "results" / "result.json").read_text(encoding="utf-8"))
    said = next(one["schools"] for one in result["rubrics"] if one["id"] == "party")
    assert {one["status"] for one in said} == {"not_planned"}

    one = HeldSchool("甲", "甲校", "小学组", 90_000)
    out = replace(one, total=None, without="未抽中", left_out=True)
    other = replace(one, id="乙", name="乙校")
    rounds = [
        held_round(0, held({"甲": one, "乙": other})),
        held_round(1, held({"甲": out, "乙": other})),
    ]
    (part,) = year_of(rounds, [Fraction(1, 2)] * 2).rubrics
    mine = next(one for one in part.schools if one.id == "甲")
    assert (mine.total, mine.rank, mine.lacking) == (90_000, None, (1,))
    said = wording.remark(mine, ["春季", "秋季"])
    assert said == "秋季未抽中，年度分按其余各轮折算，不排名"
    assert wording.total_cell(part, mine.cells[1]) == "未抽中"
