"""Writes anew what a returned workbook says, where its own format cannot be edited (.xls .ods)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from python_calamine import CalamineWorkbook

from inspections.records.entries import shown
from inspections.round.opened import OpenRound
from inspections.round.table import blank, code, row_and_column
from inspections.workbook.drawing.writing import Workbooks, sheet_names
from inspections.workbook.form.contents import RowEntry, SheetEntries, SheetSpec, Typed
from inspections.workbook.form.feedback import bare_identity
from inspections.workbook.form.identity import Identity, genuine
from inspections.workbook.form.layout import HEAD, HEADER_ROW, Column, Row, SheetLayout
from inspections.workbook.reading.as_shown import is_percent
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.confirming import confirming_rows
from inspections.workbook.reading.feedback import paper_of
from inspections.workbook.reading.head import CELLS
from inspections.workbook.reading.packed import ZIPPED
from inspections.workbook.reading.recognising import find_identity
from inspections.workbook.reading.standard import Standard, by_the_standard
from inspections.workbook.reading.xlsx_facts import read_facts
from rubrics.messages.problems import Place, Problem
from rubrics.tables.seconds import time_to_second, to_second
from rubrics.values.conditions import holds
from rubrics.values.points import plain

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class CopiedOut:
    """A new .xlsx, the problems where they are in it, and what the old file corrected itself."""

    data: bytes
    problems: tuple[Problem, ...]
    corrects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    rows: Rows
    spec: SheetSpec
    layout: SheetLayout
    corrects: tuple[str, ...]


def copied_out(
    data: bytes, opened: OpenRound, workbooks: Workbooks, problems: Iterable[Problem]
) -> CopiedOut | None:
    """Returns a new .xlsx with the entries of ``data``.

    None where no sheet of it belongs to the round. An entry that cannot be read is left blank.
    """
    package = (
        by_the_standard(data)
        if data.startswith(ZIPPED) and not _is_document(data)
        else Standard(data, data)
    )
    facts = read_facts(package.data)
    # Without its format or letters struck through, such a cell would say what it never showed.
    other = {(it.place.sheet, it.place.cell) for it in problems if it.code == "entry-shown"}
    with CalamineWorkbook.from_filelike(io.BytesIO(package.readable)) as book:
        sheets = list(_sheets(book, opened, workbooks, facts, other))
    if not sheets:
        return None
    specs = [sheet.spec for sheet in sheets]
    made = workbooks.data(specs)
    names = sheet_names(specs, opened.rubrics)
    moved = {sheet.title: (name, sheet) for name, sheet in zip(names, sheets, strict=True)}
    placed = tuple(replace(item, place=_place(item.place, moved)) for item in problems)
    corrects = dict.fromkeys(digest for sheet in sheets for digest in sheet.corrects)
    return CopiedOut(made, placed, tuple(corrects))


def _is_document(data: bytes) -> bool:
    """Whether a package is an OpenDocument file: its first part says so, unpacked."""
    return b"opendocument" in data[:200]


def _sheets(
    book: CalamineWorkbook,
    opened: OpenRound,
    workbooks: Workbooks,
    facts: CellFacts,
    other: Set[tuple[str, str]],
) -> Iterator[_Sheet]:
    seen: set[Identity] = set()
    tables: dict[str, Rows] = {
        title: book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        for title in book.sheet_names
    }
    papers = [found for it in tables.items() if (found := paper_of(*it)) and found.page == 1]
    typed = {it.owner: {cell.key: _words(cell.raw) for cell in it.typed} for it in reversed(papers)}
    for title, rows in tables.items():
        identity, in_place = find_identity(rows)
        if identity is None or not in_place or identity in seen:
            continue
        seen.add(identity)
        rubric = opened.rubrics.get(identity.rubric)
        school = opened.roster.schools.get(identity.school)
        if rubric is None or school is None or not holds(rubric.when, school.traits):
            continue
        if (identity.round, identity.version) != (opened.round.id, rubric.version):
            continue
        if not genuine(identity, opened.round.key):  # a copy would be given the seal it lacks
            continue
        inspector = opened.roster.inspectors.get(identity.inspector)
        spec = SheetSpec(school, rubric.id, identity.occasion, identity.team, inspector)
        layout = workbooks.form(spec).layout
        left_out = {row_and_column(cell) for sheet, cell in other if sheet == title}
        rows = [
            ["" if (at, column) in left_out else raw for column, raw in enumerate(row)]
            for at, row in enumerate(rows)
        ]
        shown_as = {
            at
            for number, row in enumerate(rows, 1)
            if len(row) > Column.ENTRY
            and is_percent(facts, title, at := Column.ENTRY.at(number), row[Column.ENTRY])
        }
        entries = _entries(rows, layout, shown_as)
        paper = typed.get(bare_identity(identity), {})
        spec = replace(spec, entries=replace(entries, feedback=paper))
        yield _Sheet(title, rows, spec, layout, identity.corrects)


def _entries(rows: Rows, layout: SheetLayout, percents: Set[str]) -> SheetEntries:
    head: dict[str, Typed] = {}
    for label, item in HEAD.items():
        row, column = CELLS[label]
        raw = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
        if item.entry and not blank(raw):
            head[label] = _typed(raw, item.entry)
    entries: dict[str, RowEntry] = {}
    for row, address in _addresses(rows, layout).items():
        cells = rows[row - 1]
        known = layout.by_address[address]
        noted = (Column.STATE, Column.FAULT, Column.EVIDENCE, Column.REMARK, Column.AT_ONCE)
        state, *notes = (_words(cells[at]) if at < len(cells) else "" for at in noted)
        raw = cells[Column.ENTRY]
        if isinstance(raw, float) and Column.ENTRY.at(row) in percents:
            # An office program made 0.9 of a typed 90%.
            raw = f"{plain(Decimal(str(raw)) * 100)}%"
        value = _value(raw, known)
        if not (blank(value) and blank("".join([state, *notes]))):
            entries.setdefault(address, RowEntry(value, state, *notes))
    sections = {
        section: _value(rows[at][Column.ENTRY], layout.sections[section])
        for section, at in confirming_rows(rows, layout.sections).items()
        if not blank(rows[at][Column.ENTRY])
    }
    return SheetEntries(head, entries, sections=sections)


def _addresses(rows: Rows, layout: SheetLayout) -> dict[int, str]:
    """Row number -> the address that stands in it."""
    return {
        number: address
        for number, row in enumerate(rows, 1)
        if number > HEADER_ROW and (address := code(row[0])) in layout.by_address
    }


def _words(raw: object) -> str:
    return "" if blank(raw) else raw if isinstance(raw, str) else shown(raw)


def _value(raw: object, row: Row) -> Typed:
    if blank(raw):
        return None
    return _typed(raw, row.slot.entry if row.slot else "")


def _typed(raw: object, entry: str) -> Typed:
    """What stands in the new cell: as typed, as far as the cell's format shows it as typed."""
    match raw:
        case bool():
            return shown(raw)
        case float() if raw.is_integer():
            return int(raw)
        case int() | float() | str():
            return raw
        case time() if entry == "time":
            return time_to_second(raw)
        case datetime() if entry == "date":
            return to_second(raw).date()
        case date() if entry == "date":
            return raw
    return shown(raw)


def _place(place: Place, moved: Mapping[str, tuple[str, _Sheet]]) -> Place:
    """Where something stands in the new workbook; its sheet, or nothing, where it has no place."""
    if place.sheet not in moved:
        return Place(place.file)
    name, sheet = moved[place.sheet]
    letters = place.cell.rstrip("0123456789")
    number = int(place.cell[len(letters) :] or 0)
    if number > HEADER_ROW:
        address = _addresses(sheet.rows, sheet.layout).get(number)
        sections = confirming_rows(sheet.rows, sheet.layout.sections)
        headed = [section for section, at in sections.items() if at + 1 == number]
        row = sheet.layout.by_address[address] if address else None
        row = sheet.layout.sections[headed[0]] if headed else row
        number = row.number if row else 0
    return Place(place.file, name, f"{letters}{number}" if number else "")
