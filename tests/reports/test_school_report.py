"""The report that a school goes on with: in the order of such reports, from the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, open_items
from inspections.records.rectification import Case, Move, Verb
from inspections.rectification.reply_book import COMPLETE, GOING_ON, KEPT
from inspections.rectification.states import standing
from inspections.round.opened import OpenRound
from reports.rectification.school_report import result_of
from reports.steps.rectifying import write_reports_of_schools
from scoring.__main__ import app
from tests.inspections.rectification.items import BY, ITEM, other
from tests.inspections.small_round import SCHOOLS
from tests.inspections.started_round import started

DAY = date(2026, 10, 5)
REPORT = Move(
    1, Verb.REPORT, day=date(2026, 9, 29), measures="换带锁的留样柜", leader="周校长",
    person="吴老师", done=date(2026, 9, 28), result=COMPLETE, proof=("柜.jpg",), rules=2,
)  # fmt: skip


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = started(tmp_path / "round")
    with ledger_of(made) as ledger:
        items = [ITEM, other("kitchen/A2"), other("kitchen/A3"), replace(ITEM, due=None, key="a")]
        open_items(ledger, [*items, replace(ITEM, school=SCHOOLS[1].id)], BY)
        add_moves(ledger, [REPORT, Move(2, Verb.CLOSE), Move(3, Verb.KEEP)], BY)
    return made


def read(path: Path) -> tuple[list[str], list[list[list[str]]]]:
    paper = docx.Document(str(path))
    tables = [[[cell.text for cell in row.cells] for row in it.rows] for it in paper.tables]
    return [it.text for it in paper.paragraphs], tables


def test_it_holds_the_five_parts_in_order(of: OpenRound) -> None:
    papers, problems = write_reports_of_schools(of.folder.root, DAY)
    assert papers is not None
    assert not problems
    assert [path.stem for path in papers] == [SCHOOLS[0].name, SCHOOLS[1].name]
    said, tables = read(papers[0])
    heads = [it for it in said if it[:2] in ("一、", "二、", "三、", "四、", "五、")]
    assert heads == [
        *("一、总体情况", "二、逐条整改情况", "三、没有完成的事项", "四、建立的制度", "五、联系人")
    ]
    assert "共列入整改问题4条，整改完成2条，整改完成、长期坚持1条，正在整改1条。" in said
    assert "已建立制度2项。" in said
    assert SCHOOLS[0].name in said
    whole, left = tables
    assert whole[0] == ["编号", "问题", "原因", "措施（谁、何时、做了什么）", "结果", "佐证"]
    assert whole[1][3] == "换带锁的留样柜\n周校长、吴老师，2026年9月28日"
    assert whole[1][4:] == [COMPLETE, "柜.jpg"]
    assert "要求：补齐留样记录" in whole[1][1]
    assert [row[2].strip() for row in whole[1:]] == [""] * 4  # only the school knows why
    assert [row[0] for row in left[1:]] == ["0004"]


def test_a_school_that_has_done_all_has_nothing_left(of: OpenRound) -> None:
    with ledger_of(of) as ledger:
        add_moves(ledger, [Move(5, Verb.CLOSE)], BY)
    papers, _ = write_reports_of_schools(of.folder.root, DAY, school=SCHOOLS[1].name)
    assert papers is not None
    (path,) = papers
    said, tables = read(path)
    assert len(tables) == 1
    assert said[said.index("三、没有完成的事项") + 1] == "没有。"


def test_the_words_are_those_of_such_reports() -> None:
    def result(*moves: Move, day: date = DAY) -> str:
        return result_of(standing(Case(ITEM, moves), day))

    assert result(REPORT) == COMPLETE
    assert result(replace(REPORT, result=KEPT)) == KEPT
    assert result(REPORT, Move(1, Verb.KEEP)) == KEPT
    going_on = replace(REPORT, verb=Verb.PROGRESS, result=GOING_ON)
    for moves in ((), (going_on,), (REPORT, Move(1, Verb.RETURN))):
        assert result(*moves) == "正在整改（2026年10月6日前完成）"


def test_what_a_school_wrote_stays(of: OpenRound) -> None:
    papers, _ = write_reports_of_schools(of.folder.root, DAY)
    assert papers is not None
    edited = docx.Document(str(papers[0]))
    edited.add_paragraph("学校写的一句")
    edited.save(str(papers[0]))
    with ledger_of(of) as ledger:
        add_moves(ledger, [Move(4, Verb.CLOSE)], BY)
    done = CliRunner().invoke(
        app, ["rectify", "report", str(of.folder.root), "--day", "2026-10-06"]
    )
    assert done.exit_code == 0, done.output
    assert "整改报告的底稿 2 份" in done.output
    assert "有人改过" in done.output
    assert "学校写的一句" in read(papers[0])[0]


def test_a_school_that_is_not_there_is_told(of: OpenRound) -> None:
    papers, problems = write_reports_of_schools(of.folder.root, DAY, school="没有的学校")
    assert papers is None
    assert [it.code for it in problems] == ["school-unknown"]
