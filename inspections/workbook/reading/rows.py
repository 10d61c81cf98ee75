"""The rows of a visit sheet: found by their address, read into observations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from inspections.records.entries import (
    read_names,
    read_percent,
    read_state,
    read_words,
    understand,
)
from inspections.records.observing import Answers, observe, observe_extra, observe_red_line
from inspections.records.record import Observation, Value
from inspections.records.sheet_places import SheetPlaces
from inspections.round.table import blank
from inspections.workbook.form.expectations import (
    NOTES,
    ExpectedSheet,
    OwnerRows,
    owner_rows,
)
from inspections.workbook.form.layout import CONFIRM, Column
from inspections.workbook.reading.addresses import row_index
from inspections.workbook.reading.confirming import Confirmation, beyond_it, confirming_rows
from inspections.workbook.reading.embedded import without_pictures
from inspections.workbook.reading.hidden_entries import report_hidden
from inspections.workbook.reading.sheet_cells import SheetCells
from inspections.workbook.reading.strays import report_strays
from inspections.workbook.reading.workbook_record import TypedCell
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Extra, Indicator, RedLine
from rubrics.messages.problems import withheld
from rubrics.values.conditions import Traits

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

STATE, ENTRY = int(Column.STATE), int(Column.ENTRY)
FAULT, REMARK, AT_ONCE = int(Column.FAULT), int(Column.REMARK), int(Column.AT_ONCE)
_NO_NOTES = [""] * (REMARK - FAULT + 2)
"""Fault, evidence, remark and what was done at once, of a row in which they are blank."""


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet; what is wrong and what was typed is added to ``sheet``.

    ``same_rubric``: the sheet was made from the rubric as it is now.
    """

    sheet: SheetCells
    expected: ExpectedSheet
    traits: Traits
    same_rubric: bool = True
    confirmed: dict[str, Confirmation] = field(default_factory=dict)

    def _index(self) -> Mapping[str, int]:
        """Returns address -> row counted from 0, and reads what stands in the rows of no owner."""
        found, nameless = row_index(self.sheet, self.expected)
        confirming = confirming_rows(self.sheet.rows, self.expected.sections, nameless)
        self._confirm(confirming)
        beside = confirming.values()
        report_strays(self.sheet, self.expected, found, nameless, beside, self.same_rubric)
        report_hidden(self.sheet, self.expected, found)
        for item in self.sheet.facts.beside:
            if item.sheet == self.sheet.name:
                self.sheet.report(item.cell, "workbook-unread", what=item.what, quote=item.said)
        return found

    def _confirm(self, confirming: Mapping[str, int]) -> None:
        """Reads which dimensions are confirmed, at the rows where that is said."""
        for section, at in confirming.items():
            raw, name = self.sheet.rows[at][ENTRY], Column.ENTRY.at(at + 1)
            if raw != "":
                self.sheet.typed.append(TypedCell("", f"{CONFIRM.label} {section}", raw, name))
            if (self.sheet.facts.lost and self.sheet.is_lost(name)) or raw == "":
                continue
            self.sheet.say_formula(name, raw)
            value, finding = understand(CONFIRM, raw)
            if value is not None and self.sheet.shows_other(name, CONFIRM, raw, value):
                continue
            place = self.sheet.place(name)
            if finding is not None:
                self.sheet.problems.append(finding.at(place))
            if value:
                self.confirmed[section] = Confirmation(self.expected.sections[section], place)

    def observations(self, day: date | None) -> Iterator[Observation]:
        """Yields the observation of every owner; ``day`` picks among dated rules."""
        index, expected = self._index(), self.expected
        moved = index is not expected.index and index != expected.index
        for known in expected.owners:
            owner = owner_rows(known.block, known.question, index) if moved else known
            before = len(self.sheet.typed)
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
            self.sheet.problems += problems
            yield observation
        for confirmation in self.confirmed.values():
            self.sheet.problems += confirmation.problems()
        if self.sheet.problems:
            self._withhold(index)

    def _is_blank(self, owner: OwnerRows, answers: Answers, before: int) -> bool:
        """Whether nothing stands in an owner's cells; ``before``: how much was typed above them."""
        if answers.lost or not all(blank(one.raw) for one in self.sheet.typed[before:]):
            return False
        lost = self.sheet.facts.lost
        return not any((self.sheet.name, cell) in lost for cell in owner.cells.values())

    def _withhold(self, index: Mapping[str, int]) -> None:
        """What is wrong in the rows of secret items is told without what was typed there."""
        numbers = {
            index[row.address] + 1
            for known in self.expected.owners
            if confidential(known.block.item)
            for row in known.block.rows
            if row.address in index
        }
        for at, item in enumerate(self.sheet.problems):
            if int(item.place.cell.lstrip(_LETTERS) or 0) in numbers:
                self.sheet.problems[at] = withheld(item)

    def _answers(self, owner: OwnerRows) -> Answers:
        cells, first = owner.cells, owner.first
        places = SheetPlaces(self.sheet.file, self.sheet.name, cells)
        if first is None:
            # Nobody can say what its state was.
            values, unusable = self._values(owner)
            return Answers(values, frozenset({*unusable, "state"}), None, places=places)
        row = self.sheet.rows[first]
        if owner.block.first.kind == "inapplicable":
            return Answers(places=places)
        values, unusable = self._values(owner)
        state, notes = row[STATE], [*row[FAULT : REMARK + 1], row[AT_ONCE]]
        declared, said = None, (state, *notes)
        telling = self.sheet.facts.forms or self.sheet.facts.seen
        if telling or any(isinstance(held, float) for held in said):
            said = tuple(self.sheet.words(cells[key], row[at]) for key, at in NOTES.items())
            if state != "" and said[0] == "":
                unusable.append("state")
        if said[0] != "":
            declared, finding = read_state(said[0])
            if finding:
                self.sheet.problems.append(finding.at(places["state"]))
                if declared is None:
                    unusable.append("state")
        if self.sheet.facts.lost:
            unusable += self._lost_notes(owner)
        if self.sheet.facts.unread:
            for key in NOTES:
                if (self.sheet.name, cells[key]) in self.sheet.facts.unread:
                    self.sheet.report(cells[key], "picture-unread")
        if self.sheet.facts.formulas:
            for key, column in NOTES.items():
                self.sheet.say_formula(cells[key], row[column])
        if state == "" and notes == _NO_NOTES:  # as in most rows
            return Answers(values, frozenset(unusable), declared, places=places)
        name, typed = owner.block.owner, self.sheet.typed
        for key, raw in zip(NOTES, (state, *notes), strict=True):
            if raw != "":
                typed.append(TypedCell(name, key, raw, cells[key]))
                if without_pictures(raw) is not raw and not self.sheet.has_picture(cells[key]):
                    self.sheet.report(cells[key], "picture-unread")
        fault, evidence, remark, at_once = map(without_pictures, said[1:])
        return Answers(
            values,
            frozenset(unusable),
            declared,
            read_words(fault),
            read_names(evidence),
            read_words(remark),
            places,
            read_words(at_once),
        )

    def _values(self, owner: OwnerRows) -> tuple[dict[str, Value], list[str]]:
        """Values by slot key, and the keys of slots that hold something that is no value."""
        values: dict[str, Value] = {}
        unusable: list[str] = []
        name, cells, rows, typed = owner.block.owner, owner.cells, self.sheet.rows, self.sheet.typed
        facts = self.sheet.facts
        lost, formulas = facts.lost, facts.formulas
        special = bool(facts.percents or facts.forms or facts.seen)
        for row, slot in owner.slots:
            key = slot.key
            if row is None:
                # A row that is gone may have held anything: it is not blank.
                unusable.append(key)
                continue
            raw = rows[row][ENTRY]
            if raw != "":
                typed.append(TypedCell(name, key, raw, cells[key]))
            if lost and self.sheet.is_lost(cells[key]):
                unusable.append(key)
                continue
            if raw == "":
                continue
            if formulas:
                self.sheet.say_formula(cells[key], raw)
            if special and self.sheet.is_percent(cells[key], raw):
                value, finding = read_percent(slot, raw)
            else:
                value, finding = understand(slot, raw)
            if special and self.sheet.shows_other(cells[key], slot, raw, value):
                unusable.append(key)
                continue
            if finding is not None:
                self.sheet.problems.append(finding.at(self.sheet.place(cells[key])))
            if value is not None:
                values[key] = value
            elif finding is not None:
                unusable.append(key)
        return values, unusable

    def _lost_notes(self, owner: OwnerRows) -> list[str]:
        """Reports notes that hold an error; without its state an owner cannot be settled."""
        return ["state" for key in NOTES if self.sheet.is_lost(owner.cells[key]) and key == "state"]
