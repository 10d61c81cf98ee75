"""What was typed on the papers that schools hold: the entries, and whatever else stands there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from inspections.records.entries import read_words
from inspections.round.table import blank, cell, row_and_column
from inspections.workbook.form.feedback import ENTRIES, LAST, PARTS, PLACE_CELL, WORDS, owner_of
from inspections.workbook.form.identity import Identity
from inspections.workbook.form.layout import IDENTITY_CELL
from inspections.workbook.reading.head import Rows
from inspections.workbook.reading.packed import parts_of, unpacked
from inspections.workbook.reading.paper_formulas import altered_formulas
from inspections.workbook.reading.paper_parts import HELD_COLUMNS, held
from inspections.workbook.reading.relations import Package
from inspections.workbook.reading.workbook_record import TypedCell
from rubrics.tables.long_cells import LONGEST

_PLACE: Final = row_and_column(PLACE_CELL)
_CELLS: Final = {label: row_and_column(item.cell) for label, item in ENTRIES.items()}
_LABELS: Final = {
    label: row_and_column(item.label_range.partition(":")[0]) for label, item in ENTRIES.items()
}
_ENTERED: Final = frozenset(item.cell for item in ENTRIES.values())
_SHOWN: Final = len(PARTS)


@dataclass(frozen=True, slots=True)
class Paper:
    """A page as it came back. ``name``: of its sheet; ``page``: 1 or 2.

    ``typed``: the entries; ``beside``: (A1 name, content) of what stands where the paper has
    nothing, or over one of its labels.
    """

    name: str
    owner: Identity
    page: int
    typed: Sequence[TypedCell]
    beside: Sequence[tuple[str, object]]

    @property
    def short(self) -> bool:
        """Whether no entry is longer than a cell may be."""
        return all(len(str(it.raw)) <= LONGEST for it in self.typed)


def paper_of(name: str, rows: Rows) -> Paper | None:
    """Returns the paper that a sheet is; None where it is none. ``rows``: all of its cells."""
    row, column = _PLACE
    found = owner_of(rows[row][column]) if rows and len(rows[row]) > column else None
    at, identity = row_and_column(IDENTITY_CELL)
    if found is None or not blank(rows[at][identity]):  # a visit is never taken for a paper
        return None
    owner, page = found
    typed = list(_typed(name, rows)) if page == 1 else []
    return Paper(name, owner, page, typed, list(_beside(rows, page)))


_STATIC: Final = re.compile(rb'<c r="([%b]\d+)"[^>]*>(?:<v>|<is>)' % HELD_COLUMNS.encode())
"""Cells that hold something and have no formula."""


def overwritten(
    data: bytes,
    papers: Sequence[Paper],
    rows: Mapping[str, Rows],
    read: Collection[str],
    bureau_words: Iterable[str],
) -> dict[str, list[tuple[str, object]]]:
    """Returns, by sheet, (A1 name, content) of what stands where a paper has formulas or words of
    its own; of packages (.xlsx) only.

    ``read``: those papers of whose ``rows`` all cells with formulas are blank; ``bureau_words``:
    what the rubrics and the round put on papers.
    """
    known = _known(tuple(bureau_words))
    own: dict[str, Iterable[tuple[str, str]]]
    own = {name: ((it, "") for it in held(rows[name])) for name in read}
    if len(papers) > len(own):
        own |= _without_formulas(data, {it.name: it.page for it in papers if it.name not in own})
    found: dict[str, list[tuple[str, object]]] = {}
    for paper in papers:
        table = rows[paper.name]
        for name, formula in own.get(paper.name, ()):
            if paper.page == 1 and name in _ENTERED:
                continue
            row, column = row_and_column(name)
            raw = formula or (table[row][column] if row < len(table) else "")
            if not blank(raw) and _bare(str(raw)) not in known:
                found.setdefault(paper.name, []).append((name, raw))
    return found


@lru_cache(8)
def _known(bureau_words: Iterable[str]) -> Set[str]:
    """The same for all workbooks of a round."""
    return frozenset(_bare(text) for text in (*WORDS, *bureau_words))


def _without_formulas(
    data: bytes, pages: Mapping[str, int]
) -> dict[str, Iterable[tuple[str, str]]]:
    """The cells of pages, by the name of their sheet, that hold no formula, or an altered one."""
    with parts_of(data) as parts:
        titles = Package(parts).sheets()
        sheets = {
            title: unpacked(parts.getinfo(part), data)
            for part, title in titles.items()
            if title in pages
        }
    return {
        title: chain(
            ((name.decode(), "") for name in _STATIC.findall(sheet)),
            altered_formulas(sheet, pages[title]).items(),
        )
        for title, sheet in sheets.items()
    }


def _bare(text: str) -> str:
    return "".join(text.split())


def _typed(name: str, rows: Rows) -> Iterator[TypedCell]:
    for label, (row, column) in _CELLS.items():
        raw = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if isinstance(raw, str):
            raw = read_words(raw)
        if not blank(raw):
            yield TypedCell("", label, raw, f"{name}!{cell(row, column)}")


def _beside(rows: Rows, page: int) -> Iterator[tuple[str, object]]:
    """What stands in the blank column, below and beside the paper; labels that say other words."""
    blank_column = _SHOWN
    for at, row in enumerate(rows):
        if row.count("") == len(row):
            continue
        used = range(blank_column, blank_column + 1)
        below = range(_SHOWN) if page == 1 and at >= LAST else ()
        for column in chain(used, range(_PLACE[1] + 1, len(row)), below):
            if column < len(row) and not blank(row[column]):
                yield cell(at, column), row[column]
    for label, (at, column) in _LABELS.items() if page == 1 else ():
        raw = rows[at][column] if at < len(rows) else ""
        if not blank(raw) and "".join(str(raw).split()) != label:
            yield cell(at, column), raw
