"""Sheets of indicators: shares kept by dimension, by indicator, and of every school."""

from __future__ import annotations

from collections.abc import Sequence

from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from reports.year.charts import Drawn
from reports.year.subject import YearSubject
from rubrics.messages.outgoing import outgoing
from rubrics.values.points import SCALE
from scoring.years.year import RubricYear, SchoolYear


def dimensions_sheet(book: Book, subject: YearSubject, name: str, part: RubricYear) -> None:
    """Schools by dimension: the share kept in the first and the last round, and what it changed."""
    rubric = part.held.rubric
    assert rubric is not None
    labels = subject.labels_of(part)
    heads, widths = ["学校"], [26.0]
    for dimension in rubric.dimensions:
        heads += [f"{dimension.title}\n{label}" for label in labels] + ["变化"]
        widths += [10.5] * len(labels) + [9.0]
    sheet = book.sheet(f"{name} 一级指标", widths)
    row = sheet.heading(
        f"{name}　各校一级指标得分率变化", "按每轮都查了、规则没有变的指标；变化单位为个百分点"
    )
    sheet.head(row, heads)
    for one in part.schools:
        row += 1
        sheet.text(row, 0, outgoing(one.name), "cell", "wrap")
        column = 1
        for dimension in rubric.dimensions:
            rates = one.dimensions[dimension.id]
            for rate in rates:
                _rate(sheet, row, column, rate)
                column += 1
            _moved_rate(sheet, row, column, rates)
            column += 1
    sheet.page.freeze_panes(sheet.repeated, 1)
    print_to(sheet, row)


def items_sheet(
    book: Book, subject: YearSubject, name: str, part: RubricYear, drawn: Drawn
) -> None:
    """Indicators: the county's rates, how many schools lost points, where it never improved."""
    labels = subject.labels_of(part)
    heads = ["编号", "指标", *(f"{label}\n得分率" for label in labels), "变化"]
    heads += [*(f"{label}\n失分学校" for label in labels), "屡查未改\n学校数", "屡查未改的学校"]
    widths = [8.0, 30.0, *([12.0] * len(labels)), 9.0, *([12.0] * len(labels)), 11.0, 44.0]
    sheet = book.sheet(f"{name} 二级指标", widths)
    never = [one for one in part.items if one.never]
    note = f"全县各轮得分率都没有提高的 {len(never)} 项，底色标出；得分率只算每轮都查了的学校"
    row = sheet.heading(f"{name}　二级指标变化", note)
    sheet.head(row, heads)
    first = row + 1
    names = {one.id: one.name for one in part.schools}
    for item in part.items:
        row += 1
        fill = {"bg_color": "#FDF3DC"} if item.never else {}
        sheet.text(row, 0, item.item, "cell", "centre", **fill)
        sheet.text(row, 1, outgoing(item.title), "cell", "wrap", **fill)
        column = 2
        for rate in item.rates:
            _rate(sheet, row, column, rate)
            column += 1
        _moved_rate(sheet, row, column, item.rates)
        for losing, checked in zip(item.losing, item.checked, strict=True):
            column += 1
            sheet.text(row, column, f"{losing}/{checked}", "cell", "centre")
        sheet.number(row, column + 1, len(item.stuck), "cell", "centre", "dash")
        said = "、".join(outgoing(names.get(id, id)) for id in item.stuck[:_NAMED])
        more = f"等 {len(item.stuck)} 所" if len(item.stuck) > _NAMED else ""
        sheet.text(row, column + 2, said + more, "cell", "wrap")
    sheet.page.autofilter(first - 1, 0, row, sheet.last)
    sheet.page.freeze_panes(first, 2)
    drawn.stuck(sheet, part.items, first)
    print_to(sheet, row)


_NAMED = 12


def schools_by_items_sheet(book: Book, name: str, part: RubricYear) -> None:
    """Schools by indicator: by how much the share kept changed from the first round to the last."""
    items = [one for one in part.items if any(rate is not None for rate in one.rates)]
    sheet = book.sheet(f"{name} 各校指标", [26.0, *([6.5] * len(items))])
    row = sheet.heading(
        f"{name}　各校二级指标得分率变化（个百分点）",
        "第一轮到最后一轮；空白是没有都查，或没有变；蓝升橙降",
    )
    sheet.head(row, ["学校", *[one.item for one in items]])
    for one in part.schools:
        row += 1
        sheet.text(row, 0, outgoing(one.name), "cell", "wrap")
        for column, item in enumerate(items, 1):
            apart = _apart(part, one, item.item)
            if not apart:
                sheet.text(row, column, "", "cell")
                continue
            fill = "#CFE0F0" if apart > 0 else "#F8DFD3"
            sheet.number(row, column, apart, "cell", "centre", bg_color=fill, num_format="+0;-0;0")
    sheet.page.freeze_panes(sheet.repeated, 1)
    print_to(sheet, row)


def _apart(part: RubricYear, one: SchoolYear, item: str) -> int | None:
    ends = [cell.items.get(item) if cell else None for cell in (one.cells[0], one.cells[-1])]
    first, last = ends
    if first is None or last is None or first.earned is None or last.earned is None:
        return None
    if not first.points or not last.points:
        return None
    apart = round(100 * last.earned / last.points) - round(100 * first.earned / first.points)
    return -apart if part.held.demerits else apart


def _rate(sheet: Sheet, row: int, column: int, rate: int | None) -> None:
    if rate is None:
        sheet.text(row, column, "—", "cell", "centre")
    else:
        sheet.number(row, column, rate / SCALE, "cell", "percent")


def _moved_rate(sheet: Sheet, row: int, column: int, rates: Sequence[int | None]) -> None:
    if rates[0] is None or rates[-1] is None:
        sheet.text(row, column, "—", "cell", "centre")
        return
    apart = rates[-1] - rates[0]
    color = {"font_color": "#B4531B"} if apart < 0 else {}
    sheet.number(row, column, apart / 100, "cell", "centre", num_format="+0.0;-0.0;0.0", **color)
