"""How a rubric workbook looks: headings, widths, lists to choose from, grey cells, print set-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from rubrics.glossary import meaning
from rubrics.workbook.cells import Column, to_cell
from rubrics.workbook.guide import GUIDE_LINES
from rubrics.workbook.sheets import GUIDE, METHODS, Sheet

Row = dict[str, Any]
_SPARE = 200
"""Rows below the last one that have the lists and formats too."""
_FONT = {"font_name": "等线", "font_size": 10.5, "valign": "top", "text_wrap": True}
_HINTS = {
    "range": "如 ≤60、(60, 70]、≥8:20",
    "share": "如 90%、2/3",
    "texts": "有几个时用“；”隔开",
    "numbers": "有几个时用“；”隔开",
    "condition": "如 学段为小学、初中且正式党员数≥7；几种情况用“ 或 ”隔开",
    "day": "如 2025-09-01",
}


class Looks:
    """A workbook being written, with its formats."""

    def __init__(self, book: xlsxwriter.Workbook, title: str) -> None:
        self.book = book
        self.title = title
        # No moment of making is kept, so that the same rubric gives the same bytes.
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        line = {"border": 1, "border_color": "#BFBFBF"}
        self.heading = book.add_format(
            _FONT | line | {"bold": True, "bg_color": "#DCE6F1", "valign": "vcenter"}
        )
        self.text = book.add_format(_FONT | line | {"num_format": "@"})
        self.number = book.add_format(_FONT | line)
        self.shown = book.add_format(
            _FONT | line | {"font_color": "#595959", "bg_color": "#F2F2F2"}
        )
        self.unused = book.add_format(_FONT | line | {"bg_color": "#E7E6E6", "num_format": "@"})
        self.plain = book.add_format(_FONT)
        self.title_look = book.add_format(_FONT | {"bold": True, "font_size": 16})

    def guide(self) -> None:
        """Adds the first sheet."""
        page = self.book.add_worksheet(GUIDE)
        page.hide_gridlines(2)
        page.set_column(0, 0, 18)
        page.set_column(1, 1, 84)
        page.write_string(0, 0, "", self.title_look)
        page.merge_range(0, 0, 0, 1, self.title, self.title_look)
        for number, (subject, text) in enumerate(GUIDE_LINES, 2):
            page.write_string(number, 0, subject, self.heading)
            page.write_string(number, 1, text, self.text)
        self._print(page, repeat=False)

    def facts(self, sheet: Sheet, content: Row) -> None:
        """Adds the sheet of single facts: heading, value, what it means."""
        page = self.book.add_worksheet(sheet.name)
        page.set_column(0, 0, 22)
        page.set_column(1, 1, 60)
        page.set_column(2, 2, 44)
        page.freeze_panes(1, 1)
        for number, text in enumerate(("项目", "内容", "说明")):
            page.write_string(0, number, text, self.heading)
        for number, column in enumerate(sheet.columns, 1):
            page.write_string(number, 0, column.heading, self.heading)
            self._cell(page, number, 1, column, content.get(column.keys[0]))
            page.write_string(number, 2, _meaning(column, "Rubric"), self.shown)
            self._check(page, column, number, number, 1)
        self._print(page)

    def table(
        self, sheet: Sheet, rows: Sequence[Row], unused: Callable[[Sheet, Row], set[str]]
    ) -> None:
        """Adds a table; cells under ``unused`` headings of a row are grey."""
        page = self.book.add_worksheet(sheet.name)
        page.freeze_panes(1, 2)
        page.set_row(0, 44)
        last = len(rows) + _SPARE
        for place, column in enumerate(sheet.columns):
            look = self.number if column.form == "number" else self.text
            page.set_column(place, place, column.width)
            page.write_string(0, place, column.heading, self.heading)
            self._check(page, column, 1, last, place)
            for number, row in enumerate(rows, 1):
                names = column.keys or ("",)
                value = next((row[name] for name in names if name in row), None)
                if column.heading in unused(sheet, row):
                    page.write_blank(number, place, None, self.unused)
                else:
                    self._cell(page, number, place, column, value)
            for number in range(len(rows) + 1, len(rows) + 11 if column.keys else 0):
                page.write_blank(number, place, None, look)
        page.autofilter(0, 0, len(rows), len(sheet.columns) - 1)
        self._print(page)

    def _cell(self, page: Any, row: int, place: int, column: Column, value: object) -> None:
        cell = to_cell(column, value)
        look = self.number if column.form == "number" else self.text
        if not column.keys:
            look = self.shown
        if cell is None:
            page.write_blank(row, place, None, look)
        elif isinstance(cell, Decimal):
            page.write_number(row, place, float(cell), look)
        else:
            page.write_string(row, place, cell, look)

    def _check(self, page: Any, column: Column, first: int, last: int, place: int) -> None:
        """A list to choose from, or a hint; what is wrong is said by the import, not refused."""
        choices = list(column.choices.values()) or (["是", "否"] if column.form == "yes" else [])
        if column.keys == ("method",):
            choices = list(METHODS)
        hint = _HINTS.get(column.form, "")
        rule: dict[str, Any] = {"validate": "any"}
        if choices:
            several = column.form == "texts"
            rule = {"validate": "list", "source": choices, "show_error": not several}
        elif column.form == "number":
            rule = {"validate": "decimal", "criteria": "between", "minimum": -1e9, "maximum": 1e9,
                    "error_title": column.heading, "error_message": "这里填数"}  # fmt: skip
        if hint:
            rule |= {"input_title": column.heading[:32], "input_message": hint}
        if choices or hint or column.form == "number":
            page.data_validation(first, place, last, place, rule)

    def _print(self, page: Any, *, repeat: bool = True) -> None:
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(0.4, 0.4, 0.6, 0.6)
        page.set_footer("&C&P / &N")
        if repeat:
            page.repeat_rows(0)


def _meaning(column: Column, model: str) -> str:
    group, _, key = column.keys[0].rpartition(".")
    if key == "cap":
        return "不设这一类就不填"
    return meaning(model, key) if not group else meaning("VisitRule", key)
