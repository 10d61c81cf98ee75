"""What was verified of a ledger, remembered, so that it need not be followed whole every time.

A file is as this program left it while its size, times, number and the head of the database are
the same: SQLite counts every change there, whoever makes it. On a shared database the system
columns of the rows tell: a row that was changed or put back has a later transaction than any that
was verified. What is remembered is no truth. Where it is lost, or was made on another computer or
in a copy of the folder, the chain is followed from its first act.
"""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec import DecodeError, Struct, json
from sqlalchemy import URL, Connection, Engine, select, text

from inspections.ledger.chain import FIRST, last_act
from inspections.ledger.guarding import place
from inspections.ledger.tables import acts, facts, index
from inspections.round.folder import Folder
from rubrics.messages.output import write_whole

FILE: Final = "verified.json"
"""In the folder of what is derived."""

_FORM: Final = 1
_HEADER: Final = 100
"""Bytes of SQLite's header, the counter of changes among them."""


class VerifiedBefore(Struct, frozen=True):
    """How far a ledger was verified: acts, facts, and the digest of the last act.

    ``marks``: what tells that nothing of it has changed since; ``home``: where it was.
    """

    home: list[str | int]
    ledger: str
    marks: list[int | str]
    acts: int
    facts: int
    head: str


class Bookmark:
    """Where the verified part of one round's ledger ends, on this computer."""

    def __init__(self, folder: Folder, url: URL, name: str) -> None:
        self._path = folder.derived / FILE
        self._root = folder.root
        self._file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self._ledger = f"{url.render_as_string(hide_password=True)} {name}"

    def read(self) -> VerifiedBefore | None:
        """Returns what is remembered of this ledger in this folder."""
        try:
            held = json.decode(self._path.read_bytes(), type=VerifiedBefore)
        except (OSError, DecodeError):
            return None
        here = (held.home, held.ledger) == (_home(self._root), self._ledger)
        return held if here else None

    def stands(self, ledger: Engine, held: VerifiedBefore) -> bool:
        """Whether all that was verified is still as it was; later acts may have come."""
        if self._file is not None:
            return held.marks == self._marks()
        with ledger.connect() as connection:
            head = _head(connection, held.acts)
            return head == held.head and held.marks == _rows(connection, held.acts, held.facts)

    def keep(self, ledger: Engine) -> None:
        """Remembers that everything was verified, up to the last act of now.

        Where that cannot be written, all is verified again next time.
        """
        with ledger.connect() as connection:
            last = last_act(connection)
            number, head = (last.id, last.digest) if last else (0, FIRST)
            count = last.first + last.count - 1 if last else 0
            marks = self._marks() if self._file else _rows(connection, number, count)
        told = VerifiedBefore(_home(self._root), self._ledger, marks, number, count, head)
        with contextlib.suppress(OSError):
            write_whole(self._path, json.encode(told))

    @contextlib.contextmanager
    def moving_on(self) -> Iterator[_Open]:
        """Follows what this program writes into a file that was as it had been verified."""
        before, held = self._marks(), self.read()
        at = _Open(held.marks == before if held else not before)
        yield at
        if self._file and at.ledger and at.believed and self._marks() != before:
            self.keep(at.ledger)

    def _marks(self) -> list[int | str]:
        """What shows every change of the file; empty where there is none."""
        if self._file is None:
            return []
        try:
            with self._file.open("rb") as file:
                header, held = file.read(_HEADER), os.fstat(file.fileno())
        except OSError:
            return []
        if not held.st_size:
            return []
        times = (held.st_size, held.st_mtime_ns, held.st_ctime_ns, held.st_ino)
        return [*times, header.hex()]


@dataclass(slots=True)
class _Open:
    """A ledger while it is open; None until then. ``believed``: it was as it had been verified."""

    believed: bool
    ledger: Engine | None = None


def _home(root: Path) -> list[str | int]:
    return [_FORM, platform.node(), str(root.resolve()), root.stat().st_ino]


def _head(connection: Connection, number: int) -> str:
    wanted = select(acts.c.digest).where(acts.c.id == number)
    return connection.execute(wanted).scalar_one_or_none() or FIRST


def _rows(connection: Connection, last_act_id: int, last_fact: int) -> list[int | str]:
    """How many rows of a shared database there are to here, and the latest that wrote one."""
    found: list[int | str] = []
    for id, last in ((acts.c.id, last_act_id), (facts.c.id, last_fact), (index.c.fact, last_fact)):
        table = place(connection, id.table.name)
        said = f"SELECT count(*), coalesce(max(xmin::text::bigint), 0) FROM {table}"
        found += connection.execute(text(f"{said} WHERE {id.name} <= :last"), {"last": last}).one()
    return found
