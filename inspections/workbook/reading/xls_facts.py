"""What the fast reader does not see of an old workbook (.xls).

The file is a small file system, in which one file is the workbook: a chain of records, each with
a number that says what it is. Layout as in Microsoft's [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from python_calamine import CalamineWorkbook

from inspections.round.table import cell, row_and_column
from inspections.workbook.form.layout import Column
from inspections.workbook.formulas.entered import is_input
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.merged_cells import odd_ranges
from inspections.workbook.reading.number_formats import BUILT_IN, seen_as, telling
from inspections.workbook.reading.packed import SuspiciousError
from rubrics.tables.contents import DAMAGED

_FORMULA, _NUMBER, _RK, _MULRK, _BOOLERR = 0x0006, 0x0203, 0x027E, 0x00BD, 0x0205
_BOF, _SHEET_AT, _SUPBOOK, _FORMAT, _XF = 0x0809, 0x0085, 0x01AE, 0x041E, 0x00E0
_WORKSHEET = 0x0010
_OWN = b"\x01\x04"
"""A SUPBOOK of the workbook itself."""

_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_PICTURES = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xe0-\xef\xdb]..(?:JFIF|Exif)", re.DOTALL)
"""How pictures begin; they are told, and not read."""

Rows: TypeAlias = Sequence[Sequence[object]]

_END_OF_CHAIN = 0xFFFFFFFA


def xls_facts(data: bytes) -> CellFacts:
    """Returns the errors, formulas, merged cells, and numbers that look like others; a formula
    always has a result.

    Raises ``SuspiciousError`` where the file system or the records do not hold together.
    """
    lost: dict[tuple[str, str], str] = {}
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = book.sheet_names
        values: dict[str, Rows] = {}
        for name in names:
            sheet = book.get_sheet_by_name(name)
            values[name] = sheet.to_python(skip_empty_area=False)
            for covered, first in odd_ranges(sheet.merged_cell_ranges or ()):
                lost[name, covered] = f"并入 {first} 的合并单元格"
    records = list(_records(_workbook(data)))
    sheets = {struct.unpack_from("<L", held)[0]: name for name, held in _named(names, records)}
    linked = any(kind == _SUPBOOK and held[2:4] != _OWN for _, kind, held in records)
    styles = _telling_styles(records)
    percents: set[tuple[str, str]] = set()
    hidden: dict[tuple[str, str], Decimal] = {}
    formulas: dict[tuple[str, str], str] = {}
    name = ""
    for at, kind, held in records:
        if kind == _BOF:
            kind_of_stream = struct.unpack_from("<H", held, 2)[0]
            name = sheets.get(at, "") if kind_of_stream == _WORKSHEET else ""
        if not name or kind not in (_FORMULA, _NUMBER, _RK, _MULRK, _BOOLERR):
            continue
        for place, style in _cells(kind, held):
            if style in styles and kind != _BOOLERR and place.startswith(Column.ENTRY.letter):
                seen = _seen(styles[style], values[name], place)
                if isinstance(seen, Decimal):
                    hidden[name, place] = seen
                elif seen:
                    percents.add((name, place))
            code = _error(kind, held)
            if code is not None:
                lost[name, place] = f"错误值 {_CODES.get(code, '#?')}"
            elif kind == _FORMULA and is_input(place):
                if linked:
                    lost[name, place] = "引用别的文件的公式"
                else:
                    formulas[name, place] = "公式"
    beside = ("图片",) if _PICTURES.search(data) else ()
    return CellFacts(lost, percents, formulas, beside=beside, hidden=hidden)


def _seen(form: str, rows: Rows, place: str) -> Decimal | str | None:
    row, column = row_and_column(place)
    raw = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
    return seen_as(form, raw) if isinstance(raw, float) else None


def _named(names: list[str], records: list[tuple[int, int, bytes]]) -> Iterator[tuple[str, bytes]]:
    found = [held for _, kind, held in records if kind == _SHEET_AT]
    if len(found) < len(names):
        raise SuspiciousError(DAMAGED)
    return zip(names, found, strict=False)


def _cells(kind: int, held: bytes) -> Iterator[tuple[str, int]]:
    """Yields the A1 name and the style of every cell of a record."""
    row, column, style = struct.unpack_from("<HHH", held)
    if kind != _MULRK:
        yield cell(row, column), style
        return
    for number in range((len(held) - 6) // 6):
        yield cell(row, column + number), struct.unpack_from("<H", held, 4 + 6 * number)[0]


def _error(kind: int, held: bytes) -> int | None:
    if kind == _BOOLERR and held[7]:
        return held[6]
    if kind == _FORMULA and held[12:14] == b"\xff\xff" and held[6] == 2:
        return held[8]
    return None


def _telling_styles(records: list[tuple[int, int, bytes]]) -> dict[int, str]:
    """The numbers of the cell styles that show a per cent or fewer digits, with their formats."""
    codes = BUILT_IN | dict(_format(held) for _, kind, held in records if kind == _FORMAT)
    used = [struct.unpack_from("<H", held, 2)[0] for _, kind, held in records if kind == _XF]
    found = {number: codes.get(kind, "") for number, kind in enumerate(used)}
    return {number: code for number, code in found.items() if telling(code)}


def _format(held: bytes) -> tuple[int, str]:
    """A format's number and code: its length, whether its letters have two bytes, its letters."""
    number, length, wide = struct.unpack_from("<HHB", held)
    text = held[5 : 5 + length * (1 + wide % 2)]
    return number, text.decode("utf-16-le" if wide % 2 else "latin-1", "replace")


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yields (where it begins, its number, its content) of every record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:  # the rest of the last sector
            return
        held = stream[at + 4 : at + 4 + length]
        if len(held) < length:
            raise SuspiciousError(DAMAGED)
        yield at, kind, held
        at += 4 + length


