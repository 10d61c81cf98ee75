"""Sheets of earlier editions: without the column for what was done at once."""

from __future__ import annotations

from inspections.round.table import blank
from inspections.workbook.form.layout import HEADER_ROW, HEADINGS, Column
from inspections.workbook.reading.head import Rows

_AT: int = Column.AT_ONCE


def whole_rows(rows: Rows) -> tuple[Rows, list[tuple[str, object]]]:
    """Returns rows with every column of today's sheet, and (A1 name, content) of what stood where
    an earlier edition has no column: it is nothing that was asked for.
    """
    head = rows[HEADER_ROW - 1]
    if len(head) > _AT and str(head[_AT]).strip() == HEADINGS[Column.AT_ONCE]:
        return rows, []
    if len(head) <= _AT:
        return [[*row, *[""] * (_AT + 1 - len(row))] for row in rows], []
    beyond = [
        (Column.AT_ONCE.at(at), row[_AT]) for at, row in enumerate(rows, 1) if not blank(row[_AT])
    ]
    return [[*row[:_AT], "", *row[_AT + 1 :]] for row in rows], beyond
