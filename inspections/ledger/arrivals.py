"""Which of several sheets came in first, and which was withdrawn for a later one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from inspections.ledger.computers import gone_into
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
    name, or on another computer, it does not go before that.
    """
    sheets = list(held)
    with ledger.connect() as connection:
        arrivals = _arrivals(connection)
    keys: defaultdict[str, set[RecordKey]] = defaultdict(set)
    for one in sheets:
        keys[one.digest].add(one.key)

    def place(one: FilledSheet) -> tuple[bool, int]:
        later = arrivals.replaced_by(one.digest)
        withdrawn = any(one.key in keys[digest] for digest in later)
        return withdrawn, arrivals.first[one.digest]

    return sorted(sheets, key=place)


_Spot = tuple[str, str]
"""A computer, and the name of a file there."""


@dataclass(frozen=True, slots=True)
class _Arrivals:
    """``first``: the first sweep that met a digest, or what stood before in its place. ``last``:
    the latest digest in a place. ``spots``: where a digest was met.
    """

    first: dict[str, int]
    last: dict[_Spot, str]
    spots: defaultdict[str, set[_Spot]]

    def replaced_by(self, digest: str) -> set[str]:
        """The contents that took the place of one."""
        return {self.last[spot] for spot in self.spots[digest]} - {digest}


def _arrivals(connection: Connection) -> _Arrivals:
    files = all_files(connection)
    same = gone_into(connection)
    met: dict[tuple[str, int], int] = {}
    last: dict[_Spot, str] = {}
    for sweep, body, _ in bodies_of(connection, "sweep"):
        computer = same.get(body.computer, body.computer)
        for file in body.files:
            met.setdefault((computer, file), sweep)
            name, digest = files[file]
            last[computer, name] = digest
    begun: dict[_Spot, int] = {}
    spots: defaultdict[str, set[_Spot]] = defaultdict(set)
    for (computer, file), sweep in met.items():
        name, digest = files[file]
        spot = computer, name
        spots[digest].add(spot)
        begun[spot] = min(sweep, begun.get(spot, sweep))
    first = {digest: min(begun[spot] for spot in found) for digest, found in spots.items()}
    return _Arrivals(first, last, spots)
