"""What is done to the rows of a table, one thing after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


class ByHandError(Exception):
    """A table that can only be changed by hand; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Cells (column -> text) that are written into a row; both are counted from 0.

    ``like``: the row whose looks cells get that are new.
    """

    row: int
    cells: Mapping[int, str]
    like: int


@dataclass(frozen=True, slots=True)
class Insert:
    """An empty row that stands at ``row``; what stood there and below goes down by one."""

    row: int


@dataclass(frozen=True, slots=True)
class Remove:
    """A row that goes; what stood below goes up by one."""

    row: int


Edit: TypeAlias = Fill | Insert | Remove
