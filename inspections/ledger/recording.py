"""Adds to the ledger: files as they were read, and which of them were there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies.files import File, Problems, Sweep
from inspections.ledger.bodies.sheets import Layout
from inspections.ledger.chain import Act, By, Said, act, compact
from inspections.ledger.facts import last_body
from inspections.ledger.indexing import layout_digest
from inspections.ledger.tables import index
from inspections.ledger.worded import worded_slots
from inspections.ledger.writing_down import Worded, WrittenSheet, written_sheet
from inspections.workbook.reading.workbook import WorkbookRecord
from rubrics.language.rubric import Rubric

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
        add_files(doing, basis, [item for key, item in new.items() if key not in known], worded)


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


def add_files(
    doing: Act, basis: str, read: list[WorkbookRecord], worded: Mapping[str, Worded]
) -> None:
    """Adds files with their sheets and problems; ``worded`` goes by rubric."""
    files = doing.add(
        "file", (Said(File(item.digest, basis), [("name", item.file)]) for item in read)
    )
    written = [
        written_sheet(file, sheet, worded.get(sheet.key.rubric, frozenset()))
        for file, item in zip(files, read, strict=True)
        for sheet in item.sheets
    ]
    _add_sheets(doing, written)
    doing.add(
        "problems",
        (_problems(file, item) for file, item in zip(files, read, strict=True) if item.problems),
    )
    # They come last, so that which of them are new moves no other fact.
    _add_layouts(doing, [item.layout for item in written])


def _add_sheets(doing: Act, written: list[WrittenSheet]) -> None:
    ids = doing.add("sheet", (Said(item.sheet) for item in written))
    doing.add("words", (item.said(id) for id, item in zip(ids, written, strict=True)))
    shown = (item.shown(id) for id, item in zip(ids, written, strict=True))
    doing.add("pictures", (item for item in shown if item is not None))


def _add_layouts(doing: Act, layouts: list[Layout]) -> None:
    known = set(
        doing.connection.execute(select(index.c.digest).where(index.c.kind == "layout")).scalars()
    )
    new = {layout_digest(layout): layout for layout in layouts}
    doing.add("layout", (Said(layout) for digest, layout in new.items() if digest not in known))


def _problems(file: int, item: WorkbookRecord) -> Said:
    body = Problems(file, [(one.severity.value, one.code) for one in item.problems])
    said = ([one.place.sheet, one.place.cell, dict(one.params)] for one in item.problems)
    return Said(body, [(str(number), compact(one)) for number, one in enumerate(said)])
