"""Draws the sheet 学校自评: what schools gave themselves before the visit."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from inspections.workbook.drawing.template import Style, drawn
from inspections.workbook.form.own_scores import (
    FIRST_ROW,
    HEADINGS,
    LINE,
    TITLE,
    WIDTHS,
    digests_of,
)
from inspections.workbook.form.pages import MARGINS
from inspections.workbook.form.row_texts import LINE_HEIGHT, line_count
from rubrics.language.subject import Words

_CENTRED = (2, 4, 5)


def own_scores_sheet(rows: Sequence[Sequence[str]], words: Words) -> bytes:
    """Returns the XML of the sheet with these rows; the same rows give the same bytes."""

    def draw(sheet: Worksheet, style: Style) -> None:
        _draw(sheet, style, rows, words)

    return drawn(draw).filled({}, {})


def _draw(sheet: Worksheet, style: Style, rows: Sequence[Sequence[str]], words: Words) -> None:
    last = len(HEADINGS) - 1
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(last + 1, last + 1, None, None, {"hidden": True})
    sheet.merge_range(0, 0, 0, last, words.said(TITLE), style("title"))
    sheet.merge_range(1, 0, 1, last, words.said(LINE), style("text"))
    sheet.set_row(0, 25)
    sheet.set_row(1, 20)
    for column, text in enumerate(HEADINGS):
        sheet.write_string(FIRST_ROW - 1, column, words.said(text), style("header"))
    for at, texts in enumerate(rows, FIRST_ROW):
        for column, text in enumerate(texts):
            look = style("centre" if column in _CENTRED else "text")
            if text:
                sheet.write_string(at, column, text, look)
            else:
                sheet.write_blank(at, column, None, look)
        sheet.write_string(at, last + 1, digests_of(texts))
        most = max(line_count(text, width) for text, width in zip(texts, WIDTHS, strict=True))
        sheet.set_row(at, round(most * LINE_HEIGHT + 6, 1))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(**MARGINS)
    sheet.protect("", {"format_columns": True, "format_rows": True})
