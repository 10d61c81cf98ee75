"""Adds to the ledger: files as they were read, and which of them were there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace
from sqlalchemy import Connection, Engine, select

from inspections.ledger.bodies.files import File, Sweep
from inspections.ledger.bodies.office import Released
from inspections.ledger.chain import Act, By, act
from inspections.ledger.computers import ALONE, Looking, computer_of, last_sweep_of
from inspections.ledger.said import Ready, Said
from inspections.ledger.sheets import all_files
from inspections.ledger.tables import index
from inspections.ledger.writing_down import WrittenFile, WrittenSheet

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


def record(ledger: Engine, basis: str, read: Iterable[WrittenFile], by: By) -> None:
    """Adds what was read, in one act. Files that the ledger knows are not added again."""
    with act(ledger, "read", by) as doing:
        known = _known(doing.connection, basis)
        new = {(item.name, item.digest): item for item in read}
        left = [item for key, item in new.items() if key not in known]
        add_files(doing, left, [basis] * len(left))


def last_sweep(ledger: Engine, computer: str = "") -> int:
    """Returns the number of a computer's latest sweep; 0 where there was none."""
    with ledger.connect() as connection:
        return computer_of(connection, computer).sweep


def sweep(
    ledger: Engine,
    basis: str,
    there: Iterable[tuple[str, str]],
    since: int,
    by: By,
    looking: Looking = ALONE,
) -> bool:
    """Adds that these (file, digest), all of them known, were there.

    A sweep that finds what the computer's last one found is not added, so that to collect twice
    changes nothing. Returns False, and adds nothing, where another of its sweeps came after the
    one numbered ``since``: whoever made it may have seen files that came later.
    """
    with act(ledger, "sweep", by) as doing:
        before = computer_of(doing.connection, looking.computer)
        if before.sweep != since:
            return False
        known = _known(doing.connection, basis)
        files = sorted(known[key] for key in set(there))
        found = Sweep(basis, files, *looking)
        last = last_sweep_of(doing.connection, looking.computer)
        if last is None or before.released or replace(found, turn=last.turn) != last:
            doing.add("sweep", [Said(found)])
        if looking.computer and _was_unnamed(doing.connection, set(there)):
            doing.add("released", [Said(Released("", looking.computer))])
    return True


def _was_unnamed(connection: Connection, there: set[tuple[str, str]]) -> bool:
    """Whether this computer made the last sweep from before computers were told apart.

    That is taken for so where more than half of what it found is here.
    """
    before, last = computer_of(connection, ""), last_sweep_of(connection, "")
    if last is None or before.released:
        return False
    files = all_files(connection)
    here = sum(files[id] in there for id in last.files)
    return 2 * here > len(last.files) or not last.files


def add_files(doing: Act, files: Sequence[WrittenFile], bases: Sequence[str]) -> list[int]:
    """Adds files with their sheets and problems; returns the facts of the files."""
    ids = doing.add(
        "file",
        (
            Said(File(item.digest, basis), [("name", item.name)])
            for item, basis in zip(files, bases, strict=True)
        ),
    )
    held = list(zip(ids, files, strict=True))
    _add_sheets(doing, [(id, sheet) for id, item in held for sheet in item.sheets])
    told = (item.problems.beside(id) for id, item in held if item.problems)
    doing.add_ready("problems", told)
    # They come last, so that which of them are new moves no other fact.
    _add_layouts(doing, [sheet.layout for item in files for sheet in item.sheets])
    return ids


def _add_sheets(doing: Act, written: list[tuple[int, WrittenSheet]]) -> None:
    ids = doing.add_ready("sheet", (item.values.beside(file) for file, item in written))
    held = [(id, item) for id, (_, item) in zip(ids, written, strict=True)]
    doing.add_ready("words", (item.words.beside(id) for id, item in held))
    shown = (item.pictures.beside(id) for id, item in held if item.pictures)
    doing.add_ready("pictures", shown)


def _add_layouts(doing: Act, layouts: list[Ready]) -> None:
    of_layouts = select(index.c.digest).where(index.c.kind == "layout")
    known = set(doing.connection.execute(of_layouts).scalars())
    new = {layout.found["digest"]: layout for layout in layouts}
    doing.add_ready("layout", (layout for digest, layout in new.items() if digest not in known))
