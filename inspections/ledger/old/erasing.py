"""Erasing in the tables of the first form: rows stay with their digest and say nothing more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set

from sqlalchemy import ColumnElement, Connection, Table, bindparam, inspect, select, update

from inspections.ledger.facts import bodies_of
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
    readings,
    records,
    sweeps,
    texts,
    versions,
)

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
    for _, body, _ in bodies_of(connection, "erasure"):
        for table, ids in body.old.items():
            found.setdefault(table, set()).update(ids)
    return found


def rows_of_school(connection: Connection, school: str, names: Set[str]) -> Erased:
    """Returns the rows that say something of a school, which is called one of ``names``."""
    ours = select(records.c.id).where(records.c.school == school)
    held = select(records.c.reading).where(records.c.school == school)
    others = select(records.c.reading).where(records.c.school != school)
    same = (records.c.sheet == problems.c.sheet) & (records.c.reading == problems.c.reading)
    told = problems.c.reading.in_(held) & problems.c.reading.not_in(others)
    told |= select(records.c.id).where(same, records.c.school == school).exists()
    wanted: dict[Table, ColumnElement[bool]] = {
        readings: readings.c.id.in_(held),
        records: records.c.school == school,
        observations: observations.c.record.in_(ours),
        entries: entries.c.record.in_(ours),
        pictures: pictures.c.record.in_(ours),
        finds: finds.c.school == school,
        problems: told,
        versions: versions.c.kind.in_(("school", "plan")) & (versions.c.name == school),
        decisions: decisions.c.school == school,
    }
    found = {
        name_then(table): set(connection.execute(select(table.c.id).where(where)).scalars())
        for table, where in wanted.items()
    }
    rows = connection.execute(select(published.c.id, published.c.file))
    found["published"] = {id for id, file in rows if any(name in file for name in names)}
    return found


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
