"""Everything on a visit sheet that is the same for all schools with the same applicable parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from inspections.round.voiced import Voiced, voiced_slots
from inspections.workbook.drawing.highlights import Highlight, highlights
from inspections.workbook.drawing.validations import (
    at_once_validation,
    confirm_validation,
    evidence_validation,
    slot_validation,
    state_validation,
)
from inspections.workbook.form.layout import (
    HEADER_ROW,
    HEADINGS,
    Column,
    Row,
    SheetLayout,
    sheet_layout,
)
from inspections.workbook.form.row_texts import row_height, row_texts
from inspections.workbook.formulas.scores import sheet_formulas
from inspections.workbook.formulas.totals import total_formulas
from rubrics.language.rubric import Indicator, RedLine, Rubric
from rubrics.rules import PeriodLength
from rubrics.rules.formulas import Setting, runs
from rubrics.values.conditions import Traits, holds

Content: TypeAlias = Literal["text", "number", "formula", "blank"]
Cell: TypeAlias = tuple[int, Column, Content, str | float, str]
"""Row number, column, what kind of content, the content, and the name of the style."""

Area: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""

NOT_APPLICABLE = "不适用"
HEADER_HEIGHT, HEADING_HEIGHT = 19.0, 19.0
_MERGED = frozenset(
    {
        Column.TITLE,
        Column.POINTS,
        Column.HOW,
        Column.THRESHOLD,
        Column.STATE,
        Column.SCORE,
        Column.FAULT,
        Column.EVIDENCE,
        Column.REMARK,
        Column.AT_ONCE,
    }
)
"""What belongs to the owner as a whole, and is one cell over all of its rows."""


@dataclass(frozen=True)
class SheetForm:
    """A visit sheet ready to be drawn: cells in order, row heights (points), merged columns of
    an owner's rows as (first row, last row, column, style), lists, colours, totals.
    """

    rubric: Rubric
    layout: SheetLayout
    cells: tuple[Cell, ...]
    heights: Mapping[int, float]
    merges: tuple[tuple[int, int, Column, str], ...]
    validations: tuple[tuple[list[Area], dict[str, Any]], ...]
    highlights: tuple[Highlight, ...]
    totals: Mapping[str, str]


def form_key(rubric: Rubric, traits: Traits) -> tuple[str, tuple[bool, ...]]:
    """Returns what decides the form: schools with the same key get the same sheet."""
    conditions = [indicator.when for indicator in rubric.indicators]
    for indicator in rubric.indicators:
        conditions += [part.when for part in indicator.rule.simple_parts(indicator.points)]
    return rubric.id, tuple(holds(condition, traits) for condition in conditions if condition)


def sheet_form(
    rubric: Rubric,
    traits: Traits,
    elapsed: Mapping[PeriodLength, int],
    voices: Iterable[Voiced] = (),
) -> SheetForm:
    """Returns the form of a visit sheet for schools with such traits.

    ``elapsed``: whole periods of the round, for quotas. ``voices``: what is counted of answers.
    """
    layout = sheet_layout(rubric, traits)
    demerits = rubric.scale == "demerits"
    formulas = sheet_formulas(layout, Setting(traits, elapsed, demerits))
    voiced = voiced_slots(rubric, voices)
    texts = {row.number: row_texts(row, demerits, elapsed, voiced) for row in layout.rows}
    cells: list[Cell] = [
        (HEADER_ROW, column, "text", text, "header") for column, text in HEADINGS.items()
    ]
    for row in layout.rows:
        for column in Column:
            if column in _MERGED and row.kind == "slot":
                continue
            cell = _cell(row, column, texts[row.number], formulas)
            if cell:
                cells.append(cell)
    return SheetForm(
        rubric,
        layout,
        tuple(cells),
        _heights(layout, texts),
        tuple(_merges(layout)),
        tuple(_validations(layout)),
        tuple(highlights(layout, demerits)),
        total_formulas(layout, rubric),
    )


def _cell(
    row: Row,
    column: Column,
    texts: Mapping[Column, str | float],
    formulas: Mapping[tuple[int, Column], str],
) -> Cell | None:
    formula = formulas.get((row.number, column))
    if column.hidden:
        return (row.number, column, "formula", formula, "") if formula else None
    style = _style(row, column)
    if formula:
        return row.number, column, "formula", formula, style
    value = texts.get(column, "")
    if row.kind == "inapplicable" and column is Column.STATE:
        value = NOT_APPLICABLE
    if value == "":
        return row.number, column, "blank", "", style
    return row.number, column, "text" if isinstance(value, str) else "number", value, style


def _merges(layout: SheetLayout) -> Iterator[tuple[int, int, Column, str]]:
    """Yields the columns in which all rows of an owner are one cell."""
    for block in layout.blocks:
        first, last = block.first.number, block.rows[-1].number
        if last > first:
            for column in sorted(_MERGED):
                yield first, last, column, _style(block.first, column)


def _heights(
    layout: SheetLayout, texts: Mapping[int, Mapping[Column, str | float]]
) -> dict[int, float]:
    """Rows as high as their texts; where an owner's own texts need more, its rows share it."""
    heights = {HEADER_ROW: HEADER_HEIGHT}
    heights |= {row.number: HEADING_HEIGHT for row in layout.rows if row.kind == "heading"}
    for block in layout.blocks:
        rows = [row.number for row in block.rows]
        own = {column: text for column, text in texts[rows[0]].items() if column in _MERGED}
        lines = [
            {column: text for column, text in texts[row].items() if column not in _MERGED}
            for row in rows
        ]
        each = [row_height(line) for line in lines]
        lacking = max(0.0, row_height(own) - sum(each))
        # The first of several rows only points down; those to fill in get the room.
        takers = rows[1:] or rows
        heights |= dict(zip(rows, each, strict=True))
        heights |= {row: round(heights[row] + lacking / len(takers), 1) for row in takers}
    return heights


