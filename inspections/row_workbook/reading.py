"""Reads a workbook that came back: whose it is, its table, and what stands anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from inspections.row_workbook.book import RowBook
from inspections.row_workbook.finding import Found, bare, find_identity, find_table
from inspections.row_workbook.opening import Opened, opened_rows
from inspections.row_workbook.outside import around, quoted_cells
from inspections.row_workbook.rows_read import RowsRead
from inspections.row_workbook.sealing import BookIdentity, sealed_here
from inspections.row_workbook.table_rows import TableReader
from rubrics.messages.not_there import not_there
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese
from rubrics.tables.sheet import Sheet, UnreadableError


def read_rows(
    path: Path,
    known: Sequence[RowBook],
    file: str = "",
    to: str = "",
    *,
    opened: Opened | Exception | None = None,
) -> tuple[RowsRead | None, list[Problem]]:
    """Returns what a workbook says; None where it cannot be told whose it is, or what it holds.

    ``known``: the workbooks as they were last sent, at least one; ``file``: how problems name the
    file; ``to``: whose workbook it should be, where that is known; ``opened``: what
    ``all_opened`` made of it, where it was opened with others. A file may be any of .xlsx, .xls and
    .ods. What a row lacks is told and costs no other row anything; a row that is wholly
    blank is none of a problem unless it is ``due``, or all are.

    Codes: file-missing, rows-unreadable, rows-foreign, rows-other-round, rows-other-kind,
    rows-owner-unknown,
    rows-other-owner, rows-seal-altered, rows-older-issue, rows-newer-issue, rows-table-missing,
    rows-sheet-copied, rows-sheet-unread, rows-column-unread, rows-beside, rows-unread,
    rows-blank, rows-key-unknown, rows-key-blank, rows-key-twice, rows-row-missing, rows-row-blank,
    rows-text-altered, rows-required-blank, entry-lost, entry-formula, cell-merged, cell-too-long,
    and those of ``read_value``.
    """
    named = file or str(path)
    try:
        if isinstance(opened, Exception):
            raise opened
        opened = opened or opened_rows(path)
    except UnreadableError as error:
        return None, [problem("rows-unreadable", Place(named), detail=error)]
    except OSError as error:
        if not path.is_file():
            return None, [not_there(path, named)]
        detail = f"读不到文件（{in_chinese(error)}）"
        return None, [problem("rows-unreadable", Place(named), detail=detail)]
    identity, own = find_identity(opened.sheets)
    book, problems = _book_of(identity, known, named, own, to)
    if book is None:
        return None, problems
    sheets = [sheet for sheet in opened.sheets if sheet.name != own]
    found, more = find_table(sheets, book, named)
    problems += more
    if found is None:
        return None, problems
    reader = TableReader(book, identity, found, named)
    rows = tuple(reader.read())
    told = reader.problems
    told += around(found, book, named, reader.read_rows, _is_latest(identity, book))
    told += _other_sheets(sheets, found, more, named)
    for item in opened.beside:
        place = Place(named, item.sheet, item.cell)
        told.append(problem("rows-unread", place, what=item.what, quote=item.said))
    if not (told or reader.signed) and all(row.is_blank for row in rows):
        told = [problem("rows-blank", Place(named))]
    problems += told
    issue = identity.issue if identity else 0
    read = RowsRead(named, opened.digest, book.kind, book.to, issue, rows, reader.signed)
    return read, problems


def _is_latest(identity: BookIdentity | None, book: RowBook) -> bool:
    return identity is None or identity.issue == book.issue


def _book_of(
    identity: BookIdentity | None, known: Sequence[RowBook], file: str, sheet: str, to: str
) -> tuple[RowBook | None, list[Problem]]:
    """The workbook as it was sent; None, and why, where this is none of those."""
    place = Place(file)
    if identity is None:
        lists = [book for book in known if book.spare and to in ("", book.to)]
        if len(lists) == 1:
            return lists[0], []
        return None, [problem("rows-foreign", place)]
    if identity.round != known[0].round:
        return None, [problem("rows-other-round", place, other=identity.round)]
    if not sealed_here(identity, known[0].seal_key):
        return None, [problem("rows-seal-altered", Place(file, sheet))]
    of_kind = [book for book in known if book.kind == identity.kind]
    if not of_kind:
        return None, [problem("rows-other-kind", place)]
    book = next((book for book in of_kind if book.to == identity.to), None)
    if book is None:
        return None, [problem("rows-owner-unknown", place, id=identity.to)]
    if to not in ("", book.to):
        due = next((item.to_name for item in of_kind if item.to == to), to)
        return None, [problem("rows-other-owner", place, other=book.to_name, due=due)]
    if identity.issue > book.issue:
        said = {"issue": identity.issue, "latest": book.issue}
        return None, [problem("rows-newer-issue", place, **said)]
    if identity.issue < book.issue:
        said = {"issue": identity.issue, "latest": book.issue}
        return book, [problem("rows-older-issue", place, **said)]
    return book, []


def _other_sheets(
    sheets: Sequence[Sheet], found: Found, told: Sequence[Problem], file: str
) -> Iterator[Problem]:
    names = {item.place.sheet for item in told} | {found.sheet.name}
    for sheet in sheets:
        cells = [
            (row, column, raw)
            for row, line in enumerate(sheet.rows)
            for column, raw in enumerate(line)
            if bare(raw)
        ]
        if cells and sheet.name not in names:
            said = {"sheet": sheet.name, "quote": quoted_cells(cells)}
            yield problem("rows-sheet-unread", Place(file, sheet.name), **said)
