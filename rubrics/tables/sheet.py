"""One sheet of a table that came in: its cells, and what the fast reader does not see of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from rubrics.tables.addresses import cell

At: TypeAlias = tuple[int, int]
"""Row and column of a cell, counted from 0."""


class UnreadableError(Exception):
    """A file is no table, or one that cannot be read; the text says why, in Chinese.

    ``line`` (from 1) of a text where it is known, else 0.
    """

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.line = line


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range; rows and columns count from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell(self.top, self.left)}:{cell(self.bottom, self.right)}"

    def cells_within(self, height: int, width: int) -> int:
        """Returns how many cells of a sheet of ``height`` rows and ``width`` columns it covers."""
        down = min(self.bottom + 1, height) - self.top
        return max(down, 0) * max(min(self.right + 1, width) - self.left, 0)


class Facts(NamedTuple):
    """``lost``: cells that hold nothing that may be used (``错误值 #N/A``); ``percents``: numbers
    that are shown as per cents; ``merged``: ranges that the fast reader does not give;
    ``formulas``: cells whose content is the result of one (``=A1+1``, or ``公式``).
    """

    lost: Mapping[At, str] = {}
    percents: Set[At] = frozenset()
    merged: tuple[Merged, ...] = ()
    formulas: Mapping[At, str] = {}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Raw cells by row and column, counted from 0; blank cells are empty text."""

    name: str
    rows: Sequence[Sequence[object]]
    merged: tuple[Merged, ...] = ()
    facts: Facts = field(default_factory=Facts)
    hidden: bool = False
    typed: bool = True
    """Whether cells have types; those of a text file are all text."""

    too_long: tuple[tuple[At, int], ...] = ()
    """Cells of which a part is left out, and how many characters stand in them."""
