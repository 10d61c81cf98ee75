"""A table that a bureau keeps: the sheets of a workbook, or a text file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from inspections.records.entries import shown
from inspections.records.numbers import fold
from rubrics.messages.not_there import not_there
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese
from rubrics.tables.addresses import cell as cell
from rubrics.tables.addresses import row_and_column as row_and_column
from rubrics.tables.contents import DAMAGED
from rubrics.tables.long_cells import too_long
from rubrics.tables.reading import sheets_of
from rubrics.tables.sheet import At, Merged, Sheet, UnreadableError

GUIDES = frozenset({"填写说明", "填表说明", "说明"})
"""Sheets that explain a table; nobody expects them to be read."""

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


@dataclass(frozen=True)
class Table:
    """Raw cells by row and column, counted from 0; blank cells are empty text.

    ``lost``: cells that hold nothing that may be used; ``percents``: numbers shown as per cents;
    ``typed``: whether cells have types, which those of a text file have not.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[object]]
    merged: tuple[Merged, ...] = ()
    lost: Mapping[At, str] = field(default_factory=dict)
    percents: Set[At] = frozenset()
    typed: bool = True

    def place(self, row: int, column: int = 0) -> Place:
        """Returns the place of a cell."""
        return Place(self.file, self.sheet, cell(row, column))

    def raw(self, row: int, column: int) -> object:
        """Returns a cell's content; cells beyond the end of a row are blank."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    def filled(self, row: int, column: int) -> object:
        """Returns a cell's content, or that of the cell above into which it is merged."""
        span = self.covered.get((row, column))
        if span is not None and span.left == span.right:
            return self.raw(span.top, column)
        return self.raw(row, column)

    @cached_property
    def covered(self) -> Mapping[At, Merged]:
        """Cells that another one covers, and the merged range of both."""
        width = max(map(len, self.rows), default=0)
        return {
            (row, column): span
            for span in self.merged
            for row in range(span.top, min(span.bottom + 1, len(self.rows)))
            for column in range(span.left, min(span.right + 1, width))
            if (row, column) != (span.top, span.left)
        }

    def lost_at(self, row: int, column: int) -> Iterator[Problem]:
        """Yields entry-lost where a cell holds an error, or a formula without a result."""
        if found := self.lost.get((row, column)):
            yield problem("entry-lost", self.place(row, column), detail=found)


def blank(raw: object) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return raw is None or raw == "" or (isinstance(raw, str) and not fold(raw))


def code(raw: object) -> str:
    """Returns a code (学校代码, 督学代码) as text; one stored as a number has no decimals."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return fold(plain(raw)) if isinstance(raw, str) else shown(raw)


def read_tables(path: Path, file: str = "") -> tuple[list[Table], list[Problem]]:
    """Returns the filled sheets of a file that are not hidden, in their order.

    .xlsx, .xlsm, .xls, .ods, or text in UTF-8, UTF-16 or GB 18030; what it is, the content says,
    whatever the ending. ``file`` is how problems name it. Codes: those of ``not_there``,
    table-unreadable, table-quote, table-sheet-hidden, cell-too-long.
    """
    named = file or str(path)
    if not path.is_file():
        return [], [not_there(path, named)]
    try:
        sheets = sheets_of(path)
    except UnreadableError as error:
        if error.line:
            return [], [problem("table-quote", Place(named, "", f"第 {error.line} 行"))]
        return [], [problem("table-unreadable", Place(named), detail=error)]
    except OSError as error:
        detail = f"读不到文件（{in_chinese(error)}）"
        return [], [problem("table-unreadable", Place(named), detail=detail)]
    if path.suffix.lower() in _WORKBOOKS and not any(it.typed or _wide(it) for it in sheets):
        return [], [problem("table-unreadable", Place(named), detail=DAMAGED)]
    filled = [sheet for sheet in sheets if _filled(sheet)]
    hidden = [
        problem("table-sheet-hidden", Place(named, sheet.name), sheet=sheet.name)
        for sheet in filled
        if sheet.hidden
    ]
    shown_first = [sheet for sheet in filled if not sheet.hidden] or sheets[:1]
    long = [item for sheet in shown_first for item in too_long(sheet.too_long, named, sheet.name)]
    return [_table(sheet, named) for sheet in shown_first], hidden + long


def read_table(path: Path, file: str = "") -> tuple[Table | None, list[Problem]]:
    """Returns the first filled sheet of a file; the others are named.

    Codes: those of :func:`read_tables`, and table-sheet-unread.
    """
    tables, problems = read_tables(path, file)
    unread = [sheet_unread(table) for table in tables[1:] if table.sheet not in GUIDES]
    return (tables[0] if tables else None), problems + unread


def sheet_unread(table: Table) -> Problem:
    """Returns table-sheet-unread for a sheet that is not read."""
    return problem("table-sheet-unread", Place(table.file, table.sheet), sheet=table.sheet)


def _wide(sheet: Sheet) -> bool:
    return any(len(row) > 1 for row in sheet.rows)


def _filled(sheet: Sheet) -> bool:
    return bool(sheet.facts.lost) or any(not blank(raw) for row in sheet.rows for raw in row)


def _table(sheet: Sheet, file: str) -> Table:
    lost, percents = sheet.facts.lost, sheet.facts.percents
    return Table(file, sheet.name, sheet.rows, sheet.merged, lost, percents, sheet.typed)
