"""Erasing in the tables of the first form: rows stay with their digest and say nothing more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set

from sqlalchemy import ColumnElement, Connection, Table, bindparam, inspect, select, update

from inspections.ledger.facts import erasure_bodies
from inspections.ledger.guarding import guard, schema_of, unguard
from inspections.ledger.old.tables import (
    NOTHING,
    TABLES,
    Erased,
    acts,
    decisions,
    entries,
    erasures,
    finds,
    looks,
    lying,
    name_then,
    observations,
    pictures,
    present,
    problems,
    published,
    records,
    sweeps,
    texts,
    versions,
)
from inspections.ledger.tables import index

_SILENT = (acts, sweeps, present, looks, lying, erasures)
"""Tables that say nothing of anybody."""


def has_first_form(connection: Connection) -> bool:
    """Returns whether the ledger once had the first form: its tables are there still."""
    return inspect(connection).has_table(acts.name, schema_of(connection.engine))


def erased_then(connection: Connection) -> Erased:
    """Returns the rows that were blanked while the ledger had its first form."""
    found: Erased = {}
    for row in connection.execute(select(erasures)):
        found.setdefault(row.place, set()).update(json.loads(row.ids))
    return found


def erased_since(connection: Connection) -> Erased:
    """Returns the rows that were blanked after it had been left behind."""
    found: Erased = {}
    for body in erasure_bodies(connection):
        for table, ids in body.old.items():
            found.setdefault(table, set()).update(ids)
    return found


def rows_of_school(connection: Connection, school: str, names: Set[str]) -> Erased:
    """Returns the rows that say something of a school, which is called one of ``names``."""
    ours = _records_of(connection, school)
    rows = connection.execute(select(records.c.id, records.c.reading)).all()
    readings_of: dict[int, int] = dict(rows)
    held = {reading for id, reading in readings_of.items() if id in ours}
    others = {reading for id, reading in readings_of.items() if id not in ours}
    sheets = {(reading, ours[id]) for id, reading in readings_of.items() if id in ours}
    told = select(problems.c.id, problems.c.reading, problems.c.sheet)
    written = select(published.c.id, published.c.file)
    found = {
        "readings": held,
        "records": set(ours),
        "problems": {
            id
            for id, reading, sheet in connection.execute(told)
            if reading in held - others or (reading, sheet) in sheets
        },
        "published": {
            id for id, file in connection.execute(written) if any(name in file for name in names)
        },
    }
    for table in (observations, entries, pictures):
        of_records = connection.execute(select(table.c.id, table.c.record))
        found[name_then(table)] = {id for id, record in of_records if record in ours}
    wanted: dict[Table, ColumnElement[bool]] = {
        finds: finds.c.school == school,
        versions: versions.c.kind.in_(("school", "plan")) & (versions.c.name == school),
        decisions: decisions.c.school == school,
    }
    for table, where in wanted.items():
        rows_there = connection.execute(select(table.c.id).where(where)).scalars()
        found[name_then(table)] = set(rows_there)
    return found


def _records_of(connection: Connection, school: str) -> dict[int, str]:
    """Records of a school, with the names of their sheets.

    The facts know them even where a row says no more whose it was: records became sheets one by
    one, in order.
    """
    sheets = select(index.c.school, index.c.name).where(index.c.kind == "sheet")
    ordered = connection.execute(sheets.order_by(index.c.fact)).all()
    ids = connection.execute(select(records.c.id).order_by(records.c.id)).scalars().all()
    return {id: row.name for id, row in zip(ids, ordered, strict=False) if row.school == school}


def rows_saying(connection: Connection, words: Iterable[str]) -> Erased:
    """Returns the rows in which one of ``words`` (casefolded) stands."""
    words = list(words)
    found: Erased = {}
    for name, table in TABLES.items():
        if table in _SILENT:
            continue
        said = select(table.c.id, *(table.c[column] for column in texts(table)))
        found[name] = {
            row[0]
            for row in connection.execute(said)
            if any(word in text.casefold() for text in row[1:] for word in words)
        }
    return found


def blank_rows(connection: Connection, wanted: Mapping[str, Set[int]]) -> dict[str, list[int]]:
    """Blanks rows that are not blank yet; returns their ids by the name that their table had."""
    gone: dict[str, list[int]] = {}
    before = (erased_then(connection), erased_since(connection))
    for name, ids in wanted.items():
        fresh = sorted(ids - before[0].get(name, set()) - before[1].get(name, set()))
        if not fresh:
            continue
        gone[name] = fresh
        table = TABLES[name]
        unguard(connection, table.name)
        nothing = {column: NOTHING.get(column, "") for column in texts(table)}
        statement = update(table).where(table.c.id == bindparam("row")).values(nothing)
        connection.execute(statement, [{"row": id} for id in fresh])
        guard(connection, [table])
    return gone
