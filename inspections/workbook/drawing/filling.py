"""What is filled into a drawn visit sheet: the school, the inspector, and what is entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from decimal import Decimal

from inspections.records.entries import understand
from inspections.records.record import State
from inspections.round.round import Round
from inspections.round.school import Inspector, Roster
from inspections.workbook.drawing.validations import offered
from inspections.workbook.drawing.visit_sheet import Word
from inspections.workbook.form.contents import SheetEntries, SheetSpec, Typed
from inspections.workbook.form.identity import Identity, encode
from inspections.workbook.form.layout import (
    HEAD,
    IDENTITY_CELL,
    TOTALS,
    Block,
    Column,
    rubric_told,
    stage_of,
)
from inspections.workbook.form.naming import in_footer, person
from inspections.workbook.form.sheet_form import SheetForm
from inspections.workbook.formulas.entries import CONFIRMED, NO, YES
from rubrics.language.rubric import Indicator
from rubrics.language.slots import in_order
from rubrics.rules import Slot
from rubrics.values.conditions import Traits

Values = dict[str, Typed]
_MARKS = {YES: 1, NO: 0, "是": 1, "否": 0}


def cell_values(
    form: SheetForm,
    spec: SheetSpec,
    settings: Round,
    identity: Identity,
    inspectors: Mapping[str, Inspector],
) -> Values:
    """Returns every value that a sheet holds beside its form, by the name of the cell."""
    rubric, school = form.rubric, spec.school
    head: dict[str, Typed] = {
        "学校": school.name,
        "学校代码": school.id,
        "学段": stage_of(school, rubric.words),
        "检查组": spec.team,
        "填表督学": person(spec.inspector, inspectors) if spec.inspector else "",
        "细则批次": rubric_told(rubric, settings.title),
        "次别": spec.occasion,
        **spec.entries.head,
    }
    values: Values = {HEAD[label].cell: value for label, value in head.items()}
    values[IDENTITY_CELL] = encode(identity)
    entered = bool(spec.entries.rows or spec.entries.sections)
    totals = dict.fromkeys(TOTALS) if entered else _nothing_yet(form)
    values |= {cells.partition(":")[0]: totals[name] for name, cells in TOTALS.items()}
    if entered:
        values |= _entered(form, spec.entries)
        values |= _stored(form, spec.entries, school.traits)
    return values


def words(spec: SheetSpec, roster: Roster) -> dict[str, str]:
    """Returns the words that stand outside the cells: the footer's and the lists' of people."""
    everyone = [item for item in roster.inspectors.values() if not item.left]
    own = roster.members(spec.team) if spec.team else ()
    team = [item for item in own if not item.left] or everyone
    others = [item for item in team if item is not spec.inspector]

    def names(people: Iterable[Inspector]) -> str:
        return offered(person(item, roster.inspectors) for item in people)

    return {
        Word.SCHOOL: in_footer(spec.school.name),
        Word.TEAM: names(team),
        Word.OTHERS: names(others),
    }


def _entered(form: SheetForm, entries: SheetEntries) -> Values:
    values: Values = {
        Column.ENTRY.at(row.number): entries.sections[section]
        for section, row in form.layout.sections.items()
        if entries.sections.get(section) not in (None, "")
    }
    for address, entry in entries.rows.items():
        row = form.layout.by_address[address]
        typed = {
            Column.ENTRY: entry.value,
            Column.STATE: entry.state,
            Column.FAULT: entry.fault,
            Column.EVIDENCE: entry.evidence,
            Column.REMARK: entry.remark,
            Column.AT_ONCE: entry.at_once,
        }
        values |= {
            column.at(row.number): value
            for column, value in typed.items()
            if value not in (None, "") and column in row.inputs
        }
    return values


def _stored(form: SheetForm, entries: SheetEntries, traits: Traits) -> Values:
    """What the formulas come to, as far as the entries and their scores say."""
    confirmed = {section for section, typed in entries.sections.items() if typed == YES}
    values: Values = {
        Column.READ.at(row.number): 1
        for section, row in form.layout.sections.items()
        if section in confirmed
    }
    for block in form.layout.blocks:
        if block.first.kind == "inapplicable":
            continue
        first = block.first.number
        found = [(row.number, entries.rows.get(row.address)) for row in block.rows]
        given = [(row, item.value) for row, item in found if item and item.value is not None]
        slots = {row.number: row.slot for row in block.rows}
        values |= {Column.READ.at(row): _read(value, slots[row]) for row, value in given}
        if isinstance(block.item, Indicator):
            checked = found[0][1] is not None and found[0][1].state == State.CHECKED
            values[Column.GIVEN.at(first)] = len(given) + checked
            if block.first.section in confirmed and not any(item for _, item in found):
                values |= _in_order(block, block.item, traits)
    return values


def _in_order(block: Block, item: Indicator, traits: Traits) -> Values:
    """What stands beside the blank cells of an indicator whose section was confirmed."""
    fills = in_order(item, traits)
    if fills is None:
        return {}
    read = {
        Column.READ.at(row.number): value
        for row in block.slot_rows
        if row.slot and isinstance(value := fills.get(row.slot.key), Decimal)
    }
    return {**read, Column.GIVEN.at(block.first.number): CONFIRMED}


def _read(value: Typed, slot: Slot | None) -> Typed:
    match value:
        case time():
            return value.hour * 60 + value.minute
        case str() if value in _MARKS:
            return _MARKS[value]
        case str() if slot and slot.entry in ("count", "number", "points"):
            understood, _ = understand(slot, value)
            return "" if understood is None else understood
    return value


def _nothing_yet(form: SheetForm) -> dict[str, Typed]:
    """The running totals of a sheet in which nothing is entered."""
    due = sum(
        isinstance(block.item, Indicator) and block.first.kind != "inapplicable"
        for block in form.layout.blocks
    )
    return {
        "得分": 0,
        "应得": 0,
        "标化分": "标化 —" if form.rubric.scale == "merits" else 0,
        "加减分": 0,
        "已查": f"已查 0 / 应查 {due}",
        "提示": "",
    }
