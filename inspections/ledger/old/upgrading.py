"""Gives a ledger of the first form the form of today, whole or not at all.

The old tables stay under another name, as the proof of what was written in them. Every act of
then becomes one act of today with the same number, time, person and reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from inspections.ledger.bodies.office import Upgrade
from inspections.ledger.chain import FIRST, By, by_user, new_act
from inspections.ledger.guarding import guard, place, unguard
from inspections.ledger.old.erasing import erased_then
from inspections.ledger.old.reading import FileSaid, OldLedger
from inspections.ledger.old.tables import TABLES, acts, metadata
from inspections.ledger.recording import add_files
from inspections.ledger.said import Said, ready
from inspections.ledger.worded import worded_slots
from inspections.ledger.writing_down import Worded, WrittenFile, problems, written_sheet
from rubrics.files.loading import loads_rubric


def rename(connection: Connection, there: set[str]) -> None:
    """Gives the tables of the first form their new names; what guards them goes on doing so."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    for name, table in TABLES.items():
        if name in there:
            at = place(connection, name)
            unguard(connection, name)
            connection.exec_driver_sql(f"ALTER TABLE {at} RENAME TO {quote(table.name)}")
    # An earlier program may not have had all of them.
    metadata.create_all(connection)
    guard(connection, TABLES.values())


def convert(connection: Connection) -> None:
    """Writes the facts that the old tables say, and an act that tells so."""
    old = OldLedger(connection, erased_then(connection))
    worded = _worded(old)
    for row in old.acts():
        doing = new_act(connection)
        files = list(old.files(row))
        ids = add_files(
            doing,
            [_written(file, worded) for _, file, _ in files],
            [file.basis for _, file, _ in files],
        )
        old.ids["readings"].update(zip((id for id, _, _ in files), ids, strict=True))
        for kind, table, rows, said in old.others(row):
            ids = doing.add(kind, said)
            if len(ids) == len(rows):
                old.ids[table].update(zip(rows, ids, strict=True))
        doing.close(row.kind, By(row.who, row.why), row.at)
    last = connection.execute(select(acts).order_by(acts.c.id.desc()).limit(1)).first()
    doing = new_act(connection)
    done = Upgrade(1, last.id if last else 0, last.digest if last else FIRST)
    doing.add("upgrade", [Said(done)])
    doing.close("upgrade", by_user("台账换为新的格式"))


def _written(file: FileSaid, worded: Mapping[str, Worded]) -> WrittenFile:
    sheets = [written_sheet(sheet, worded.get(sheet.key.rubric)) for sheet in file.sheets]
    told = ready(problems(0, file.problems)) if file.problems else None
    return WrittenFile(file.name, file.digest, sheets, told)


def _worded(old: OldLedger) -> dict[str, Worded]:
    """The slots of words of every rubric that can still be read, of all of its versions."""
    found: dict[str, Worded] = {}
    for id, texts in old.rubrics().items():
        for text in texts:
            rubric, _ = loads_rubric(text)
            if rubric is not None:
                found[id] = found.get(id, frozenset()) | worded_slots(rubric)
    return found
