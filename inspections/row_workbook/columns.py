"""The columns of a workbook with a row for each thing, declared as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

from rubrics.tables.long_cells import LONGEST

RowValue: TypeAlias = str | date | int | Decimal | tuple[str, ...]
"""What is read from a cell: text, a choice's word, a date, a whole number, points, file names."""


class Kind(StrEnum):
    """What a column holds."""

    LOCKED = "locked"
    """Text that went out and that nobody changes."""
    TEXT = "text"
    DATE = "date"
    WHOLE = "whole"
    CHOICE = "choice"
    POINTS = "points"
    """Points in steps, no more than the row's ``Row.points``; or a word of ``choices``."""
    FILES = "files"
    """Names of files, parted by 、 or ；."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """One column.

    ``key``: its name in the program; ``heading``: its name on the sheet, by which it is found
    again; ``width``: characters, at least; ``prompt``: what to fill in, in a few words;
    ``required``: a row in which anything is filled in needs it. ``longest``: characters of a text
    or of all names of files; ``least`` and ``most`` of whole numbers, in ``unit``; ``window``: the
    first and last day that a date may be, which also gives the year to a date without one;
    ``choices``: the words of a list, and ``words``: others that mean one of them; ``step``: of
    points. ``later``: an input that workbooks of earlier versions lack, which are read without it.
    """

    key: str
    heading: str
    kind: Kind = Kind.LOCKED
    width: float = 12
    prompt: str = ""
    required: bool = False
    longest: int = 1000
    least: int = 0
    most: int = 10**9
    unit: str = ""
    window: tuple[date, date] = (date(2000, 1, 1), date(2099, 12, 31))
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    later: bool = False
    step: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        assert 0 < self.longest <= LONGEST, self.key
        assert not self.choices or self.kind in (Kind.CHOICE, Kind.POINTS), self.key
        assert self.choices or self.kind is not Kind.CHOICE, self.key
        # Digests of locked texts are of all of them.
        assert self.is_input or not self.later, self.key

    @property
    def is_input(self) -> bool:
        """Whether it is filled in by whoever gets the workbook."""
        return self.kind is not Kind.LOCKED


KEY_WIDTH: Final = 9.0
KEY_WIDEST: Final = 13.0
"""Characters of the column with the lasting numbers, at least and at most."""
