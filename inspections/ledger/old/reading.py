"""What the tables of the first form say, act by act, as the facts of today say it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Row, Table, select

from inspections.ledger.bodies.files import Sweep
from inspections.ledger.bodies.office import Erasure, Evidence, Look, Version
from inspections.ledger.chain import Said, compact
from inspections.ledger.decisions import ABOUT, Decision, Verdict, decision
from inspections.ledger.old.tables import TABLES, Erased
from inspections.ledger.publishing import published
from inspections.ledger.writing_down import WrittenProblem
from inspections.records.record import Observation, Proof, Record, RecordKey, State, Value
from inspections.records.sheet_places import SheetPlaces
from inspections.workbook.reading.workbook_record import SheetRecord, TypedCell

Rows: TypeAlias = dict[int, list[Row[Any]]]


class FileSaid(NamedTuple):
    """What was said of one file. ``name`` is empty where it was erased."""

    name: str
    digest: str
    basis: str
    sheets: Sequence[SheetRecord]
    problems: Sequence[WrittenProblem]


@dataclass(slots=True)
class OldLedger:
    """Reads the first form.

    ``erased``: rows that were blanked before it was left behind, ``since``: and after. ``ids``:
    the fact that each row has become, by table; whoever writes or reads these facts tells, since
    later ones name them.
    """

    connection: Connection
    erased: Erased
    since: Erased = field(default_factory=dict)
    ids: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def acts(self) -> list[Row[Any]]:
        """Returns the acts in order."""
        acts = TABLES["acts"]
        return list(self.connection.execute(select(acts).order_by(acts.c.id)))

    def added(self, act: Row[Any]) -> dict[str, range]:
        """Returns the ids of the rows that an act added, by table."""
        told = json.loads(act.rows)
        return {name: range(first, first + count) for name, (first, count) in told.items()}

    def files(self, act: Row[Any]) -> Iterator[tuple[int, FileSaid, bool]]:
        """Yields (id of the reading, file, whether all of it is there) of what an act read.

        What was erased since it became facts is not there.
        """
        added = self.added(act)
        records = self._by("records", added, "reading")
        problems = self._by("problems", added, "reading")
        parts = {
            name: self._by(name, added, "record")
            for name in ("observations", "entries", "pictures")
        }
        for row in self._rows("readings", added):
            held, told = records.get(row.id, ()), problems.get(row.id, ())
            whole = self.whole("readings", [row.id]) and self.whole("records", _ids(held))
            whole &= self.whole("problems", _ids(told))
            for name, of_record in parts.items():
                for one in held:
                    whole &= self.whole(name, _ids(of_record.get(one.id, ())))
            sheets = tuple(_sheet(row, one, parts) for one in held)
            problems_said = [self._problem(one) for one in told]
            yield row.id, FileSaid(row.file, row.digest, row.basis, sheets, problems_said), whole

    def others(self, act: Row[Any]) -> Iterator[tuple[str, str, list[int], list[Said]]]:
        """Yields (kind of fact, table, ids of rows, facts) of what else an act added, in order.

        One fact says what a whole act published, erased, or saw in one look.
        """
        added = self.added(act)
        kind = ""
        ids: list[int] = []
        for row in self._rows("versions", added):
            if ids and row.kind != kind:
                yield kind, "versions", ids, [self._version(id) for id in ids]
                ids = []
            kind = row.kind
            ids.append(row.id)
        if ids:
            yield kind, "versions", ids, [self._version(id) for id in ids]
        for row in self._rows("sweeps", added):
            here = sorted(one.reading for one in self._rows("present", added))
            files = [self.ids["readings"][id] for id in here]
            yield "sweep", "sweeps", [row.id], [Said(Sweep(row.basis, files))]
        finds = self._rows("finds", added)
        if finds:
            yield "evidence", "finds", [row.id for row in finds], [_find(row) for row in finds]
        for row in self._rows("looks", added):
            lying = [self.ids["finds"][one.find] for one in self._rows("lying", added)]
            yield "look", "looks", [row.id], [Said(Look(lying))]
        made = self._rows("decisions", added)
        if made:
            yield (
                "decision",
                "decisions",
                [row.id for row in made],
                [_decision(row) for row in made],
            )
        if written := self._rows("published", added):
            said = published([(row.file, row.digest) for row in written])
            yield "published", "published", [row.id for row in written], [said]
        if gone := self._rows("erasures", added):
            count = sum(len(json.loads(row.ids)) for row in gone)
            yield "erasure", "erasures", [row.id for row in gone], [Said(Erasure([], count))]

    def whole(self, name: str, ids: Iterable[int]) -> bool:
        """Returns whether no row of a table has been erased since it became a fact."""
        return self.since.get(name, set()).isdisjoint(ids)

    def rubrics(self) -> dict[str, list[str]]:
        """Returns the texts of all versions of every rubric."""
        table = TABLES["versions"]
        wanted = select(table).where(table.c.kind == "rubric").order_by(table.c.id)
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.connection.execute(wanted):
            found[row.name].append(row.content)
        return found

    def _version(self, id: int) -> Said:
        (row,) = self._rows("versions", {"versions": range(id, id + 1)})
        content, digest = row.content, row.digest
        if row.kind == "roster" and content:
            # It lists rows, which have become facts.
            content = compact([self.ids["versions"][one] for one in json.loads(content)])
            digest = hashlib.sha256(content.encode()).hexdigest()
        return Said(Version(row.name, row.version, digest, content))

    def _problem(self, row: Row[Any]) -> WrittenProblem:
        gone = row.id in self.erased.get("problems", ())
        told = None if gone else compact([row.sheet, row.cell, json.loads(row.params)])
        return WrittenProblem(row.severity, row.code, told)

    def _rows(self, name: str, added: Mapping[str, range]) -> list[Row[Any]]:
        ids = added.get(name, range(0))
        table: Table = TABLES[name]
        within = (table.c.id >= ids.start) & (table.c.id < ids.stop)
        return list(self.connection.execute(select(table).where(within).order_by(table.c.id)))

    def _by(self, name: str, added: Mapping[str, range], parent: str) -> Rows:
        found: Rows = defaultdict(list)
        for row in self._rows(name, added):
            found[row._mapping[parent]].append(row)
        return found


def _ids(rows: Iterable[Row[Any]]) -> list[int]:
    return [row.id for row in rows]


def _sheet(file: Row[Any], row: Row[Any], parts: Mapping[str, Rows]) -> SheetRecord:
    observed, typed, shown = (
        parts[name].get(row.id, []) for name in ("observations", "entries", "pictures")
    )
    return SheetRecord(
        row.sheet,
        RecordKey(row.school, row.rubric, row.occasion, row.inspector),
        _visit(file, row, observed, typed, shown) if row.day else None,
        tuple(TypedCell(one.owner, one.slot, one.raw, one.cell) for one in typed if one.cell),
        tuple(json.loads(row.corrects or "[]")),
    )


def _visit(
    file: Row[Any],
    row: Row[Any],
    observed: list[Row[Any]],
    typed: list[Row[Any]],
    shown: list[Row[Any]],
) -> Record:
    values: dict[str, dict[str, Value]] = defaultdict(dict)
    for one in typed:
        if one.kind and one.value:
            values[one.owner][one.slot] = Decimal(one.value) if one.kind == "number" else one.value
    proofs: dict[str, list[Proof]] = defaultdict(list)
    for one in shown:
        taken = datetime.fromisoformat(one.taken) if one.taken else None
        proofs[one.owner].append(Proof(one.name, file.file, one.contents, one.part, True, taken))
    return Record(
        RecordKey(row.school, row.rubric, row.occasion, row.inspector),
        row.version,
        date.fromisoformat(row.day),
        tuple(json.loads(row.inspectors)),
        tuple(
            Observation(
                one.owner,
                State(one.state),
                dict(values[one.owner]),
                one.fault,
                tuple(json.loads(one.evidence)),
                one.remark,
                one.reason,
                SheetPlaces(file.file, row.sheet, json.loads(one.cells)),
                proof=tuple(proofs.get(one.owner, ())),
            )
            for one in observed
            if one.owner  # else it was erased
        ),
        datetime.fromisoformat(row.arrived) if row.arrived else None,
        datetime.fromisoformat(row.left) if row.left else None,
        row.companion,
        file.file,
        row.sheet,
        file.digest,
    )


def _find(row: Row[Any]) -> Said:
    told = row._mapping
    # The tables have what the first form had.
    return Said(
        Evidence(**{name: told[name] for name in Evidence.__struct_fields__ if name in told})
    )


def _decision(row: Row[Any]) -> Said:
    about = {name: row._mapping[name] for name in ABOUT}
    return decision(row.id, Decision(Verdict(row.verdict), **about, revokes=row.revokes))
