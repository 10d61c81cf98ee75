"""A table that a bureau keeps: the first filled sheet of a workbook, or a csv file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from inspections.records.entries import shown
from inspections.records.numbers import fold
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Place, Problem, problem

_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
_HEADING_WITHIN = 10
"""Titles above the headings are looked past, up to this many rows."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range; rows and columns count from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell(self.top, self.left)}:{cell(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Table:
    """Raw cells by row and column, counted from 0; blank cells are empty text."""

    file: str
    sheet: str
    rows: Sequence[Sequence[object]]
    merged: tuple[Merged, ...] = ()

    def place(self, row: int, column: int = 0) -> Place:
        """Returns the place of a cell."""
        return Place(self.file, self.sheet, cell(row, column))

    def raw(self, row: int, column: int) -> object:
        """Returns a cell's content; cells beyond the end of a row are blank."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def cell(row: int, column: int) -> str:
    """Returns the A1 name of a cell whose row and column count from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")


def row_and_column(name: str) -> tuple[int, int]:
    """Returns row and column, counted from 0, of an A1 name; of what is none, those of A1."""
    found = _CELL.match(name)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def blank(raw: object) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return raw is None or raw == "" or (isinstance(raw, str) and not fold(raw))


def read_table(path: Path, file: str = "") -> tuple[Table | None, list[Problem]]:
    """Returns the table in a file (.xlsx .xlsm .xls .ods .csv; csv in UTF-8, UTF-16 or GB 18030).

    ``file`` is how problems name it. Codes: file-missing, table-unreadable.
    """
    named = file or str(path)
    if not path.is_file():
        return None, [problem("file-missing", Place(named), name=named)]
    try:
        if path.suffix.lower() in _SPREADSHEETS:
            return _spreadsheet(path, named), []
        return Table(named, "", _separated(path.read_bytes())), []
    except (CalamineError, OSError, csv.Error, UnicodeDecodeError) as error:
        return None, [problem("table-unreadable", Place(named), detail=str(error))]


def _spreadsheet(path: Path, file: str) -> Table:
    with CalamineWorkbook.from_path(path) as book:
        tables = (_sheet(book, name, file) for name in book.sheet_names)
        first = next(tables)
        filled = (table for table in (first, *tables) if any(_filled(table)))
        return next(filled, first)


def _sheet(book: CalamineWorkbook, name: str, file: str) -> Table:
    sheet = book.get_sheet_by_name(name)
    merged = tuple(
        Merged(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Table(file, name, sheet.to_python(skip_empty_area=False), merged)


def _filled(table: Table) -> Iterator[bool]:
    return (not blank(raw) for row in table.rows for raw in row)


def _separated(raw: bytes) -> list[list[str]]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the headings stand: their row, and the column of each known heading."""

    row: int
    at: dict[str, int]


def find_columns(
    table: Table, known: dict[str, Sequence[str]], required: Sequence[str]
) -> tuple[Columns | None, list[Problem]]:
    """Returns the columns of the headings in ``known``: name -> its spellings.

    The row of headings is the first that has one of the ``required``; a title may stand above.
    Codes: roster-heading-missing (None where no heading was found, or a required one is
    missing), roster-heading-unknown, roster-heading-twice, roster-heading-merged.
    """
    names = {fold(spelling): name for name, spellings in known.items() for spelling in spellings}
    for row in range(min(_HEADING_WITHIN, len(table.rows))):
        found = [names.get(_heading(raw)) for raw in table.rows[row]]
        if any(name in required for name in found):
            break
    else:
        return None, [
            problem("roster-heading-missing", table.place(0), heading=name) for name in required
        ]
    at: dict[str, int] = {}
    problems = [
        problem("roster-heading-merged", table.place(span.top, span.left), range=span)
        for span in table.merged
        if span.top <= row <= span.bottom
    ]
    for column, raw in enumerate(table.rows[row]):
        name = found[column]
        if name is None:
            problems += _unknown(table, row, column, raw, known)
        elif name in at:
            problems.append(
                problem("roster-heading-twice", table.place(row, column), heading=shown(raw))
            )
        else:
            at[name] = column
    missing = [name for name in required if name not in at]
    problems += [
        problem("roster-heading-missing", table.place(row), heading=name) for name in missing
    ]
    return None if missing else Columns(row, at), problems


def _heading(raw: object) -> str:
    return "".join(fold(raw).split()) if isinstance(raw, str) else ""


def _unknown(
    table: Table, row: int, column: int, raw: object, known: dict[str, Sequence[str]]
) -> list[Problem]:
    """A heading that is not known; or none at all, above cells that are filled."""
    below = range(row + 1, len(table.rows))
    if blank(raw) and all(blank(table.raw(number, column)) for number in below):
        return []
    heading, listed = ("（空）" if blank(raw) else shown(raw)), "、".join(known)
    place = table.place(row, column)
    return [problem("roster-heading-unknown", place, heading=heading, known=listed)]


def filled_rows(table: Table, columns: Columns) -> Iterator[int]:
    """Yields the rows below the headings in which something stands."""
    for row in range(columns.row + 1, len(table.rows)):
        if not all(blank(raw) for raw in table.rows[row]):
            yield row


def code(raw: object) -> str:
    """Returns a code (学校代码, 督学代码) as text; one stored as a number has no decimals."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return fold(plain(raw)) if isinstance(raw, str) else shown(raw)
