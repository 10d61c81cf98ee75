"""What a round expects in its workbooks: made once, so that reading a sheet is looking up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from inspections.figures import fold
from inspections.folder import OpenRound
from inspections.round import Round
from inspections.school import Inspector, Roster, School
from inspections.settle import Form, form
from inspections.workbook.identity import DIGEST_LENGTH
from inspections.workbook.layout import Block, Column, SheetLayout, sheet_layout
from inspections.workbook.sheet_form import form_key
from rubrics.conditions import Traits
from rubrics.digest import digest
from rubrics.rubric import Indicator, Rubric
from rubrics.slots import Slot

NOTES = {
    "state": Column.STATE,
    "fault": Column.FAULT,
    "evidence": Column.EVIDENCE,
    "remark": Column.REMARK,
}
"""What stands in an owner's first row beside its entry, by its key in ``Observation.places``."""

Cells: TypeAlias = Mapping[str, str]
"""A1 names by slot key, and by the keys of ``NOTES``."""


@dataclass(frozen=True, slots=True)
class ExpectedOwner:
    """The rows of one owner: addresses in order, the slots with theirs, and what settles it.

    ``form`` is None for red lines of their own and for extras. ``cells`` are the owner's cells
    where no row was moved.
    """

    block: Block
    addresses: tuple[str, ...]
    slots: tuple[tuple[str, Slot], ...]
    form: Form | None
    cells: Cells


@dataclass(frozen=True, slots=True)
class ExpectedSheet:
    """A visit sheet for schools of one kind. ``index``: address -> row counted from 0."""

    rubric: Rubric
    owners: tuple[ExpectedOwner, ...]
    index: Mapping[str, int]
    dated: dict[tuple[str, date], Form] = field(default_factory=dict)

    def form(self, owner: ExpectedOwner, traits: Traits, day: date | None) -> Form:
        """Returns what an indicator asks of a visit on ``day``; None is no day in particular."""
        item, standing = owner.block.item, owner.form
        assert isinstance(item, Indicator)
        assert standing is not None
        if day is None or not item.effective:
            return standing
        made = self.dated.get((item.id, day))
        if made is None:
            made = form(item, traits, demerits=standing.demerits, day=day)
            self.dated[item.id, day] = made
        return made


@dataclass(slots=True)
class Expectations:
    """Everything that workbooks are read against; the sheets are made when first met."""

    round: Round
    rubrics: Mapping[str, Rubric]
    roster: Roster
    digests: Mapping[str, str]
    people: Mapping[str, tuple[Inspector, ...]]
    _by_form: dict[object, ExpectedSheet] = field(default_factory=dict)
    _by_school: dict[tuple[str, str], ExpectedSheet] = field(default_factory=dict)

    def sheet(self, rubric: Rubric, school: School) -> ExpectedSheet:
        """Returns what the sheet of ``school`` under ``rubric`` looks like."""
        made = self._by_school.get((rubric.id, school.id))
        if made is None:
            key = form_key(rubric, school.traits)
            made = self._by_form.get(key) or expected_sheet(rubric, school)
            self._by_form[key] = self._by_school[rubric.id, school.id] = made
        return made


def expectations(of: OpenRound) -> Expectations:
    """Returns what the workbooks of a round are read against."""
    people: dict[str, tuple[Inspector, ...]] = {}
    for inspector in of.roster.inspectors.values():
        for name in {bare(inspector.id), bare(inspector.name)}:
            people[name] = (*people.get(name, ()), inspector)
        people[bare(f"{inspector.name}({inspector.id})")] = (inspector,)
    digests = {id: digest(rubric)[:DIGEST_LENGTH] for id, rubric in of.rubrics.items()}
    return Expectations(of.round, of.rubrics, of.roster, digests, people)


def bare(name: str) -> str:
    """Returns a person's name or code without blanks, in half width: 张　三 is 张三."""
    return "".join(fold(name).split())


def expected_sheet(rubric: Rubric, school: School) -> ExpectedSheet:
    """Returns what a sheet under ``rubric`` looks like for schools with the same parts."""
    layout: SheetLayout = sheet_layout(rubric, school.traits)
    demerits = rubric.scale == "demerits"
    owners = []
    for block in layout.blocks:
        item = block.item
        made = form(item, school.traits, demerits=demerits) if isinstance(item, Indicator) else None
        rows = block.slot_rows
        owners.append(
            ExpectedOwner(
                block,
                tuple(row.address for row in block.rows),
                tuple((row.address, row.slot) for row in rows if row.slot),
                made,
                owner_cells(block, {row.address: row.number - 1 for row in block.rows}),
            )
        )
    index = {row.address: row.number - 1 for row in layout.rows if row.address}
    return ExpectedSheet(rubric, tuple(owners), index)


def owner_cells(block: Block, index: Mapping[str, int]) -> Cells:
    """Returns where an owner's entries and notes stand, given the rows of its addresses."""
    cells = {
        row.slot.key: Column.ENTRY.at(index[row.address] + 1)
        for row in block.rows
        if row.slot is not None and row.address in index
    }
    if block.first.address in index:
        first = index[block.first.address] + 1
        cells |= {key: column.at(first) for key, column in NOTES.items()}
    return cells
