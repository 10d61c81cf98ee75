"""What a filled workbook held: each sheet, whose it is, and all that was typed on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from inspections.records.record import Record, RecordKey
from rubrics.messages.problems import Problem


class TypedCell(NamedTuple):
    """What a person typed, as it stands: for the ledger. ``owner`` is empty in the head."""

    owner: str
    key: str
    raw: object
    cell: str


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """One filled sheet: whose it is, all that was typed, and the visit that it makes.

    ``visit`` is None where the visit cannot be dated, lies outside of the round, or the sheet is
    not as it was handed out. ``corrects``: the beginnings of the digests of files whose record
    this one takes the place of.
    """

    name: str
    key: RecordKey
    visit: Record | None
    typed: tuple[TypedCell, ...]
    corrects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookRecord:
    """One file as it was read. ``digest`` is the SHA-256 of its bytes."""

    file: str
    digest: str
    sheets: tuple[SheetRecord, ...]
    problems: tuple[Problem, ...]
