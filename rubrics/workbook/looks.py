"""How a rubric workbook looks: headings, widths, lists to choose from, grey cells, print set-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from math import ceil
from typing import Any

import xlsxwriter

from rubrics.language.glossary import meaning
from rubrics.language.method import METHODS
from rubrics.workbook.cells import Column, to_cell
from rubrics.workbook.guide import GUIDE_LINES
from rubrics.workbook.sheets import GUIDE, Sheet

Cell = str | Decimal | None
_SPARE = 200
"""Rows below the last one that have the lists too."""
_EMPTY = 10
"""Empty rows that are drawn below the last one."""
_LINE = 14.5
"""Height of a line of text, in points."""
_A3, _A4 = 8, 9
_WIDE = 130
"""Characters in all columns from which a sheet is printed on A3."""
_NAMING = 45
"""Characters of the columns at the left that stay in sight."""
_FONT = {"font_name": "等线", "font_size": 10.5, "valign": "top", "text_wrap": True}
_HINTS = {
    "range": "如 ≤60、(60, 70]、≥8:20",
    "share": "如 90%、2/3",
    "texts": "有几个时用“；”隔开",
    "numbers": "有几个时用“；”隔开",
    "condition": "如 学段为小学、初中且正式党员数≥7；几种情况用“ 或 ”隔开",
    "day": "如 2025-09-01",
}


@dataclass(frozen=True, slots=True)
class Dressed:
    """One row: its cells, which of them it does not use, and whether it begins a group."""

    cells: Sequence[Cell]
    unused: set[int] = field(default_factory=set)
    leads: bool = False


class Looks:
    """A workbook being written, with its formats."""

    def __init__(self, book: xlsxwriter.Workbook, title: str) -> None:
        self.book = book
        self.title = title
        # No moment of making is kept, so that the same rubric gives the same bytes.
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        line = _FONT | {"border": 1, "border_color": "#BFBFBF"}
        number = line | {"align": "center"}
        text = line | {"num_format": "@"}
        lead = {"bg_color": "#EEF4FA", "bold": True}
        self.heading = book.add_format(line | {"bold": True, "bg_color": "#DCE6F1"})
        self.body = {True: book.add_format(number), False: book.add_format(text)}
        self.lead = {True: book.add_format(number | lead), False: book.add_format(text | lead)}
        self.fact = book.add_format(line | {"align": "left"})
        self.shown = book.add_format(line | {"font_color": "#595959", "bg_color": "#F2F2F2"})
        self.unused = book.add_format(text | {"bg_color": "#E7E6E6"})
        self.head = book.add_format(_FONT | {"bold": True, "font_size": 16, "text_wrap": False})

    def guide(self) -> None:
        """Adds the first sheet."""
        page = self._page(GUIDE, (18, 96))
        page.hide_gridlines(2)
        page.write_string(0, 0, self.title, self.head)
        for number, (subject, text) in enumerate(GUIDE_LINES, 2):
            page.write_string(number, 0, subject, self.heading)
            page.write_string(number, 1, text, self.shown)
            page.set_row(number, _height([text], [96]))

    def facts(self, sheet: Sheet, content: Mapping[str, Any]) -> None:
        """Adds the sheet of single facts: heading, value, what it means."""
        widths = (22, 60, 44)
        page = self._page(sheet.name, widths)
        page.freeze_panes(1, 1)
        for number, text in enumerate(("项目", "内容", "说明")):
            page.write_string(0, number, text, self.heading)
        for number, column in enumerate(sheet.columns, 1):
            cell = to_cell(column, content.get(column.keys[0]))
            explained = _meaning(column)
            page.write_string(number, 0, column.heading, self.heading)
            look = self.fact if column.form == "number" else self.body[False]
            _write(page, number, 1, cell, look)
            page.write_string(number, 2, explained, self.shown)
            page.set_row(number, _height([column.heading, cell, explained], widths))
            _choices(page, column, number, number, 1)

    def table(self, sheet: Sheet, rows: Sequence[Dressed]) -> None:
        """Adds a table. Cells that a row does not use are grey; in a sheet with such cells,
        columns that no row fills are folded away.
        """
        widths = [column.width for column in sheet.columns]
        page = self._page(sheet.name, widths)
        # What names a row stays in sight.
        page.freeze_panes(1, sum(total <= _NAMING for total in accumulate(widths)))
        page.set_row(0, _height([column.heading for column in sheet.columns], widths))
        folding = any(row.unused for row in rows)
        for place, column in enumerate(sheet.columns):
            page.write_string(0, place, column.heading, self.heading)
            _choices(page, column, 1, len(rows) + _SPARE, place)
            if folding and all(row.cells[place] is None for row in rows):
                page.set_column(place, place, column.width, None, {"level": 1, "hidden": True})
        for number, row in enumerate([*rows, *[Dressed([None] * len(widths))] * _EMPTY], 1):
            for place, (column, cell) in enumerate(zip(sheet.columns, row.cells, strict=True)):
                look = (self.lead if row.leads else self.body)[column.form == "number"]
                if not column.keys:
                    look = self.shown
                _write(page, number, place, cell, self.unused if place in row.unused else look)
            page.set_row(number, _height(row.cells, widths))
        page.autofilter(0, 0, len(rows), len(widths) - 1)

    def _page(self, name: str, widths: Sequence[float]) -> Any:
        page = self.book.add_worksheet(name)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        page.set_landscape()
        page.set_paper(_A3 if sum(widths) > _WIDE else _A4)
        page.fit_to_pages(1, 0)
        page.set_margins(0.4, 0.4, 0.6, 0.6)
        page.set_footer("&C&P / &N")
        page.repeat_rows(0)
        return page


def _write(page: Any, row: int, place: int, cell: Cell, look: Any) -> None:
    if cell is None:
        page.write_blank(row, place, None, look)
    elif isinstance(cell, Decimal):
        page.write_number(row, place, float(cell), look)
    else:
        # Never write(): text that begins with = would become a formula.
        page.write_string(row, place, cell, look)


def _height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """Points that a row needs for its longest cell; programs do not all find it themselves."""
    lines = 1
    for cell, width in zip(cells, widths, strict=False):
        for part in str(cell or "").split("\n"):
            wide = sum(1 + (unicodedata.east_asian_width(letter) in "WFA") for letter in part)
            needed = ceil(wide / max(width - 1.5, 1)) if wide else 1
            lines = max(lines, needed + str(cell or "").count("\n"))
    return min(lines, 27) * _LINE + 3


def _choices(page: Any, column: Column, first: int, last: int, place: int) -> None:
    """A list to choose from, or a hint; what is wrong is said by the import, not refused."""
    choices = list(column.choices.values()) or (["是", "否"] if column.form == "yes" else [])
    rule: dict[str, Any] = {"validate": "any"}
    if column.keys == ("method",):
        rule = {"validate": "list", "source": list(METHODS), "show_error": False}
    elif choices:
        rule = {"validate": "list", "source": choices}
    elif column.form == "number":
        rule = {"validate": "decimal", "criteria": "between", "minimum": -1e9, "maximum": 1e9}
        rule |= {"error_title": column.heading, "error_message": "这里填数"}
    if hint := _HINTS.get(column.form, ""):
        rule |= {"input_title": column.heading[:32], "input_message": hint}
    if len(rule) > 1:
        page.data_validation(first, place, last, place, rule)


def _meaning(column: Column) -> str:
    group, _, key = column.keys[0].rpartition(".")
    if key == "cap":
        return "没有这一类就不填"
    if column.choices:
        return "可选：" + "；".join(column.choices.values())
    models = {"visit": "VisitRule", "subject": "Subject"}
    return meaning(models.get(group, "Rubric"), key)
