"""What a round expects in its workbooks: made once, so that reading a sheet is looking up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from inspections.records.numbers import fold
from inspections.records.observing import Question, question_of
from inspections.round.opened import OpenRound
from inspections.round.round import Round
from inspections.round.school import Inspector, Roster, School
from inspections.workbook.form.identity import DIGEST_LENGTH
from inspections.workbook.form.layout import Block, Column, SheetLayout, sheet_layout
from inspections.workbook.form.sheet_form import form_key
from inspections.workbook.reading.misplaced import Printed, headings, printed_rows
from rubrics.language.digest import digest
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.spoken import spoken_of
from rubrics.language.subject import Words
from rubrics.rules import Slot
from rubrics.values.conditions import Traits

NOTES = {
    "state": Column.STATE,
    "fault": Column.FAULT,
    "evidence": Column.EVIDENCE,
    "remark": Column.REMARK,
    "at_once": Column.AT_ONCE,
}
"""What stands in an owner's first row beside its entry, by its key in ``Observation.places``."""

Cells: TypeAlias = Mapping[str, str]
"""A1 names by slot key, and by the keys of ``NOTES``."""


@dataclass(frozen=True, slots=True)
class OwnerRows:
    """Where the rows of one owner stand, counted from 0, and what settles its entries.

    ``first`` is None where the owner's first row is gone; a slot whose row is gone has None for
    its row. ``question`` is None for red lines of their own and for extras.
    """

    block: Block
    question: Question | None
    first: int | None
    slots: tuple[tuple[int | None, Slot], ...]
    cells: Cells


@dataclass(frozen=True, slots=True)
class ExpectedSheet:
    """A visit sheet for schools of one kind. ``index``: address -> row counted from 0.

    ``printed``: what the blank sheet has in its rows beside their entries, by address;
    ``headings``: the texts of the rows that have no address. ``sections``: what the dimensions
    are called, by id. ``column``: what stands in column A from the first row below the header on;
    ``nameless``: the rows in which that is nothing. ``points_by_row``: the points of every
    indicator, by the address of its first row.
    """

    rubric: Rubric
    owners: tuple[OwnerRows, ...]
    index: Mapping[str, int]
    printed: Mapping[str, Printed]
    headings: frozenset[str]
    sections: Mapping[str, str]
    column: list[str]
    nameless: tuple[int, ...]
    points_by_row: Mapping[str, Decimal]
    dated: dict[tuple[str, date], Question] = field(default_factory=dict)

    def question(self, owner: OwnerRows, traits: Traits, day: date | None) -> Question:
        """Returns what an indicator asks of a visit on ``day``; None is no day in particular."""
        item, standing = owner.block.item, owner.question
        assert isinstance(item, Indicator)
        assert standing is not None
        if day is None or not item.effective:
            return standing
        made = self.dated.get((item.id, day))
        if made is None:
            made = question_of(item, traits, demerits=standing.demerits, day=day)
            self.dated[item.id, day] = made
        return made


@dataclass(slots=True)
class Expectations:
    """Everything that workbooks are read against; the sheets are made when first met.

    ``people`` and ``schools``: whom or which a bare name means.
    """

    round: Round
    rubrics: Mapping[str, Rubric]
    roster: Roster
    digests: Mapping[str, str]
    people: Mapping[str, tuple[Inspector, ...]]
    schools: Mapping[str, tuple[str, ...]]
    _by_form: dict[object, ExpectedSheet] = field(default_factory=dict)
    _by_school: dict[tuple[str, str], ExpectedSheet] = field(default_factory=dict)
    _tabs: list[str] = field(default_factory=list)

    @property
    def words(self) -> Words:
        """How the sheets speak of what is inspected, and of who does."""
        return spoken_of(self.rubrics.values())

    def __reduce__(self) -> tuple[object, ...]:
        # Sheets are made anew where they are met: what they ask is code, which is not sent.
        held = (self.round, self.rubrics, self.roster, self.digests, self.people, self.schools)
        return Expectations, held

    def sheet(self, rubric: Rubric, school: School) -> ExpectedSheet:
        """Returns what the sheet of ``school`` under ``rubric`` looks like."""
        made = self._by_school.get((rubric.id, school.id))
        if made is None:
            key = form_key(rubric, school.traits)
            made = self._by_form.get(key) or expected_sheet(rubric, school)
            self._by_form[key] = self._by_school[rubric.id, school.id] = made
        return made

    def may_be_tab(self, name: str) -> bool:
        """Whether ``name``, without blanks, is the beginning of what a tab of the round is called:
        a school, or a school and a rubric.
        """
        if not self._tabs:
            rubrics = [item.title[:10] for item in self.rubrics.values()]
            schools = [item.name for item in self.roster.schools.values()]
            both = (f"{school[:16]} {rubric}" for school in schools for rubric in rubrics)
            self._tabs = sorted({bare(text) for text in (*schools, *both)})
        at = bisect_left(self._tabs, name)
        return bool(name) and at < len(self._tabs) and self._tabs[at].startswith(name)


def expectations(opened: OpenRound) -> Expectations:
    """Returns what the workbooks of a round are read against."""
    people: dict[str, tuple[Inspector, ...]] = {}
    for inspector in opened.roster.inspectors.values():
        for name in {bare(inspector.id), bare(inspector.name)}:
            people[name] = (*people.get(name, ()), inspector)
        people[bare(f"{inspector.name}({inspector.id})")] = (inspector,)
    digests = {id: digest(rubric)[:DIGEST_LENGTH] for id, rubric in opened.rubrics.items()}
    schools: dict[str, tuple[str, ...]] = {}
    for school in opened.roster.schools.values():
        schools[bare(school.name)] = (*schools.get(bare(school.name), ()), school.id)
    return Expectations(opened.round, opened.rubrics, opened.roster, digests, people, schools)


def bare(name: str) -> str:
    """Returns a name or code without blanks, in half width: 张　三 is 张三."""
    return "".join(fold(name).split())


def expected_sheet(rubric: Rubric, school: School) -> ExpectedSheet:
    """Returns what a sheet under ``rubric`` looks like for schools with the same parts."""
    layout: SheetLayout = sheet_layout(rubric, school.traits)
    demerits = rubric.scale == "demerits"
    index = {row.address: row.number - 1 for row in layout.rows if row.address}
    owners = []
    for block in layout.blocks:
        item = block.item
        made = (
            question_of(item, school.traits, demerits=demerits)
            if isinstance(item, Indicator)
            else None
        )
        owners.append(owner_rows(block, made, index))
    return ExpectedSheet(
        rubric,
        tuple(owners),
        index,
        printed_rows(layout, demerits, school.traits),
        headings(layout),
        {item.id: f"{item.id} {item.title}" for item in rubric.dimensions},
        [row.address for row in layout.rows],
        tuple(row.number - 1 for row in layout.rows if not row.address),
        {
            block.first.address: block.item.points
            for block in layout.blocks
            if isinstance(block.item, Indicator)
        },
    )


def owner_rows(block: Block, made: Question | None, index: Mapping[str, int]) -> OwnerRows:
    """Returns where an owner's rows stand, given the rows of all addresses."""
    rows = [(index.get(row.address), row.slot) for row in block.rows]
    first = rows[0][0]
    cells = {slot.key: Column.ENTRY.at(row + 1) for row, slot in rows if slot and row is not None}
    if first is not None:
        cells |= {key: column.at(first + 1) for key, column in NOTES.items()}
    return OwnerRows(
        block,
        made,
        first,
        tuple((row, slot) for row, slot in rows if slot),
        cells,
    )
