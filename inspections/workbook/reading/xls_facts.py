"""What the fast reader does not see of an old workbook (.xls)."""

from __future__ import annotations

import io
import re

from python_calamine import CalamineWorkbook

from inspections.round.table import cell
from inspections.workbook.formulas.entered import is_input
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.merged_cells import odd_ranges
from inspections.workbook.reading.packed import SuspiciousError
from rubrics.tables.sheet import UnreadableError
from rubrics.tables.xls_records import (
    BOOLERR,
    FORMULA,
    cells,
    error_of,
    of_sheets,
    percent_styles,
    records_of,
)

_SUPBOOK = 0x01AE
_OWN = b"\x01\x04"
"""A SUPBOOK of the workbook itself."""

_PICTURES = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xe0-\xef\xdb]..(?:JFIF|Exif)", re.DOTALL)
"""How pictures begin; they are told, and not read."""


def xls_facts(data: bytes) -> CellFacts:
    """Returns the errors, per cents, formulas and merged cells; a formula always has a result.

    Raises ``SuspiciousError`` where the file system or the records do not hold together.
    """
    try:
        return _facts(data)
    except UnreadableError as error:
        raise SuspiciousError(str(error)) from error


def _facts(data: bytes) -> CellFacts:
    lost: dict[tuple[str, str], str] = {}
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = book.sheet_names
        for name in names:
            for hidden, first in odd_ranges(book.get_sheet_by_name(name).merged_cell_ranges or ()):
                lost[name, hidden] = f"并入 {first} 的合并单元格"
    records = list(records_of(data))
    linked = any(kind == _SUPBOOK and held[2:4] != _OWN for _, kind, held in records)
    styles = percent_styles(records)
    percents: set[tuple[str, str]] = set()
    formulas: dict[tuple[str, str], str] = {}
    for name, kind, held in of_sheets(names, records):
        for at, style in cells(kind, held):
            place = cell(*at)
            if style in styles and kind not in (FORMULA, BOOLERR):
                percents.add((name, place))
            if error := error_of(kind, held):
                lost[name, place] = error
            elif kind == FORMULA and is_input(place):
                if linked:
                    lost[name, place] = "引用别的文件的公式"
                else:
                    formulas[name, place] = "公式"
    beside = ("图片",) if _PICTURES.search(data) else ()
    return CellFacts(lost, percents, formulas, beside=beside)
