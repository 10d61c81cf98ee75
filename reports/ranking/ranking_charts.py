"""The totals of every group as bars, as many charts a page as fit it; one sheet a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.ranking.charts import BAR, bar_height, grade_color, ranking_chart
from reports.ranking.group_sheet import GroupSheet
from reports.ranking.groups import grade_names
from reports.ranking.layout import INK, PAGE_SHAPE, ROW_PX, Book, Sheet, pixels, short_title
from rubrics.rubric import Rubric

_COLUMNS = [8.0] * 20
_TOP_PX = 90
_GAP_PX = 8
_ROOM_PX = int(sum(map(pixels, _COLUMNS)) * PAGE_SHAPE) - _TOP_PX
MOST = 30
"""So many schools fit a chart that fills the page."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Charts side by side, one or two."""

    held: tuple[GroupSheet, ...]

    @property
    def height(self) -> int:
        return max(bar_height(min(MOST, len(item.group.ranked))) for item in self.held)


def ranking_charts(book: Book, rubric: Rubric, written: Sequence[GroupSheet]) -> list[Sheet]:
    """Writes the sheets of one rubric and returns them; a sheet is one printed page.

    Fitting a sheet to one page is the only way to keep charts whole in every office program: page
    breaks set by hand are ignored where a sheet is fitted to the page's width.
    """
    shown = [held for held in written if held.group.ranked]
    # Groups of like size stand side by side.
    shown.sort(key=lambda held: -min(MOST, len(held.group.ranked)))
    shelves = [_Shelf(tuple(shown[at : at + 2])) for at in range(0, len(shown), 2)]
    pages = list(_pages(shelves))
    longest = max((s.total or 0 for held in shown for s in held.group.ranked), default=0)
    sheets = []
    for number, page in enumerate(pages, 1):
        name = f"{short_title(rubric.title)} 总分图{number if len(pages) > 1 else ''}"
        sheet = book.sheet(name, _COLUMNS)
        _legend(sheet, rubric, grade_names(rubric, [s for h in shown for s in h.group.ranked]))
        _page(sheet, rubric, page, longest)
        sheets.append(sheet)
    return sheets


def _legend(sheet: Sheet, rubric: Rubric, grades: Sequence[str]) -> None:
    sheet.across(0, f"{rubric.title}　各组总分", "title", line=24, least=_TOP_PX * 0.6)
    sheet.text(1, 0, "条的颜色是等次：", "small", "quiet")
    for at, grade in enumerate(grades):
        color = grade_color(rubric, grade)
        ink = "#FFFFFF" if color == BAR else INK
        sheet.text(1, 2 + at, grade, "small", "centre", bg_color=color, font_color=ink)


def _pages(shelves: Sequence[_Shelf]) -> Iterator[list[_Shelf]]:
    page: list[_Shelf] = []
    left = _ROOM_PX
    for shelf in shelves:
        if page and shelf.height + ROW_PX > left:
            yield page
            page, left = [], _ROOM_PX
        page.append(shelf)
        left -= shelf.height + ROW_PX
    if page:
        yield page


def _page(sheet: Sheet, rubric: Rubric, shelves: Sequence[_Shelf], longest: int) -> None:
    half = (sheet.wide_px - _GAP_PX) // 2
    row = 3
    for shelf in shelves:
        for at, held in enumerate(shelf.held):
            bars = min(MOST, len(held.group.ranked))
            chart = ranking_chart(held, rubric, bars, longest)
            sheet.chart(row, at * (half + _GAP_PX), chart, half - 2, bar_height(bars))
        row += shelf.height // ROW_PX + 1
    sheet.page.fit_to_pages(1, 1)
    sheet.page.print_area(0, 0, row, sheet.last)
