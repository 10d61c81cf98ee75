"""Native Excel charts of a year, drawn from the cells beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.ranking.charts import BAR
from reports.ranking.layout import HEI, INK, LINE, SONG, Book, Sheet
from reports.ranking.measures import DIGIT_PX, places_format
from scoring.years.unimproved import ItemYear

_COLORS = ("#1F4E79", "#E08A3C", "#8FB4D9", "#8A5A2B", "#5F6B76", "#3B7F8C", "#C9B7A6")
_WIDE, _HALF = 1300, 640
_MEDIANS_HIGH, _BARS_HIGH = 330, 400
_FIRST_ROW, _NEXT_ROW = 1, 16
_MOST = 15


class Drawn:
    """The sheet of a rubric's charts, one page; what they show stands on other sheets."""

    def __init__(self, book: Book, name: str) -> None:
        self._sheet = book.sheet(f"{name} 图", [_WIDE / DIGIT_PX / 20] * 20)
        self._sheet.heading(f"{name}　各轮变化")
        self._sheet.page.fit_to_pages(1, 1)

    def medians(self, sheet: Sheet, head: int, last: int, count: int) -> None:
        """Columns: the median of each group, a series a round."""
        made = self._chart({"type": "column"}, "各组总分中位数")
        for number in range(count):
            made.add_series(
                {
                    "name": [sheet.name, head, number + 1],
                    "categories": [sheet.name, head + 1, 0, last, 0],
                    "values": [sheet.name, head + 1, number + 1, last, number + 1],
                    "fill": {"color": _COLORS[number % len(_COLORS)]},
                    "gap": 60,
                    "overlap": -5,
                    "data_labels": {"value": True, "font": _font(9)} if count < 4 else {},
                }
            )
        made.set_x_axis({"num_font": _font(9)})
        made.set_y_axis({"min": 0, "num_font": _font(9), "major_gridlines": {"visible": False}})
        made.set_legend({"position": "bottom", "font": _font(9)})
        self._sheet.chart(_FIRST_ROW, 0, made, _WIDE, _MEDIANS_HIGH)

    def slides(self, sheet: Sheet, first: int, down: Sequence[int], places: int) -> None:
        """Bars: by how many points the first of the schools in column 0 slid.

        The figures stand in a column of their own, to the right of what is printed of the table.
        """
        shown, column = min(len(down), _MOST), sheet.last + 1
        for number in range(shown):
            sheet.points(first + number, column, down[number], places, "quiet")
        span = (first, first + shown - 1)
        self._bars(sheet, "下降最多的学校（分）", span, (0, column), "#D9772B", 0, places)

    def stuck(self, sheet: Sheet, items: Sequence[ItemYear], first: int) -> None:
        """Bars: at how many schools an indicator never improved, those with the most on top.

        Their names and figures are copied to the right of what is printed, in this order.
        """
        listed = sorted((one for one in items if one.stuck), key=lambda one: -len(one.stuck))[
            :_MOST
        ]
        at = sheet.last + 1
        for number, one in enumerate(listed):
            sheet.text(first + number, at, f"{one.item} {one.title}", "quiet")
            sheet.number(first + number, at + 1, len(one.stuck), "quiet")
        if listed:
            span = (first, first + len(listed) - 1)
            self._bars(sheet, "屡查未改的学校数（最多的指标）", span, (at, at + 1), BAR, _HALF + 20)

    def _bars(
        self, sheet: Sheet, title: str, span: tuple[int, int], columns: tuple[int, int],
        color: str, x: int, places: int = 0,
    ) -> None:  # fmt: skip
        title = sheet.book.words.said(title)
        made = self._chart({"type": "bar"}, title)
        names, values = columns
        shown = {"value": True, "num_format": places_format(places), "font": _font(9)}
        made.add_series(
            {
                "name": title,
                "categories": [sheet.name, span[0], names, span[1], names],
                "values": [sheet.name, span[0], values, span[1], values],
                "fill": {"color": color},
                "gap": 40,
                "data_labels": shown,
            }
        )
        made.set_y_axis({"reverse": True, "num_font": _font(9), "major_tick_mark": "none"})
        made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        made.set_legend({"none": True})
        self._sheet.chart(_NEXT_ROW, x, made, _HALF, _BARS_HIGH)

    def _chart(self, kind: dict[str, str], title: str) -> Any:
        made = self._sheet.book.workbook.add_chart(kind)
        font = {**_font(12), "name": HEI, "bold": False}
        made.set_title({"name": title, "name_font": font, "overlay": False})
        made.set_chartarea({"border": {"color": LINE}})
        return made


def _font(size: float) -> dict[str, Any]:
    return {"name": SONG, "size": size, "color": INK, "bold": False}
