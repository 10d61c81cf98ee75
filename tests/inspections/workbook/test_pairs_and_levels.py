"""Sheets with composites in composites, and with pairs of times and dates, come back from office
programs as they were filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from inspections.round.opened import OpenRound
from inspections.round.school import School
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import Column
from inspections.workbook.reading.workbook import read_workbook
from rubrics.language.rubric import Rubric
from tests.inspections.workbook.sheets import INSPECTORS, open_round, workbooks
from tests.rubrics.one_rule import rubric

Convert = Callable[..., list[Path]]
YES_OR_NO = {"kind": "all_or_none"}
INNER = {
    "kind": "composite", "combine": "min",
    "parts": [{"id": "x", "rule": YES_OR_NO}, {"id": "y", "rule": YES_OR_NO}],
}  # fmt: skip
NESTED = {
    "kind": "composite", "combine": "sum",
    "parts": [
        {"id": "a", "points": 4, "rule": INNER}, {"id": "b", "points": 6, "rule": YES_OR_NO},
    ],
}  # fmt: skip
PAIRS = {
    "kind": "composite", "combine": "sum",
    "parts": [
        {"id": "hours", "points": 4, "rule": {"kind": "threshold", "readings": [{
            "label": "午餐", "measure": "minutes_between", "start": "烧熟", "end": "食用",
            "within": "≤120", "each": 1,
        }]}},
        {"id": "days", "points": 6, "rule": {
            "kind": "bands", "label": "公示", "measure": "days_between",
            "start": "签合同日", "end": "公示日",
            "bands": [{"range": "≤7", "points": 6}, {"range": ">7", "points": 2}],
        }},
    ],
}  # fmt: skip
ENTERED: dict[str, dict[str, Any]] = {
    "nested": {"A1.a.x": "√", "A1.a.y": "×", "A1.b": "√"},
    "pairs": {
        "A1.hours.start": time(23, 30), "A1.hours.end": time(2, 10),
        "A1.days.start": date(2026, 3, 1), "A1.days.end": date(2026, 3, 9),
    },
}  # fmt: skip


def of(name: str, rule: dict[str, Any]) -> Rubric:
    return rubric(rule).model_copy(update={"id": name})


@pytest.fixture
def opened(tmp_path: Path) -> OpenRound:
    made = [of("nested", NESTED), of("pairs", PAIRS)]
    opened = open_round(made, [School("2106000001", "第一小学", {})], tmp_path)
    specs = []
    for name, entries in ENTERED.items():
        head = {"检查日期": date(2026, 3, 5), "到校时间": time(8, 0), "离校时间": time(16, 30)}
        rows = {address: RowEntry(value=value) for address, value in entries.items()}
        at = opened.roster.schools["2106000001"]
        entered = SheetEntries(head, rows)
        specs.append(SheetSpec(at, name, "第1次", "第1组", INSPECTORS[0], entered))
    workbooks(opened).write(tmp_path / "filled.xlsx", specs)
    return opened


def scores(path: Path) -> list[Any]:
    book = load_workbook(path, data_only=True)
    return [book.worksheets[number][Column.SCORE.at(8)].value for number in (1, 2)]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_what_was_entered_comes_back(
    opened: OpenRound, tmp_path: Path, soffice: Convert, kind: str
) -> None:
    (saved,) = soffice(tmp_path / "filled.xlsx", to=kind, into=tmp_path / "saved")
    record = read_workbook(saved.read_bytes(), saved.name, expectations(opened))
    assert "entry-misplaced" not in {item.code for item in record.problems}
    read = {sheet.key.rubric: sheet.visit for sheet in record.sheets}
    nested, pairs = (read[name] for name in ENTERED)
    assert nested is not None and pairs is not None
    (levels,), (apart,) = nested.observations, pairs.observations
    assert levels.values == {"a.x": Decimal(1), "a.y": Decimal(0), "b": Decimal(1)}
    assert apart.values == {
        "hours.start": Decimal(1410), "hours.end": Decimal(130),
        "days.start": Decimal(46082), "days.end": Decimal(46090),
    }  # fmt: skip
    if kind == "xlsx":
        assert scores(saved) == [6, 5]  # min(4, 0) + 6; (4 - 1) + 2


def test_a_score_within_that_was_typed_over_is_told(
    opened: OpenRound, tmp_path: Path, soffice: Convert
) -> None:
    (saved,) = soffice(tmp_path / "filled.xlsx", to="xlsx", into=tmp_path / "saved")
    book = load_workbook(saved)
    cells = [Column.INNER.at(row) for row in range(8, 14)]
    (inner,) = [cell for cell in cells if book.worksheets[1][cell].value]
    book.worksheets[1][inner] = 4
    book.worksheets[2][Column.INNER.at(9)] = "另见照片"
    book.save(saved)
    record = read_workbook(saved.read_bytes(), saved.name, expectations(opened))
    told = [item.place.cell for item in record.problems if item.code == "entry-misplaced"]
    assert sorted(told) == sorted([inner, Column.INNER.at(9)])


def test_every_cell_has_a_format_of_the_workbook(opened: OpenRound, tmp_path: Path) -> None:
    """An office program takes a cell without one for damage; the reader below raises."""
    book = load_workbook(tmp_path / "filled.xlsx")
    sheet = book.worksheets[2]
    dates = [
        cell
        for row in sheet.iter_rows(max_row=30)
        for cell in row
        if cell.number_format == "yyyy-m-d"
    ]
    assert len(dates) == 2 and not any(cell.protection.locked for cell in dates)
