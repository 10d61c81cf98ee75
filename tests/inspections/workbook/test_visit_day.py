"""A date typed as text: the sheet's own formulas, as LibreOffice reckons them, read it as the
reader does, so that no total is short of what goes by the date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from inspections.records.moments import read_day
from inspections.round.elapsed import elapsed_periods
from inspections.round.table import row_and_column
from inspections.workbook.drawing.writing import Workbooks
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec, Typed
from inspections.workbook.form.layout import Column, sheet_layout
from rubrics.language.rubric import Rubric
from tests.conftest import Convert
from tests.inspections.small_round import PARTY, SCHOOLS, rubric, small_round

DATED = PARTY.replace(
    "rule: {kind: quota, label: 已开, times: 1, per: month, each: 1}}",
    """rule: {kind: deduct, faults: [{label: 缺会, each: 1}]},
     effective: [{until: "2026-03-04", basis: [文1],
                  rule: {kind: deduct, faults: [{label: 缺会, each: 2}]}}]}""",
)
TYPED: list[tuple[Typed, float | None]] = [
    (date(2026, 3, 5), 1),
    (date(2026, 3, 4), 0),
    ("2026年3月5日", 1),
    ("2026年3月4日", 0),
    ("2026-3-5", 1),
    ("2026/03/04", 0),
    ("2026.3.5", 1),
    ("２０２６年３月５日", 1),
    ("3月5日", None),
    ("开学那天", None),
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, soffice: Convert) -> list[Path]:
    folder = tmp_path_factory.mktemp("dated")
    of = small_round(folder)
    made: Rubric = rubric(DATED)
    writer = Workbooks(of.round, {"party": made}, of.roster, elapsed_periods(of.round))
    paths = []
    for number, (typed, _) in enumerate(TYPED):
        rows = {"A1": RowEntry(1)}
        entries = SheetEntries({"检查日期": typed}, rows)
        path = folder / f"{number:02}.xlsx"
        writer.write(path, [SheetSpec(SCHOOLS[0], "party", "第1次", "一组", None, entries)])
        paths.append(path)
    return soffice(*paths, to="xlsx", into=folder / "saved")


@pytest.mark.parametrize("number", range(len(TYPED)), ids=[str(item[0]) for item in TYPED])
def test_the_sheet_takes_a_date_as_the_reader_does(saved: list[Path], number: int) -> None:
    typed, earned = TYPED[number]
    layout = sheet_layout(rubric(DATED), SCHOOLS[0].traits)
    at = Column.SCORE.at(layout.blocks[0].first.number)
    row, column = row_and_column(at)
    book = CalamineWorkbook.from_path(saved[number])
    shown = book.get_sheet_by_index(1).to_python(skip_empty_area=False)[row][column]
    assert shown == ("" if earned is None else earned)
    if earned is not None:
        assert read_day(typed) is not None
