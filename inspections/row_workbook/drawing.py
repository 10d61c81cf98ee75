"""Writes a workbook with a row for each thing: head, table, signature lines, hidden identity."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from inspections.row_workbook.book import RowBook
from inspections.row_workbook.columns import Kind, RowColumn, RowValue
from inspections.row_workbook.looks import ROW_LOOKS
from inspections.row_workbook.sealing import identity_of, lines_of
from inspections.row_workbook.values import points_wanted
from inspections.row_workbook.widths import fitted, lines_height, row_cells, shown_entry
from inspections.workbook.drawing.formats import DEFAULT_FONT
from inspections.workbook.form.layout import IDENTITY_SHEET
from inspections.workbook.form.naming import in_footer, sheet_name
from inspections.workbook.form.pages import MARGINS
from inspections.workbook.form.row_texts import line_count
from rubrics.messages.outgoing import outgoing
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem

_INPUT_STYLES: Final = {
    Kind.TEXT: "note",
    Kind.FILES: "note",
    Kind.DATE: "head_date",
    Kind.WHOLE: "entry",
    Kind.CHOICE: "chosen",
    Kind.POINTS: "entry",
}
_IN_SIGHT: Final = 34
"""Characters of the columns at the left that stay in sight when the sheet is moved."""

_LIST_LENGTH: Final = 255
"""Characters of a list's words that a validation can hold itself."""

_LISTS: Final = 3
"""The column (from 0) of the hidden sheet with the first list that is longer."""


def write_rows(path: Path, book: RowBook, name: str = "") -> tuple[Problem, ...]:
    """Writes a workbook; returns what went wrong, as ``write_whole`` does."""
    return write_whole(path, rows_data(book), name)


def rows_data(book: RowBook) -> bytes:
    """Returns the workbook (.xlsx); the same book gives the same bytes."""
    memory = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": dict(DEFAULT_FONT),
    }
    with xlsxwriter.Workbook(memory, options) as made:
        # No moment of making is kept.
        made.set_properties({"title": outgoing(book.title), "created": datetime(2000, 1, 1)})
        _Drawing(made, book).draw()
    return memory.getvalue()


