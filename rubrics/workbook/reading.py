"""The tables of a rubric workbook as lines of plain values, each with its cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from rubrics.messages.plain_text import unseen
from rubrics.messages.problems import Place, Problem, problem
from rubrics.workbook.cells import CellError, Column, blank, from_cell
from rubrics.workbook.sheets import FACTS, GUIDE, TABLES, Sheet

_MOST_BYTES = 100_000_000
_MOST_ROWS = 5_000
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, by the first key of each column; blank cells are not there."""

    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Place] = field(default_factory=dict)


def read_tables(path: Path) -> tuple[dict[str, list[Line]], list[Problem]]:
    """Returns the lines of every table by the sheet's name, and what could not be read.

    The sheet of single facts is one line. Codes: file-missing, workbook-unreadable,
    rubric-sheet-missing, rubric-sheet-unknown, rubric-heading-missing, rubric-heading-unknown,
    entry-not-understood, entry-lost, text-cleaned.
    """
    file = str(path)
    if not path.is_file():
        return {}, [problem("file-missing", Place(file), name=file)]
    try:
        _refuse_bombs(path)
        grids = dict(_grids(path))
    # openpyxl raises errors of a dozen classes on files that are no workbooks.
    except Exception as error:
        detail = str(error) if isinstance(error, _RefusedError) else "不是 .xlsx 工作簿，或已损坏"
        return {}, [problem("workbook-unreadable", Place(file), detail=detail)]
    problems: list[Problem] = []
    lines: dict[str, list[Line]] = {}
    for sheet in (FACTS, *TABLES):
        grid = grids.pop(sheet.name, None)
        if grid is None:
            problems.append(problem("rubric-sheet-missing", Place(file), sheet=sheet.name))
            lines[sheet.name] = [Line(Place(file, sheet.name))] if sheet is FACTS else []
            continue
        read = _facts if sheet is FACTS else _table
        lines[sheet.name] = list(read(sheet, grid, file, problems))
    for name in grids:
        if name != GUIDE:
            problems.append(problem("rubric-sheet-unknown", Place(file, name), sheet=name))
    return lines, problems


class _RefusedError(Exception):
    """The file is refused; the text says why, in Chinese."""


Grid = list[list[Any]]


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
            raise _RefusedError("内容太大，不像是细则")


def _grids(path: Path) -> Iterator[tuple[str, Grid]]:
    """Yields every sheet as rows of values; what cannot be read is ``_Lost``."""
    uncounted = _uncounted(path)
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for page in book.worksheets:
            lost = uncounted.get(page.title, set())
            yield (
                page.title,
                [
                    [_value(cell, lost) for cell in row]
                    for row in page.iter_rows(1, _MOST_ROWS, 1, _MOST_COLUMNS)
                ],
            )
    finally:
        book.close()


@dataclass(frozen=True, slots=True)
class _Lost:
    detail: str


def _value(cell: Any, lost: set[str]) -> Any:
    if cell.data_type == "e":
        return _Lost(str(cell.value))
    if lost and cell.value is None and getattr(cell, "coordinate", "") in lost:
        return _Lost("没有算出结果的公式")
    return cell.value


def _uncounted(path: Path) -> dict[str, set[str]]:
    """The cells with formulas, by sheet; a program may have written them without a result."""
    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(re.search(rb"<f[ >/]", archive.read(name)) for name in pages):
            return {}
    book = load_workbook(path, read_only=True)
    try:
        return {
            page.title: {
                str(cell.coordinate)
                for row in page.iter_rows(1, _MOST_ROWS, 1, _MOST_COLUMNS)
                for cell in row
                if cell.data_type == "f"
            }
            for page in book.worksheets
        }
    finally:
        book.close()


def _facts(sheet: Sheet, grid: Grid, file: str, problems: list[Problem]) -> Iterator[Line]:
    line = Line(Place(file, sheet.name))
    known = {column.heading: column for column in sheet.columns}
    for number, row in enumerate(grid[1:], 2):
        heading = "" if not row or blank(row[0]) else str(row[0]).strip()
        place = Place(file, sheet.name, f"B{number}")
        if heading in known:
            _read(line, known.pop(heading), row[1] if len(row) > 1 else None, place, problems)
        elif heading:
            at = Place(file, sheet.name, f"A{number}")
            problems.append(problem("rubric-heading-unknown", at, heading=heading))
    yield line


def _table(sheet: Sheet, grid: Grid, file: str, problems: list[Problem]) -> Iterator[Line]:
    known = {column.heading: column for column in sheet.columns}
    columns: list[Column | None] = []
    for number, value in enumerate(grid[0] if grid else [], 1):
        heading = "" if blank(value) else str(value).strip()
        columns.append(known.pop(heading, None))
        if heading and columns[-1] is None:
            at = Place(file, sheet.name, f"{get_column_letter(number)}1")
            problems.append(problem("rubric-heading-unknown", at, heading=heading))
    for heading, column in known.items():
        if column.keys and not column.added:
            at = Place(file, sheet.name, "A1")
            problems.append(problem("rubric-heading-missing", at, heading=heading))
    for number, row in enumerate(grid[1:], 2):
        line = Line(Place(file, sheet.name, f"A{number}"))
        for position, (found, raw) in enumerate(zip(columns, row, strict=False), 1):
            if found is not None and found.keys:
                place = Place(file, sheet.name, f"{get_column_letter(position)}{number}")
                _read(line, found, raw, place, problems)
        if line.cells:
            yield line


def _read(line: Line, column: Column, raw: Any, place: Place, problems: list[Problem]) -> None:
    if blank(raw):
        return
    key = column.keys[0]
    line.cells[key] = place
    if isinstance(raw, _Lost):
        problems.append(problem("entry-lost", place, detail=raw.detail))
        return
    if isinstance(raw, str) and (found := unseen(raw)):
        problems.append(problem("text-cleaned", place, characters="、".join(found)))
    try:
        line.values[key] = from_cell(column, raw)
    except CellError as error:
        problems.append(problem("entry-not-understood", place, value=raw, expected=str(error)))
