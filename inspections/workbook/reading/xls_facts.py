"""What the fast reader does not see of an old workbook (.xls).

The file is a small file system, in which one file is the workbook: a chain of records, each with
a number that says what it is. Layout as in Microsoft's [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Mapping, Sequence, Set
from typing import TypeAlias

from python_calamine import CalamineWorkbook

from inspections.round.table import cell
from inspections.workbook.form.layout import HEAD, Column
from inspections.workbook.formulas.entered import is_input, is_result
from inspections.workbook.reading.beside import Beside, not_too_many
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.merged_cells import odd_ranges
from inspections.workbook.reading.number_formats import BUILT_IN, shows_all
from inspections.workbook.reading.out_of_sight import hidden_in_xls
from inspections.workbook.reading.packed import SuspiciousError
from inspections.workbook.reading.rich_text import Look, Seen
from inspections.workbook.reading.xls_objects import objects_in_xls, page_words_in_xls
from inspections.workbook.reading.xls_texts import looks_of, seen_of_text, shared_texts
from rubrics.tables.sheet import UnreadableError
from rubrics.tables.xls_records import (
    FORMAT,
    FORMULA,
    TEXT,
    XF,
    Record,
    cells,
    error_of,
    of_sheets,
    records_of,
    sheet_of,
)

Rows: TypeAlias = Sequence[Sequence[object]]

_SUPBOOK = 0x01AE
_WINDOW, _ZEROS = 0x023E, 0x10
_OWN = b"\x01\x04"
"""A SUPBOOK of the workbook itself."""

_PICTURES = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xe0-\xef\xdb]..(?:JFIF|Exif)", re.DOTALL)
"""How pictures begin; they are told, and not read."""


def xls_facts(data: bytes) -> CellFacts:
    """Returns the errors, formulas, merged cells, and numbers that look like others; a formula
    always has a result.

    Raises ``SuspiciousError`` where the file system or the records do not hold together.
    """
    try:
        return _facts(data)
    except UnreadableError as error:
        raise SuspiciousError(str(error)) from error


def _facts(data: bytes) -> CellFacts:
    lost: dict[tuple[str, str], str] = {}
    values: dict[str, Rows] = {}
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = book.sheet_names
        for name in names:
            sheet = book.get_sheet_by_name(name)
            for covered, first in odd_ranges(sheet.merged_cell_ranges or ()):
                lost[name, covered] = f"并入 {first} 的合并单元格"
            values[name] = sheet.to_python(skip_empty_area=False)
    records = list(records_of(data))
    linked = any(kind == _SUPBOOK and held[2:4] != _OWN for _, kind, held in records)
    styles = _telling_styles(records)
    forms: dict[tuple[str, str], str] = {}
    seen: dict[tuple[str, str], Seen] = {}
    fonts, looks = looks_of(records)
    zeroless = _sheets_without_zeros(names, records)
    texts = shared_texts(records) if fonts else []
    formulas: dict[tuple[str, str], str] = {}
    reckoned: set[tuple[str, str]] = set()
    for name, kind, held in of_sheets(names, records):
        for at, style in cells(kind, held):
            place = cell(*at)
            if kind == FORMULA:
                reckoned.add((name, place))
            form = styles.get(style, "General")
            if is_input(place) and not shows_all(form, day=place == HEAD["检查日期"].cell):
                forms[name, place] = form
            look = looks.get(style, Look())
            if is_input(place) and kind == TEXT and texts:
                number = struct.unpack_from("<L", held, 6)[0]
                shown = seen_of_text(texts[number], look, fonts)
            else:
                shown = Seen("", struck="整格") if is_input(place) and look.struck else None
            if name in zeroless and is_input(place) and _value(values[name], at) == 0:
                shown = Seen("")
            if shown is not None:
                seen[name, place] = shown
            if error := error_of(kind, held):
                lost[name, place] = error
            elif kind == FORMULA and is_input(place):
                if linked:
                    lost[name, place] = "引用别的文件的公式"
                else:
                    formulas[name, place] = "公式"
    beside = not_too_many(objects_in_xls(names, records))
    beside += (Beside("图片"),) if _PICTURES.search(data) else ()
    return CellFacts(
        lost,
        formulas=formulas,
        scores=_typed_results(values, reckoned),
        beside=beside,
        pages=tuple(page_words_in_xls(names, records)),
        forms=forms,
        seen=seen,
        out_of_sight=hidden_in_xls(names, records),
    )


def _sheets_without_zeros(names: Sequence[str], records: Sequence[Record]) -> set[str]:
    """The tabs of the sheets whose window does not show zeros."""
    on_sheet = sheet_of(names, records)
    windows = ((on_sheet(at), held) for at, kind, held in records if kind == _WINDOW)
    return {name for name, held in windows if not struct.unpack_from("<H", held)[0] & _ZEROS}


def _value(rows: Rows, at: tuple[int, int]) -> object:
    """A number in a cell; None where there is none."""
    row = rows[at[0]] if at[0] < len(rows) else ()
    raw = row[at[1]] if at[1] < len(row) else None
    return raw if type(raw) in (int, float) else None


def _typed_results(
    values: Mapping[str, Rows], reckoned: Set[tuple[str, str]]
) -> set[tuple[str, str]]:
    """What stands where the blank sheet has formulas, and is the result of none."""
    return {
        (name, at)
        for name, rows in values.items()
        for row, line in enumerate(rows)
        for column, raw in enumerate(line[: len(Column)])
        if raw != ""
        and (reckoned or column == Column.SCORE)
        and is_result(at := cell(row, column))
        and (name, at) not in reckoned
    }


def _telling_styles(records: Sequence[Record]) -> dict[int, str]:
    """Number -> format of the cell styles in which a value may look like another."""
    codes = BUILT_IN | dict(_format(held) for _, kind, held in records if kind == FORMAT)
    used = [struct.unpack_from("<H", held, 2)[0] for _, kind, held in records if kind == XF]
    found = {number: codes.get(kind, "General") for number, kind in enumerate(used)}
    return {
        number: code
        for number, code in found.items()
        if not (shows_all(code) and shows_all(code, day=True))
    }


def _format(held: bytes) -> tuple[int, str]:
    """A format's number and code: its length, whether its letters have two bytes, its letters."""
    number, length, wide = struct.unpack_from("<HHB", held)
    text = held[5 : 5 + length * (1 + wide % 2)]
    return number, text.decode("utf-16-le" if wide % 2 else "latin-1", "replace")
