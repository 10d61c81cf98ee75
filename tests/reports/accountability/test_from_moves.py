"""Proposals that rest on rectification and follow-up, each from what really happened to an item."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import PIL.Image
import pytest
from openpyxl import load_workbook

from inspections.records.rectification import Verb
from inspections.rectification.deciding import Decided
from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from inspections.steps.following_up import collect_follow_up, draw_follow_up, send_follow_up
from inspections.steps.rectifying import (
    collect_rectification,
    decide_rectification,
    send_rectification,
)
from inspections.workbook.form.contents import RowEntry
from reports.steps.accountability import propose_measures
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import SCHOOLS
from tests.reports.two_rounds import BY, PLAIN, autumn, spring

BASIS = "basis: [{text: 某办法}], office: 督导室"
RULES = f"""
rules:
  - {{id: 逾期, title: 整改逾期, conditions: {{overdue: ≥1}}, kind: 谈话提醒, {BASIS}}}
  - {{id: 复查, title: 复查不过, conditions: {{follow_up_failed: ≥1}}, kind: 约谈, {BASIS}}}
  - {{id: 多次, title: 同一问题五次, rubric: kitchen, conditions: {{same_fault: ≥5}},
      kind: 通报批评, {BASIS}}}
"""
RUNNING = f"""
previous: [../春]
rules:
  - {{id: 连续, title: 连续两轮, rubric: kitchen, conditions: {{below: {{A: 99%}}, running: 2}},
      kind: 约谈, {BASIS}}}
"""
DUE = date(2026, 5, 20)


def ruled(of: OpenRound, text: str = RULES) -> OpenRound:
    (of.folder.root / "accountability.yaml").write_text(text, encoding="utf-8")
    return of


def proposed(of: OpenRound, day: date) -> dict[str, str]:
    """The rules that hold on a day, each with the figures it rests on."""
    made, problems = propose_measures(of.folder.root, day, BY)
    assert made is not None, problems
    assert not [it for it in problems if it.code == "accountability-previous"]
    current = [one.case.latest for one in made.standings]
    return {one.rule: one.figures for one in current if not one.withdrawn}


def filled(home: Path, headings: int, rows: dict[str, object]) -> None:
    """Fills the first row of the only workbook that was sent, and sends it back."""
    (sent,) = (home / "sent").glob("*.xlsx")
    book = load_workbook(sent)
    sheet = book.worksheets[0]
    at = {str(cell.value): cell.column for cell in sheet[headings]}
    row = next(
        cell.row for (cell,) in sheet.iter_rows(min_row=headings + 1, max_col=1)
        if str(cell.value or "").rpartition("-")[2].isdigit()
    )  # fmt: skip
    for heading, value in rows.items():
        sheet.cell(row, at[heading]).value = value  # type: ignore[assignment]
    (home / "returned").mkdir(exist_ok=True)
    book.save(home / "returned" / sent.name)


def test_an_item_goes_overdue_is_reported_closed_and_found_undone(tmp_path: Path) -> None:
    of = ruled(spring(tmp_path))
    root = of.folder.root
    assert proposed(of, DUE) == {}
    late = proposed(of, date(2026, 5, 21))
    assert late.keys() == {"逾期"}
    assert "2026春-0001" in late["逾期"]

    until = Decided("1", Verb.EXTEND, "等配件", date(2026, 6, 30), "李科长")
    assert decide_rectification(root, until, date(2026, 5, 22), BY)[0]
    assert proposed(of, date(2026, 6, 30)) == {}
    assert proposed(of, date(2026, 7, 1)).keys() == {"逾期"}

    proof = of.folder.evidence / SCHOOLS[0].name / "整改"
    proof.mkdir(parents=True)
    PIL.Image.effect_mandelbrot((640, 480), (-2, -1, 1, 1), 60).save(proof / "灶台.png")
    send_rectification(root, date(2026, 7, 1))
    reply = {
        "整改措施": "擦净灶台，换油烟机滤网", "责任人": "周大有", "完成日期": "2026-07-01",
        "整改结果": "整改完成", "佐证": "灶台.png",
    }  # fmt: skip
    filled(of.folder.rectify, 4, reply)
    took, problems = collect_rectification(root, date(2026, 7, 2), BY)
    assert took is not None
    assert took.replies.count(Verb.REPORT) == 1, problems
    assert took.replies.count(Verb.RETURN) == 0, problems
    assert proposed(of, date(2026, 7, 2)) == {}
    assert decide_rectification(root, Decided("1", Verb.CLOSE), date(2026, 7, 3), BY)[0]

    drawn, _ = draw_follow_up(root, date(2026, 9, 1), BY, seed="7", closed=True)
    assert drawn is not None
    send_follow_up(root, date(2026, 9, 1))
    found = {"现场所见": "灶台又有油污", "结论": "反弹", "复查日期": "2026-09-03"}
    filled(of.folder.follow_up, 4, found | {"复查人": "张伟"})
    checked, problems = collect_follow_up(root, date(2026, 9, 4), BY)
    assert checked is not None
    assert [one.verb for one in checked.checked.moves] == [Verb.RELAPSE], problems
    failed = proposed(of, date(2026, 9, 4))
    assert failed.keys() == {"逾期", "复查"}  # it is to be done again, and its day was in June
    assert "2026春-0001" in failed["复查"]
    assert decide_rectification(root, Decided("1", Verb.CLOSE), date(2026, 9, 9), BY)[0]
    assert proposed(of, date(2026, 9, 9)) == {}


@pytest.mark.parametrize(("times", "due"), [(4, set()), (5, {"多次"}), (6, {"多次"})])
def test_the_fifth_of_the_same_fault(tmp_path: Path, times: int, due: set[str]) -> None:
    of = ruled(spring(tmp_path, A1_x=RowEntry(times)))
    assert proposed(of, DUE).keys() == due


def test_two_rounds_running(tmp_path: Path) -> None:
    spring(tmp_path)
    of = ruled(autumn(tmp_path, rubric=PLAIN), RUNNING)
    collect_round(of.folder.root)
    write_scores(of.folder.root)
    told = proposed(of, date(2026, 11, 2))
    assert told.keys() == {"连续"}
    assert "“2026春季督导”也是" in told["连续"]


def test_a_round_before_without_the_fault_breaks_the_run(tmp_path: Path) -> None:
    spring(tmp_path, A1_x=RowEntry(0))
    of = ruled(autumn(tmp_path, rubric=PLAIN), RUNNING)
    collect_round(of.folder.root)
    write_scores(of.folder.root)
    assert proposed(of, date(2026, 11, 2)) == {}
