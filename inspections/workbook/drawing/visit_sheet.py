"""Draws a blank visit sheet: head, rows, signature lines, lists, colours, print set-up.

What differs from school to school is filled in later (``filling``): cells by name, and in the
footer and the lists of people the words that :class:`Word` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from inspections.round.round import Round
from inspections.workbook.drawing.highlights import conditional_format
from inspections.workbook.drawing.template import Style, mark, write_formula
from inspections.workbook.drawing.validations import (
    date_validation,
    people_validation,
    time_validation,
)
from inspections.workbook.form.layout import (
    AT_ONCE_HEAD,
    AT_ONCE_HINT,
    HEAD,
    HEADER_ROW,
    IDENTITY_CELL,
    PARTS,
    REFUSAL,
    SIGNED,
    STATEMENT,
    TITLE_ROW,
    TOTALS,
    TOTALS_ROW,
    Column,
    label_of,
    rubric_told,
    sheet_title,
)
from inspections.workbook.form.naming import in_footer
from inspections.workbook.form.pages import MARGINS, page_breaks
from inspections.workbook.form.row_texts import LEGEND, LINE_HEIGHT, WIDTHS, line_count
from inspections.workbook.form.sheet_form import SheetForm
from rubrics.language.subject import Words

SIGNATURE_HEIGHTS = (20.0, 27.0, 27.0, 27.0, 27.0)
HEAD_HEIGHTS = {TITLE_ROW: 25.0, 2: 19.0, 3: 19.0, 4: 20.0, TOTALS_ROW: 22.0}

_TOTAL_STYLES = {
    "得分": "earned",
    "应得": "applicable",
    "标化分": "normalised",
    "加减分": "extra",
    "已查": "progress",
    "提示": "hint",
}


class Word(StrEnum):
    """What stands outside the cells and differs from sheet to sheet."""

    SCHOOL = "学校"
    TEAM = "督学"
    OTHERS = "同行"


def draw_visit_sheet(sheet: Worksheet, style: Style, form: SheetForm, settings: Round) -> None:
    """Draws the sheet of ``form`` on an empty worksheet."""
    _set_up(sheet, form, _head_heights(form, settings))
    _draw_head(sheet, style, form, settings)
    _draw_rows(sheet, style, form)
    _draw_signatures(sheet, style, form.layout.last_row, form.rubric.words)
    for areas, rule in form.validations:
        sheet.data_validation(*areas[0], rule | {"other_cells": areas[1:]})
    for ranges, condition, look in form.highlights:
        sheet.conditional_format(*conditional_format(ranges, condition, style(look)))


def _head_heights(form: SheetForm, settings: Round) -> dict[int, float]:
    """Names of rubrics and rounds may be long: they take more lines, and never smaller type."""
    wide = sum(WIDTHS[column] for column in (Column.TITLE, Column.POINTS, Column.HOW))
    count = line_count(rubric_told(form.rubric, settings.title), wide)
    return HEAD_HEIGHTS | {4: max(HEAD_HEIGHTS[4], count * LINE_HEIGHT + 4)}


def _set_up(sheet: Worksheet, form: SheetForm, head: Mapping[int, float]) -> None:
    for column, width in WIDTHS.items():
        sheet.set_column(column, column, width)
    sheet.set_column(Column.READ, Column.NUMBER, None, None, {"hidden": True})
    levels = max((item.levels for item in form.rubric.indicators), default=0)
    for column in PARTS[1 : 1 + levels]:
        sheet.set_column(column, column, None, None, {"hidden": True})
    for row, height in {**head, **form.heights}.items():
        sheet.set_row(row - 1, height)
    sheet.freeze_panes(HEADER_ROW, Column.POINTS)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(**MARGINS)
    sheet.center_horizontally()
    sheet.set_h_pagebreaks(page_breaks(form, head, sum(SIGNATURE_HEIGHTS)))
    rubric = in_footer(f"{form.rubric.title} {form.rubric.version}")
    footer = f"&L&9{mark(Word.SCHOOL)}&C&9第 &P 页，共 &N 页&R&9{rubric}"
    sheet.set_footer(footer, {"margin": 0.25})
    # Pictures may be put into the rows: they are evidence.
    sheet.protect("", {"format_columns": True, "format_rows": True, "objects": True})


def _draw_head(sheet: Worksheet, style: Style, form: SheetForm, settings: Round) -> None:
    words = form.rubric.words
    across = (TITLE_ROW - 1, 0, TITLE_ROW - 1, Column.REMARK)
    sheet.merge_range(*across, sheet_title(form.rubric), style("title"))
    rules = {
        "填表督学": people_validation(label_of("填表督学", words), mark(Word.TEAM), several=False),
        "同行督学": people_validation(label_of("同行督学", words), mark(Word.OTHERS), several=True),
        "检查日期": date_validation(settings.window.since, settings.window.until),
        "到校时间": time_validation(words.said("到校时间")),
        "离校时间": time_validation(words.said("离校时间")),
    }
    _draw(sheet, AT_ONCE_HEAD, AT_ONCE_HINT, style("label"))
    for label, item in HEAD.items():
        kind = item.entry if item.entry in ("date", "time") else "text"
        _draw(sheet, item.label_range, label_of(label, words), style("label"))
        given = "given_long" if label == "细则批次" else "given"
        _draw(sheet, item.range, "", style(f"head_{kind}" if item.entry else given))
        if label in rules:
            sheet.data_validation(item.cell, rules[label])
    sheet.write_string(IDENTITY_CELL, "?")
    _draw(sheet, f"A{TOTALS_ROW}", "合计", style("label"))
    for name, cells in TOTALS.items():
        look = style(_TOTAL_STYLES[name])
        _draw(sheet, cells, "", look)
        write_formula(sheet, cells, form.totals[name], look)


def _draw(sheet: Worksheet, cells: str, text: str, look: Format) -> None:
    if ":" in cells:
        sheet.merge_range(cells, text, look)
    elif text:
        sheet.write_string(cells, text, look)
    else:
        sheet.write_blank(cells, None, look)


def _draw_rows(sheet: Worksheet, style: Style, form: SheetForm) -> None:
    for first, last, column, look in form.merges:
        sheet.merge_range(first - 1, column, last - 1, column, "", style(look))
    for row, column, content, value, look in form.cells:
        cell_style = style(look) if look else None
        match content:
            case "text":
                sheet.write_string(row - 1, column, value, cell_style)
            case "number":
                sheet.write_number(row - 1, column, value, cell_style)
            case "formula":
                write_formula(sheet, column.at(row), str(value), cell_style)
            case "blank":
                sheet.write_blank(row - 1, column, None, cell_style)


def _draw_signatures(sheet: Worksheet, style: Style, row: int, words: Words) -> None:
    """Lines to sign on, from the row ``row`` (counted from 0) on; column A stays blank."""
    for number, height in enumerate(SIGNATURE_HEIGHTS, row):
        sheet.set_row(number, height)
    sheet.write_string(row, Column.TITLE, LEGEND, style("legend"))
    lines = (
        (
            (Column.TITLE, SIGNED[0], Column.POINTS, Column.HOW),
            (Column.THRESHOLD, SIGNED[1], Column.STATE, Column.SCORE),
            (Column.FAULT, SIGNED[2], Column.EVIDENCE, Column.REMARK),
        ),
        ((Column.TITLE, STATEMENT, Column.POINTS, Column.REMARK),),
        ((Column.TITLE, "", Column.POINTS, Column.REMARK),),
        ((Column.TITLE, REFUSAL, Column.POINTS, Column.REMARK),),
    )
    for number, fields in enumerate(lines, row + 1):
        for column, label, first, last in fields:
            sheet.write_string(number, column, words.said(label), style("sign"))
            for blank in range(first, last + 1):
                sheet.write_blank(number, blank, None, style("sign_line"))