class _Drawing:
    """One workbook being drawn; rows and columns count from 0."""

    def __init__(self, made: xlsxwriter.Workbook, book: RowBook) -> None:
        self.made, self.book = made, book
        self.looks: dict[str, Format] = {}
        self.cells = row_cells(book)
        keys = [row.key for row in book.drawn_rows]
        self.widths, self.heights = fitted(book.columns, self.cells, keys)
        self.head = len(book.lines) + 1
        self.prompts = any(column.prompt for column in book.columns)
        self.first = self.head + 1 + self.prompts
        taken = {IDENTITY_SHEET.casefold()}
        self.sheet: Worksheet = made.add_worksheet(sheet_name(book.title, taken))
        self.hidden: Worksheet = made.add_worksheet(IDENTITY_SHEET)
        self.lists = 0

    def look(self, name: str) -> Format:
        if name not in self.looks:
            self.looks[name] = self.made.add_format(ROW_LOOKS[name])
        return self.looks[name]

    def draw(self) -> None:
        self._set_up()
        self._draw_head()
        self._draw_table()
        self._draw_signatures()
        for at, cells in enumerate(lines_of(identity_of(self.book))):
            for column, text in enumerate(cells):
                self.hidden.write_string(at, column, text)
        self.hidden.hide()
        self.hidden.protect()

    def _set_up(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)
        staying = sum(total <= _IN_SIGHT for total in accumulate(self.widths))
        sheet.freeze_panes(self.first, max(staying, 1))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(**MARGINS)
        sheet.center_horizontally()
        sheet.repeat_rows(self.head, self.first - 1)
        title, to = (in_footer(outgoing(it)) for it in (self.book.title, self.book.to_name))
        footer = f"&L&9{to}&C&9第 &P 页，共 &N 页&R&9{title}"
        sheet.set_footer(footer, {"margin": 0.25})
        sheet.protect("", {"format_columns": True, "format_rows": True, "objects": True})

    def _draw_head(self) -> None:
        last = len(self.widths) - 1
        self._over(0, 0, last, outgoing(self.book.title), "title")
        self.sheet.set_row(0, 27)
        for at, line in enumerate(self.book.lines, 1):
            text = outgoing(line)
            self._over(at, 0, last, text, "head_line")
            self.sheet.set_row(at, lines_height(text, sum(self.widths)))

    def _draw_table(self) -> None:
        headings = [self.book.key_heading, *(it.heading for it in self.book.columns)]
        prompts = ["", *(it.prompt for it in self.book.columns)]
        for line, texts, look, size in (
            (self.head, headings, "header", 10.0),
            (self.head + 1, prompts, "prompt_line", 8.0),
        ):
            if line == self.first:
                break
            for at, text in enumerate(texts):
                self.sheet.write_string(line, at, text, self.look(look))
            most = max(line_count(text, self.widths[at], size) for at, text in enumerate(texts))
            self.sheet.set_row(line, most * size * 1.42 + 6)
        for at, row in enumerate(self.book.drawn_rows, self.first):
            self.sheet.write_string(at, 0, row.key, self.look("key"))
            for column, item in enumerate(self.book.columns, 1):
                text = self.cells[at - self.first][column - 1]
                if not item.is_input:
                    self.sheet.write_string(at, column, text, self.look("text"))
                else:
                    self._draw_input(at, column, item, row.entries.get(item.key))
            self.sheet.set_row(at, self.heights[at - self.first])
        last = self.first + len(self.book.drawn_rows) - 1
        for column, item in enumerate(self.book.columns, 1):
            if item.is_input and last >= self.first:
                if item.kind is Kind.POINTS:
                    self._validate_points(column, item)
                else:
                    rule = self._validation(item)
                    self.sheet.data_validation(self.first, column, last, column, rule)
                if item.required:
                    self._colour_missing(column, last)
        if self.book.total:
            self._draw_total(last + 1)

    def _draw_input(self, row: int, column: int, item: RowColumn, value: RowValue | None) -> None:
        look = self.look(_INPUT_STYLES[item.kind])
        match value:
            case None:
                self.sheet.write_blank(row, column, None, look)
            case date():
                moment = datetime(value.year, value.month, value.day)
                self.sheet.write_datetime(row, column, moment, look)
            case int() | Decimal():
                self.sheet.write_number(row, column, float(value), look)
            case _:
                self.sheet.write_string(row, column, shown_entry(value), look)

    def _draw_total(self, at: int) -> None:
        """The line below the table in which the points of the rows are summed up by formula."""
        self.sheet.write_string(at, 0, self.book.total, self.look("key"))
        for column, item in enumerate(self.book.columns, 1):
            if item.kind is not Kind.POINTS:
                self.sheet.write_blank(at, column, None, self.look("text"))
                continue
            letter = xl_col_to_name(column)
            values = [row.entries.get(item.key) for row in self.book.rows]
            whole = sum((it for it in values if isinstance(it, Decimal)), Decimal(0))
            formula = f"=SUM({letter}{self.first + 1}:{letter}{at})"
            self.sheet.write_formula(at, column, formula, self.look("score"), float(whole))
        self.sheet.set_row(at, 22)

    def _validate_points(self, column: int, item: RowColumn) -> None:
        """Every row has points of its own."""
        letter = xl_col_to_name(column)
        for at, row in enumerate(self.book.rows, self.first):
            cell = f"{letter}{at + 1}"
            most, step = f"{row.points:f}", f"{item.step:f}"
            fits = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={most},"
            fits += f"ABS(ROUND({cell}/{step},0)*{step}-{cell})<0.00000001)"
            words = "".join(f',{cell}="{word}"' for word in item.choices)
            told = points_wanted(item, row.points)
            rule = {
                "validate": "custom", "value": f"=IFERROR(OR({fits}{words}),FALSE)",
                "ignore_blank": True, "input_title": item.heading[:32],
                "input_message": told[:255], "error_message": f"请填{told}"[:255],
            }  # fmt: skip
            self.sheet.data_validation(at, column, at, column, rule)

    def _validation(self, column: RowColumn) -> dict[str, Any]:
        rule: dict[str, Any] = {"input_title": column.heading[:32], "ignore_blank": True}
        told = column.prompt
        match column.kind:
            case Kind.DATE:
                since, until = column.window
                told = told or f"填日期，如 {until.year if until.year < 2090 else 2026}-03-05"
                rule |= {
                    "validate": "date", "criteria": "between", "minimum": since, "maximum": until,
                    "error_message": f"请填 {since} 至 {until} 之间的日期，如 2026-03-05",
                }  # fmt: skip
            case Kind.WHOLE:
                rule |= {
                    "validate": "integer", "criteria": "between", "minimum": column.least,
                    "maximum": column.most,
                    "error_message": f"请填 {column.least} 至 {column.most} 的整数，不带单位",
                }  # fmt: skip
            case Kind.CHOICE:
                rule |= {
                    "validate": "list", "source": self._source(column.choices),
                    "error_message": f"请从下拉框里选：{'、'.join(column.choices)}"[:255],
                }  # fmt: skip
            case _:
                rule |= {
                    "validate": "length", "criteria": "<=", "value": column.longest,
                    "error_type": "warning",
                    "error_message": f"这一格最多 {column.longest} 个字，更多的请另附材料",
                }  # fmt: skip
        return rule | {"input_message": told[:255]} if told else rule

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        if len(",".join(choices)) <= _LIST_LENGTH and not any("," in it for it in choices):
            return list(choices)
        column = _LISTS + self.lists
        self.lists += 1
        for at, word in enumerate(choices):
            self.hidden.write_string(at, column, word)
        letter = xl_col_to_name(column, col_abs=True)
        return f"='{IDENTITY_SHEET}'!{letter}$1:{letter}${len(choices)}"

    def _colour_missing(self, column: int, last: int) -> None:
        """Orange where something is filled in beside and this is still blank."""
        before = {key for row in self.book.rows for key in row.entries}
        every = [(at, item.key) for at, item in enumerate(self.book.columns, 1) if item.is_input]
        # What stands there already tells nothing of whether somebody has begun to fill in the row.
        inputs = [at for at, key in every if key not in before] or [at for at, _ in every]
        row = self.first + 1
        cell = f"${xl_col_to_name(column)}{row}"
        beside = "+".join(f"LEN(TRIM(${xl_col_to_name(at)}{row}))" for at in inputs)
        rule = f"=AND(LEN(TRIM({cell}))=0,{beside}>0)"
        self.sheet.conditional_format(
            self.first, column, last, column,
            {"type": "formula", "criteria": rule, "format": self.look("missing")},
        )  # fmt: skip

    def _draw_signatures(self) -> None:
        """Two labels in a line, each with a cell to sign in; a narrow table has one in a line."""
        row = self.first + len(self.book.drawn_rows) + 1 + bool(self.book.total)
        columns = len(self.widths)
        middle = sum(total <= sum(self.widths) / 2 for total in accumulate(self.widths))
        halves = [(0, columns)] if columns < 6 else [(0, middle), (middle, columns)]
        for number, label in enumerate(self.book.signatures):
            start, end = halves[number % len(halves)]
            self.sheet.set_row(row, 27)
            split = start + 1
            while sum(self.widths[start:split]) < _label_width(label) and split < end - 1:
                split += 1
            self._over(row, start, split - 1, label, "sign")
            self._over(row, split, end - 1, "", "sign_cell")
            row += number % len(halves) == len(halves) - 1

    def _over(self, row: int, first: int, last: int, text: str, look: str) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.look(look))
        if text:
            self.sheet.write_string(row, first, text, self.look(look))
        elif last == first:
            self.sheet.write_blank(row, first, None, self.look(look))


def _label_width(label: str) -> float:
    """Characters that a label takes in its type, which is larger than the columns' own."""
    return len(label) * 2.4 + 1
