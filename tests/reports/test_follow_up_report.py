"""The report of a follow-up: rates, every item side by side, and scores before and after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, all_cases
from inspections.records.rectification import Move, Verb
from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from reports.steps.following_up import report_follow_up
from reports.steps.rectifying import open_rectification
from reports.steps.running import run_round
from scoring.__main__ import app
from scoring.steps.scoring import write_scores
from tests.inspections.rectification.items import BY
from tests.inspections.small_round import spec, write
from tests.inspections.started_round import started
from tests.reports.two_rounds import autumn

DAY = "2026-11-02"
FOUND = {"现场所见": "灶台已清洁", "复查日期": "2026-11-05"}


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    """A round with letters, whose faults are items, and the first of which was reported."""
    opened = started(tmp_path / "春季")
    write(opened, opened.folder.returned / "表.xlsx", spec())
    run_round(opened.folder.root)
    open_rectification(opened.folder.root, BY, day=date(2026, 9, 21))
    report = Move(1, Verb.REPORT, measures="擦洗灶台", person="周大有", done=date(2026, 10, 1))
    with ledger_of(opened) as ledger:
        add_moves(ledger, [report], BY)
    return opened


def typed(of: OpenRound, *line: str) -> str:
    done = CliRunner().invoke(app, ["followup", line[0], str(of.folder.root), *line[1:]])
    assert done.exit_code == 0, done.output
    return done.output


def looked_at(of: OpenRound, verdict: str) -> None:
    typed(of, "draw", "--day", DAY, "--seed", "0417", "--why", "回头看")
    typed(of, "send", "--day", DAY)
    for path in (of.folder.follow_up / "sent").glob("*.xlsx"):
        book = load_workbook(path)
        sheet = book.worksheets[0]
        columns = {str(cell.value): cell.column for cell in sheet[4]}
        for row in range(6, sheet.max_row + 1):
            if str(sheet.cell(row, 1).value or "").startswith(of.round.id):
                for heading, text in {**FOUND, "结论": verdict}.items():
                    sheet.cell(row, columns[heading]).value = text
        book.save(of.folder.follow_up / "returned" / path.name)
    typed(of, "collect", "--day", "2026-11-09", "--why", "复查")


def cells(path: Path, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet]]


def test_what_is_done_is_counted_and_gives_back_its_points(of: OpenRound) -> None:
    looked_at(of, "销号")
    assert "100%" in typed(of, "status")
    assert "已复查" in typed(of, "report")
    made, problems = report_follow_up(of.folder.root)
    assert made is not None
    assert not [item for item in problems if item.code.startswith("followup")]
    first = made.path.read_bytes()
    with ledger_of(of) as ledger:
        count = len(all_cases(ledger))
    (total,) = [row for row in cells(made.path, "总览") if row[0] == "合计" and row[1] != "抽取"]
    assert total[1:] == [count, count, count, 0, 0, 0, 1]
    (_, _, before, dearer, back, after, owners) = cells(made.path, "得分对比")[3]
    assert dearer == 0
    assert isinstance(before, (int, float))
    assert isinstance(back, (int, float))
    assert back > 0
    assert after == pytest.approx(before + back)
    assert "A1" in str(owners)
    rows = cells(made.path, "逐条对比")
    assert any("擦洗灶台" in str(row[6]) and row[7] == "灶台已清洁" for row in rows)
    said = " ".join(str(cell) for sheet in load_workbook(made.path) for row in sheet for cell in
                    (it.value for it in row))  # fmt: skip
    assert "周大有" not in said
    assert "张伟" not in said
    again, _ = report_follow_up(of.folder.root)
    assert again is not None
    assert again.path.read_bytes() == first


def test_what_is_not_done_gives_back_nothing(of: OpenRound) -> None:
    looked_at(of, "未改")
    made, _ = report_follow_up(of.folder.root)
    assert made is not None
    (_, _, before, _, back, after, owners) = cells(made.path, "得分对比")[3]
    assert (back, after, owners) == (0, before, None)


def test_nothing_is_reported_before_something_was_drawn(of: OpenRound) -> None:
    made, problems = report_follow_up(of.folder.root)
    assert made is None
    assert [item.code for item in problems][-1] == "followup-none"


def paper_text(path: Path) -> str:
    """All text of a Word file, a cell of a table after another."""
    document = docx.Document(str(path))
    texts = [one.text for one in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def test_the_word_report_has_all_sections_and_the_items_side_by_side(of: OpenRound) -> None:
    looked_at(of, "虚报")
    made, problems = report_follow_up(of.folder.root)
    assert made is not None
    assert not [item for item in problems if item.code.startswith(("followup", "template"))]
    text = paper_text(made.paper)
    for heading in (
        "一、基本情况",
        "二、整改成效",
        "三、突出问题",
        "四、处理意见",
        "五、下一步工作",
    ):
        assert heading in text
    assert "种子0417" in text
    assert "报送与现场不符（虚报）" in text
    assert "第一小学" in text
    assert "擦洗灶台" in text
    assert "灶台已清洁" in text
    assert "周大有" not in text
    assert "张伟" not in text
    first = made.paper.read_bytes()
    assert report_follow_up(of.folder.root)[0] is not None
    assert made.paper.read_bytes() == first


def test_what_the_bureau_wrote_into_the_word_report_stays(of: OpenRound) -> None:
    looked_at(of, "未改")
    made, _ = report_follow_up(of.folder.root)
    assert made is not None
    document = docx.Document(str(made.paper))
    document.paragraphs[0].text = "局务会决定约谈"
    document.save(str(made.paper))
    edited = made.paper.read_bytes()
    _, problems = report_follow_up(of.folder.root)
    assert made.paper.read_bytes() == edited
    assert "followup-edited" not in {one.code for one in problems}
    # Once there would be something else to write, that is told.
    settings = of.folder.settings
    text = settings.read_text("utf-8").replace("春季督导", "春季检查")
    settings.write_text(text, encoding="utf-8")
    _, problems = report_follow_up(of.folder.root)
    assert made.paper.read_bytes() == edited
    assert "followup-edited" in {one.code for one in problems}


def test_what_a_misreport_costs_by_the_rubric_stands_beside_the_score(tmp_path: Path) -> None:
    of = autumn(tmp_path)
    collect_round(of.folder.root)
    write_scores(of.folder.root)
    open_rectification(of.folder.root, BY)
    report = Move(1, Verb.REPORT, measures="擦洗灶台", person="周大有", done=date(2026, 10, 20))
    with ledger_of(of) as ledger:
        add_moves(ledger, [report], BY)
    looked_at(of, "虚报")
    write_scores(of.folder.root)
    made, problems = report_follow_up(of.folder.root)
    assert made is not None, problems
    (_, _, before, dearer, back, after, _) = cells(made.path, "得分对比")[3]
    # 17 of 18, and 16 of 18 where what was misreported counts twice; both as published.
    assert (before, dearer, back, after) == pytest.approx((18.89, -1.11, 0, 17.78))
    text = paper_text(made.paper)
    assert "1所学校的得分因反弹、虚报改变" in text
    assert "-1.11" in text
