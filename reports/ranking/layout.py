"""What all sheets of the ranking workbook share: looks, print set-up, and text that stays text."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from inspections.round.round import Round
from inspections.workbook.form.naming import in_footer
from reports.ranking.measures import (
    DIGIT_PX,
    LEAST,
    SIZE,
    lines,
    pixels,
    places_format,
    shortened,
    width,
)
from rubrics.language.subject import SCHOOLS, Words
from rubrics.messages.plain_text import plain
from rubrics.values.points import SCALE

SONG, HEI = "宋体", "黑体"
INK, QUIET, LINE, HEAD = "#1F2933", "#5F6B76", "#9AA5B1", "#E4E9EE"

LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": HEI, "font_size": 16, "align": "center"},
    "subtitle": {"align": "center", "font_color": QUIET},
    "section": {"font_name": HEI, "font_size": 12},
    "note": {"font_color": QUIET, "text_wrap": True},
    "prose": {"text_wrap": True, "valign": "top"},
    "label": {"font_color": QUIET, "valign": "top"},
    "cell": {"border": 1, "border_color": LINE},
    "head": {"font_name": HEI, "bg_color": HEAD, "align": "center", "text_wrap": True},
    "band": {"font_name": HEI, "bg_color": "#F3F5F7"},
    "centre": {"align": "center"},
    "wrap": {"text_wrap": True},
    "shrink": {"shrink": True},
    "strong": {"bold": True},
    "quiet": {"font_color": QUIET},
    "link": {"font_color": "#1F4E79", "underline": 1},
    "dash": {"num_format": "0;-0;—"},
    "moved": {"num_format": "+0;-0;0"},
    "percent": {"num_format": "0.0%_ "},
}
BASE = {"font_name": SONG, "font_size": SIZE, "font_color": INK, "valign": "vcenter"}

ROW_PX = 24
# Column widths are counted in its digits; see the measures.
_OWN_FONT: dict[str, Any] = {
    "default_format_properties": {"font_name": SONG, "font_size": 11},
    "default_row_height": ROW_PX,
    "default_column_width": 9 * DIGIT_PX,
}

A4, A3 = 9, 8
PAPERS_MM = {A4: (297, 210), A3: (420, 297)}
"""Width and height, landscape, by the numbers that workbooks give them."""

MARGINS_MM = (11, 11, 13, 15)
"""Left, right, top, bottom; the page number stands in the bottom margin."""

PAGE_SHAPE = (PAPERS_MM[A4][1] - MARGINS_MM[2] - MARGINS_MM[3]) / (
    PAPERS_MM[A4][0] - MARGINS_MM[0] - MARGINS_MM[1]
)
"""Height by width of what may be printed on; A3 has nearly the same."""

_NAME_LONGEST = 31
_ILLEGAL = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Book:
    """A workbook in the making: each format is made once, each sheet name used once.

    ``words``: into those of what is inspected titles, notes and heads are put. ``note``: stands at
    the head of every page.
    """

    def __init__(
        self, settings: Round, name: str = "排名表", words: Words = SCHOOLS, note: str = ""
    ) -> None:
        self.round, self.name, self.words, self.note = settings, name, words, note
        self._data = BytesIO()
        options: dict[str, Any] = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        # XlsxWriter writes into what it is given, and the next workbook would differ.
        options |= copy.deepcopy(_OWN_FONT)
        self.workbook = xlsxwriter.Workbook(self._data, options)
        # The day of the last visit, not of the writing: same inputs, same bytes.
        made = datetime.combine(settings.window.until, time())
        self.workbook.set_properties(
            {"title": f"{settings.title}{name}", "author": settings.bureau, "created": made}
        )
        self._formats: dict[tuple[object, ...], Any] = {}
        self._names: set[str] = set()

    def format(self, *looks: str, **more: Any) -> Any:
        """Returns the format that adds up the named looks, then ``more``."""
        key = (*looks, *more.items())
        if key not in self._formats:
            whole = dict(BASE)
            for look in looks:
                whole |= LOOKS[look]
            self._formats[key] = self.workbook.add_format(whole | more)
        return self._formats[key]

    def sheet(self, wanted: str, widths: Sequence[float], tab: str = "") -> Sheet:
        """Returns a new landscape sheet, one page wide, with these column widths.

        It is printed on A4 where all of it fits in type of ``LEAST`` points, else on A3.
        """
        page = self.workbook.add_worksheet(self._free_name(self.words.said(wanted)))
        page.hide_gridlines(2)
        page.set_default_row(ROW_PX * 0.75)
        page.set_landscape()
        paper = A4 if sum(map(pixels, widths)) <= room_px(A4) else A3
        page.set_paper(paper)
        page.set_margins(*(edge / 25.4 for edge in MARGINS_MM))
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        heading = in_footer(self.round.title)
        left = f"&L&11{heading}　{self.name}"
        page.set_footer(f"{left}&C&11第 &P 页　共 &N 页&R&11&A", {"margin": 0.25})
        if self.note:
            page.set_header(f"&C&11{in_footer(self.note)}", {"margin": 0.2})
        if tab:
            page.set_tab_color(tab)
        for column, wide in enumerate(widths):
            page.set_column(column, column, wide, self.format())
        return Sheet(self, page, widths, paper)

    def close(self) -> bytes:
        """Returns the finished file."""
        self.workbook.close()
        return self._data.getvalue()

    def _free_name(self, wanted: str) -> str:
        """A sheet name that Excel takes: 31 characters, none forbidden, not used before."""
        name = _ILLEGAL.sub("", wanted).strip("' ")[:_NAME_LONGEST] or "表"
        base, number = name, 2
        while name.casefold() in self._names:
            tail = f"({number})"
            name, number = f"{base[: _NAME_LONGEST - len(tail)]}{tail}", number + 1
        self._names.add(name.casefold())
        return name


def room_px(paper: int) -> int:
    """Returns how wide a sheet may be, in pixels, to keep type of ``LEAST`` points on a paper."""
    room = PAPERS_MM[paper][0] - MARGINS_MM[0] - MARGINS_MM[1]
    return int(room / 25.4 * 96 * SIZE / LEAST)


class Sheet:
    """One sheet, written cell by cell. Rows and columns count from 0.

    ``heights``: of the rows that are not as high as all others, in points; ``repeated``: how many
    rows from the top stand on every page.
    """

    def __init__(self, book: Book, page: Any, widths: Sequence[float], paper: int) -> None:
        self.book, self.page, self.widths, self.paper = book, page, widths, paper
        self.heights: dict[int, float] = {}
        self.repeated = 0
        self.name: str = page.get_name()

    @property
    def last(self) -> int:
        """The last column that has a width."""
        return len(self.widths) - 1

    @property
    def wide_px(self) -> int:
        """The width of all columns in pixels."""
        return sum(map(pixels, self.widths))

    def text(self, row: int, column: int, value: str, *looks: str, **more: Any) -> None:
        """Writes text that stays text, whatever it begins with.

        A row with wrapped text is made high enough: not every office program does so by itself.
        """
        look = self.book.format(*looks, **more)
        if "head" in looks or "label" in looks:
            value = self.book.words.said(value)
        if value:
            self.page.write_string(row, column, shortened(plain(value)), look)
        else:
            self.page.write_blank(row, column, None, look)
        if "wrap" in looks or "head" in looks:
            self._raise(row, lines(value, self.widths[column], SIZE) * SIZE * 1.45 + 4)

    def _raise(self, row: int, height: float) -> None:
        if height > self.heights.get(row, ROW_PX * 0.75):
            self.high(row, height)

    def high(self, row: int, height: float) -> None:
        """Makes a row so many points high."""
        self.heights[row] = height
        self.page.set_row(row, height)

    def repeat(self, row: int) -> None:
        """Repeats the rows down to this one on every page."""
        self.repeated = row + 1
        self.page.repeat_rows(0, row)

    def number(self, row: int, column: int, value: float, *looks: str, **more: Any) -> None:
        """Writes a number."""
        self.page.write_number(row, column, value, self.book.format(*looks, **more))

    def points(
        self, row: int, column: int, units: int | None, places: int, *looks: str, **more: Any
    ) -> None:
        """Writes units of 1/10000 as points with ``places`` decimals; None leaves it blank."""
        if units is None:
            self.text(row, column, "", *looks, **more)
        else:
            shown = {"num_format": places_format(places)} | more
            self.number(row, column, units / SCALE, *looks, **shown)

    def across(
        self,
        row: int,
        value: str,
        *looks: str,
        first: int = 0,
        last: int | None = None,
        line: float = 15,
        least: float = 0,
    ) -> None:
        """Writes text over merged columns, in a row high enough for it (``line`` points a line)."""
        end, value = self.last if last is None else last, self.book.words.said(value)
        if end > first:
            self.page.merge_range(row, first, row, end, "", self.book.format(*looks))
        self.text(row, first, value, *looks)
        wide = sum(self.widths[first : end + 1])
        size = max((LOOKS[look].get("font_size", 0) for look in looks), default=0) or SIZE
        self.high(row, max(least, line * lines(value, wide, size) + 3))

    def heading(self, title: str, *notes: str) -> int:
        """Writes the sheet's title and the lines under it; returns the next free row."""
        self.across(0, title, "title", line=24, least=30)
        for row, note in enumerate(self.book.words.all_said(notes), 1):
            self.across(row, note, "note", "centre" if width(note) < 150 else "wrap", line=13)
        return 1 + len(notes)

    def head(self, row: int, titles: Sequence[str]) -> None:
        """Writes a table's head; it is repeated on every page and stays in view."""
        for column, title in enumerate(titles):
            self.text(row, column, title, "cell", "head")
        self.repeat(row)

    def chart(self, row: int, x: int, chart: Any, wide: int, high: int) -> None:
        """Puts a chart of so many pixels at a row, ``x`` pixels from the left edge."""
        column = 0
        while x >= pixels(self.widths[column]):
            x -= pixels(self.widths[column])
            column += 1
        chart.set_size({"width": wide, "height": high})
        self.page.insert_chart(row, column, chart, {"x_offset": x, "object_position": 2})

    def link(self, row: int, column: int, target: Sheet, *looks: str, text: str = "") -> None:
        """Writes a link to another sheet."""
        place = target.name.replace("'", "''")
        self.page.write_url(
            row,
            column,
            f"internal:'{place}'!A1",
            self.book.format(*looks, "link"),
            string=shortened(text or target.name),
        )