def _style(row: Row, column: Column) -> str:
    if row.kind == "inapplicable":
        centred = column in (Column.ADDRESS, Column.POINTS, Column.STATE)
        return "grey_centre" if centred else "grey"
    if row.kind == "heading" and column not in row.inputs:
        return "confirm" if column is Column.PROMPT else "heading"
    match column:
        case Column.ADDRESS:
            return "slot_code" if row.kind == "slot" else "code"
        case Column.TITLE:
            item = row.item
            marked = isinstance(item, RedLine) or (
                isinstance(item, Indicator) and (item.key or item.red_lines)
            )
            return "marked" if marked else "text"
        case Column.POINTS:
            return "points"
        case Column.UNIT:
            return "centre"
        case Column.SCORE:
            return "score"
        case Column.STATE if Column.STATE in row.inputs:
            return "state"
        case Column.ENTRY if row.slot is not None:
            if row.slot.entry in ("time", "date"):
                return f"entry_{row.slot.entry}"
            return "entry_text" if row.slot.entry == "reason" else "entry"
        case Column.PROMPT if row.kind == "owner":
            return "pointer"
    return "note" if column in row.inputs else "text"


def _validations(layout: SheetLayout) -> Iterator[tuple[list[Area], dict[str, Any]]]:
    """Yields every rule once, with all of the areas where it holds."""
    found: dict[tuple[Column, str], tuple[list[int], dict[str, Any]]] = {}

    def add(row: Row, column: Column, rule: dict[str, Any]) -> None:
        found.setdefault((column, repr(rule)), ([], rule))[0].append(row.number)

    for row in layout.rows:
        if row.kind == "heading" and row.slot is not None:
            add(row, Column.ENTRY, confirm_validation())
        elif row.slot is not None:
            add(row, Column.ENTRY, slot_validation(row.slot))
        if Column.STATE in row.inputs and isinstance(row.item, Indicator):
            add(row, Column.STATE, state_validation(row.item.excusable))
        if Column.EVIDENCE in row.inputs:
            add(row, Column.EVIDENCE, evidence_validation())
        if Column.AT_ONCE in row.inputs:
            add(row, Column.AT_ONCE, at_once_validation())
    for (column, _), (rows, rule) in found.items():
        yield [(low - 1, column, high - 1, column) for low, high in runs(rows)], rule
