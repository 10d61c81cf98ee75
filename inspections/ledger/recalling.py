"""Takes from the ledger: the visits that count, and the problems of the files that are there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select

from inspections.ledger.bodies.sheets import Owner, Pictures, Sheet
from inspections.ledger.facts import beside, bodies_of, last_body
from inspections.ledger.sheets import (
    FilledSheet,
    SheetWords,
    all_files,
    filled_sheet,
    present_files_by_id,
    present_sheets,
    sheet_bodies,
    sheet_pictures,
    sheet_words,
    value_of,
)
from inspections.ledger.tables import index
from inspections.records.record import Observation, Proof, Record, RecordKey, State, Value
from inspections.workbook.form.identity import DIGEST_LENGTH
from inspections.workbook.reading.rows import SheetPlaces
from rubrics.messages.catalogue import CATALOGUE
from rubrics.messages.problems import Place, Problem


def basis(ledger: Engine) -> str:
    """Returns what the latest sweep was read against; empty where there was none."""
    with ledger.connect() as connection:
        last = last_body(connection, "sweep")
        return last.basis if last else ""


def claims(ledger: Engine, school: str | None = None) -> list[Record]:
    """Returns all visits of the latest sweep, or those of one school; several may claim one key.

    They come in the order in which they came in: by the first sweep that met their file, under
    its name or its content, then by name and sheet.
    """
    with ledger.connect() as connection:
        held = [one for one in present_sheets(connection, school) if one.dated]
        since = first_met(connection)
        held.sort(key=lambda one: min(since[one.file], since[one.digest]))
        made = records_of(connection, held)
    return [made[one.id] for one in held if one.id in made]


def records_of(connection: Connection, held: list[FilledSheet]) -> dict[int, Record]:
    """Returns the visits that sheets make, by the sheets' ids."""
    ids = [one.id for one in held]
    words = dict(sheet_words(connection, ids))
    pictures = {id: (body, names) for id, body, names in sheet_pictures(connection, ids)}
    of_file = {one.id: one for one in held}
    return {
        id: _record(of_file[id], body, words[id], _proofs(of_file[id].file, pictures.get(id)))
        for id, body in sheet_bodies(connection, ids)
        if id in words
    }


def _record(
    held: FilledSheet, sheet: Sheet, words: SheetWords, beside: Mapping[str, list[Proof]]
) -> Record:
    return Record(
        RecordKey(sheet.school, sheet.rubric, sheet.occasion, sheet.inspector),
        sheet.version,
        date.fromisoformat(sheet.day),
        words.inspectors,
        tuple(_observation(held.file, sheet.sheet, one, words, beside) for one in sheet.owners),
        datetime.fromisoformat(sheet.arrived) if sheet.arrived else None,
        datetime.fromisoformat(sheet.left) if sheet.left else None,
        words.companion,
        held.file,
        sheet.sheet,
        held.digest,
    )


def _observation(
    file: str, sheet: str, one: Owner, words: SheetWords, beside: Mapping[str, list[Proof]]
) -> Observation:
    return Observation(
        one.owner,
        State(one.state),
        _values(one, words),
        words.fault(one.owner),
        words.evidence(one.owner),
        words.remark(one.owner),
        words.reason(one.owner),
        SheetPlaces(file, sheet, words.cells.get(one.owner, {})),
        proof=tuple(beside.get(one.owner, ())),
    )


def _values(one: Owner, words: SheetWords) -> dict[str, Value]:
    values = {}
    for slot, held in one.values.items():
        value = words.value(one.owner, slot) if held is None else value_of(held)
        if value is not None:
            values[slot] = value
    return values


def _proofs(file: str, shown: tuple[Pictures, Mapping[str, str]] | None) -> dict[str, list[Proof]]:
    found: dict[str, list[Proof]] = defaultdict(list)
    if shown is not None:
        body, names = shown
        for number, (owner, part, digest, at) in enumerate(body.pictures):
            taken = datetime.fromisoformat(at) if at else None
            name = names.get(str(number), "")
            found[owner].append(Proof(name, file, digest, part, True, taken))
    return found


def first_met(connection: Connection) -> dict[str, int]:
    """Returns the first sweep that met a file, by its name and by its digest.

    A name that was met hands its place on to all contents that have stood under it.
    """
    first: dict[int, int] = {}
    for sweep, body, _ in bodies_of(connection, "sweep"):
        for file in body.files:
            first.setdefault(file, sweep)
    files = all_files(connection)
    met: dict[str, int] = {}
    for id, sweep in first.items():
        name, _ = files[id]
        met[name] = min(sweep, met.get(name, sweep))
    for id in first:
        name, digest = files[id]
        met[digest] = min(met[name], met.get(digest, met[name]))
    return met


def sheets(ledger: Engine) -> list[FilledSheet]:
    """Returns every filled sheet of the latest sweep by file, dated or not."""
    return present_sheets(ledger)


def lost_sheets(ledger: Engine) -> list[FilledSheet]:
    """Returns the latest sheet of every record that once counted, whose file is there no more.

    Neither its name, nor its content, nor another file with the same record, nor a correction.
    """
    with ledger.connect() as connection:
        files = all_files(connection)
        here = present_files_by_id(connection)
        names, digests = ({file[at] for file in here.values()} for at in (0, 1))
        met = {id for _, body, _ in bodies_of(connection, "sweep") for id in body.files}
        gone = {
            id
            for id, (name, digest) in files.items()
            if id in met and name not in names and digest not in digests
        }
        rows = connection.execute(
            select(index).where(index.c.kind == "sheet").order_by(index.c.fact)
        )
        once = [filled_sheet(row, *files[row.parent]) for row in rows if row.parent in gone]
        now = present_sheets(connection)
    found = {item.key: item for item in once}
    keys = {item.key for item in now}
    corrected = {beginning for item in now for beginning in item.corrects}
    return [
        item
        for key, item in found.items()
        if item.dated and key not in keys and item.digest[:DIGEST_LENGTH] not in corrected
    ]


def stored_problems(ledger: Engine) -> list[Problem]:
    """Returns the problems of the files in the latest sweep, by file, in the order of reading."""
    with ledger.connect() as connection:
        files = present_files_by_id(connection)
        by_name = sorted(files, key=lambda id: (files[id][0], id))
        told = {id: (body, texts) for id, body, texts in beside(connection, "problems", by_name)}
    found = []
    for id in by_name:
        body, texts = told.get(id, (None, {}))
        for number, (_, code) in enumerate(body.problems if body else ()):
            # A later version may have given a code another name.
            if code in CATALOGUE and (said := texts.get(str(number))):
                sheet, cell, params = json.loads(said)
                place = Place(files[id][0], sheet, cell)
                found.append(Problem(place, code, tuple(params.items())))
    return found


def known_files(ledger: Engine) -> dict[str, str]:
    """Returns the digest of every file that was ever met, as it was met last, by its name."""
    with ledger.connect() as connection:
        met = {name: digest for name, digest in all_files(connection).values() if name}
    return met | present_files(ledger)


def present_files(ledger: Engine) -> dict[str, str]:
    """Returns the digest of every file of the latest sweep, by its name."""
    with ledger.connect() as connection:
        return dict(sorted(present_files_by_id(connection).values()))
