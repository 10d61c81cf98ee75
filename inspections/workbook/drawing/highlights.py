"""Colours that follow what is typed: red for wrong, amber for missing, grey for left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from inspections.records.record import State
from inspections.workbook.form.layout import HEAD, Column, SheetLayout
from inspections.workbook.formulas.scores import BAD_STATE
from inspections.workbook.formulas.text import listing
from inspections.workbook.formulas.visit_day import DAY, VISIT_DAY
from rubrics.language.rubric import Extra, Indicator
from rubrics.rules.formulas import quoted, settled

WRONG, MISSING, LEFT_OUT, LOST = "wrong", "missing", "left out", "lost"

Highlight = tuple[str, str, str]
"""Ranges, the condition for the first cell, and the name of the look."""


def highlights(layout: SheetLayout, demerits: bool) -> list[Highlight]:
    """Returns (ranges, condition for the first cell, look), the more urgent first."""
    return [*_head(layout), *_entries(layout), *_notes(layout, demerits)]


def conditional_format(ranges: str, condition: str, look: object) -> tuple[str, dict[str, Any]]:
    """Returns a highlight as XlsxWriter takes it: the first range, and the options."""
    options = {"type": "formula", "criteria": f"={condition}", "format": look}
    first, *others = ranges.split(" ")
    return first, options | ({"multi_range": ranges} if others else {})


def _head(layout: SheetLayout) -> list[Highlight]:
    first, last = layout.indicator_rows
    column = "$" + Column.SCORE.letter
    started = f"COUNT({column}${first}:{column}${last})>0"
    arrived, left, day = (HEAD[name].cell for name in ("到校时间", "离校时间", "检查日期"))
    return [
        (left, f"AND(ISNUMBER({arrived}),ISNUMBER({left}),{left}<={arrived})", WRONG),
        *(
            (cell, f'AND(TRIM({cell})<>"",NOT(ISNUMBER({cell})))', WRONG)
            for cell in (arrived, left)
        ),
        # Whatever the formulas cannot take for a date: the total lacks what goes by it.
        (day, f'AND(TRIM({DAY})<>"",NOT(ISNUMBER({VISIT_DAY})))', WRONG),
        *(
            (item.range, f'AND(TRIM(${item.cell[0]}${item.cell[1:]})="",{started})', MISSING)
            for item in HEAD.values()
            if item.entry
        ),
    ]


def _entries(layout: SheetLayout) -> list[Highlight]:
    first = layout.rows[0].number
    cell = {column: f"${column.at(first)}" for column in Column}
    entry, given = cell[Column.ENTRY], cell[Column.GIVEN]
    return [
        (_over(layout, Column.ENTRY), f'AND(TRIM({entry})<>"",{cell[Column.READ]}="")', WRONG),
        (_over(layout, Column.ENTRY), f'AND({cell[Column.NEEDS]}=1,TRIM({entry})="")', MISSING),
        (_over(layout, Column.STATE), f"{given}={BAD_STATE}", WRONG),
        (_over(layout, Column.STATE), f"AND({given}<0,{given}>{BAD_STATE})", MISSING),
        *_left_out(layout),
    ]


def _left_out(layout: SheetLayout) -> Iterator[Highlight]:
    """Entries of what the inspector says was not checked, or does not apply."""
    for block in layout.blocks:
        rows = [row.number for row in block.slot_rows]
        if isinstance(block.item, Indicator) and rows:
            state = f"${Column.STATE.letter}${block.first.number}"
            test = f"OR({state}={quoted(State.UNCHECKED)},{state}={quoted(State.EXCUSED)})"
            yield _ranges(rows, Column.ENTRY), test, LEFT_OUT


def _notes(layout: SheetLayout, demerits: bool) -> Iterator[Highlight]:
    """What a lost point, an alert, a claim or an excuse calls for; scores worth a look."""
    indicators = [
        (block.first.number, block.item)
        for block in layout.blocks
        if isinstance(block.item, Indicator) and block.first.kind != "inapplicable"
    ]
    lost = "ISNUMBER({score})," + settled("N({score})") + (">0" if demerits else "<{points}")
    accused = f'OR(AND({lost}),{{key}}<>"",{{line}}<>"")'
    scored, claimed = "ISNUMBER({score})", "N({score})>0"
    faulty = [row for row, item in indicators if item.rule.on_site]
    deducted = [row for row, item in indicators if item.evidence == "on_deduction"]
    proven = [row for row, item in indicators if item.evidence == "required"]
    extras = [
        block.first.number
        for block in layout.blocks
        if isinstance(block.item, Extra) and block.item.evidence != "none"
    ]
    for rows, column, when in (
        (faulty, Column.FAULT, accused),
        (deducted, Column.EVIDENCE, accused),
        (proven, Column.EVIDENCE, scored),
        (extras, Column.EVIDENCE, claimed),
    ):
        if rows:
            test = f'{_of_row(when, rows[0])},TRIM(${column.at(rows[0])})=""'
            yield _ranges(rows, column), f"AND({test})", MISSING
    row = layout.rows[0].number
    score, remark, state = (
        "$" + column.at(row) for column in (Column.SCORE, Column.REMARK, Column.STATE)
    )
    excused = f'AND({state}={quoted(State.EXCUSED)},TRIM({remark})="")'
    yield _over(layout, Column.REMARK), excused, MISSING
    yield _over(layout, Column.SCORE), f'AND(ISTEXT({score}),{score}<>"")', MISSING
    if indicators:
        rows = [row for row, _ in indicators]
        yield _ranges(rows, Column.SCORE), f"AND({_of_row(lost, rows[0])})", LOST


def _of_row(condition: str, row: int) -> str:
    return condition.format(
        **{column.name.lower(): f"${column.at(row)}" for column in Column},
    )


def _over(layout: SheetLayout, column: Column) -> str:
    return f"{column.at(layout.rows[0].number)}:{column.at(layout.last_row)}"


def _ranges(rows: Iterable[int], column: Column) -> str:
    """The cells of ``rows`` in a column, as a conditional format lists them."""
    return listing(rows, column).replace(",", " ")
