"""Rows and columns that somebody has hidden: what is asked there is easily left blank."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from inspections.workbook.form.layout import Column
from inspections.workbook.reading.tags import Tags
from rubrics.tables.ods_cells import TABLE
from rubrics.tables.xls_records import Record, sheet_of

_ROW: Final = re.compile(
    rb'<row r="(\d{1,7})"[^>]*?\s(?:hidden="(?:1|true)"|ht="0(?:\.0*)?")[^>]*>'
)
_COLUMN: Final = re.compile(
    rb'<col (?=[^>]*\bmin="(\d{1,5})")(?=[^>]*\bmax="(\d{1,5})")[^>]*'
    rb'(?:\bhidden="(?:1|true)"|\bwidth="0(?:\.0*)?")'
)
_ROW_RECORD, _COLUMNS_RECORD = 0x0208, 0x007D
_ZERO_HEIGHT = 0x20
_FURTHEST: Final = 5_000


class OutOfSight(NamedTuple):
    """``rows`` and ``columns`` of one sheet that are hidden, counted from 0; of columns those
    that the blank sheet shows.
    """

    rows: Set[int] = frozenset()
    columns: Set[int] = frozenset()


def hidden_in_xlsx(sheet: bytes, tags: Tags) -> OutOfSight:
    """Returns what is hidden in a worksheet part."""
    rows = {int(at) - 1 for at in _ROW.findall(tags.rows())}
    start = sheet.find(b"<cols")
    return OutOfSight(rows, _hidden_columns(sheet[start : sheet.find(b"<sheetData", start)]))


@lru_cache(64)
def _hidden_columns(columns: bytes) -> Set[int]:
    """Sheets that nobody has changed have the same columns."""
    found: set[int] = set()
    for low, high in _COLUMN.findall(columns):
        found |= set(range(int(low) - 1, min(int(high), Column.READ)))
    return frozenset(found)


def hidden_in_ods(table: Element) -> OutOfSight:
    """Returns what is hidden in a table of an .ods file."""
    rows = {at for at in _out(table, "row") if at < _FURTHEST}
    return OutOfSight(rows, {at for at in _out(table, "column") if at < Column.READ})


def hidden_in_xls(names: Sequence[str], records: Sequence[Record]) -> dict[str, OutOfSight]:
    """Returns what is hidden in the sheets of an .xls file, by their tabs."""
    sheets = sheet_of(names, records)
    found: dict[str, tuple[set[int], set[int]]] = {}
    for at, kind, held in records:
        if kind == _ROW_RECORD and struct.unpack_from("<H", held, 12)[0] & _ZERO_HEIGHT:
            found.setdefault(sheets(at), (set(), set()))[0].add(struct.unpack_from("<H", held)[0])
        elif kind == _COLUMNS_RECORD and struct.unpack_from("<H", held, 8)[0] & 1:
            low, high = struct.unpack_from("<HH", held)
            shown = range(low, min(high + 1, Column.READ))
            found.setdefault(sheets(at), (set(), set()))[1].update(shown)
    return {name: OutOfSight(*both) for name, both in found.items()}


def _out(table: Element, kind: str) -> Iterator[int]:
    at = 0
    for item in table.iter(f"{TABLE}table-{kind}"):
        times = int(item.get(f"{TABLE}number-{kind}s-repeated", "1"))
        if item.get(f"{TABLE}visibility", "visible") != "visible":
            yield from range(at, min(at + times, _FURTHEST))
        at += times
