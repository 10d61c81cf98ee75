"""A month's papers: the same when asked later, and edited ones stay."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import add_moves, open_items
from inspections.records.rectification import Move, Verb
from inspections.round.opened import OpenRound
from reports.month.paper import decisions
from reports.steps.monthly import write_monthly
from scoring.years.month import Counts, Month
from tests.inspections.rectification.items import ITEM
from tests.reports.year.two_rounds import AUTUMN, a_round

BY = By("李科长", "测试")
SEPTEMBER = Month(2026, 9)


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    held = a_round(tmp_path / "秋", "2026秋", AUTUMN)
    with ledger_of(held) as ledger:
        open_items(ledger, [ITEM], BY)
    return held


def figures(of: OpenRound) -> dict[str, tuple[str, str]]:
    paper = docx.Document(str(of.folder.reports / "月报" / "2026年9月月报.docx"))
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    return {row[0].strip("　"): (row[1], row[2]) for row in rows}


def test_a_month_tells_visits_and_items(of: OpenRound) -> None:
    made, _ = write_monthly(of.folder.root, SEPTEMBER)
    assert made is not None
    found = figures(of)
    assert found["检查校次（校·日）"] == ("1", "1")
    assert found["出动人次（人·日）"] == ("2", "2")
    assert found["在校时间（小时）"] == ("2.5", "2.5")
    assert found["列入整改的问题"] == ("1", "1")
    assert found["约谈"] == ("—", "—")
    assert [one.number for one in made.subject.due] == [1]


def test_what_came_after_the_month_changes_no_byte(of: OpenRound) -> None:
    folder = of.folder.reports / "月报"
    write_monthly(of.folder.root, SEPTEMBER)
    before = {path.name: path.read_bytes() for path in folder.glob("*月报.*")}
    assert len(before) == 2
    with ledger_of(of) as ledger:
        add_moves(ledger, [Move(1, Verb.CLOSE, day=date(2026, 10, 1))], BY)
    write_monthly(of.folder.root, SEPTEMBER)
    assert {path.name: path.read_bytes() for path in folder.glob("*月报.*")} == before
    made, _ = write_monthly(of.folder.root, Month(2026, 10))
    assert made is not None and made.subject.all.month.closed == 1


def test_a_report_that_somebody_edited_stays(of: OpenRound) -> None:
    write_monthly(of.folder.root, SEPTEMBER)
    paper = of.folder.reports / "月报" / "2026年9月月报.docx"
    paper.write_bytes(b"edited")
    with ledger_of(of) as ledger:
        add_moves(ledger, [Move(1, Verb.CLOSE, day=date(2026, 9, 28))], BY)
    _, problems = write_monthly(of.folder.root, SEPTEMBER)
    assert "month-edited" in {one.code for one in problems}
    assert paper.read_bytes() == b"edited"


def test_a_month_before_the_first_visit_says_so(of: OpenRound) -> None:
    _, problems = write_monthly(of.folder.root, Month(2026, 1))
    assert "month-none" in {one.code for one in problems}


def words(of: OpenRound, month: Month) -> str:
    write_monthly(of.folder.root, month)
    name = f"{month.year}年{month.number}月月报.docx"
    paper = docx.Document(str(of.folder.reports / "月报" / name))
    return "\n".join(one.text for one in paper.paragraphs)


def test_what_did_not_happen_is_not_told(of: OpenRound) -> None:
    text = words(of, SEPTEMBER)
    assert "本月列入整改的问题1项。累计1项，还没有销号。" in text
    assert not re.search(r"(?<![\d.])0(项|所|次|人次|小时)", text)
    later = words(of, Month(2027, 1))
    assert "没有到校检查；累计检查学校1所" in later
    assert "本月没有新列入整改的问题；本月" not in later


def test_what_others_keep_is_left_to_fill_in(of: OpenRound) -> None:
    words(of, SEPTEMBER)
    found = figures(of)
    for title in ("举报受理", "举报人满意", "公开报道", "停止办学通知单"):
        assert found[title] == ("要录", "要录")
    assert found["移送"] == found["提请问责"] == ("—", "—")


def test_all_kinds_of_decisions_are_told() -> None:
    counts = Counts(awards_lost=2, referrals=1, proceedings=1)
    text = decisions(counts, replace(counts, talks=3)).text
    assert "取消评优评先资格2校次" in text and "移送1件" in text and "提请问责1件" in text
    assert "累计约谈3次" in text
    assert decisions(Counts(), Counts()).text == "到月末还没有问责和表彰的决定。"
