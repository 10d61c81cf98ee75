"""Which of several sheets came in first, and which was withdrawn for a later one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from inspections.ledger.facts import bodies_of
from inspections.ledger.sheets import FilledSheet, all_files
from inspections.records.record import RecordKey


def first_read(ledger: Engine) -> dict[str, int]:
    """Returns the first fact of every content that was read, by digest: lower is earlier."""
    with ledger.connect() as connection:
        files = all_files(connection)
    found: dict[str, int] = {}
    for id, (_, digest) in files.items():
        found.setdefault(digest, id)
    return found


def in_order(ledger: Engine, held: Iterable[FilledSheet]) -> list[FilledSheet]:
    """Returns sheets in the order in which they came in, those that were withdrawn last of all.

    By the first sweep that met their file, under its name or its content; else as they stand.
    What a later file of the same name and record took the place of was withdrawn: under another
    name it does not go before that.
    """
    sheets = list(held)
    with ledger.connect() as connection:
        arrivals = _arrivals(connection)
    keys: defaultdict[str, set[RecordKey]] = defaultdict(set)
    for one in sheets:
        keys[one.digest].add(one.key)

    def place(one: FilledSheet) -> tuple[bool, int]:
        later = arrivals.replaced_by(one.digest, without=one.file)
        withdrawn = any(one.key in keys[digest] for digest in later)
        return withdrawn, min(arrivals.first[one.file], arrivals.first[one.digest])

    return sorted(sheets, key=place)


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """``first``: the first sweep that met a name or a digest; a name that was met hands its place
    on to all contents that have stood under it. ``last``: the latest digest under a name.
    ``names`` under which a digest was met.
    """

    first: dict[str, int]
    last: dict[str, str]
    names: defaultdict[str, set[str]]

    def replaced_by(self, digest: str, *, without: str) -> set[str]:
        """The contents that took the place of one, under other names than ``without``."""
        names = self.names[digest] - {without}
        return {self.last[name] for name in names} - {digest}


def _arrivals(connection: Connection) -> _Arrivals:
    files = all_files(connection)
    met: dict[int, int] = {}
    last: dict[str, str] = {}
    names: defaultdict[str, set[str]] = defaultdict(set)
    for sweep, body, _ in bodies_of(connection, "sweep"):
        for file in body.files:
            met.setdefault(file, sweep)
            name, digest = files[file]
            last[name] = digest
    first: dict[str, int] = {}
    for id, sweep in met.items():
        name, digest = files[id]
        names[digest].add(name)
        first[name] = min(sweep, first.get(name, sweep))
    for id in met:
        name, digest = files[id]
        first[digest] = min(first[name], first.get(digest, first[name]))
    return _Arrivals(first, last, names)
