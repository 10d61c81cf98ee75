"""Colours that follow what is typed: red for wrong, amber for missing, grey for left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from inspections.workbook.entry_formulas import quoted
from inspections.workbook.formulas import BAD_STATE, EXCUSED, UNCHECKED
from inspections.workbook.layout import HEAD, Block, Column, SheetLayout
from inspections.workbook.rule_formulas import listing
from rubrics.rubric import Extra, Indicator

WRONG, MISSING, LEFT_OUT, LOST = "wrong", "missing", "left out", "lost"

NO_FAULTS = ("quota", "votes", "survey")
"""Rules by which points are missed without a fault that was found on a day."""

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
            for cell in (arrived, left, day)
        ),
        *(
            (item.range, f'AND(TRIM(${item.cell[0]}${item.cell[1:]})="",{started})', MISSING)
            for item in HEAD.values()
            if item.entry
        ),
    ]


def _entries(layout: SheetLayout) -> list[Highlight]:
    first = layout.rows[0].number
    cell = {column: f"${column.at(first)}" for column in Column}
    entry, state, given = cell[Column.ENTRY], cell[Column.STATE], cell[Column.GIVEN]
    left_out = f"OR({state}={quoted(UNCHECKED)},{state}={quoted(EXCUSED)})"
    return [
        (_over(layout, Column.ENTRY), f'AND(TRIM({entry})<>"",{cell[Column.READ]}="")', WRONG),
        (_over(layout, Column.ENTRY), f'AND({cell[Column.NEEDS]}=1,TRIM({entry})="")', MISSING),
        (_over(layout, Column.STATE), f"{given}={BAD_STATE}", WRONG),
        (_over(layout, Column.STATE), f"AND({given}<0,{given}>{BAD_STATE})", MISSING),
        (_over(layout, Column.ENTRY), f'AND({state}<>"",{left_out})', LEFT_OUT),
    ]


def _notes(layout: SheetLayout, demerits: bool) -> list[Highlight]:
    indicators = [
        block
        for block in layout.blocks
        if isinstance(block.item, Indicator) and block.first.kind != "inapplicable"
    ]
    extras = [block for block in layout.blocks if isinstance(block.item, Extra)]
    wanted = {
        mode: [
            block
            for block in indicators
            if isinstance(block.item, Indicator) and block.item.evidence == mode
        ]
        for mode in ("required", "on_deduction")
    }
    faulty = [
        block
        for block in indicators
        if isinstance(block.item, Indicator) and block.item.rule.kind not in NO_FAULTS
    ]
    proven = [
        block for block in extras if isinstance(block.item, Extra) and block.item.evidence != "none"
    ]

    def blank(blocks: list[Block], column: Column, scored: str) -> list[Highlight]:
        if not blocks:
            return []
        row = blocks[0].first.number
        condition = scored.format(
            score="$" + Column.SCORE.at(row), points="$" + Column.POINTS.at(row)
        )
        test = f'AND({condition},TRIM(${column.at(row)})="")'
        return [(_ranges((block.first.number for block in blocks), column), test, MISSING)]

    costs = "N({score})>0" if demerits else "N({score})<{points}"
    lost = "ISNUMBER({score})," + costs
    lost_points: list[Highlight] = []
    if indicators:
        row = indicators[0].first.number
        test = lost.format(score=f"${Column.SCORE.at(row)}", points=f"${Column.POINTS.at(row)}")
        ranges = _ranges((block.first.number for block in indicators), Column.SCORE)
        lost_points.append((ranges, f"AND({test})", LOST))
    row = layout.rows[0].number
    score, remark, state = (
        "$" + column.at(row) for column in (Column.SCORE, Column.REMARK, Column.STATE)
    )
    return [
        *blank(faulty, Column.FAULT, lost),
        *blank(wanted["on_deduction"], Column.EVIDENCE, lost),
        *blank(wanted["required"], Column.EVIDENCE, "ISNUMBER({score})"),
        *blank(proven, Column.EVIDENCE, "ISNUMBER({score}),N({score})>0"),
        (
            _over(layout, Column.REMARK),
            f'AND({state}={quoted(EXCUSED)},TRIM({remark})="")',
            MISSING,
        ),
        (_over(layout, Column.SCORE), f'AND(ISTEXT({score}),{score}<>"")', MISSING),
        *lost_points,
    ]


def _over(layout: SheetLayout, column: Column) -> str:
    return f"{column.at(layout.rows[0].number)}:{column.at(layout.last_row)}"


def _ranges(rows: Iterable[int], column: Column) -> str:
    """The cells of ``rows`` in a column, as a conditional format lists them."""
    return listing(rows, column).replace(",", " ")
