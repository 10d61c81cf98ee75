"""A workbook with a row for each thing: what is written, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from inspections.row_workbook.columns import RowColumn, RowValue
from rubrics.language.subject import SCHOOLS, Words


@dataclass(frozen=True, slots=True)
class Row:
    """One thing. ``key``: its lasting number, by which the row is found again.

    ``texts``: what the locked columns say, by the column's key; ``entries``: what stands in the
    others already; ``due``: it may not come back blank; ``points``: the most that it may have.
    """

    key: str
    texts: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, RowValue] = field(default_factory=dict)
    due: bool = False
    points: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RowBook:
    """One workbook: who gets it, what for, and its rows.

    ``round`` and ``seal_key``: the round's id and key (empty in a round without one, whose
    workbooks nobody can tell from forged ones). ``kind``: what the workbook is for, a word of the
    program; ``to``: code of the school, office or team that gets it, ``to_name`` as it is printed;
    ``issue``: counts the versions that were sent to it, from 1. ``lines`` stand above the table:
    what to do in two sentences, by when, whom to ask. ``signatures``: labels of the lines below.

    ``words``: into those of what is inspected lines, headings and signatures are put.

    ``total``: what stands in the line below the table in which the points of the rows are summed
    up; empty for no such line.

    ``spare``: so many numbered blank rows follow, for things that whoever fills it in brings. Such
    a list may come from any program: it needs no seal, and rows with or without number are read.
    """

    round: str
    seal_key: str
    kind: str
    to: str
    to_name: str
    issue: int
    title: str
    lines: tuple[str, ...]
    columns: tuple[RowColumn, ...]
    rows: tuple[Row, ...] = ()
    signatures: tuple[str, ...] = ()
    key_heading: str = "编号"
    spare: int = 0
    words: Words = SCHOOLS
    total: str = ""

    def __post_init__(self) -> None:
        columns = (replace(it, heading=self.words.said(it.heading)) for it in self.columns)
        object.__setattr__(self, "columns", tuple(columns))
        for name in ("lines", "signatures"):
            object.__setattr__(self, name, tuple(self.words.all_said(getattr(self, name))))
        headings = [self.key_heading, *(column.heading for column in self.columns)]
        assert len(set(headings)) == len(headings), headings
        assert len({row.key for row in self.rows}) == len(self.rows), "a key twice"

    @property
    def locked(self) -> tuple[RowColumn, ...]:
        """The columns whose text goes out and stays."""
        return tuple(column for column in self.columns if not column.is_input)

    @property
    def inputs(self) -> tuple[RowColumn, ...]:
        """The columns that are filled in."""
        return tuple(column for column in self.columns if column.is_input)

    @property
    def drawn_rows(self) -> tuple[Row, ...]:
        """All rows of the table: the things, then the blank ones with their numbers."""
        blank = (Row(f"新{number}") for number in range(1, self.spare + 1))
        return (*self.rows, *blank)
