"""Where the table stands in a workbook that came back, whatever its sheets and columns became."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspections.records.numbers import fold
from inspections.row_workbook.book import RowBook
from inspections.row_workbook.sealing import BookIdentity, identity_in
from inspections.workbook.form.layout import IDENTITY_SHEET
from inspections.workbook.form.naming import sheet_name
from rubrics.messages.problems import Place, Problem, problem
from rubrics.tables.sheet import Sheet

_LOOKED_THROUGH = 60
"""Rows in which the headings are looked for."""

KEY = ""
"""Stands for the column with the lasting numbers among the columns' keys."""


@dataclass(frozen=True, slots=True)
class Found:
    """``header``: the row of the headings; ``at``: key -> column; both count from 0."""

    sheet: Sheet
    header: int
    at: Mapping[str, int]


def find_identity(sheets: Sequence[Sheet]) -> tuple[BookIdentity | None, str]:
    """Returns the identity of a workbook and the name of the sheet that has it."""
    for sheet in sorted(sheets, key=lambda it: (it.name != IDENTITY_SHEET, not it.hidden)):
        found = identity_in(sheet.rows)
        if found:
            return found, sheet.name
    return None, ""


def find_table(
    sheets: Sequence[Sheet], book: RowBook, file: str
) -> tuple[Found | None, list[Problem]]:
    """Returns where the table is among ``sheets``. Codes: rows-table-missing, rows-sheet-copied."""
    headings = {bare(item.heading): item.key for item in book.columns}
    headings[bare(book.key_heading)] = KEY
    found = [item for item in (_table(sheet, headings) for sheet in sheets) if item]
    if not found:
        return None, [_missing(book, [], Place(file))]
    most = max(len(item.at) for item in found)
    whole = [item for item in found if len(item.at) == most]
    own = sheet_name(book.title, set())
    first = min(whole, key=lambda it: (it.sheet.hidden, it.sheet.name != own))
    place = Place(file, first.sheet.name)
    if any(not it.later and it.key not in first.at for it in book.columns) or KEY not in first.at:
        return None, [_missing(book, first.at, place)]
    copies = [
        problem("rows-sheet-copied", Place(file, name), sheet=name, first=place.sheet)
        for name in (item.sheet.name for item in whole if item is not first)
    ]
    return first, copies


def bare(text: object) -> str:
    """Returns a text as it is compared: half width, without any blanks."""
    return "".join(fold(str(text)).split())


def _table(sheet: Sheet, headings: Mapping[str, str]) -> Found | None:
    best: Found | None = None
    for row, cells in enumerate(sheet.rows[:_LOOKED_THROUGH]):
        at: dict[str, int] = {}
        for column, raw in enumerate(cells):
            key = headings.get(bare(raw)) if isinstance(raw, str) and raw else None
            if key is not None:
                at.setdefault(key, column)
        if len(at) > (len(best.at) if best else len(headings) // 2):
            best = Found(sheet, row, at)
    return best


def _missing(book: RowBook, at: Mapping[str, int] | Sequence[str], place: Place) -> Problem:
    due = {KEY: book.key_heading}
    due |= {item.key: item.heading for item in book.columns if not item.later}
    lacking = "、".join(heading for key, heading in due.items() if key not in at)
    return problem("rows-table-missing", place, headings=lacking)
