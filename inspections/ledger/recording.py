"""Adds to the ledger: files as they were read, and which of them were there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, select

from inspections.ledger.chain import Act, By, Row, act, compact, next_id
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
from inspections.records.entries import shown
from inspections.records.record import Observation, Proof, Record

if TYPE_CHECKING:
    from inspections.workbook.reading.workbook import SheetRecord, WorkbookRecord

Known = dict[tuple[str, str], int]
"""The id of the reading of every (file, digest)."""


def already_read(ledger: Engine, basis: str) -> Known:
    """Returns the files that have been read against ``basis``."""
    with ledger.connect() as connection:
        return _known(connection, basis)


def _known(connection: Connection, basis: str) -> Known:
    wanted = select(readings.c.file, readings.c.digest, readings.c.id)
    rows = connection.execute(wanted.where(readings.c.basis == basis))
    return {(file, digest): id for file, digest, id in rows}


def record(ledger: Engine, basis: str, read: Iterable[WorkbookRecord], by: By) -> None:
    """Adds what was read, in one act. Files that the ledger knows are not added again."""
    with act(ledger, "read", by) as doing:
        known = _known(doing.connection, basis)
        new = {(item.file, item.digest): item for item in read}
        _add(doing, basis, [item for key, item in new.items() if key not in known])


def last_sweep(ledger: Engine) -> int:
    """Returns the number of the latest sweep; 0 where there was none."""
    with ledger.connect() as connection:
        return next_id(connection, sweeps) - 1


def sweep(ledger: Engine, basis: str, there: Iterable[tuple[str, str]], since: int, by: By) -> bool:
    """Adds that these (file, digest), all of them known, were there.

    A sweep that finds what the last one found is not added, so that to collect twice changes
    nothing. Returns False, and adds nothing, where another sweep came after the one numbered
    ``since``: whoever made it may have seen files that came later.
    """
    with act(ledger, "sweep", by) as doing:
        if next_id(doing.connection, sweeps) - 1 != since:
            return False
        known = _known(doing.connection, basis)
        found = sorted(known[key] for key in set(there))
        if found != _last_found(doing.connection, basis):
            (number,) = doing.add(sweeps, [{"basis": basis}])
            doing.add(present, [{"sweep": number, "reading": id} for id in found])
    return True


def _last_found(connection: Connection, basis: str) -> list[int] | None:
    last = connection.execute(select(sweeps).order_by(sweeps.c.id.desc()).limit(1)).one_or_none()
    if last is None or last.basis != basis:
        return None
    rows = connection.execute(select(present.c.reading).where(present.c.sweep == last.id))
    return sorted(rows.scalars())


def _add(doing: Act, basis: str, read: list[WorkbookRecord]) -> None:
    read_ids = doing.add(
        readings, ({"file": item.file, "digest": item.digest, "basis": basis} for item in read)
    )
    held = list(zip(read_ids, read, strict=True))
    made = [(reading, sheet) for reading, item in held for sheet in item.sheets]
    sheet_ids = doing.add(
        records, ({"reading": reading, **_sheet(sheet)} for reading, sheet in made)
    )
    seen: list[Row] = []
    typed: list[Row] = []
    for id, (_, sheet) in zip(sheet_ids, made, strict=True):
        observed = sheet.visit.observations if sheet.visit else ()
        seen += ({"record": id, **_observation(one)} for one in observed)
        typed += ({"record": id, **row} for row in _entries(sheet, observed))
    shown_in = (
        {"record": id, "owner": one.owner, **_picture(proof)}
        for id, (_, sheet) in zip(sheet_ids, made, strict=True)
        for one in (sheet.visit.observations if sheet.visit else ())
        for proof in one.proof
    )
    doing.add(observations, seen)
    doing.add(pictures, shown_in)
    doing.add(entries, typed)
    doing.add(
        problems,
        (
            {
                "reading": reading,
                "severity": one.severity.value,
                "code": one.code,
                "sheet": one.place.sheet,
                "cell": one.place.cell,
                "params": compact(dict(one.params)),
            }
            for reading, item in held
            for one in item.problems
        ),
    )


def _sheet(made: SheetRecord) -> Row:
    row: dict[str, str | int] = {
        "sheet": made.name,
        "school": made.key.school,
        "rubric": made.key.rubric,
        "occasion": made.key.occasion,
        "inspector": made.key.inspector,
        "corrects": compact(made.corrects),
    }
    return row | _visit(made.visit)


def _visit(visit: Record | None) -> dict[str, str | int]:
    if visit is None:
        return {"inspectors": "[]"}
    return {
        "version": visit.version,
        "day": visit.day.isoformat(),
        "arrived": visit.arrived.isoformat() if visit.arrived else "",
        "left": visit.left.isoformat() if visit.left else "",
        "companion": visit.companion,
        "inspectors": compact(visit.inspectors),
    }


def _observation(one: Observation) -> Row:
    cells = {key: one.places[key].cell for key in one.places}
    return {
        "owner": one.owner,
        "state": one.state.value,
        "fault": one.fault,
        "evidence": compact(one.evidence),
        "remark": one.remark,
        "reason": one.reason,
        "cells": compact(cells),
    }


def _picture(proof: Proof) -> dict[str, str | int]:
    taken = proof.taken.isoformat() if proof.taken else ""
    return {"name": proof.name, "part": proof.part, "contents": proof.digest, "taken": taken}


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
