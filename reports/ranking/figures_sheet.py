"""Figures of a rubric by group, and the charts drawn from them; one page."""

from __future__ import annotations

from collections.abc import Sequence

from reports.ranking.charts import Area, grades_chart, median_chart, totals_chart
from reports.ranking.group_sheet import GroupSheet
from reports.ranking.groups import Group, grade_names
from reports.ranking.layout import PAGE_SHAPE, ROW_PX, Book, Sheet
from reports.ranking.measures import short_title
from rubrics.language.rubric import Rubric
from rubrics.values.points import SCALE

_HEADS = ("组别", "应查\n学校", "参加\n排名", "总分\n中位数", "最高分", "最低分")
_WIDTHS = (20.0, 7.0, 7.0, 9.0, 9.0, 9.0)
_GAP_PX = 8
_LEAST_PX = 250


def figures_sheet(book: Book, rubric: Rubric, written: Sequence[GroupSheet]) -> Sheet:
    """Writes the sheet of one rubric and returns it."""
    grades = grade_names(rubric, [s for held in written for s in held.group.schools])
    widths = [*_WIDTHS, *[9.5] * len(rubric.dimensions), *[8.0] * len(grades)]
    sheet = book.sheet(f"{short_title(rubric.title)} 各组图", widths)
    head = sheet.heading(
        f"{rubric.title}　各组情况",
        "一级指标各列是该组得分率的中位数；等次各列是学校数。图中的数取自本表。"
        "只有一所参加排名的组不作比较。",
        *(f"{held.group.name}：{held.group.open}" for held in written if held.group.open),
    )
    for at, title in enumerate([*_HEADS, *(item.title for item in rubric.dimensions), *grades]):
        sheet.text(head, at, title, "cell", "head")
    for row, held in enumerate(written, head + 1):
        _group(sheet, row, rubric, held.group, grades)
    area = Area(sheet, head + 1, head + len(written), head)
    last = _charts(area, rubric, grades)
    sheet.page.fit_to_pages(1, 1)
    sheet.page.print_area(0, 0, last, sheet.last)
    return sheet


def _group(sheet: Sheet, row: int, rubric: Rubric, group: Group, grades: Sequence[str]) -> None:
    totals = group.totals
    sheet.text(row, 0, group.name, "cell")
    sheet.number(row, 1, len(group.schools), "cell", "centre")
    sheet.number(row, 2, len(group.ranked), "cell", "centre")
    sheet.points(row, 3, group.median, rubric.places, "cell", "strong")
    sheet.points(row, 4, max(totals, default=None), rubric.places, "cell")
    sheet.points(row, 5, min(totals, default=None), rubric.places, "cell")
    at = len(_HEADS)
    for number in range(len(rubric.dimensions)):
        share = _median_share(group, number)
        if share is None:
            sheet.text(row, at, "", "cell")
        else:
            sheet.number(row, at, share / SCALE, "cell", "percent")
        at += 1
    for grade in grades:
        count = sum(school.grade == grade for school in group.schools)
        sheet.number(row, at, count, "cell", "centre", "dash")
        at += 1


def _median_share(group: Group, number: int) -> int | None:
    """The group's median share of a dimension, which every school of the group carries."""
    return next(
        (
            school.dimensions[number].median
            for school in group.schools
            if number < len(school.dimensions) and school.dimensions[number].median is not None
        ),
        None,
    )


def _charts(area: Area, rubric: Rubric, grades: Sequence[str]) -> int:
    """Puts the charts under the table so that all fills one page; returns the last row used."""
    sheet, top = area.sheet, area.last + 2
    table = 110 + ROW_PX * (area.last - area.head + 1)
    each = max(_LEAST_PX, (int(sheet.wide_px * PAGE_SHAPE) - table) // 2 - ROW_PX)
    half = (sheet.wide_px - _GAP_PX) // 2
    dimensions = len(rubric.dimensions)
    second = top + each // ROW_PX + 1
    whole = sheet.wide_px - 2
    beyond = any(it.lowest < 0 or it.highest > it.points for it in rubric.indicators)
    medians = median_chart(area, len(_HEADS), dimensions, beyond)
    sheet.chart(top, 0, medians, whole, each)
    sheet.chart(second, 0, grades_chart(area, len(_HEADS) + dimensions, rubric, grades), half, each)
    sheet.chart(second, half + _GAP_PX, totals_chart(area, 3, rubric), half - 2, each)
    return second + each // ROW_PX + 1
