"""Takes from the ledger: the visits that count, and the problems of the files that are there."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, Table, func, select

from inspections.ledger.tables import (
    entries,
    observations,
    present,
    problems,
    readings,
    records,
    sweeps,
)
from inspections.visit import Observation, State, Value, Visit, VisitKey
from inspections.workbook.row_reading import SheetPlaces
from rubrics.catalogue import CATALOGUE
from rubrics.problems import Place, Problem


def basis(ledger: Engine) -> str:
    """Returns what the latest sweep was read against; empty where there was none."""
    last = select(sweeps.c.basis).order_by(sweeps.c.id.desc()).limit(1)
    with ledger.connect() as connection:
        return connection.execute(last).scalar_one_or_none() or ""


def claims(ledger: Engine) -> list[Visit]:
    """Returns all visits of the latest sweep by file and sheet; several may claim one key."""
    with ledger.connect() as connection:
        values = _values(connection)
        seen = _observations(connection)
        rows = connection.execute(_latest(records).order_by(readings.c.file, records.c.id))
        return [
            Visit(
                VisitKey(row.school, row.rubric, row.occasion, row.inspector),
                row.version,
                date.fromisoformat(row.day),
                tuple(json.loads(row.inspectors)),
                tuple(_observation(row, one, values) for one in seen[row.id]),
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


class FilledSheet(NamedTuple):
    """A sheet that somebody filled; it makes a visit where it is ``dated``."""

    key: VisitKey
    file: str
    sheet: str
    digest: str
    corrects: tuple[str, ...]
    dated: bool


def sheets(ledger: Engine) -> list[FilledSheet]:
    """Returns every filled sheet of the latest sweep by file, dated or not."""
    with ledger.connect() as connection:
        rows = connection.execute(_latest(records).order_by(readings.c.file, records.c.id))
        return [
            FilledSheet(
                VisitKey(row.school, row.rubric, row.occasion, row.inspector),
                row.file,
                row.sheet,
                row.digest,
                tuple(json.loads(row.corrects)),
                bool(row.day),
            )
            for row in rows
        ]


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


def _observation(record: Row[Any], one: Row[Any], values: Values) -> Observation:
    return Observation(
        one.owner,
        State(one.state),
        dict(values[one.record][one.owner]),
        one.fault,
        tuple(json.loads(one.evidence)),
        one.remark,
        one.reason,
        SheetPlaces(record.file, record.sheet, json.loads(one.cells)),
    )
