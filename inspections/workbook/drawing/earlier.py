"""The workbooks that were written before: blank ones make way, whatever else is there stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from inspections.round.table import blank
from inspections.workbook.form.feedback import PLACE_CELL, owner_of
from inspections.workbook.form.identity import decode
from inspections.workbook.form.layout import (
    GUIDE_SHEET,
    HEAD,
    HEADER_ROW,
    IDENTITY_CELL,
    IDENTITY_SHEET,
    INPUTS,
    SIGNED,
)
from inspections.workbook.form.own_scores import is_own_sheet
from inspections.workbook.form.sheet_form import NOT_APPLICABLE
from rubrics.apart import crew
from rubrics.apart.once import cheap
from rubrics.messages.problems import Place, Problem, problem
from rubrics.tables.contents import NO_PACKAGE

_PRINTED = frozenset({NOT_APPLICABLE, *SIGNED})
_ASKED = [item.cell for item in HEAD.values() if item.entry not in (None, "inspector")]


_BY_OFFICE = frozenset({"docProps/app.xml", "xl/sharedStrings.xml"})
"""Parts that every program puts into a workbook that it saves, and we do not."""


class Content(Enum):
    """What a file is: a workbook of the round as it was written, one that somebody has saved
    since or that is filled in, or anything else.
    """

    BLANK = 1
    USED = 2
    FOREIGN = 3


def make_way(folder: Path, due: Collection[Path], round: str) -> tuple[set[Path], list[Problem]]:
    """Deletes the blank workbooks of ``round`` (its id) that are not ``due`` any more.

    Returns the paths among ``due`` that may not be written, since something else than a blank
    workbook is there, and the problems: workbook-filled for each of them, workbook-left for a
    used workbook that is not due. Files that are none of ours are left alone.
    """
    kept: set[Path] = set()
    problems: list[Problem] = []
    wanted = set(due)
    there = sorted(folder.rglob("*.xlsx"))
    # Whatever lies there may have been put there by anybody.
    found = crew.answers(there, partial(content_of, round=round), _refused, 1, cheap())
    contents = dict(found)
    for path in there:
        name = path.relative_to(folder.parent).as_posix()
        content = contents[path]
        if path in wanted:
            if content is not Content.BLANK:
                kept.add(path)
                problems.append(problem("workbook-filled", Place(name)))
        elif content is Content.USED or (content is Content.BLANK and not _deleted(path, folder)):
            problems.append(problem("workbook-left", Place(name)))
    return kept, problems


def _deleted(path: Path, root: Path) -> bool:
    """Deletes a file, and the folders that it leaves empty; no, where a program has it open."""
    try:
        path.unlink()
    except OSError:
        return False
    folder = path.parent
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
    return True


def content_of(path: Path, round: str) -> Content:
    """Returns what a file is; what cannot be opened is foreign, and so is an empty workbook."""
    try:
        with ZipFile(path) as parts:
            saved = not _BY_OFFICE.isdisjoint(parts.namelist())
        with CalamineWorkbook.from_path(path) as book:
            sheets = [
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names
                if name not in (GUIDE_SHEET, IDENTITY_SHEET)
            ]
    except (CalamineError, *NO_PACKAGE):
        return Content.FOREIGN
    printed = [rows for rows in sheets if not is_own_sheet(rows)]
    visits = [rows for rows in printed if owner_of(_at(rows, PLACE_CELL)) is None]
    found = [decode(str(_at(rows, IDENTITY_CELL))) for rows in visits]
    if not any(identity is not None and identity.round == round for identity in found):
        return Content.FOREIGN
    if saved or None in found or any(map(_filled, visits)):
        return Content.USED
    return Content.BLANK


def _refused(path: Path, reason: str) -> Content:
    del path, reason
    return Content.FOREIGN


def _filled(rows: Sequence[Sequence[object]]) -> bool:
    """Whether anything is filled in; in a file that nobody saved, elsewhere nothing can be."""
    if any(not blank(_at(rows, cell)) for cell in _ASKED):
        return True
    return any(
        not blank(row[column]) and row[column] not in _PRINTED
        for row in rows[HEADER_ROW:]
        for column in INPUTS
        if column < len(row)  # those of earlier editions have no column for what was done at once
    )


def _at(rows: Sequence[Sequence[object]], cell: str) -> object:
    row, column = int(cell[1:]) - 1, ord(cell[0]) - ord("A")
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