def _workbook(data: bytes) -> bytes:
    """The content of the file in the file that is the workbook."""
    try:
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise SuspiciousError(DAMAGED)
        size = 1 << shift
        count, directory, cutoff, small, more, left = (
            struct.unpack_from("<L", data, at)[0] for at in (44, 48, 56, 60, 68, 72)
        )

        def sector(number: int) -> bytes:
            return data[(number + 1) << shift : (number + 2) << shift]

        listed = list(struct.unpack_from("<109L", data, 76))
        for _ in range(min(left, len(data) >> shift)):
            further = struct.unpack(f"<{size // 4}L", sector(more))
            listed, more = [*listed, *further[:-1]], further[-1]
        table: list[int] = []
        for number in listed[:count]:
            table += struct.unpack(f"<{size // 4}L", sector(number))

        def chain(number: int, following: list[int]) -> Iterator[int]:
            for _ in range(len(following) + 1):
                if number >= _END_OF_CHAIN:
                    return
                yield number
                number = following[number]
            raise SuspiciousError(DAMAGED)  # a chain of sectors that comes back to itself

        entries = b"".join(map(sector, chain(directory, table)))
        files: dict[str, tuple[int, int]] = {}
        for at in range(0, len(entries) - 127, 128):
            length = struct.unpack_from("<H", entries, at + 64)[0]
            name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            files.setdefault(name, struct.unpack_from("<LL", entries, at + 116))
        start, length = files.get("Workbook") or files["Book"]
        if length >= cutoff:
            return b"".join(map(sector, chain(start, table)))[:length]
        pool = b"".join(map(sector, chain(files["Root Entry"][0], table)))
        following: list[int] = []
        for number in chain(small, table):
            following += struct.unpack(f"<{size // 4}L", sector(number))
        pieces = (pool[number << 6 : (number + 1) << 6] for number in chain(start, following))
        return b"".join(pieces)[:length]
    except (struct.error, KeyError, IndexError) as error:
        raise SuspiciousError(DAMAGED) from error
