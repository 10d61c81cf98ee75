"""Adds to the ledger: files as they were read, and which of them were there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies.files import File, Problems, Sweep
from inspections.ledger.bodies.sheets import Layout
from inspections.ledger.chain import Act, By, Said, act, compact
from inspections.ledger.facts import last_body
from inspections.ledger.indexing import layout_digest
from inspections.ledger.tables import index
from inspections.ledger.worded import worded_slots
from inspections.ledger.writing_down import Worded, WrittenSheet, written_sheet
from rubrics.language.rubric import Rubric

if TYPE_CHECKING:
    from inspections.workbook.reading.workbook import SheetRecord, WorkbookRecord

Known = dict[tuple[str, str], int]
"""The fact of every (file, digest)."""


def already_read(ledger: Engine, basis: str) -> Known:
    """Returns the files that have been read against ``basis``."""
    with ledger.connect() as connection:
        return _known(connection, basis)


def _known(connection: Connection, basis: str) -> Known:
    wanted = select(index.c.name, index.c.digest, index.c.fact)
    of_files = wanted.where(index.c.kind == "file", index.c.basis == basis)
    return {(file, digest): id for file, digest, id in connection.execute(of_files)}


def record(
    ledger: Engine,
    basis: str,
    read: Iterable[WorkbookRecord],
    by: By,
    rubrics: Mapping[str, Rubric],
) -> None:
    """Adds what was read, in one act. Files that the ledger knows are not added again.

    ``rubrics`` tell which values can be erased as words are.
    """
    worded = {id: worded_slots(rubric) for id, rubric in rubrics.items()}
    with act(ledger, "read", by) as doing:
        known = _known(doing.connection, basis)
        new = {(item.file, item.digest): item for item in read}
        _add(doing, basis, [item for key, item in new.items() if key not in known], worded)


def last_sweep(ledger: Engine) -> int:
    """Returns the number of the latest sweep; 0 where there was none."""
    with ledger.connect() as connection:
        return last_of(connection, "sweep")


def last_of(connection: Connection, kind: str) -> int:
    """Returns the latest fact of a kind; 0 where there is none."""
    last = select(func.max(index.c.fact)).where(index.c.kind == kind)
    return connection.execute(last).scalar_one_or_none() or 0


def sweep(ledger: Engine, basis: str, there: Iterable[tuple[str, str]], since: int, by: By) -> bool:
    """Adds that these (file, digest), all of them known, were there.

    A sweep that finds what the last one found is not added, so that to collect twice changes
    nothing. Returns False, and adds nothing, where another sweep came after the one numbered
    ``since``: whoever made it may have seen files that came later.
    """
    with act(ledger, "sweep", by) as doing:
        if last_of(doing.connection, "sweep") != since:
            return False
        known = _known(doing.connection, basis)
        found = Sweep(basis, sorted(known[key] for key in set(there)))
        if found != last_body(doing.connection, "sweep"):
            doing.add("sweep", [Said(found)])
    return True


def _add(doing: Act, basis: str, read: list[WorkbookRecord], worded: Mapping[str, Worded]) -> None:
    told = (
        [
            ProblemSaid(
                one.severity.value,
                one.code,
                compact([one.place.sheet, one.place.cell, dict(one.params)]),
            )
            for one in item.problems
        ]
        for item in read
    )
    files = [
        FileSaid(item.file, item.digest, basis, item.sheets, problems)
        for item, problems in zip(read, told, strict=True)
    ]
    add_files(doing, files, worded)


class ProblemSaid(NamedTuple):
    """``told``: sheet, cell and params as JSON; None where that was erased."""

    severity: str
    code: str
    told: str | None


class FileSaid(NamedTuple):
    """What is to be written down of one file. ``name`` is empty where it was erased."""

    name: str
    digest: str
    basis: str
    sheets: Sequence[SheetRecord]
    problems: Sequence[ProblemSaid]


def add_files(doing: Act, files: list[FileSaid], worded: Mapping[str, Worded]) -> list[int]:
    """Adds files with their sheets and problems; returns the facts of the files.

    ``worded`` goes by rubric; of an unknown one all texts can be erased as words are.
    """
    ids = doing.add(
        "file", (Said(File(item.digest, item.basis), [("name", item.name)]) for item in files)
    )
    written = [
        written_sheet(id, sheet, worded.get(sheet.key.rubric))
        for id, item in zip(ids, files, strict=True)
        for sheet in item.sheets
    ]
    _add_sheets(doing, written)
    doing.add(
        "problems",
        (problems(id, item) for id, item in zip(ids, files, strict=True) if item.problems),
    )
    _add_layouts(doing, [item.layout for item in written])
    return ids


def problems(file: int, item: FileSaid) -> Said:
    """Returns what the fact of a file's problems says."""
    body = Problems(file, [(one.severity, one.code) for one in item.problems])
    told = ((str(number), one.told) for number, one in enumerate(item.problems))
    return Said(body, [(number, text) for number, text in told if text is not None])


def _add_sheets(doing: Act, written: list[WrittenSheet]) -> None:
    ids = doing.add("sheet", (Said(item.sheet) for item in written))
    doing.add("words", (item.said(id) for id, item in zip(ids, written, strict=True)))
    shown = (item.shown(id) for id, item in zip(ids, written, strict=True))
    doing.add("pictures", (item for item in shown if item is not None))


def _add_layouts(doing: Act, layouts: list[Layout]) -> None:
    of_layouts = select(index.c.digest).where(index.c.kind == "layout")
    known = set(doing.connection.execute(of_layouts).scalars())
    new = {layout_digest(layout): layout for layout in layouts}
    doing.add("layout", (Said(layout) for digest, layout in new.items() if digest not in known))
