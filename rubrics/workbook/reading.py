"""The tables of a rubric workbook as lines of plain values, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from rubrics.messages.not_there import not_there
from rubrics.messages.plain_text import unseen
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese
from rubrics.tables.addresses import cell
from rubrics.tables.long_cells import too_long
from rubrics.tables.reading import sheets_of
from rubrics.tables.sheet import Sheet as Page
from rubrics.tables.sheet import UnreadableError
from rubrics.workbook.cells import CellError, Column, Percent, blank, from_cell
from rubrics.workbook.sheets import FACTS, GUIDE, TABLES, Sheet

_MOST_ROWS = 5_000
_MOST_COLUMNS = 256
_NAMES = frozenset({"id", "dimension", "indicator", "part", "flag"})
"""Keys of columns that hold ids."""

_DAYS = (36526, 73050)
"""What a spreadsheet makes of the days of this century, once it has taken 1-1 for one of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, by the first key of each column; blank cells are not there.

    ``empty``: the places of those, by every key that the column may hold.
    """

    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Place] = field(default_factory=dict)
    empty: dict[str, Place] = field(default_factory=dict)


def read_tables(path: Path) -> tuple[dict[str, list[Line]], list[Problem]]:
    """Returns the lines of every table by the sheet's name, and what could not be read.

    The sheet of single facts is one line. Codes: those of
    ``not_there``, workbook-unreadable, rubric-sheet-missing, rubric-sheet-unknown,
    rubric-heading-missing, rubric-heading-unknown,
    entry-not-understood, entry-percent, entry-lost, cell-merged, cell-too-long, text-cleaned.
    """
    file = str(path)
    if not path.is_file():
        return {}, [not_there(path, file)]
    try:
        pages = {page.name: page for page in sheets_of(path)}
    except (UnreadableError, OSError) as error:
        return {}, [problem("workbook-unreadable", Place(file), detail=in_chinese(error))]
    if not any(sheet.name in pages for sheet in (FACTS, *TABLES)):
        detail = "不是 scoring rubric export 导出的细则工作簿"
        return {}, [problem("workbook-unreadable", Place(file), detail=detail)]
    problems: list[Problem] = []
    lines: dict[str, list[Line]] = {}
    for sheet in (FACTS, *TABLES):
        page = pages.pop(sheet.name, None)
        problems += too_long(page.too_long, file, page.name) if page else ()
        if page is None:
            lines[sheet.name] = [Line(Place(file, sheet.name))] if sheet is FACTS else []
            if sheet.later:
                continue
            problems.append(problem("rubric-sheet-missing", Place(file), sheet=sheet.name))
            continue
        read = _facts if sheet is FACTS else _table
        lines[sheet.name] = list(read(sheet, _Grid(page, file), problems))
    for name in pages:
        if name != GUIDE:
            problems.append(problem("rubric-sheet-unknown", Place(file, name), sheet=name))
    return lines, problems


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells of a page as far as a rubric may reach."""

    page: Page
    file: str

    def rows(self) -> list[list[Any]]:
        """What stands in the cells; ``_Lost`` where that is nothing to be used."""
        lost, percents = self.page.facts.lost, self.page.facts.percents
        covered = {
            (row, column): span
            for span in self.page.merged
            for row in range(span.top, min(span.bottom + 1, len(self.page.rows), _MOST_ROWS))
            for column in range(span.left, min(span.right, _MOST_COLUMNS) + 1)
            if (row, column) != (span.top, span.left)
        }
        width = 1 + max((at[1] for at in (*lost, *covered)), default=-1)
        found: list[list[Any]] = []
        for number, cells in enumerate(self.page.rows[:_MOST_ROWS]):
            row: list[Any] = [*cells, *[""] * (width - len(cells))]
            for column, raw in enumerate(row):
                at = number, column
                if at in lost:
                    row[column] = _Lost(lost[at])
                elif at in covered:
                    span = covered[at]
                    row[column] = _Covered(str(span), self.page.rows[span.top][span.left])
                elif at in percents and isinstance(raw, float):
                    row[column] = Percent(raw)
            found.append(row)
        return found

    def place(self, row: int, column: int) -> Place:
        return Place(self.file, self.page.name, cell(row, column))


