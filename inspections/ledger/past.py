"""All that the ledger ever read of a school: every version of every record, and who added it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from inspections.ledger.chain import acts_of
from inspections.ledger.tables import (
    acts,
    entries,
    observations,
    present,
    readings,
    records,
    sweeps,
)
from inspections.records.record import RecordKey

Cells = dict[tuple[str, str], str]
"""What was typed, by (owner, slot); the owner is empty in the head."""


@dataclass(frozen=True, slots=True)
class Version:
    """One record as one file had it. ``here``: the file was there at the latest sweep.

    ``act``, ``at``, ``who``: what added it. ``states`` go by owner.
    """

    key: RecordKey
    file: str
    sheet: str
    digest: str
    day: str
    act: int
    at: str
    who: str
    here: bool
    typed: Cells
    states: dict[str, str]


def versions_of(ledger: Engine, school: str) -> list[Version]:
    """Returns the versions of a school's records by key, in the order in which they came.

    A file that was read again because round, rosters or rubrics had changed comes once, as it was
    read last.
    """
    with ledger.connect() as connection:
        added = acts_of(connection, readings)
        last = select(func.max(sweeps.c.id)).scalar_subquery()
        here = set(
            connection.execute(select(present.c.reading).where(present.c.sweep == last)).scalars()
        )
        of_school = select(records.c.id).where(records.c.school == school)
        typed: dict[int, Cells] = defaultdict(dict)
        for row in connection.execute(select(entries).where(entries.c.record.in_(of_school))):
            if row.cell:
                typed[row.record][row.owner, row.slot] = row.raw
        states: dict[int, dict[str, str]] = defaultdict(dict)
        seen = select(observations).where(observations.c.record.in_(of_school))
        for row in connection.execute(seen):
            states[row.record][row.owner] = row.state
        rows = connection.execute(
            select(records, readings.c.file, readings.c.digest)
            .join(readings, records.c.reading == readings.c.id)
            .where(records.c.school == school)
            .order_by(records.c.id)
        ).all()
    found: dict[tuple[RecordKey, str, str, str], Version] = {}
    for row in rows:
        key = RecordKey(row.school, row.rubric, row.occasion, row.inspector)
        told = (key, row.file, row.sheet, row.digest)
        first = found.get(told)
        act = added[row.reading]
        found[told] = Version(
            *told,
            row.day,
            first.act if first else act.id,
            first.at if first else act.at,
            first.who if first else act.who,
            row.reading in here,
            typed[row.id],
            states[row.id],
        )
    order = {key: number for number, key in enumerate(dict.fromkeys(v.key for v in found.values()))}
    return sorted(found.values(), key=lambda one: (order[one.key], one.act))


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: ``rows`` is how many rows it added, by table."""

    act: int
    kind: str
    at: str
    who: str
    why: str
    rows: dict[str, int]
    digest: str


def diary(ledger: Engine) -> list[Entry]:
    """Returns every act in the order in which they were done."""
    with ledger.connect() as connection:
        return [
            Entry(
                row.id,
                row.kind,
                row.at,
                row.who,
                row.why,
                {table: count for table, (_, count) in json.loads(row.rows).items()},
                row.digest,
            )
            for row in connection.execute(select(acts).order_by(acts.c.id))
        ]
