"""Takes from the ledger: the visits that count, and the problems of the files that are there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select

from inspections.ledger.bodies.sheets import Owner, Pictures, Sheet
from inspections.ledger.computers import last_sweep_of
from inspections.ledger.facts import beside, bodies_of
from inspections.ledger.sheets import (
    NO_WORDS,
    Cells,
    FilledSheet,
    SheetWords,
    all_files,
    filled_sheet,
    held_files,
    present_files_by_id,
    present_sheets,
    sheet_bodies,
    sheet_pictures,
    sheet_words,
    value_of,
)
from inspections.ledger.tables import index
from inspections.records.record import Observation, Observations, Proof, Record, State, Value
from inspections.records.sheet_places import SheetPlaces
from inspections.workbook.form.identity import DIGEST_LENGTH
from rubrics.messages.catalogue import CATALOGUE
from rubrics.messages.problems import Place, Problem


def last_basis(ledger: Engine, computer: str = "") -> str:
    """Returns what a computer's latest sweep was read against; empty where there was none."""
    with ledger.connect() as connection:
        last = last_sweep_of(connection, computer)
        return last.basis if last else ""


@dataclass(frozen=True, slots=True)
class SheetParts:
    """One sheet with all that it says; ``owners`` go by their id, ``proofs`` too."""

    sheet: Sheet
    owners: Mapping[str, Owner]
    words: SheetWords
    proofs: Mapping[str, Sequence[Proof]]

    def record(self, held: FilledSheet) -> Record:
        """Returns the record that the sheet makes."""
        sheet, words = self.sheet, self.words
        return Record(
            held.key,
            sheet.version,
            date.fromisoformat(sheet.day),
            words.inspectors,
            Observations(self.owners, lambda owner: self._observation(held, self.owners[owner])),
            datetime.fromisoformat(sheet.arrived) if sheet.arrived else None,
            datetime.fromisoformat(sheet.left) if sheet.left else None,
            words.companion,
            held.file,
            sheet.sheet,
            held.digest,
        )

    def answer(self, owner: str) -> Observation | None:
        """Returns the state, values and reason of an owner: what its points follow from."""
        one = self.owners.get(owner)
        if one is None:
            return None
        reason = "" if one.state == State.CHECKED else self.words.reason(owner)
        return Observation(owner, State(one.state), values_of(one, self.words), reason=reason)

    def _observation(self, held: FilledSheet, one: Owner) -> Observation:
        words = self.words
        return Observation(
            one.owner,
            State(one.state),
            values_of(one, words),
            words.fault(one.owner),
            words.evidence(one.owner),
            words.remark(one.owner),
            words.reason(one.owner),
            SheetPlaces(held.file, held.sheet, words.cells.get(one.owner, {})),
            proof=tuple(self.proofs.get(one.owner, ())),
            at_once=words.at_once(one.owner),
        )


def sheet_parts(
    ledger: Engine | Connection,
    held: Iterable[FilledSheet],
    where: Mapping[str, Cells] | None = None,
) -> dict[int, SheetParts]:
    """Returns what sheets say, by their ids; ``where`` as in ``sheet_words``."""
    if isinstance(ledger, Engine):
        with ledger.connect() as connection:
            return sheet_parts(connection, held, where)
    by_id = {one.id: one for one in held}
    words = dict(sheet_words(ledger, by_id, where))
    pictures = {
        id: pictures_of(by_id[id].file, body, names)
        for id, body, names in sheet_pictures(ledger, by_id)
    }
    return {
        id: SheetParts(
            body,
            {one.owner: one for one in body.owners},
            words.get(id, NO_WORDS),
            pictures.get(id, {}),
        )
        for id, body in sheet_bodies(ledger, by_id)
    }


def values_of(one: Owner, words: SheetWords) -> dict[str, Value]:
    """Returns the values of an owner, those among the words too."""
    values = {}
    for slot, held in one.values.items():
        value = words.value(one.owner, slot) if held is None else value_of(held)
        if value is not None:
            values[slot] = value
    return values


def pictures_of(
    file: str, body: Pictures, names: Mapping[str, str]
) -> dict[str, tuple[Proof, ...]]:
    """Returns the pictures in a workbook as evidence, by owner."""
    found: dict[str, tuple[Proof, ...]] = {}
    for number, (owner, part, digest, at) in enumerate(body.pictures):
        taken = datetime.fromisoformat(at) if at else None
        seen = body.likenesses[number] if body.likenesses else ""
        proof = Proof(names.get(str(number), ""), file, digest, part, True, taken, seen)
        found[owner] = (*found.get(owner, ()), proof)
    return found


def sheets(ledger: Engine) -> list[FilledSheet]:
    """Returns every filled sheet of the latest sweep by file, dated or not."""
    return present_sheets(ledger)


def lost_sheets(ledger: Engine) -> list[FilledSheet]:
    """Returns the latest sheet of every record that once counted, whose file is there no more.

    Neither its name, nor its content, nor another file with the same record, nor a correction.
    """
    with ledger.connect() as connection:
        files = all_files(connection)
        here = held_files(connection)
        names = {one.own_name for one in here.values()}
        digests = {one.digest for one in here.values()}
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
    """Returns the digest of every file that was ever met, as it was met last, by its name.

    A name that several files bear now is not there: each of them goes by one that tells it apart.
    """
    apart = {name for name, _ in told_apart(ledger)}
    with ledger.connect() as connection:
        files = all_files(connection).values()
    met = {name: digest for name, digest in files if name and name not in apart}
    return met | present_files(ledger)


def present_files(ledger: Engine) -> dict[str, str]:
    """Returns the digest of every file that is there, by its name; see ``present_files_by_id``."""
    with ledger.connect() as connection:
        return dict(sorted(present_files_by_id(connection).values()))


def files_on(ledger: Engine, computer: str = "") -> dict[str, str]:
    """Returns the digest of every file that a computer's latest sweep found, by its own name."""
    with ledger.connect() as connection:
        last = last_sweep_of(connection, computer)
        files = all_files(connection)
    return dict(sorted(files[id] for id in last.files)) if last else {}


def told_apart(ledger: Engine) -> dict[tuple[str, str], str]:
    """Returns how files are told of, by (own name, digest), where their own name will not do."""
    with ledger.connect() as connection:
        held = held_files(connection).values()
    return {(one.own_name, one.digest): one.name for one in held if one.name != one.own_name}
