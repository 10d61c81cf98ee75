"""Erasing what the ledger holds of a school or a person, without breaking the chain.

Rows stay, with their digest, and say nothing any more: their texts and their salt are blanked. The
act that did it says which rows, who, when and why, so that the chain can still be followed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    Text,
    bindparam,
    func,
    or_,
    select,
    update,
)

from inspections.ledger.chain import By, act, compact
from inspections.ledger.opening import guard, unguard
from inspections.ledger.tables import (
    decisions,
    entries,
    erasures,
    finds,
    looks,
    lying,
    observations,
    pictures,
    present,
    problems,
    published,
    readings,
    records,
    sweeps,
    versions,
)

NOTHING = {"evidence": "[]", "cells": "{}", "inspectors": "[]", "corrects": "[]", "params": "{}"}
"""What a column of JSON says when it says nothing."""

_MUTE = frozenset({"basis", "severity", "code", "verdict", "kind", "flaw", "digest_of_row"})
"""Columns that say nothing of anybody."""

_TELLING = (
    readings,
    records,
    observations,
    entries,
    pictures,
    problems,
    finds,
    versions,
    decisions,
    published,
)

Rows: TypeAlias = dict[Table, set[int]]
"""Ids of rows, by table."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows were blanked; or, where none were, the files that have to go first."""

    rows: int
    files: tuple[str, ...] = ()


def erased_rows(connection: Connection) -> dict[str, set[int]]:
    """Returns the ids of the rows that were blanked, by table."""
    found: dict[str, set[int]] = {}
    for row in connection.execute(select(erasures)):
        found.setdefault(row.place, set()).update(json.loads(row.ids))
    return found


def erased_files(ledger: Engine) -> set[str]:
    """Returns the digests of files whose content was erased."""
    with ledger.connect() as connection:
        ids = erased_rows(connection).get(readings.name, set())
        wanted = select(readings.c.digest).where(readings.c.id.in_(ids))
        return set(connection.execute(wanted).scalars())


def erase_school(ledger: Engine, school: str, by: By) -> Erased:
    """Blanks all that the ledger holds of a school. Its files must have gone from ``returned/``."""

    def find(connection: Connection) -> Rows:
        ours = select(records.c.id).where(records.c.school == school)
        held = select(records.c.reading).where(records.c.school == school)
        others = select(records.c.reading).where(records.c.school != school)
        sheets = records.c.sheet == problems.c.sheet
        sheets &= records.c.reading == problems.c.reading
        told = problems.c.reading.in_(held) & problems.c.reading.not_in(others)
        told |= select(records.c.id).where(sheets, records.c.school == school).exists()
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
        name = _school_name(connection, school)
        if name:
            wanted[published] = published.c.file.contains(name, autoescape=True)
        return {table: _ids(connection, table, where) for table, where in wanted.items()}

    return _erase(ledger, by, find)


def erase_words(ledger: Engine, words: Iterable[str], by: By) -> Erased:
    """Blanks every row in which one of ``words`` stands: a person's name, say.

    What others found stays. Files in which they stand must have gone from ``returned/``.
    """
    wanted = [word for word in words if word]

    def find(connection: Connection) -> Rows:
        found: Rows = {}
        for table in _TELLING:
            matches = [
                table.c[name].contains(word, autoescape=True)
                for name in texts(table)
                for word in wanted
            ]
            found[table] = _ids(connection, table, or_(*matches))
        return found

    return _erase(ledger, by, find)


def _school_name(connection: Connection, school: str) -> str:
    own = (versions.c.kind == "school") & (versions.c.name == school)
    wanted = select(versions.c.content).where(own).order_by(versions.c.id.desc()).limit(1)
    content = connection.execute(wanted).scalar_one_or_none()
    return json.loads(content)[1] if content else ""


def _erase(ledger: Engine, by: By, find: Callable[[Connection], Rows]) -> Erased:
    with act(ledger, "erase", by) as doing:
        connection = doing.connection
        gone = erased_rows(connection)
        found = {
            table: ids - gone.get(table.name, set()) for table, ids in find(connection).items()
        }
        if files := _still_there(connection, found):
            return Erased(0, files)
        for table, ids in found.items():
            _blank(connection, table, ids)
        guard(connection)
        rows = [
            {"place": table.name, "ids": compact(sorted(ids))}
            for table, ids in found.items()
            if ids
        ]
        doing.add(erasures, rows)
    return Erased(sum(map(len, found.values())))


def _still_there(connection: Connection, found: Rows) -> tuple[str, ...]:
    """The files of the latest sweep in which something of it stands."""
    held = set(found.get(readings, ()))
    of_records = set(found.get(records, ()))
    for table in (observations, entries, pictures):
        of_records |= _column(connection, table, "record", found.get(table, set()))
    held |= _column(connection, records, "reading", of_records)
    held |= _column(connection, problems, "reading", found.get(problems, set()))
    last = select(func.max(sweeps.c.id)).scalar_subquery()
    here = select(present.c.reading).where(present.c.sweep == last)
    names = select(readings.c.id, readings.c.file).where(readings.c.id.in_(here))
    files = {row.file for row in connection.execute(names) if row.id in held}
    found_last = lying.c.look == select(func.max(looks.c.id)).scalar_subquery()
    lie = select(finds.c.id, finds.c.path).join(lying, lying.c.find == finds.c.id)
    rows = connection.execute(lie.where(found_last))
    files |= {row.path for row in rows if row.id in found.get(finds, ())}
    return tuple(sorted(files))


def _column(connection: Connection, table: Table, name: str, ids: set[int]) -> set[int]:
    rows = connection.execute(select(table.c.id, table.c[name]))
    return {value for id, value in rows if id in ids} if ids else set()


def _ids(connection: Connection, table: Table, where: ColumnElement[bool]) -> set[int]:
    return set(connection.execute(select(table.c.id).where(where)).scalars())


def texts(table: Table) -> list[str]:
    """Returns the columns that erasing blanks."""
    return [
        column.name
        for column in table.c
        if isinstance(column.type, Text)
        and column.name not in _MUTE
        and not (table in (readings, published) and column.name == "digest")
    ]


def _blank(connection: Connection, table: Table, ids: set[int]) -> None:
    if not ids:
        return
    unguard(connection, table)
    nothing = {name: NOTHING.get(name, "") for name in texts(table)}
    statement = update(table).where(table.c.id == bindparam("row")).values(nothing)
    connection.execute(statement, [{"row": id} for id in sorted(ids)])
