"""Takes from the ledger: the visits that count, and the problems of the files that are there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, Table, func, select

from inspections.ledger.tables import (
    entries,
    observations,
    pictures,
    present,
    problems,
    readings,
    records,
    sweeps,
)
from inspections.records.record import Observation, Proof, Record, RecordKey, State, Value
from inspections.records.sheet_places import SheetPlaces
from inspections.workbook.form.identity import DIGEST_LENGTH
from rubrics.messages.catalogue import CATALOGUE
from rubrics.messages.problems import Place, Problem


def basis(ledger: Engine) -> str:
    """Returns what the latest sweep was read against; empty where there was none."""
    last = select(sweeps.c.basis).order_by(sweeps.c.id.desc()).limit(1)
    with ledger.connect() as connection:
        return connection.execute(last).scalar_one_or_none() or ""


def claims(ledger: Engine) -> list[Record]:
    """Returns all visits of the latest sweep; several may claim one key.

    They come in the order in which they came in: by the first sweep that met their file, under
    its name or its content, then by name and sheet.
    """
    with ledger.connect() as connection:
        values = _values(connection)
        seen = _observations(connection)
        beside = _pictures(connection)
        since = _since(connection)
        rows = connection.execute(_latest(records).order_by(readings.c.file, records.c.id)).all()
        rows = sorted(rows, key=lambda row: min(since[row.file], since[row.digest]))
        return [
            Record(
                RecordKey(row.school, row.rubric, row.occasion, row.inspector),
                row.version,
                date.fromisoformat(row.day),
                tuple(json.loads(row.inspectors)),
                tuple(_observation(row, one, values, beside) for one in seen[row.id]),
                datetime.fromisoformat(row.arrived) if row.arrived else None,
                datetime.fromisoformat(row.left) if row.left else None,
                row.companion,
                row.file,
                row.sheet,
                row.digest,
            )
            for row in rows
            if row.day
        ]


def _since(connection: Connection) -> dict[str, int]:
    """The first sweep that met a file, by its name and by its digest.

    A name that was met hands its place on to all contents that have stood under it.
    """
    first = func.min(present.c.sweep)
    wanted = select(readings.c.file, readings.c.digest, first)
    wanted = wanted.join(present, present.c.reading == readings.c.id)
    rows = connection.execute(wanted.group_by(readings.c.file, readings.c.digest)).all()
    met: dict[str, int] = {}
    for file, _, sweep in rows:
        met[file] = min(sweep, met.get(file, sweep))
    for file, digest, _ in rows:
        met[digest] = min(met[file], met.get(digest, met[file]))
    return met


class FilledSheet(NamedTuple):
    """A sheet that somebody filled; it makes a visit where it is ``dated``."""

    key: RecordKey
    file: str
    sheet: str
    digest: str
    corrects: tuple[str, ...]
    dated: bool


def sheets(ledger: Engine) -> list[FilledSheet]:
    """Returns every filled sheet of the latest sweep by file, dated or not."""
    with ledger.connect() as connection:
        rows = connection.execute(_latest(records).order_by(readings.c.file, records.c.id))
        return [_filled(row) for row in rows]


def lost_sheets(ledger: Engine) -> list[FilledSheet]:
    """Returns the latest sheet of every record that once counted, whose file is there no more.

    Neither its name, nor its content, nor another file with the same record, nor a correction.
    """
    with ledger.connect() as connection:
        last = select(func.max(sweeps.c.id)).scalar_subquery()
        here = select(present.c.reading).where(present.c.sweep == last)
        there = readings.alias()
        names, digests = (
            select(there.c[name]).where(there.c.id.in_(here)) for name in ("file", "digest")
        )
        once = (
            select(records, readings.c.file, readings.c.digest)
            .join(readings, records.c.reading == readings.c.id)
            .where(readings.c.file.not_in(names), readings.c.digest.not_in(digests))
            .where(readings.c.id.in_(select(present.c.reading)))
            .order_by(records.c.id)
        )
        found = {item.key: item for row in connection.execute(once) for item in [_filled(row)]}
        now = [_filled(row) for row in connection.execute(_latest(records))]
    keys = {item.key for item in now}
    corrected = {beginning for item in now for beginning in item.corrects}
    return [
        item
        for key, item in found.items()
        if item.dated and key not in keys and item.digest[:DIGEST_LENGTH] not in corrected
    ]


def _filled(row: Row[Any]) -> FilledSheet:
    return FilledSheet(
        RecordKey(row.school, row.rubric, row.occasion, row.inspector),
        row.file,
        row.sheet,
        row.digest,
        tuple(json.loads(row.corrects or "[]")),
        bool(row.day),
    )


def stored_problems(ledger: Engine) -> list[Problem]:
    """Returns the problems of the files in the latest sweep, by file, in the order of reading."""
    with ledger.connect() as connection:
        rows = connection.execute(_latest(problems).order_by(readings.c.file, problems.c.id))
        return [
            Problem(
                Place(row.file, row.sheet, row.cell),
                row.code,
                tuple(json.loads(row.params).items()),
            )
            for row in rows
            # A later version may have given a code another name.
            if row.code in CATALOGUE
        ]


def _latest(table: Table) -> Select[Any]:
    """Rows of ``table`` that belong to files of the latest sweep, with the file and its digest."""
    last = select(func.max(sweeps.c.id)).scalar_subquery()
    return (
        select(table, readings.c.file, readings.c.digest)
        .join(readings, table.c.reading == readings.c.id)
        .join(present, present.c.reading == readings.c.id)
        .where(present.c.sweep == last)
    )


def _of_latest(table: Table) -> ColumnElement[bool]:
    """Whether a row of ``table`` belongs to a record of the latest sweep."""
    return table.c.record.in_(_latest(records).with_only_columns(records.c.id))


Values = dict[int, dict[str, dict[str, Value]]]


def _values(connection: Connection) -> Values:
    found: Values = defaultdict(lambda: defaultdict(dict))
    columns = (entries.c[name] for name in ("record", "owner", "slot", "kind", "value"))
    wanted = select(*columns).where(entries.c.kind != "", _of_latest(entries))
    for record, owner, slot, kind, value in connection.execute(wanted):
        found[record][owner][slot] = Decimal(value) if kind == "number" else value
    return found


def _observations(connection: Connection) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    wanted = select(observations).where(_of_latest(observations)).order_by(observations.c.id)
    for row in connection.execute(wanted):
        found[row.record].append(row)
    return found


def _pictures(connection: Connection) -> dict[tuple[int, str], list[Row[Any]]]:
    found: dict[tuple[int, str], list[Row[Any]]] = defaultdict(list)
    wanted = select(pictures).where(_of_latest(pictures)).order_by(pictures.c.id)
    for row in connection.execute(wanted):
        found[row.record, row.owner].append(row)
    return found


def _proof(file: str, row: Row[Any]) -> Proof:
    taken = datetime.fromisoformat(row.taken) if row.taken else None
    return Proof(row.name, file, row.contents, row.part, True, taken)


def _observation(
    record: Row[Any],
    one: Row[Any],
    values: Values,
    beside: Mapping[tuple[int, str], Sequence[Row[Any]]],
) -> Observation:
    return Observation(
        one.owner,
        State(one.state),
        dict(values[one.record][one.owner]),
        one.fault,
        tuple(json.loads(one.evidence)),
        one.remark,
        one.reason,
        SheetPlaces(record.file, record.sheet, json.loads(one.cells)),
        proof=tuple(_proof(record.file, row) for row in beside.get((record.id, one.owner), ())),
    )


def known_files(ledger: Engine) -> dict[str, str]:
    """Returns the digest of every file that was ever met, as it was met last, by its name."""
    with ledger.connect() as connection:
        wanted = select(readings.c.file, readings.c.digest).order_by(readings.c.id)
        met = {row.file: row.digest for row in connection.execute(wanted) if row.file}
    return met | present_files(ledger)


def present_files(ledger: Engine) -> dict[str, str]:
    """Returns the digest of every file of the latest sweep, by its name."""
    last = select(func.max(sweeps.c.id)).scalar_subquery()
    wanted = (
        select(readings.c.file, readings.c.digest)
        .join(present, present.c.reading == readings.c.id)
        .where(present.c.sweep == last)
        .order_by(readings.c.file)
    )
    with ledger.connect() as connection:
        return {row.file: row.digest for row in connection.execute(wanted)}
