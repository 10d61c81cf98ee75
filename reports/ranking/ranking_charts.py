"""The totals of every group as bars, as many charts a page as fit it; one sheet a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.ranking.charts import BAR, bar_height, grade_color, ranking_chart
from reports.ranking.group_sheet import GroupSheet
from reports.ranking.groups import grade_names
from reports.ranking.layout import INK, PAGE_SHAPE, ROW_PX, Book, Sheet
from reports.ranking.measures import pixels, short_title
from rubrics.language.rubric import Rubric

_COLUMNS = [8.0] * 20
_TOP_PX = 90
_GAP_PX = 8
_FIRST_ROW = 3
_ROOM_PX = int(sum(map(pixels, _COLUMNS)) * PAGE_SHAPE) - _TOP_PX
MOST = 30
"""So many schools fit a chart that fills the page."""


@dataclass(slots=True)
class _Page:
    """What stands on one page: charts with their pixels from the left and from the top."""

    placed: list[tuple[GroupSheet, int, int]] = field(default_factory=list)
    used: list[int] = field(default_factory=lambda: [0, 0])
    """How far the left and the right half are filled."""


def ranking_charts(book: Book, rubric: Rubric, written: Sequence[GroupSheet]) -> list[Sheet]:
    """Writes the sheets of one rubric and returns them; a sheet is one printed page.

    Fitting a sheet to one page is the only way to keep charts whole in every office program: page
    breaks set by hand are ignored where a sheet is fitted to the page's width.
    """
    shown = [held for held in written if held.group.compared]
    # The largest first, so that the small ones fill what is left.
    shown.sort(key=lambda held: -min(MOST, len(held.group.ranked)))
    pages = _pages(shown)
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
    sheet.text(1, 0, "条的颜色是等次：", "quiet")
    for at, grade in enumerate(grades):
        color = grade_color(rubric, grade)
        ink = "#FFFFFF" if color == BAR else INK
        sheet.text(1, 2 + at, grade, "centre", bg_color=color, font_color=ink)


def _pages(shown: Sequence[GroupSheet]) -> list[_Page]:
    pages: list[_Page] = []
    for held in shown:
        high = _height(held)
        page = next((page for page in pages if min(page.used) + high <= _ROOM_PX), None)
        if page is None:
            page = _Page()
            pages.append(page)
        half = page.used.index(min(page.used))
        page.placed.append((held, half, page.used[half]))
        page.used[half] += high + ROW_PX - high % ROW_PX
    return pages


def _height(held: GroupSheet) -> int:
    return bar_height(min(MOST, len(held.group.ranked)))


def _page(sheet: Sheet, rubric: Rubric, page: _Page, longest: int) -> None:
    wide = (sheet.wide_px - _GAP_PX) // 2
    for held, half, top in page.placed:
        chart = ranking_chart(held, rubric, min(MOST, len(held.group.ranked)), longest)
        x = half * (wide + _GAP_PX)
        sheet.chart(_FIRST_ROW + top // ROW_PX, x, chart, wide - 2, _height(held))
    sheet.page.fit_to_pages(1, 1)
    sheet.page.print_area(0, 0, _FIRST_ROW + max(page.used) // ROW_PX, sheet.last)
