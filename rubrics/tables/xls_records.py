"""The records of an old workbook (.xls), and what is wrong with its cells.

The file is a small file system, in which one file is the workbook: a chain of records, each with
a number that says what it is. Layout as in Microsoft's [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from rubrics.tables.contents import DAMAGED
from rubrics.tables.sheet import At, Facts, UnreadableError

Record: TypeAlias = tuple[int, int, bytes]
"""Where a record begins, its number, its content."""

FORMULA: Final = 0x0006
BOOLERR: Final = 0x0205
_NUMBER, _RK, _MULRK = 0x0203, 0x027E, 0x00BD
TEXT: Final = 0x00FD
"""A cell with a shared text, whose number stands at the end."""

_VALUES = (FORMULA, _NUMBER, _RK, _MULRK, BOOLERR, TEXT)
FORMAT: Final = 0x041E
XF: Final = 0x00E0
_BOF, _SHEET_AT = 0x0809, 0x0085
_WORKSHEET = 0x0010

_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_PERCENT_FORMATS = frozenset({9, 10})
_END_OF_CHAIN = 0xFFFFFFFA


def xls_facts(data: bytes, names: Sequence[str]) -> dict[str, Facts]:
    """Returns errors and per cents, by the name on the sheet's tab; ``names`` are all tabs.

    A formula always has a result. Raises ``UnreadableError`` where the file system or the records
    do not hold together.
    """
    found = {name: Facts({}, set(), formulas={}) for name in names}
    records = list(records_of(data))
    styles = percent_styles(records)
    for name, kind, held in of_sheets(names, records):
        for at, style in cells(kind, held):
            if kind == FORMULA:
                found[name].formulas[at] = "公式"  # type: ignore[index]
            error = error_of(kind, held)
            if error:
                found[name].lost[at] = error  # type: ignore[index]
            elif style in styles and kind not in (FORMULA, BOOLERR, TEXT):
                found[name].percents.add(at)  # type: ignore[attr-defined]
    return found


def of_sheets(names: Sequence[str], records: Iterable[Record]) -> Iterator[tuple[str, int, bytes]]:
    """Yields (tab, number, content) of the records that hold the values of worksheets."""
    everything = list(records)
    on_sheet = sheet_of(names, everything)
    for at, kind, held in everything:
        if kind in _VALUES and (name := on_sheet(at)):
            yield name, kind, held


def sheet_of(names: Sequence[str], records: Sequence[Record]) -> Callable[[int], str]:
    """Returns what tells the tab of the worksheet in which a record stands, by where it begins;
    empty where it stands in none. ``names`` are all tabs.
    """
    starts = [held for _, kind, held in records if kind == _SHEET_AT]
    if len(starts) < len(names):
        raise UnreadableError(DAMAGED)
    sheets = {
        struct.unpack_from("<L", held)[0]: name for name, held in zip(names, starts, strict=False)
    }
    begins, tabs = [0], [""]
    for at, kind, held in records:
        if kind == _BOF:
            of_stream = struct.unpack_from("<H", held, 2)[0]
            begins.append(at)
            tabs.append(sheets.get(at, "") if of_stream == _WORKSHEET else "")
    return lambda at: tabs[bisect_right(begins, at) - 1]


def cells(kind: int, held: bytes) -> Iterator[tuple[At, int]]:
    """Yields the place and the style of every cell of a record."""
    row, column, style = struct.unpack_from("<HHH", held)
    if kind != _MULRK:
        yield (row, column), style
        return
    for number in range((len(held) - 6) // 6):
        yield (row, column + number), struct.unpack_from("<H", held, 4 + 6 * number)[0]


def error_of(kind: int, held: bytes) -> str:
    """Returns the error that a cell holds (``错误值 #N/A``), empty where it holds none."""
    if kind == BOOLERR and held[7]:
        code = held[6]
    elif kind == FORMULA and held[12:14] == b"\xff\xff" and held[6] == 2:
        code = held[8]
    else:
        return ""
    return f"错误值 {_CODES.get(code, '#?')}"


def percent_styles(records: Sequence[Record]) -> set[int]:
    """Returns the numbers of the cell styles that show a per cent."""
    formats = set(_PERCENT_FORMATS)
    formats |= {
        struct.unpack_from("<H", held)[0]
        for _, kind, held in records
        if kind == FORMAT and b"%" in held[2:]
    }
    used = [held for _, kind, held in records if kind == XF]
    return {
        number
        for number, held in enumerate(used)
        if struct.unpack_from("<H", held, 2)[0] in formats
    }


def records_of(data: bytes) -> Iterator[Record]:
    """Yields every record of the workbook in a file."""
    stream = _workbook(data)
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:  # the rest of the last sector
            return
        held = stream[at + 4 : at + 4 + length]
        if len(held) < length:
            raise UnreadableError(DAMAGED)
        yield at, kind, held
        at += 4 + length


def _workbook(data: bytes) -> bytes:
    """The content of the file in the file that is the workbook."""
    try:
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise UnreadableError(DAMAGED)
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
            raise UnreadableError(DAMAGED)  # a chain of sectors that comes back to itself

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
        raise UnreadableError(DAMAGED) from error
