"""The rows of a visit sheet: found by their address, read into observations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from inspections.records.entries import (
    read_names,
    read_percent,
    read_state,
    read_words,
    shown,
    understand,
)
from inspections.records.observing import Answers, observe, observe_extra, observe_red_line
from inspections.records.record import Observation, Value
from inspections.records.sheet_places import SheetPlaces
from inspections.round.table import blank, cell, code, row_and_column
from inspections.workbook.form.expectations import (
    NOTES,
    ExpectedSheet,
    OwnerRows,
    owner_rows,
)
from inspections.workbook.form.layout import CONFIRM, HEADER_ROW, SIGNED, Column
from inspections.workbook.reading.cell_facts import CellFacts
from inspections.workbook.reading.confirming import Confirmation, beyond_it, confirming_rows
from inspections.workbook.reading.embedded import without_pictures
from inspections.workbook.reading.misplaced import in_known_rows, in_other_rows, in_the_head
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Extra, Indicator, RedLine
from rubrics.messages.problems import Place, Problem, problem, withheld
from rubrics.values.conditions import Traits
from rubrics.values.points import plain

Rows = Sequence[Sequence[object]]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

STATE, ENTRY = int(Column.STATE), int(Column.ENTRY)
FAULT, REMARK = int(Column.FAULT), int(Column.REMARK)
_NO_NOTES = [""] * (REMARK - FAULT + 1)
"""Fault, evidence and remark of a row in which they are blank."""


class TypedCell(NamedTuple):
    """What a person typed, as it stands: for the ledger. ``owner`` is empty in the head."""

    owner: str
    key: str
    raw: object
    cell: str


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet; collects problems and what was typed on the way.

    ``same_rubric``: the sheet was made from the rubric as it is now. ``signed``: what was typed
    on the lines to sign on.
    """

    rows: Rows
    file: str
    sheet: str
    expected: ExpectedSheet
    traits: Traits
    facts: CellFacts
    same_rubric: bool = True
    problems: list[Problem] = field(default_factory=list)
    typed: list[TypedCell] = field(default_factory=list)
    signed: list[TypedCell] = field(default_factory=list)
    confirmed: dict[str, Confirmation] = field(default_factory=dict)

    def report(self, cell: str, code: str, /, **params: object) -> None:
        """Adds a problem at a cell."""
        self.problems.append(problem(code, Place(self.file, self.sheet, cell), **params))

    def index(self) -> Mapping[str, int]:
        """Returns address -> row counted from 0; rows that are missing, doubled or unknown are
        reported, and so is what was typed where nothing is to be filled in.
        """
        wanted, in_place = self.expected.index, self.expected.column
        column = [row[0] for row in self.rows[HEADER_ROW:]]
        rest = range(HEADER_ROW + len(in_place), len(self.rows))
        if column[: len(in_place)] == in_place and not any(column[len(in_place) :]):
            self._strays(wanted, (*self.expected.nameless, *rest))
            return wanted
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
        self._strays(found, nameless)
        return found

    def _strays(self, found: Mapping[str, int], nameless: Sequence[int]) -> None:
        rows, same, printed = self.rows, self.same_rubric, self.expected.printed
        last = max(found.values(), default=0)
        first = {row: self.expected.points_by_row.get(address) for address, row in found.items()}
        points = {row: item for row, item in first.items() if item is not None}
        confirming = confirming_rows(rows, self.expected.sections, nameless)
        self._confirm(confirming)
        for sheet, at in sorted(self.facts.scores):
            if sheet == self.sheet and int(at[1:]) - 1 in points:
                self.report(at, "score-altered")
        known = ((printed[address], row) for address, row in found.items())
        for stray in (
            *in_the_head(rows),
            *in_known_rows(rows, known, same),
            *in_other_rows(rows, nameless, last, self.expected.headings, same, confirming.values()),
        ):
            at, said = cell(stray.row, stray.column), shown(stray.raw)
            if stray.column == Column.POINTS and stray.row in points:
                self.report(at, "points-altered", value=said, points=plain(points[stray.row]))
                continue
            if not stray.label:
                self.report(at, "entry-misplaced", value=said)
                continue
            self.report(at, "statement-kept", label=stray.label, value=said)
            kept = self.signed if f"{stray.label}：" in SIGNED else self.typed
            kept.append(TypedCell("", stray.label, stray.raw, at))

    def _confirm(self, confirming: Mapping[str, int]) -> None:
        """Reads which dimensions are confirmed, at the rows where that is said."""
        for section, at in confirming.items():
            raw, name = self.rows[at][ENTRY], Column.ENTRY.at(at + 1)
            if raw != "":
                self.typed.append(TypedCell("", f"{CONFIRM.label} {section}", raw, name))
            if (self.facts.lost and self._is_lost(name)) or raw == "":
                continue
            self._say_formula(name, raw)
            value, finding = understand(CONFIRM, raw)
            place = Place(self.file, self.sheet, name)
            if finding is not None:
                self.problems.append(finding.at(place))
            if value:
                self.confirmed[section] = Confirmation(self.expected.sections[section], place)

    def observations(self, day: date | None) -> Iterator[Observation]:
        """Yields the observation of every owner; ``day`` picks among dated rules."""
        index, expected = self.index(), self.expected
        moved = index is not expected.index and index != expected.index
        for known in expected.owners:
            owner = owner_rows(known.block, known.question, index) if moved else known
            before = len(self.typed)
            answers = self._answers(owner)
            item = owner.block.item
            section = confirmed = self.confirmed.get(owner.block.first.section)
            if section and not self._is_blank(owner, answers, before):
                section = None
            match item:
                case Indicator():
                    asked = expected.question(owner, self.traits, day)
                    make = section.observe if section else observe
                    observation, problems = make(asked, answers)
                    if confirmed and not section:
                        problems = list(map(beyond_it, problems))
                case RedLine():
                    observation, problems = observe_red_line(item, answers)
                case Extra():
                    observation, problems = observe_extra(item, answers)
            self.problems += problems
            yield observation
        for confirmation in self.confirmed.values():
            self.problems += confirmation.problems()
        if self.problems:
            self._withhold(index)

    def _is_blank(self, owner: OwnerRows, answers: Answers, before: int) -> bool:
        """Whether nothing stands in an owner's cells; ``before``: how much was typed above them."""
        if answers.lost or not all(blank(one.raw) for one in self.typed[before:]):
            return False
        return not any((self.sheet, cell) in self.facts.lost for cell in owner.cells.values())

    def _withhold(self, index: Mapping[str, int]) -> None:
        """What is wrong in the rows of secret items is told without what was typed there."""
        numbers = {
            index[row.address] + 1
            for known in self.expected.owners
            if confidential(known.block.item)
            for row in known.block.rows
            if row.address in index
        }
        for at, item in enumerate(self.problems):
            if int(item.place.cell.lstrip(_LETTERS) or 0) in numbers:
                self.problems[at] = withheld(item)

    def _answers(self, owner: OwnerRows) -> Answers:
        cells, first = owner.cells, owner.first
        places = SheetPlaces(self.file, self.sheet, cells)
        if first is None:
            # Nobody can say what its state was.
            values, unusable = self._values(owner)
            return Answers(values, frozenset({*unusable, "state"}), None, places=places)
        row = self.rows[first]
        if owner.block.first.kind == "inapplicable":
            return Answers(places=places)
        values, unusable = self._values(owner)
        state, notes = row[STATE], row[FAULT : REMARK + 1]
        declared = None
        if state != "":
            declared, finding = read_state(state)
            if finding:
                self.problems.append(finding.at(places["state"]))
                if declared is None:
                    unusable.append("state")
        if self.facts.lost:
            unusable += self._lost_notes(owner)
        if self.facts.unread:
            for key in NOTES:
                if (self.sheet, cells[key]) in self.facts.unread:
                    self.report(cells[key], "picture-unread")
        if self.facts.formulas:
            for key, column in NOTES.items():
                self._say_formula(cells[key], row[column])
        if state == "" and notes == _NO_NOTES:  # as in most rows
            return Answers(values, frozenset(unusable), declared, places=places)
        name, typed = owner.block.owner, self.typed
        for key, raw in zip(NOTES, (state, *notes), strict=True):
            if raw != "":
                typed.append(TypedCell(name, key, raw, cells[key]))
                if without_pictures(raw) is not raw and not self._has_picture(cells[key]):
                    self.report(cells[key], "picture-unread")
        fault, evidence, remark = map(without_pictures, notes)
        return Answers(
            values,
            frozenset(unusable),
            declared,
            read_words(fault),
            read_names(evidence),
            read_words(remark),
            places,
        )

    def _has_picture(self, name: str) -> bool:
        at = (self.sheet, *row_and_column(name))
        return any((it.sheet, it.row, it.column) == at for it in self.facts.pictures)

    def _values(self, owner: OwnerRows) -> tuple[dict[str, Value], list[str]]:
        """Values by slot key, and the keys of slots that hold something that is no value."""
        values: dict[str, Value] = {}
        unusable: list[str] = []
        name, cells, rows, typed = owner.block.owner, owner.cells, self.rows, self.typed
        lost, formulas, percents = self.facts.lost, self.facts.formulas, self.facts.percents
        hidden = self.facts.hidden
        for row, slot in owner.slots:
            key = slot.key
            if row is None:
                # A row that is gone may have held anything: it is not blank.
                unusable.append(key)
                continue
            raw = rows[row][ENTRY]
            if raw != "":
                typed.append(TypedCell(name, key, raw, cells[key]))
            if lost and self._is_lost(cells[key]):
                unusable.append(key)
                continue
            if raw == "":
                continue
            if formulas:
                self._say_formula(cells[key], raw)
            if percents and (self.sheet, cells[key]) in percents and raw:
                value, finding = read_percent(slot, raw)
            else:
                value, finding = understand(slot, raw)
            if finding is not None:
                self.problems.append(finding.at(Place(self.file, self.sheet, cells[key])))
            elif hidden and isinstance(value, Decimal):
                self._say_hidden(cells[key], value)
            if value is not None:
                values[key] = value
            elif finding is not None:
                unusable.append(key)
        return values, unusable

    def _is_lost(self, cell: str) -> bool:
        detail = self.facts.lost.get((self.sheet, cell))
        if detail:
            self.report(cell, "entry-lost", detail=detail)
        return detail is not None

    def _say_hidden(self, cell: str, value: Decimal) -> None:
        """Reports a number of which the cell shows other digits than count."""
        shown = self.facts.hidden.get((self.sheet, cell))
        if shown is not None and shown != value:
            self.report(cell, "entry-hidden", shown=str(shown), value=str(value))

    def say_formulas(self, cells: Iterable[str]) -> None:
        """Reports which of the head's fields are results of formulas."""
        for name in cells:
            row, column = row_and_column(name)
            self._say_formula(name, self.rows[row][column])

    def _say_formula(self, cell: str, raw: object) -> None:
        formula = self.facts.formulas.get((self.sheet, cell))
        if formula:
            self.report(cell, "entry-formula", formula=formula, value=shown(raw))

    def _lost_notes(self, owner: OwnerRows) -> list[str]:
        """Reports notes that hold an error; without its state an owner cannot be settled."""
        return ["state" for key in NOTES if self._is_lost(owner.cells[key]) and key == "state"]
