"""What stands around the table of a workbook that came back, and is none of what was sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, TypeAlias

from inspections.records.entries import shown
from inspections.row_workbook.book import RowBook
from inspections.row_workbook.finding import Found, bare
from rubrics.messages.outgoing import outgoing
from rubrics.messages.problems import Place, Problem, problem
from rubrics.tables.addresses import cell

Cells: TypeAlias = Sequence[tuple[int, int, object]]
"""Row and column, counted from 0, and content."""

_QUOTED: Final = 3

_NUMBER: Final = re.compile(r"[0-9]+")


def around(
    found: Found, book: RowBook, file: str, read: Collection[int], latest: bool
) -> Iterator[Problem]:
    """Yields rows-column-unread and rows-beside for content that nobody sent and nobody read.

    ``read``: rows (from 0) that are the table's, or lines to sign on; ``latest``: the workbook is
    the one that was sent last, so that its head is known.
    """
    own = set(found.at.values())
    columns: dict[int, list[tuple[int, int, object]]] = {}
    beside: dict[int, list[tuple[int, int, object]]] = {}
    # Since it was sent the counts and days in its head may be others.
    known = {_wording(bare(outgoing(text))) for text in (book.title, *book.lines)}
    for row, line in enumerate(found.sheet.rows):
        for column, raw in enumerate(line):
            if not bare(raw) or (row in read and column in own):
                continue
            if row < found.header:
                head = _wording(bare(raw)) in known or (column == 0 and not latest)
                if not head:
                    beside.setdefault(row, []).append((row, column, raw))
            elif row == found.header:
                if column not in own:
                    columns.setdefault(column, [])
            elif row in read:
                columns.setdefault(column, []).append((row, column, raw))
            else:
                beside.setdefault(row, []).append((row, column, raw))
    for column, cells in columns.items():
        if cells:
            place = Place(file, found.sheet.name, cell(cells[0][0], column))
            header = found.sheet.rows[found.header]
            heading = bare(header[column]) if column < len(header) else ""
            heading = heading or cell(0, column).rstrip("0123456789")
            said = {"heading": heading, "quote": quoted_cells(cells)}
            yield problem("rows-column-unread", place, **said)
    for row, cells in beside.items():
        place = Place(file, found.sheet.name, cell(row, cells[0][1]))
        yield problem("rows-beside", place, quote=quoted_cells(cells))


def _wording(text: str) -> str:
    """What a line says whatever its numbers are."""
    return _NUMBER.sub("0", text)


def quoted_cells(cells: Cells) -> str:
    """Returns the first few contents, and how many there are beyond."""
    told = "".join(f"“{shown(raw)}”" for _, _, raw in cells[:_QUOTED])
    return told if len(cells) <= _QUOTED else f"{told}等 {len(cells)} 格"
