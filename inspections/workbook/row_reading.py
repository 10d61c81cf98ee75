"""The rows of a visit sheet: found by their address, read into observations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from inspections.entries import read_names, read_state, read_words, shown, understand
from inspections.settle import Entered, settle, settle_extra, settle_red_line
from inspections.table import blank, code
from inspections.visit import Observation, Value
from inspections.workbook.expectations import (
    NOTES,
    Cells,
    ExpectedOwner,
    ExpectedSheet,
    owner_cells,
)
from inspections.workbook.layout import HEADER_ROW, Column
from inspections.workbook.second_look import Lost
from rubrics.conditions import Traits
from rubrics.problems import Place, Problem, problem
from rubrics.rubric import Extra, Indicator, RedLine

Rows = Sequence[Sequence[object]]

STATE, ENTRY = int(Column.STATE), int(Column.ENTRY)
FAULT, EVIDENCE, REMARK = int(Column.FAULT), int(Column.EVIDENCE), int(Column.REMARK)
_TYPED_INTO = (ENTRY, FAULT, EVIDENCE, REMARK)


class TypedCell(NamedTuple):
    """What a person typed, as it stands: for the ledger. ``owner`` is empty in the head."""

    owner: str
    key: str
    raw: object
    cell: str


@dataclass(frozen=True, slots=True)
class SheetPlaces(Mapping[str, Place]):
    """The places of one owner's cells on one sheet, made when asked for."""

    file: str
    sheet: str
    cells: Cells

    def __getitem__(self, key: str) -> Place:
        return Place(self.file, self.sheet, self.cells[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet; collects problems and what was typed on the way."""

    rows: Rows
    file: str
    sheet: str
    expected: ExpectedSheet
    traits: Traits
    lost: Lost
    problems: list[Problem] = field(default_factory=list)
    typed: list[TypedCell] = field(default_factory=list)

    def report(self, cell: str, code: str, /, **params: object) -> None:
        """Adds a problem at a cell."""
        self.problems.append(problem(code, Place(self.file, self.sheet, cell), **params))

    def index(self) -> Mapping[str, int]:
        """Returns address -> row counted from 0; rows that are missing, doubled, unknown or
        without an address are reported.
        """
        wanted = self.expected.index
        found: dict[str, int] = {}
        nameless: list[int] = []
        for row in range(HEADER_ROW, len(self.rows)):
            raw = self.rows[row][0]
            if raw == "":
                nameless.append(row)
                continue
            address = raw if raw in wanted else code(raw)
            if not isinstance(address, str) or address not in wanted:
                if address:
                    self.report(Column.ADDRESS.at(row + 1), "row-unknown", code=shown(raw))
            elif address in found:
                self.report(Column.ADDRESS.at(row + 1), "row-twice", code=address)
            else:
                found[address] = row
        if found.keys() != wanted.keys():
            for address in wanted:
                if address not in found:
                    # There is no cell to point at; where it used to be is the next best.
                    at = Column.ADDRESS.at(wanted[address] + 1)
                    self.report(at, "row-missing", code=address)
        last = max(found.values(), default=0)
        for row in nameless:
            if row > last:
                break
            self._misplaced(row, _TYPED_INTO)
        return found

    def _misplaced(self, row: int, columns: Sequence[int]) -> None:
        cells = self.rows[row]
        if cells[FAULT] == cells[EVIDENCE] == cells[REMARK] == "" and cells[ENTRY] == "":
            return
        for column in columns:
            if cells[column] != "" and not blank(cells[column]):
                at = Column(column).at(row + 1)
                self.report(at, "entry-misplaced", value=shown(cells[column]))

    def observations(self, day: date | None) -> Iterator[Observation]:
        """Yields the observation of every owner; ``day`` picks among dated rules."""
        index = self.index()
        moved = index != self.expected.index
        for owner in self.expected.owners:
            entered = self._entered(owner, index, moved)
            item = owner.block.item
            match item:
                case Indicator():
                    observation, problems = settle(
                        self.expected.form(owner, self.traits, day), entered
                    )
                case RedLine():
                    observation, problems = settle_red_line(item, entered)
                case Extra():
                    observation, problems = settle_extra(item, entered)
            self.problems += problems
            yield observation

    def _entered(self, owner: ExpectedOwner, index: Mapping[str, int], moved: bool) -> Entered:
        cells = owner_cells(owner.block, index) if moved else owner.cells
        first = index.get(owner.addresses[0])
        places = SheetPlaces(self.file, self.sheet, cells)
        if first is None:
            return self._orphans(owner, index, places)
        row = self.rows[first]
        values, unusable = self._values(owner, index, cells)
        if owner.block.first.kind == "inapplicable":
            self._misplaced(first, _TYPED_INTO)
            return Entered(places=places)
        declared, fault, remark = None, "", ""
        evidence: tuple[str, ...] = ()
        if row[STATE] != "":
            self._keep(owner, "state", row[STATE], cells)
            declared, finding = read_state(row[STATE])
            if finding:
                self.problems.append(finding.at(places["state"]))
                if declared is None:
                    unusable |= {"state"}
        if row[FAULT] != "" or row[EVIDENCE] != "" or row[REMARK] != "":
            for key in ("fault", "evidence", "remark"):
                self._keep(owner, key, row[NOTES[key]], cells)
            fault, evidence = read_words(row[FAULT]), read_names(row[EVIDENCE])
            remark = read_words(row[REMARK])
        for address in owner.addresses[1:]:
            lower = index.get(address)
            if lower is not None:
                cells_below = self.rows[lower]
                if cells_below[FAULT] != "" or cells_below[EVIDENCE] != "" or cells_below[REMARK]:
                    self._misplaced(lower, (FAULT, EVIDENCE, REMARK))
        if owner.block.first.slot is None:
            self._misplaced(first, (ENTRY,))
        return Entered(values, unusable, declared, fault, evidence, remark, places)

    def _orphans(
        self, owner: ExpectedOwner, index: Mapping[str, int], places: SheetPlaces
    ) -> Entered:
        """The slots of an owner whose first row is gone: nobody can say what its state was."""
        values, unusable = self._values(owner, index, places.cells)
        return Entered(values, unusable | {"state"}, None, places=places)

    def _values(
        self, owner: ExpectedOwner, index: Mapping[str, int], cells: Cells
    ) -> tuple[dict[str, Value], frozenset[str]]:
        values: dict[str, Value] = {}
        unusable: list[str] = []
        for address, slot in owner.slots:
            row = index.get(address)
            if row is None:
                # A row that is gone may have held anything: it is not blank.
                unusable.append(slot.key)
                continue
            raw = self.rows[row][ENTRY]
            if raw == "":
                detail = self.lost.get((self.sheet, cells[slot.key])) if self.lost else None
                if detail:
                    self.report(cells[slot.key], "entry-lost", detail=detail)
                    unusable.append(slot.key)
                continue
            self._keep(owner, slot.key, raw, cells)
            value, finding = understand(slot, raw)
            if finding is not None:
                self.problems.append(finding.at(Place(self.file, self.sheet, cells[slot.key])))
            if value is not None:
                values[slot.key] = value
            elif finding is not None:
                unusable.append(slot.key)
        return values, frozenset(unusable)

    def _keep(self, owner: ExpectedOwner, key: str, raw: object, cells: Cells) -> None:
        if raw != "":
            self.typed.append(TypedCell(owner.block.owner, key, raw, cells[key]))
