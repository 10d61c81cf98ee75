"""The live formulas of a visit sheet: what every indicator scores, and the running totals.

They show what the engine will say, to the last digit, so that an inspector sees on site what an
entry costs. The engine never reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from inspections.records.record import State
from inspections.workbook.form.layout import (
    CONFIRM,
    PARTS,
    Block,
    Column,
    Row,
    SheetLayout,
    part_cell,
)
from inspections.workbook.formulas.alerts import indicator_alerts, red_line_alerts
from inspections.workbook.formulas.entries import CONFIRMED, number, read
from inspections.workbook.formulas.text import listing
from inspections.workbook.formulas.visit_day import VISIT_DAY
from rubrics.language.rubric import Extra, Indicator, RedLine, Trigger
from rubrics.language.slots import in_order
from rubrics.rules import RuleKind
from rubrics.rules.formulas import Rows, Setting, first_of, quoted

BAD_STATE = -1000
"""GIVEN where the state is not one of those that may be chosen."""


def sheet_formulas(layout: SheetLayout, setting: Setting) -> dict[tuple[int, Column], str]:
    """Returns every formula of the sheet's rows, by (row number, column), with its ``=``."""
    made: dict[tuple[int, Column], str] = {}
    for heading in layout.sections.values():
        made[heading.number, Column.READ] = f"={read(CONFIRM, heading.number, heading.number)}"
    for block in layout.blocks:
        section = layout.sections.get(block.first.section)
        for column, row, formula in _block(block, section, setting):
            made[row, column] = f"={formula}"
    return made


def _block(block: Block, section: Row | None, setting: Setting) -> list[tuple[Column, int, str]]:
    item, owner_row = block.item, block.first.number
    if block.first.kind == "inapplicable":
        return []
    fills = in_order(item, setting.traits) if isinstance(item, Indicator) else None
    whole = (fills or {}).get
    made = [
        (Column.READ, row.number, read(row.slot, row.number, owner_row, whole(row.slot.key)))
        for row in block.slot_rows
        if row.slot
    ]
    made += [
        (Column.NUMBER, row.number, formula)
        for row in block.slot_rows
        if row.slot and (formula := number(row.slot, row.number))
    ]
    rows = {row.slot.key: row.number for row in block.slot_rows if row.slot}
    if isinstance(item, Indicator):
        confirmed = f"N({Column.READ.at(section.number)})=1" if section else "FALSE"
        given = _given(block, item, confirmed if fills is not None else "")
        made.append((Column.GIVEN, owner_row, given))
        own = Rows(_without_flags(item, rows), setting, Column.READ.at, part_cell)
        made += _parts(item, own)
        made.append((Column.SCORE, owner_row, _score(block, item, own)))
        given = Column.GIVEN.at(owner_row)
        wanted = f"AND({given}>0,{given}<>{CONFIRMED})"
        if fills is None:
            wanted = f"OR({given}>0,AND({given}=0,{confirmed}))"
        needs, some = _needs(block, wanted), _needs_of_choices(item, own, wanted)
        both = {row: f"MAX({needs[row]},{some[row]})" for row in needs.keys() & some.keys()}
        needs |= some | both
        made += [(Column.NEEDS, row, formula) for row, formula in needs.items()]
        made += indicator_alerts(item, rows, owner_row, setting)
    elif isinstance(item, RedLine):
        made += red_line_alerts(item, rows, owner_row, setting)
    elif isinstance(item, Extra):
        made.append((Column.SCORE, owner_row, item.rule.formula(Column.READ.at(owner_row))))
    return made


def _entries(block: Block) -> str:
    return listing((row.number for row in block.slot_rows), Column.ENTRY)


def _given(block: Block, indicator: Indicator, confirmed: str) -> str:
    """How many entries count: negative where the state says that none should be there.

    ``confirmed``: the condition that the section is; empty where that fills nothing in here.
    """
    state = Column.STATE.at(block.first.number)
    entries = f'SUMPRODUCT(--(TRIM({_entries(block)})<>""))'
    if len(block.slot_rows) == 1:
        # Not the comparison itself: LibreOffice would keep what is made of it as true or false.
        entries = f'IF(TRIM({_entries(block)})="",0,1)'
    if not block.slot_rows:
        entries = "0"
    none = f"{state}={quoted(State.UNCHECKED)}"
    if indicator.excusable:
        none = f"OR({none},{state}={quoted(State.EXCUSED)})"
    unless = f"0+{entries}"
    if confirmed:
        notes = (Column.FAULT, Column.EVIDENCE, Column.REMARK)
        tests = [f'TRIM({column.at(block.first.number)})=""' for column in notes]
        test = f"AND({','.join([confirmed, f'{entries}=0', *tests])})"
        unless = f"IF({test},{CONFIRMED},{unless})"
    return first_of(
        [
            (f'TRIM({state})=""', unless),
            (f"{state}={quoted(State.CHECKED)}", f"1+{entries}"),
            (none, f"0-{entries}"),
        ],
        str(BAD_STATE),
    )


