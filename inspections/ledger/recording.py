"""Adds to the ledger: files as they were read, and which of them were there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies.files import File, Sweep
from inspections.ledger.chain import Act, By, act
from inspections.ledger.facts import last_body
from inspections.ledger.said import Ready, Said
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