@dataclass(frozen=True, slots=True)
class _Lost:
    detail: str


@dataclass(frozen=True, slots=True)
class _Covered:
    """A cell that another one covers, and what stands there."""

    range: str
    raw: Any


def _facts(sheet: Sheet, grid: _Grid, problems: list[Problem]) -> Iterator[Line]:
    line = Line(Place(grid.file, sheet.name))
    known = {column.heading: column for column in sheet.columns}
    for number, row in enumerate(grid.rows()[1:], 1):
        heading = str(row[0]).strip() if row and isinstance(row[0], str) else ""
        place = grid.place(number, 1)
        if heading in known:
            _read(line, known.pop(heading), row[1] if len(row) > 1 else "", place, problems)
        elif heading:
            at = grid.place(number, 0)
            problems.append(problem("rubric-heading-unknown", at, heading=heading))
    yield line


def _table(sheet: Sheet, grid: _Grid, problems: list[Problem]) -> Iterator[Line]:
    known = {column.heading: column for column in sheet.columns}
    columns: list[Column | None] = []
    rows = grid.rows()
    for number, value in enumerate(rows[0] if rows else []):
        heading = str(value).strip() if isinstance(value, str) else ""
        columns.append(known.pop(heading, None))
        if heading and columns[-1] is None:
            at = grid.place(0, number)
            problems.append(problem("rubric-heading-unknown", at, heading=heading))
    for heading, column in known.items():
        if column.keys and not column.later:
            at = grid.place(0, 0)
            problems.append(problem("rubric-heading-missing", at, heading=heading))
    for number, row in enumerate(rows[1:], 1):
        line = Line(grid.place(number, 0))
        met: list[Problem] = []
        cells = [*row, *[""] * (len(columns) - len(row))]
        for position, (found, raw) in enumerate(zip(columns, cells, strict=False)):
            if found is not None and found.keys:
                _read(line, found, raw, grid.place(number, position), met)
        if any(not blank(raw) and not isinstance(raw, _Covered) for raw in cells) and line.cells:
            problems += met
            yield line


def _read(line: Line, column: Column, raw: Any, place: Place, problems: list[Problem]) -> None:
    key = column.keys[0]
    if isinstance(raw, _Covered):
        if blank(raw.raw):
            return
        problems.append(problem("cell-merged", place, range=raw.range))
        raw = raw.raw  # so that nothing more is said of the row
    if blank(raw):
        line.empty.update(dict.fromkeys(column.keys, place))
        return
    line.cells[key] = place
    if isinstance(raw, _Lost):
        problems.append(problem("entry-lost", place, detail=raw.detail))
        return
    if isinstance(raw, str) and (found := unseen(raw)):
        problems.append(problem("text-cleaned", place, characters="、".join(found)))
    if isinstance(raw, Percent) and column.form in ("number", "numbers"):
        problems.append(problem("entry-percent", place, value=raw))
        return
    if key in _NAMES and _made_of_another(raw):
        problems.append(problem("rubric-id-made", place, value=_shown(raw)))
        line.values[key] = _shown(raw)  # so that nothing more is said of the row
        return
    try:
        line.values[key] = from_cell(column, raw)
    except CellError as error:
        problems.append(problem("entry-not-understood", place, value=raw, expected=error))


def _made_of_another(raw: object) -> bool:
    """Whether a spreadsheet has made something else of an id: of 1-1 a day, or a day's number."""
    if isinstance(raw, (bool, date, time, timedelta)):
        return True
    return isinstance(raw, (int, float)) and _DAYS[0] <= raw <= _DAYS[1]


def _shown(raw: object) -> str:
    return f"{raw:g}" if isinstance(raw, float) else str(raw)