def _score(block: Block, item: Indicator, rows: Rows) -> str:
    tests = [f"{Column.GIVEN.at(block.first.number)}<=0"]
    loose = [
        row.number
        for row in block.slot_rows
        if row.slot and (row.slot.optional or row.slot.group) and row.slot.entry != "reason"
    ]
    if loose:
        pairs = zip(listing(loose, Column.ENTRY).split(","), listing(loose).split(","), strict=True)
        tests += [f'SUMPRODUCT((TRIM({entry})<>"")*({seen}=""))>0' for entry, seen in pairs]
    test = tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
    return f'IF({test},"",{_by_date(item, lambda rule: rule.formula(item.points, rows))})'


def _without_flags(item: Indicator, rows: Mapping[str, int]) -> dict[str, int]:
    flags = {trigger.flag for trigger in _triggers(item)}
    return {key: row for key, row in rows.items() if key not in flags}


def _triggers(item: Indicator) -> list[Trigger]:
    own = list(item.key.triggers) if item.key else []
    return own + [trigger for line in item.red_lines for trigger in line.triggers]


def _parts(item: Indicator, rows: Rows) -> Iterator[tuple[Column, int, str]]:
    """The formulas of a composite's parts; rules of other dates may have others in their cells."""

    def formulas(rule: RuleKind) -> Mapping[tuple[int, int], str]:
        return rule.part_formulas(item.points, rows)

    versions = [item.rule, *(dated.rule for dated in item.effective)]
    for at in dict.fromkeys(at for rule in versions for at in formulas(rule)):
        row, level = at
        text = _by_date(item, lambda rule, at=at: formulas(rule).get(at, '""'))  # type: ignore[misc]
        yield PARTS[level], row, text


def _by_date(item: Indicator, formula: Callable[[RuleKind], str]) -> str:
    """The formula of the rule in force on the visit's date; blank while no date is there."""
    if not item.effective:
        return formula(item.rule)
    chain = []
    for dated in item.effective:
        tests = [f"{VISIT_DAY}>={_day(dated.since)}"] if dated.since else []
        tests += [f"INT({VISIT_DAY})<={_day(dated.until)}"] if dated.until else []
        test = "TRUE" if not tests else tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"
        chain.append((test, formula(dated.rule)))
    return f'IF(ISNUMBER({VISIT_DAY}),{first_of(chain, formula(item.rule))},"")'


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _needs_of_choices(item: Indicator, rows: Rows, wanted: str) -> dict[int, str]:
    """The same for things of which some suffice: each that is blank, while there are too few."""
    made: dict[int, str] = {}
    for choice in item.rule.choices_for(rows.setting.traits):
        things = [[rows.rows[key] for key in keys] for keys in choice.things]
        blank = [f"COUNTA({listing(each, Column.ENTRY)})=0" for each in things]
        filled = "+".join(f"(1-({test}))" for test in blank)
        for each, test in zip(things, blank, strict=True):
            made[each[0]] = f"IF(AND({wanted},{filled}<{choice.at_least},{test}),1,0)"
    return made


def _needs(block: Block, wanted: str) -> dict[int, str]:
    """Which blank entries are wanted now: 1, else 0; only for entries that may not stay blank.

    ``wanted``: the condition that the owner is to be filled in.
    """
    given = Column.GIVEN.at(block.first.number)
    made: dict[int, str] = {}
    numbers = {row.slot.key: row.number for row in block.slot_rows if row.slot}
    groups: dict[str, list[Row]] = {}
    for row in block.slot_rows:
        slot = row.slot
        if slot is None:
            continue
        if slot.group and not (slot.optional and slot.group not in groups):
            groups.setdefault(slot.group, []).append(row)
        elif slot.entry == "reason":
            deduction = Column.READ.at(row.number - 1)
            made[row.number] = f"IF(AND(ISNUMBER({deduction}),N({deduction})>0,{given}>0),1,0)"
        elif slot.beside and slot.optional:
            other = Column.ENTRY.at(numbers[slot.beside])
            made[row.number] = f'IF(AND({wanted},TRIM({other})<>""),1,0)'
        elif not slot.optional and not slot.zero_if_blank:
            made[row.number] = f"IF({wanted},1,0)"
    for samples in groups.values():
        cells = listing((row.number for row in samples), Column.ENTRY)
        made[samples[0].number] = f"IF(AND({wanted},COUNTA({cells})=0),1,0)"
    return made
