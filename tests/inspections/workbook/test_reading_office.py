"""Workbooks that LibreOffice opened, filled and saved, in the formats that come back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol

from inspections.collecting.one_file import read_file
from inspections.records.record import Observation, Record, State
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import SheetEntries
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import Column
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from tests.conftest import InOffice
from tests.inspections.small_round import entry_cell, spec, write

SCRIPT = Path(__file__).with_name("type_in_office.py")
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}
HEAD = {"F3": "李秀", "K3": "8:30", "M3": "11:00", "F4": "赵校长", "K4": "2026-03-05"}
ROWS = {
    "A1.x": "2",
    "A1.y": "０",
    "A2": "0",
    "A3.1": "130",
    "A3.2": "125.5",
    "A4.have": "5",
    "A4.due": "5",
    "A5": "√",
    "A5.none": "否",
    "A6": "99",
    "A7": "11:30",
    "R1.fake": "否",
}
NOTES = {("A1", Column.FAULT): "灶台有油污", ("A1", Column.EVIDENCE): "1.jpg、2.jpg"}
SLIPS = {
    "A1.x": "=1/0",
    "A1.y": "90%",
    "A2": "扣2分",
    "A3.1": "2026-03-05",
    "A4.have": "6",
    "A6": "99%",
    "A7": "11点30",
}


@pytest.fixture(scope="module")
def saved(
    of: OpenRound,
    tmp_path_factory: pytest.TempPathFactory,
    in_office: InOffice,
) -> dict[tuple[str, str], Path]:
    """(what was typed, format) -> the file that LibreOffice saved."""
    folder = tmp_path_factory.mktemp("office")
    notes = {entry_cell(of, owner, column): text for (owner, column), text in NOTES.items()}
    files: dict[tuple[str, str], Path] = {}
    for name, rows in (("right", ROWS), ("wrong", ROWS | SLIPS), ("locked", ROWS)):
        source = write(of, folder / f"{name}.xlsx", replace(spec(), entries=SheetEntries()))
        cells = HEAD | notes | {entry_cell(of, address): text for address, text in rows.items()}
        paths = {kind: folder / f"{name}-saved.{kind}" for kind in FILTERS}
        job = {
            "source": str(source),
            "cells": {"第一小学": cells},
            "save": [[str(path), FILTERS[kind]] for kind, path in paths.items()],
        }
        if name == "locked":
            job["password"] = "一小"
        in_office(SCRIPT, job, folder)
        assert all(path.is_file() for path in paths.values())
        files |= {(name, kind): path for kind, path in paths.items()}
    return files


def read(path: Path, of: OpenRound) -> tuple[WorkbookRecord, Record]:
    record = read_workbook(path.read_bytes(), path.name, expectations(of))
    (sheet,) = record.sheets
    assert sheet.visit is not None
    return record, sheet.visit


def seen(visit: Record, owner: str) -> Observation:
    found = visit.observation(owner)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", FILTERS)
def test_what_was_typed_is_read(
    of: OpenRound, saved: dict[tuple[str, str], Path], kind: str
) -> None:
    record, visit = read(saved["right", kind], of)
    assert record.problems == ()
    assert (str(visit.arrived), str(visit.left)) == ("2026-03-05 08:30:00", "2026-03-05 11:00:00")
    assert visit.inspectors == ("D01", "D02")
    values = {
        (item.owner, key): str(value)
        for item in visit.observations
        for key, value in item.values.items()
    }
    assert values == {
        ("A1", "x"): "2",
        ("A1", "y"): "0",
        ("A2", ""): "0",
        ("A3", "1"): "130",
        ("A3", "2"): "125.5",
        ("A4", "have"): "5",
        ("A4", "due"): "5",
        ("A5", ""): "1",
        ("A5", "none"): "0",
        ("A6", ""): "99",
        ("A7", ""): "690",
        ("R1", "fake"): "0",
    }
    assert seen(visit, "A1").fault == "灶台有油污"
    assert seen(visit, "A1").evidence == ("1.jpg", "2.jpg")


@pytest.mark.parametrize("kind", FILTERS)
def test_a_password_is_told_from_damage(
    of: OpenRound, saved: dict[tuple[str, str], Path], tmp_path: Path, kind: str
) -> None:
    locked = saved["locked", kind]
    torn = tmp_path / f"坏.{kind}"
    torn.write_bytes(saved["right", kind].read_bytes()[:3000])
    for path, reason in ((locked, "有打开密码"), (torn, "文件已损坏，或不是真正的表格文件")):
        (problem,) = read_file((path, path.name), expectations(of)).problems
        assert (problem.code, dict(problem.params)) == ("workbook-unreadable", {"detail": reason})


@pytest.mark.parametrize("kind", FILTERS)
def test_the_sheet_scores_a_per_cent_with_its_sign(
    of: OpenRound, saved: dict[tuple[str, str], Path], kind: str
) -> None:
    """99% becomes 0.99 in the cell; the sheet and the reader both take it for 99."""
    cell = entry_cell(of, "A6")
    row, _ = xl_cell_to_rowcol(cell)
    book = CalamineWorkbook.from_path(str(saved["wrong", kind]))
    rows = book.get_sheet_by_name(book.sheet_names[1]).to_python(skip_empty_area=False)
    assert rows[row][Column.SCORE] == 2


@pytest.mark.parametrize("kind", FILTERS)
def test_slips_are_found_in_every_format(
    of: OpenRound, saved: dict[tuple[str, str], Path], kind: str
) -> None:
    record, visit = read(saved["wrong", kind], of)
    assert [(item.code, item.place.cell) for item in record.problems] == [
        ("entry-lost", entry_cell(of, "A1.x")),
        ("entry-not-understood", entry_cell(of, "A1.y")),
        ("entry-interpreted", entry_cell(of, "A2")),
        ("reason-missing", entry_cell(of, "A2")),
        ("entry-not-understood", entry_cell(of, "A3.1")),
        ("ratio-above-one", entry_cell(of, "A4.have")),
        ("entry-interpreted", entry_cell(of, "A7")),
    ]
    assert seen(visit, "A6").values == {"": 99}
    assert dict(record.problems[0].params)["detail"] == "错误值 #DIV/0!"
    unchecked = {item.owner for item in visit.observations if item.state is State.UNCHECKED}
    assert unchecked == {"A1", "A3", "A4", "J1"}
