"""Adds to the ledger: files as they were read, and which of them were there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from sqlalchemy import Connection, Engine, Table, func, insert, select

from inspections.entries import shown
from inspections.ledger.tables import (
    entries,
    observations,
    one_row,
    present,
    problems,
    readings,
    records,
    sweeps,
)
from inspections.visit import Observation, Visit
from inspections.workbook.reading import SheetRecord, WorkbookRecord

Row: TypeAlias = dict[str, str | int]


def already_read(ledger: Engine, basis: str) -> dict[tuple[str, str], int]:
    """Returns the id of every (file, digest) that has been read against ``basis``."""
    wanted = select(readings.c.file, readings.c.digest, readings.c.id).where(
        readings.c.basis == basis
    )
    with ledger.connect() as connection:
        return {(file, digest): id for file, digest, id in connection.execute(wanted)}


def record(
    ledger: Engine,
    basis: str,
    there: Iterable[tuple[str, str]],
    read: Iterable[WorkbookRecord],
) -> None:
    """Adds what was read, and the sweep: ``there`` is (file, digest) of all files that were there.

    All in one transaction. Files that the ledger knows are not added again, and a sweep that
    finds what the last one found is not either, so that to collect twice changes nothing.
    """
    known = already_read(ledger, basis)
    with ledger.begin() as connection:
        new = {(item.file, item.digest): item for item in read}
        fresh = [item for key, item in new.items() if key not in known]
        known |= _add(connection, basis, fresh)
        found = sorted(known[key] for key in there)
        if found != _last_sweep(connection, basis):
            sweep = one_row(connection, sweeps, basis=basis)
            _insert(connection, present, ({"sweep": sweep, "reading": id} for id in found))


def _last_sweep(connection: Connection, basis: str) -> list[int] | None:
    last = connection.execute(select(sweeps).order_by(sweeps.c.id.desc()).limit(1)).one_or_none()
    if last is None or last.basis != basis:
        return None
    rows = connection.execute(select(present.c.reading).where(present.c.sweep == last.id))
    return sorted(rows.scalars())


def _add(
    connection: Connection, basis: str, read: Iterable[WorkbookRecord]
) -> dict[tuple[str, str], int]:
    ids: dict[tuple[str, str], int] = {}
    reading, sheet = (_next_id(connection, table) for table in (readings, records))
    batches: dict[Table, list[Row]] = {
        table: [] for table in (readings, records, observations, entries, problems)
    }
    for item in read:
        ids[item.file, item.digest] = reading
        batches[readings].append(
            {"id": reading, "file": item.file, "digest": item.digest, "basis": basis}
        )
        for made in item.sheets:
            batches[records].append({"id": sheet, "reading": reading, **_sheet(made)})
            seen = made.visit.observations if made.visit else ()
            batches[observations] += ({"record": sheet, **_observation(one)} for one in seen)
            batches[entries] += ({"record": sheet, **row} for row in _entries(made, seen))
            sheet += 1
        batches[problems] += (
            {
                "reading": reading,
                "severity": one.severity.value,
                "code": one.code,
                "sheet": one.place.sheet,
                "cell": one.place.cell,
                "params": _json(dict(one.params)),
            }
            for one in item.problems
        )
        reading += 1
    for table, rows in batches.items():
        _insert(connection, table, rows)
    return ids


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    rows = list(rows)
    if rows:
        connection.execute(insert(table), rows)


def _next_id(connection: Connection, table: Table) -> int:
    last = connection.execute(select(func.max(table.c.id))).scalar_one_or_none()
    return (last or 0) + 1


def _sheet(made: SheetRecord) -> Row:
    row: Row = {
        "sheet": made.name,
        "school": made.key.school,
        "rubric": made.key.rubric,
        "occasion": made.key.occasion,
        "inspector": made.key.inspector,
        "corrects": _json(made.corrects),
    }
    return row | _visit(made.visit)


def _visit(visit: Visit | None) -> Row:
    if visit is None:
        blank: Row = dict.fromkeys(("version", "day", "arrived", "left", "companion"), "")
        return blank | {"inspectors": "[]"}
    return {
        "version": visit.version,
        "day": visit.day.isoformat(),
        "arrived": visit.arrived.isoformat() if visit.arrived else "",
        "left": visit.left.isoformat() if visit.left else "",
        "companion": visit.companion,
        "inspectors": _json(visit.inspectors),
    }


def _observation(one: Observation) -> Row:
    cells = {key: one.places[key].cell for key in one.places}
    return {
        "owner": one.owner,
        "state": one.state.value,
        "fault": one.fault,
        "evidence": _json(one.evidence),
        "remark": one.remark,
        "reason": one.reason,
        "cells": _json(cells),
    }


def _entries(made: SheetRecord, seen: Iterable[Observation]) -> Iterator[Row]:
    """What was typed, with the value that it has; and values that follow from a blank."""
    values = {(one.owner, slot): value for one in seen for slot, value in one.values.items()}
    for owner, slot, raw, cell in made.typed:
        text = raw if isinstance(raw, str) else shown(raw)
        yield _entry(owner, slot, cell, text, values.pop((owner, slot), None))
    for (owner, slot), value in values.items():
        yield _entry(owner, slot, "", "", value)


def _entry(owner: str, slot: str, cell: str, raw: str, value: Decimal | str | None) -> Row:
    kind = "" if value is None else "number" if isinstance(value, Decimal) else "text"
    return {
        "owner": owner,
        "slot": slot,
        "cell": cell,
        "raw": raw,
        "kind": kind,
        "value": "" if value is None else str(value),
    }


def _json(value: Mapping[str, str] | tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
