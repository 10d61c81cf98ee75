"""Which visit a sheet is for, and whether it still stands as it was handed out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from python_calamine import CalamineWorkbook

from inspections.round.table import code
from inspections.workbook.form.identity import Identity, decode
from inspections.workbook.form.layout import (
    HEADER_ROW,
    HEADINGS,
    IDENTITY_CELL,
    IDENTITY_SHEET,
    Column,
    labels_of,
)
from inspections.workbook.reading.head import CELLS, LABELS, Rows
from rubrics.language.subject import SCHOOLS, Words

_LOOKED_THROUGH = 12
"""Rows in which an identity is looked for that does not stand in its place."""

_HEADER = [HEADINGS[column] for column in Column if column <= Column.REMARK]
_IDENTITY_COLUMN = ord(IDENTITY_CELL[0]) - ord("A")


def find_identity(rows: Rows) -> tuple[Identity | None, bool]:
    """Returns the identity on a sheet, and whether it stands where it should."""
    if rows and len(rows[0]) > _IDENTITY_COLUMN:
        text = rows[0][_IDENTITY_COLUMN]
        found = decode(text) if isinstance(text, str) else None
        if found:
            return found, True
    for row in rows[:_LOOKED_THROUGH]:
        for raw in row:
            found = decode(raw) if isinstance(raw, str) and "|" in raw else None
            if found:
                return found, False
    return None, False


def undamaged(rows: Rows, words: Sequence[Words] = (SCHOOLS,)) -> bool:
    """Returns whether header and labels stand where a value is looked for.

    ``words``: how the rubrics of the round speak, one of which the sheet follows.
    """
    if len(rows) < HEADER_ROW or list(rows[HEADER_ROW - 1][: len(_HEADER)]) != _HEADER:
        return False
    for label, (row, column) in LABELS.items():
        called = tuple(chain.from_iterable(labels_of(label, it) for it in words))
        if not str(rows[row][column]).startswith(called):
            return False
    return True


def school_code(rows: Rows) -> str:
    """Returns the school's code as the sheet's head shows it."""
    row, column = CELLS["学校代码"]
    return code(rows[row][column])


def listed(book: CalamineWorkbook) -> dict[object, object]:
    """Returns sheet name -> identity, as the workbook was handed out."""
    if IDENTITY_SHEET not in book.sheet_names:
        return {}
    rows = book.get_sheet_by_name(IDENTITY_SHEET).to_python(skip_empty_area=False)
    return {row[0]: decode(row[1]) for row in rows if len(row) > 1 and isinstance(row[1], str)}
