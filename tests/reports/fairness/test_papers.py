"""What the analysis of fairness says: where little can be known, and to one person."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from typer.testing import CliRunner

from inspections.collecting.collecting import collect
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from scoring.__main__ import app
from tests.inspections.voices.test_feeding import a_round, returned

TYPED = {
    "A1.satisfied": RowEntry(8),
    "A1.returned": RowEntry(10),
    "A1.sent": RowEntry(10),
    "A5.投诉": RowEntry(1),
}


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = a_round(tmp_path, [])
    returned(made, TYPED)
    collect(made, workers=0)
    return made


def run(of: OpenRound, *more: str) -> str:
    done = CliRunner().invoke(app, ["fairness", str(of.folder.root), *more])
    return f"{done.exit_code} {done.output}"


def words(path: Path) -> str:
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    return "".join(text.split())


def test_where_nobody_went_together_it_says_so_and_what_would_make_it_known(of: OpenRound) -> None:
    run(of)
    folder = of.folder.reports / "公平性"
    told = words(folder / "评分公平性分析.pdf")
    assert "都无从知道" in told and "安排两人同去、各填一份" in told
    assert "不改变任何得分" in told
    book = load_workbook(folder / "评分公平性分析.xlsx")
    assert {"请核对", "一致程度", "谁严谁松", "名次把握", "无从知道的"} <= {*book.sheetnames}


def test_the_same_round_gives_the_same_files(of: OpenRound) -> None:
    folder = of.folder.reports / "公平性"
    run(of)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    run(of)
    assert first == {path.name: path.read_bytes() for path in folder.iterdir()} and len(first) == 3


def test_an_inspector_sees_a_page_of_their_own_and_nobody_else(of: OpenRound) -> None:
    code, other = "D01", "D02"
    assert "已写出" in run(of, "--inspector", code)
    told = words(of.folder.reports / "公平性" / f"{code}的评分情况.pdf")
    assert "这一页只给您本人看" in told and "没有人同去，无从比较" in told and other not in told


def test_somebody_who_filled_nothing_is_told_with_those_who_did(of: OpenRound) -> None:
    assert "填过表的有：" in run(of, "--inspector", "没有这个人")
    assert not (of.folder.reports / "公平性").exists()
