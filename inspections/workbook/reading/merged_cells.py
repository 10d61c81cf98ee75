"""Cells that somebody has merged over entries: only the first of them holds anything.

The sheet's own merged cells are no matter: those of the head and the totals, and those that run
down the rows of one owner, in which all columns but the entries' are merged alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from inspections.round.table import cell, row_and_column
from inspections.workbook.form.layout import HEADER_ROW, INPUTS, Column

Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column), counted from 0."""

_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]+\d+):([A-Z]+\d+)"')
_FURTHEST = 5_000
"""Rows from here on hold no entries."""


def odd_merges(sheet: bytes) -> tuple[tuple[str, str], ...]:
    """Returns (A1 name, the first cell's A1 name) of entries of a worksheet part that are covered
    by another cell.
    """
    start = sheet.find(b"<mergeCells")
    return _odd(sheet[start : sheet.find(b"</mergeCells>", start)]) if start >= 0 else ()


@lru_cache(64)
def _odd(merges: bytes) -> tuple[tuple[str, str], ...]:
    """Workbooks of one rubric are merged alike."""
    found = (
        (row_and_column(first.decode()), row_and_column(last.decode()))
        for first, last in _MERGED.findall(merges)
    )
    return tuple(odd_ranges(found))


def odd_ranges(ranges: Iterable[Range]) -> list[tuple[str, str]]:
    """Returns (A1 name, the first cell's A1 name) of entries that are covered by another cell."""
    below = [item for item in ranges if item[1][0] >= HEADER_ROW]
    own = {
        (first[0], last[0])
        for first, last in below
        if first[1] == last[1] == Column.TITLE and first[0] >= HEADER_ROW
    }
    found = []
    for first, last in below:
        alike = first[1] == last[1] != Column.ENTRY and (first[0], last[0]) in own
        if alike:
            continue
        name = cell(*first)
        for row in range(max(first[0], HEADER_ROW), min(last[0], _FURTHEST) + 1):
            for column in INPUTS:
                if first[1] <= column <= last[1] and (row, column) != first:
                    found.append((cell(row, column), name))
    return found
