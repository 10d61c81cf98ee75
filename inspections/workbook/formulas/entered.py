"""Formulas where people enter: which cells matter, and what a formula may not do."""

from __future__ import annotations

import re

from inspections.workbook.form.layout import (
    HEADER_ROW,
    IDENTITY_CELL,
    INPUTS,
    TOTALS_ROW,
    Column,
)

_CELL = re.compile(r"([A-Z]+)(\d+)")
_LETTERS = {column.letter for column in (Column.ADDRESS, *INPUTS)}
_NOTES = {
    column.letter for column in (Column.FAULT, Column.EVIDENCE, Column.REMARK, Column.AT_ONCE)
}
_RESULTS = {column.letter for column in Column if column == Column.SCORE or column.hidden}
_TOTALLED = {column.letter for column in Column if column}
_HEAD = {"B", "F", "H", "K", "M"}

_OUT = re.compile(
    r"\[|\||://|file:|#\$?'|\b(?:WEBSERVICE|RTD|CALL|REGISTER\.ID|DDE|INDIRECT|CUBE\w*)\(",
    re.IGNORECASE,
)
"""Another workbook, a program, the network; or a name that is only made when it is reckoned."""


def is_input(name: str) -> bool:
    """Whether people enter something into a cell, or its row or sheet is known by it."""
    found = _CELL.fullmatch(name)
    if found is None or int(found[2]) == TOTALS_ROW:
        return False
    columns = _HEAD if int(found[2]) < HEADER_ROW else _LETTERS
    return name == IDENTITY_CELL or found[1] in columns


def is_result(name: str) -> bool:
    """Whether the blank sheet has nothing but a formula in a cell, or nothing at all: scores, what
    formulas work with, totals.
    """
    found = _CELL.fullmatch(name)
    if found is None or name == IDENTITY_CELL:
        return False
    return found[1] in (_TOTALLED if int(found[2]) == TOTALS_ROW else _RESULTS)


def is_note(name: str) -> bool:
    """Whether a cell is none for a value: what went wrong, its evidence, a remark."""
    found = _CELL.fullmatch(name)
    return found is not None and int(found[2]) > HEADER_ROW and found[1] in _NOTES


def reaches_out(formula: str) -> bool:
    """Whether the result of a formula may come from outside of the file."""
    return _OUT.search(formula) is not None
