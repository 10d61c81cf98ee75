"""A file that came in -> its sheets, whatever its ending says."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from rubrics.tables.contents import DAMAGED, LOCKED, content_of
from rubrics.tables.ods_cells import ods_facts
from rubrics.tables.separated import rows_of
from rubrics.tables.sheet import Facts, Merged, Sheet, UnreadableError
from rubrics.tables.xls_records import xls_facts
from rubrics.tables.xlsx_facts import with_known_errors, xlsx_facts

MOST_BYTES: Final = 64 << 20
"""A file that is larger is not read."""

ENDINGS: Final = {"xlsx": ".xlsx", "xlsb": ".xlsb", "ods": ".ods", "xls": ".xls", "text": ".csv"}
"""What a file's ending should be, by its content."""

_FACTS: Final[dict[str, Callable[[bytes, Sequence[str]], dict[str, Facts]]]] = {
    "xlsx": lambda data, names: xlsx_facts(data),
    "ods": lambda data, names: ods_facts(data),
    "xls": xls_facts,
}


def read_sheets(data: bytes) -> list[Sheet]:
    """Returns the sheets of a table file (.xlsx .xlsm .xlsb .xls .ods, or text), in their order.

    What the file is, its content says. A text is one sheet without a name. Raises
    ``UnreadableError`` for whatever cannot be read.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError(f"文件有 {len(data) >> 20} MB，最多 {MOST_BYTES >> 20} MB")
    content = content_of(data)
    if content == "text":
        return [Sheet("", rows_of(data), typed=False)]
    try:
        try:
            return _workbook(data, content)
        except CalamineError:
            if content != "xlsx":
                raise
            return _workbook(data, content, with_known_errors(data))
    except PasswordError as error:
        raise UnreadableError(LOCKED) from error
    except (KeyboardInterrupt, SystemExit, UnreadableError):
        raise
    except MemoryError as error:
        raise UnreadableError("内容太大") from error
    # The readers raise errors of a dozen classes, and one that is no Exception at all.
    except BaseException as error:
        raise UnreadableError(DAMAGED) from error


def _workbook(data: bytes, content: str, readable: bytes = b"") -> list[Sheet]:
    """``readable``: the same in a form that the fast reader takes."""
    with CalamineWorkbook.from_filelike(io.BytesIO(readable or data)) as book:
        facts = _FACTS[content](data, book.sheet_names) if content in _FACTS else {}
        return [
            _sheet(book, item.name, facts, item.visible is not SheetVisibleEnum.Visible)
            for item in book.sheets_metadata
            if item.typ is SheetTypeEnum.WorkSheet
        ]


def _sheet(book: CalamineWorkbook, name: str, facts: dict[str, Facts], hidden: bool) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    merged = tuple(
        Merged(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    rows = sheet.to_python(skip_empty_area=False)
    known = facts.get(name, Facts())
    return Sheet(name, rows, merged or known.merged, known, hidden)
