"""Native Excel charts, drawn from cells; nothing is written here but the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.ranking.group_columns import NAME_COLUMN
from reports.ranking.group_sheet import GroupSheet
from reports.ranking.layout import HEI, INK, LINE, QUIET, SONG, Sheet
from reports.ranking.measures import places_format
from rubrics.language.rubric import Rubric
from rubrics.values.points import SCALE

_SERIES = (
    "#1F4E79",
    "#E08A3C",
    "#8FB4D9",
    "#8A5A2B",
    "#5F6B76",
    "#F3D28B",
    "#3B7F8C",
    "#C9B7A6",
)
BAR = "#3F76A8"
# An axis of values says nothing that the figures on the bars do not say better.
_HIDDEN: dict[str, Any] = {"visible": False, "major_gridlines": {"visible": False}}


@dataclass(frozen=True, slots=True)
class Area:
    """A table with a row a group: its sheet, first and last row, and the row of its heads."""

    sheet: Sheet
    first: int
    last: int
    head: int

    def column(self, column: int) -> list[object]:
        """The cells of a column, as charts name them."""
        return [self.sheet.name, self.first, column, self.last, column]

    def row(self, row: int, first: int, count: int) -> list[object]:
        """``count`` cells of a row, from column ``first``."""
        return [self.sheet.name, row, first, row, first + count - 1]


def median_chart(area: Area, first: int, count: int, beyond: bool = False) -> Any:
    """Clustered columns: the median share of every dimension, a series a group.

    ``beyond``: shares may lie below 0 or above 1.
    """
    chart = _chart(area.sheet, {"type": "column"}, "各组一级指标得分率中位数")
    for number, row in enumerate(range(area.first, area.last + 1)):
        chart.add_series(
            {
                "name": [area.sheet.name, row, 0],
                "categories": area.row(area.head, first, count),
                "values": area.row(row, first, count),
                "fill": {"color": _SERIES[number % len(_SERIES)]},
                "gap": 60,
                "overlap": -5,
            }
        )
    chart.set_x_axis(_axis())
    ends = {} if beyond else {"min": 0, "max": 1, "major_unit": 0.2}
    chart.set_y_axis(_values({**ends, "num_format": "0%"}))
    chart.set_legend({"position": "bottom", "font": _font(9)})
    return chart


def grades_chart(area: Area, first: int, rubric: Rubric, grades: Sequence[str]) -> Any:
    """Stacked bars: how the schools of each group spread over the grades."""
    chart = _chart(
        area.sheet,
        {"type": "bar", "subtype": "percent_stacked"},
        "各组等次分布（学校数）",
    )
    for number, grade in enumerate(grades):
        color = grade_color(rubric, grade)
        chart.add_series(
            {
                "name": [area.sheet.name, area.head, first + number],
                "categories": area.column(0),
                "values": area.column(first + number),
                "fill": {"color": color},
                "border": {"color": "#FFFFFF", "width": 0.75},
                "data_labels": {"value": True, "num_format": "0;;", "font": _label(color)},
                "gap": 45,
            }
        )
    chart.set_y_axis(_axis({"reverse": True}))
    chart.set_x_axis(_HIDDEN)
    chart.set_legend({"position": "bottom", "font": _font(9)})
    return chart


def totals_chart(area: Area, column: int, rubric: Rubric) -> Any:
    """Bars: the median total of each group."""
    chart = _chart(area.sheet, {"type": "bar"}, "各组总分中位数")
    chart.add_series(
        {
            "name": "总分中位数",
            "categories": area.column(0),
            "values": area.column(column),
            "fill": {"color": BAR},
            "gap": 45,
            "data_labels": {
                "value": True,
                "num_format": places_format(rubric.places),
                "font": _font(9),
            },
        }
    )
    chart.set_y_axis(_axis({"reverse": True}))
    chart.set_x_axis(_HIDDEN | {"min": 0})
    chart.set_legend({"none": True})
    return chart


def bar_height(schools: int) -> int:
    """The height in pixels of a ranking chart with so many bars."""
    return 60 + 22 * schools


def ranking_chart(held: GroupSheet, rubric: Rubric, shown: int, longest: int) -> Any:
    """Bars: the totals of the first ``shown`` schools of a group, the first on top.

    ``longest``: the highest total of the rubric in units, so that all groups share one scale.
    """
    more = f"（前 {shown} 所）" if shown < len(held.group.ranked) else ""
    chart = _chart(held.sheet, {"type": "bar"}, f"{held.group.name}总分{more}")
    last = held.first_row + shown - 1
    name = held.sheet.name
    chart.add_series(
        {
            "name": "总分",
            "categories": [name, held.first_row, NAME_COLUMN, last, NAME_COLUMN],
            "values": [name, held.first_row, held.total_column, last, held.total_column],
            "fill": {"color": BAR},
            "points": [
                {"fill": {"color": grade_color(rubric, school.grade)}}
                for school in held.group.ranked[:shown]
            ],
            "gap": 40,
            "data_labels": {
                "value": True,
                "num_format": places_format(rubric.places),
                "font": _font(9),
            },
        }
    )
    chart.set_y_axis(_axis({"reverse": True}))
    # From 0, so that a bar is as long as its total; every bar has its figure.
    room = -(-longest * 115 // (SCALE * 1000)) * 10 or 10
    chart.set_x_axis(_HIDDEN | {"min": 0, "max": room})
    chart.set_legend({"none": True})
    return chart


def _chart(sheet: Sheet, kind: dict[str, str], title: str) -> Any:
    chart, title = sheet.book.workbook.add_chart(kind), sheet.book.words.said(title)
    # A leading "=" would be taken for a reference.
    heading = {"name": title.lstrip("="), "name_font": {**_font(12), "name": HEI, "bold": False}}
    chart.set_title({**heading, "overlay": False})
    chart.set_chartarea({"border": {"color": LINE}})
    return chart


def _font(size: float) -> dict[str, Any]:
    return {"name": SONG, "size": size, "color": INK, "bold": False}


def _label(fill: str) -> dict[str, Any]:
    """A figure that can be read on its fill."""
    return _font(9) | ({"color": "#FFFFFF"} if fill == BAR else {})


def _axis(more: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"num_font": _font(9), "line": {"color": LINE}, "major_tick_mark": "none"} | (more or {})


def _values(more: dict[str, Any]) -> dict[str, Any]:
    look = {
        "num_font": {**_font(9), "color": QUIET},
        "major_gridlines": {"visible": True, "line": {"color": "#E4E7EA", "width": 0.75}},
        "line": {"none": True},
    }
    return look | more


def grade_color(rubric: Rubric, grade: str) -> str:
    """Blue for the best, orange for the lowest, paler between, grey for no grade."""
    names = [band.grade for band in rubric.grades]
    if grade not in names:
        return "#C8CDD2"
    place, last = names.index(grade), len(names) - 1
    if place == 0:
        return BAR
    if place == last:
        return "#D9772B"
    return "#F3D28B" if place == last - 1 and last > 2 else "#A9C7E3"
