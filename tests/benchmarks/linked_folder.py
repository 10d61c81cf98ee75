"""The folder of a linked round: settings, rosters, and a ledger that holds all of its sheets.

The sheets are written into the ledger as reading processes hand them over; that the workbooks
themselves were read is left out, as every command but ``collect`` leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from openpyxl import Workbook

from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.recording import last_sweep, record, sweep
from inspections.ledger.versions import keep_versions
from inspections.ledger.writing_down import WrittenFile, written_file
from inspections.records.record import Observation, Record, State
from inspections.records.record_list import Head
from inspections.records.sheet_places import SheetPlaces
from inspections.round.opened import OpenRound
from inspections.round.round import Round
from inspections.round.starting import start_round
from inspections.workbook.form.layout import HEAD, Column, SheetLayout, sheet_layout
from inspections.workbook.reading.workbook_record import SheetRecord, TypedCell, WorkbookRecord
from rubrics.files.writing import dump_yaml
from rubrics.messages.problems import has_errors
from tests.benchmarks.linked_round import LinkedRound, linked_round

_BY = By("", "")
_BATCH = 500
_NOTES = {
    "state": Column.STATE,
    "fault": Column.FAULT,
    "evidence": Column.EVIDENCE,
    "remark": Column.REMARK,
    "at_once": Column.AT_ONCE,
}


def linked_folder(root: Path, schools: int, inspectors: int, *, stock: bool = False) -> OpenRound:
    """Makes the round of ``linked_round`` in ``root``, of which nothing is there yet."""
    made = linked_round(root, schools, inspectors, stock=stock)
    beside = root.with_name(f"{root.name}.rosters")
    beside.mkdir(parents=True)
    opened, problems = start_round(root, _settings(made, beside), *_rosters(made, beside))
    assert opened is not None and not has_errors(problems), problems
    with ledger_of(opened) as ledger:
        keep_versions(ledger, opened, _BY)
        files = _files(made)
        there: list[tuple[str, str]] = []
        while batch := list(islice(files, _BATCH)):
            record(ledger, opened.basis, batch, _BY)
            there += ((one.name, one.digest) for one in batch)
        assert sweep(ledger, opened.basis, there, last_sweep(ledger), _BY)
    return opened


def _settings(made: LinkedRound, beside: Path) -> Round:
    """Those of the round, its rubric being a file."""
    (rubric,) = made.opened.rubrics.values()
    path = beside / f"{rubric.id}.yaml"
    path.write_text(dump_yaml(rubric), encoding="utf-8")
    return made.opened.round.model_copy(update={"rubrics": (str(path),)})


def _rosters(made: LinkedRound, beside: Path) -> Iterator[Path]:
    roster = made.opened.roster
    schools = [[one.id, one.name, str(one.traits["学段"])] for one in roster.schools.values()]
    yield _table(beside / "学校名册.xlsx", [["学校代码", "学校名称", "学段"], *schools])
    people = [[one.id, one.name, one.office, one.team] for one in roster.inspectors.values()]
    yield _table(beside / "督学名册.xlsx", [["督学代码", "姓名", "单位", "检查组"], *people])


def _table(path: Path, rows: Iterable[list[str]]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def _files(made: LinkedRound) -> Iterator[WrittenFile]:
    """Yields every sheet, in a workbook of its own, as a reading process hands it over."""
    schools, (rubric,) = made.opened.roster.schools, made.opened.rubrics.values()
    layouts: dict[str, SheetLayout] = {}
    for place, head in enumerate(made.records.heads):
        school = schools[head.key.school]
        layout = layouts.setdefault(repr(school.traits), sheet_layout(rubric, school.traits))
        seen = made.records.record(place)
        whole = replace(seen, observations=tuple(_placed(seen, head, layout)))
        name = made.opened.roster.inspectors[head.key.inspector].name
        typed = (*_typed_head(whole, name), *_typed(whole))
        sheet = SheetRecord(head.sheet, head.key, whole, typed)
        book = WorkbookRecord(f"returned/{head.file}", head.digest, (sheet,), ())
        yield written_file(book, {rubric.id: frozenset()})


def _placed(seen: Record, head: Head, layout: SheetLayout) -> Iterator[Observation]:
    for block in layout.blocks:
        first, own = block.first, seen.observation(block.owner)
        if first.kind == "inapplicable" or own is None:
            yield Observation(block.owner, State.INAPPLICABLE)
            continue
        cells = {name: column.at(first.number) for name, column in _NOTES.items()}
        cells |= {row.slot.key: Column.ENTRY.at(row.number) for row in block.slot_rows if row.slot}
        yield replace(own, places=SheetPlaces(f"returned/{head.file}", head.sheet, cells))


def _typed_head(seen: Record, name: str) -> Iterator[TypedCell]:
    said = {"填表督学": name, "检查日期": str(seen.day)}
    said |= {
        label: f"{at:%H:%M}"
        for label, at in (("到校时间", seen.arrived), ("离校时间", seen.left))
        if at
    }
    yield from (TypedCell("", label, raw, HEAD[label].cell) for label, raw in said.items())


def _typed(seen: Record) -> Iterator[TypedCell]:
    for own in seen.observations:
        for key, value in own.values.items():
            yield TypedCell(own.owner, key, str(value), own.places[key].cell)
        if own.fault:
            yield TypedCell(own.owner, "fault", own.fault, own.places["fault"].cell)
