"""One verdict for what was typed: the sheet's own formulas, as LibreOffice reckons them, and the
reader take it for the same number, or both for none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from inspections.round.table import row_and_column
from inspections.workbook.form.contents import Typed
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import Column
from inspections.workbook.reading.workbook import read_workbook
from tests.conftest import Convert
from tests.inspections.small_round import RowEntry, entry_cell, small_round, spec, write

TYPED: list[tuple[str, Typed, bool]] = [
    ("A1.x", "３", True),
    ("A1.x", " 3 ", True),
    ("A1.x", "3", True),
    ("A1.x", "三四", False),
    ("A1.x", "1/2", False),
    ("A3.1", "130g", True),
    ("A3.1", "125.5 g", True),
    ("A3.1", "１３０ｇ", True),
    ("A3.1", "130两", False),
    ("A3.1", "g130", False),
    ("A3.1", 125.5, True),
    ("A6", "95%", True),
    ("A6", "９５％", True),
    ("A6", "95", True),
    ("A6", 0.95, False),
]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory, soffice: Convert) -> list[Path]:
    """A workbook for every entry, reckoned and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("typed")
    of = small_round(folder)
    made = [
        write(of, folder / f"{number:02}.xlsx", spec(rows={address: RowEntry(typed)}))
        for number, (address, typed, _) in enumerate(TYPED)
    ]
    return soffice(*made, to="xlsx", into=folder / "saved")


@pytest.mark.parametrize("number", range(len(TYPED)), ids=[str(item[1]) for item in TYPED])
def test_sheet_and_reader_say_the_same(workbooks: list[Path], tmp_path: Path, number: int) -> None:
    of = small_round(tmp_path)
    address, _, understood = TYPED[number]
    data = workbooks[number].read_bytes()
    record = read_workbook(data, "表.xlsx", expectations(of))
    owner, _, key = address.partition(".")
    (sheet,) = record.sheets
    assert sheet.visit is not None
    item = sheet.visit.observation(owner)
    assert item is not None
    rows = CalamineWorkbook.from_path(workbooks[number]).get_sheet_by_name(sheet.name)
    row, _ = row_and_column(entry_cell(of, address))
    seen = rows.to_python(skip_empty_area=False)[row][Column.READ]
    value = item.values.get(key)
    assert (value is not None) == understood
    assert (Decimal(str(seen)) if seen != "" else None) == value
