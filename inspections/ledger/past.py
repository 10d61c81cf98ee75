"""All that the ledger ever read of a school: every version of every record, and who added it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies.sheets import Owner
from inspections.ledger.chain import acts_by_id
from inspections.ledger.computers import contributing
from inspections.ledger.sheets import (
    NO_WORDS,
    FilledSheet,
    SheetWords,
    all_files,
    filled_sheet,
    held_files,
    sheet_bodies,
    sheet_words,
    typed_raw,
)
from inspections.ledger.tables import acts, facts, index
from inspections.records.record import RecordKey, State

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
        held = _sheets_of(connection, school)
        here = {id for one in contributing(connection) for id in one.sweep.files}
        ids = [one.id for one in held]
        files = {one.file_id for one in held}
        wanted = select(facts.c.id, facts.c.act).where(facts.c.id.in_(files))
        act_of = dict(connection.execute(wanted).all())
        by_id = acts_by_id(connection)
        words = dict(sheet_words(connection, ids))
        bodies = dict(sheet_bodies(connection, ids))
    found: dict[tuple[RecordKey, str, str, str], Version] = {}
    for one in held:
        told = (one.key, one.file, one.sheet, one.digest)
        first = found.get(told)
        act = by_id[act_of[one.file_id]]
        typed: Cells = {}
        if one.id in words:
            cells = typed_raw(bodies[one.id], words[one.id])
            typed = {(owner, slot): raw for owner, slot, raw, cell in cells if cell}
        found[told] = Version(
            *told,
            one.day,
            first.act if first else act.id,
            first.at if first else act.at,
            first.who if first else act.who,
            one.file_id in here,
            typed,
            {
                owner.owner: _state(owner, words.get(one.id, NO_WORDS))
                for owner in bodies[one.id].owners
            },
        )
    order = {key: number for number, key in enumerate(dict.fromkeys(v.key for v in found.values()))}
    return sorted(found.values(), key=lambda one: (order[one.key], one.act))


def _state(owner: Owner, words: SheetWords) -> str:
    """The state of an owner; where it is checked by another entry than its own, by which."""
    by = words.reason(owner.owner) if owner.state == State.CHECKED else ""
    return f"{owner.state}（{by}）" if by else owner.state


def _sheets_of(connection: Connection, school: str) -> list[FilledSheet]:
    """Every sheet of a school that was ever read, in the order of reading."""
    apart = {(one.own_name, one.digest): one.name for one in held_files(connection).values()}
    files = {id: (apart.get(file, file[0]), file[1]) for id, file in all_files(connection).items()}
    wanted = select(index).where(index.c.kind == "sheet", index.c.school == school)
    rows = connection.execute(wanted.order_by(index.c.fact))
    return [filled_sheet(row, *files[row.parent]) for row in rows if row.parent in files]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: ``counts`` is how much it added, by kind of fact.

    Of a sweep, a look, published files or an erasure: how much these list.
    """

    act: int
    kind: str
    at: str
    who: str
    why: str
    counts: dict[str, int]
    digest: str


def diary(ledger: Engine) -> list[Entry]:
    """Returns every act in the order in which they were done."""
    with ledger.connect() as connection:
        counts: dict[int, dict[str, int]] = defaultdict(dict)
        summed = select(facts.c.act, index.c.kind, func.sum(index.c.count))
        joined = summed.join(index, index.c.fact == facts.c.id)
        grouped = joined.group_by(facts.c.act, index.c.kind)
        for act, kind, count in connection.execute(grouped.order_by(facts.c.act, index.c.kind)):
            counts[act][kind] = int(count)
        return [
            Entry(row.id, row.kind, row.at, row.who, row.why, counts[row.id], row.digest)
            for row in connection.execute(select(acts).order_by(acts.c.id))
        ]
