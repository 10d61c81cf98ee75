"""The A1 names of cells whose row and column count from 0."""

from __future__ import annotations

import re
from typing import Final

_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")


def cell(row: int, column: int) -> str:
    """Returns the A1 name of a cell whose row and column count from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def row_and_column(name: str) -> tuple[int, int]:
    """Returns row and column, counted from 0, of an A1 name; of what is none, those of A1."""
    found = _CELL.match(name)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1
