"""What a workbook says that came back: rows by their lasting numbers, a place for every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.row_workbook.columns import RowValue
from rubrics.messages.problems import Place


@dataclass(frozen=True, slots=True)
class RowEntry:
    """What was filled into one cell; ``typed``: as it stands there."""

    value: RowValue
    place: Place
    typed: str


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row. ``entries``: what was filled in, by the column's key, blank cells not among it.

    ``lost``: columns in which something stands that could not be read; ``brought``: the row is
    none that was sent, but one of a list that others fill in.
    """

    key: str
    place: Place
    entries: Mapping[str, RowEntry]
    lost: frozenset[str] = frozenset()
    brought: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return not self.entries and not self.lost

    def value(self, column: str) -> RowValue | None:
        """Returns what was read in a column, None where it is blank or could not be read."""
        entry = self.entries.get(column)
        return None if entry is None else entry.value

    def text(self, column: str) -> str:
        """Returns a text or a choice, empty where there is none."""
        value = self.value(column)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """One workbook. ``digest``: SHA-256 of the file, by which one handed in twice is known.

    ``signed``: what was typed behind the labels of the signature lines; ``issue`` 0 where a list
    came without an identity.
    """

    file: str
    digest: str
    kind: str
    to: str
    issue: int
    rows: tuple[RowRead, ...]
    signed: Mapping[str, str]
