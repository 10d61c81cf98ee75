"""A file that came in -> its sheets, whatever its ending says."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from rubrics.apart.limits import TOO_MUCH, BeyondLimitsError
from rubrics.apart.once import within_limits
from rubrics.tables.addresses import cell
from rubrics.tables.contents import DAMAGED, LOCKED, content_of
from rubrics.tables.long_cells import without_long_cells
from rubrics.tables.ods_cells import ods_facts
from rubrics.tables.separated import rows_of
from rubrics.tables.sheet import Facts, Merged, Sheet, UnreadableError
from rubrics.tables.xls_records import xls_facts
from rubrics.tables.xlsx_facts import with_known_errors, xlsx_facts

MOST_BYTES: Final = 64 << 20
"""A file that is larger is not read."""

ENDINGS: Final = {"xlsx": ".xlsx", "xlsb": ".xlsb", "ods": ".ods", "xls": ".xls", "text": ".csv"}
"""What a file's ending should be, by its content."""

_MOST_CELLS: Final = 1_000_000
"""Cells of a sheet, those counted that are blank between others: 10,000 schools have a tenth."""

_MOST_TEXT: Final = 1 << 25
"""Characters in all cells of a file."""

_READ: Final[dict[bytes, tuple[Sheet, ...]]] = {}
"""Sheets of the last files that were read, by the digest of their content."""

_MOST_READ: Final = 6

_FACTS: Final[dict[str, Callable[[bytes, Sequence[str]], dict[str, Facts]]]] = {
    "xlsx": lambda data, names: xlsx_facts(data),
    "ods": lambda data, names: ods_facts(data),
    "xls": xls_facts,
}


def sheets_of(path: Path) -> list[Sheet]:
    """Returns the sheets of a file, read in a process of its own with limits of memory and time.

    Of the last files that this process has read, those with the same content are not read again:
    a round's rosters are opened with every step. Raises as :func:`read_sheets` does, also for what
    is beyond those limits, and ``OSError``.
    """
    if path.is_file() and path.stat().st_size <= MOST_BYTES:  # all others are for the limits
        with path.open("rb") as opened:
            known = _READ.get(hashlib.file_digest(opened, "sha256").digest())
        if known is not None:
            return list(known)
    try:
        digest, sheets = within_limits(_sheets_of, path)
    except BeyondLimitsError as error:
        raise UnreadableError(str(error)) from error
    if len(_READ) >= _MOST_READ:
        _READ.pop(next(iter(_READ)), None)
    _READ[digest] = tuple(sheets)
    return sheets


def _sheets_of(path: Path) -> tuple[bytes, list[Sheet]]:
    with path.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    return hashlib.sha256(data).digest(), read_sheets(data)


def read_sheets(data: bytes, most_cells: int = _MOST_CELLS) -> list[Sheet]:
    """Returns the sheets of a table file (.xlsx .xlsm .xlsb .xls .ods, or text), in their order.

    ``most_cells``: of a sheet.

    What the file is, its content says. A text is one sheet without a name. Of a cell with more
    characters than a cell can have, those beyond are left out (``Sheet.too_long``). Raises
    ``UnreadableError`` for whatever cannot be read, and for more cells or text than a table has.
    """
    sheets = [without_long_cells(sheet) for sheet in _sheets(data, most_cells)]
    if sum(_characters(sheet) for sheet in sheets) > _MOST_TEXT:
        raise UnreadableError(TOO_MUCH)
    return sheets


def _characters(sheet: Sheet) -> int:
    return sum(len(raw) for row in sheet.rows for raw in row if isinstance(raw, str))


def _sheets(data: bytes, most_cells: int) -> list[Sheet]:
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"文件超过 {MOST_BYTES >> 20} MB")
    content = content_of(data)
    if content == "text":
        rows = rows_of(data)
        if sum(map(len, rows)) > most_cells:
            raise UnreadableError(TOO_MUCH)
        return [Sheet("", rows, typed=False)]
    try:
        try:
            return _workbook(data, content, most_cells)
        except CalamineError:
            if content != "xlsx":
                raise
            return _workbook(data, content, most_cells, with_known_errors(data))
    except PasswordError as error:
        raise UnreadableError(LOCKED) from error
    except (KeyboardInterrupt, SystemExit, UnreadableError):
        raise
    except MemoryError as error:
        raise UnreadableError(TOO_MUCH) from error
    # The readers raise errors of a dozen classes, and one that is no Exception at all.
    except BaseException as error:
        raise UnreadableError(DAMAGED) from error


def _workbook(data: bytes, content: str, most_cells: int, readable: bytes = b"") -> list[Sheet]:
    """``readable``: the same in a form that the fast reader takes."""
    with CalamineWorkbook.from_filelike(io.BytesIO(readable or data)) as book:
        facts = _FACTS[content](data, book.sheet_names) if content in _FACTS else {}
        return [
            _sheet(book, item.name, facts, item.visible is not SheetVisibleEnum.Visible, most_cells)
            for item in book.sheets_metadata
            if item.typ is SheetTypeEnum.WorkSheet
        ]


def _sheet(
    book: CalamineWorkbook, name: str, facts: dict[str, Facts], hidden: bool, most_cells: int
) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > most_cells:
        far = cell(sheet.total_height - 1, sheet.total_width - 1)
        raise UnreadableError(f"工作表“{name}”的内容一直到 {far}，太大，请删去多余的行和列")
    merged = tuple(
        Merged(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    rows = sheet.to_python(skip_empty_area=False)
    known = facts.get(name, Facts())
    merged = merged or known.merged
    if sum(span.cells_within(len(rows), sheet.total_width) for span in merged) > most_cells:
        raise UnreadableError(f"工作表“{name}”的合并单元格互相重叠")
    return Sheet(name, rows, merged, known, hidden)
