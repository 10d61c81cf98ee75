"""月报.xlsx: the same figures as numbers, with charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspections.rectification.numbers import short
from reports.month.lines import BROKEN_DOWN, HEADS, NOT_HERE, NOTES, hours_text, lines
from reports.month.subject import OFFICE, MonthSubject
from reports.ranking.charts import BAR
from reports.ranking.layout import HEI, INK, LINE, SONG, Book, Sheet
from reports.ranking.paging import print_to
from reports.rectification.book import NO_OFFICE
from reports.rectification.columns import problem_text, school_name
from rubrics.messages.outgoing import outgoing
from scoring.years.month import Both

_HOURS = "0.0"
_WIDE, _HIGH, _ROW_PX = 640, 360, 24


def month_book(subject: MonthSubject) -> bytes:
    """Returns the workbook; the same facts give the same bytes."""
    book = Book(subject.opened.round, f"{subject.name}月报", subject.opened.words)
    _figures(book, subject)
    for title, held in subject.tables.items():
        if held:
            _broken_down(book, subject, title, held)
    _due(book, subject)
    return book.close()


def _figures(book: Book, subject: MonthSubject) -> None:
    sheet = book.sheet("本月和累计", [34.0, 14.0, 14.0, *([12.0] * 6)])
    title = outgoing(subject.opened.round.title)
    row = sheet.heading(f"{subject.name}学校督导工作月报", title)
    for column, text in enumerate(("项目", "本月", "累计")):
        sheet.text(row, column, text, "cell", "head")
    head = row
    at: dict[str, int] = {}
    for one in lines(subject.all, ruled=subject.ruled, words=book.words):
        row += 1
        at[one.title] = row
        sheet.text(row, 0, one.title, "cell")
        for column, value in enumerate((one.month, one.so_far), 1):
            if value is None:
                sheet.text(row, column, one.text(value), "cell", "centre")
            elif one.hours:
                hours = float(hours_text(value))
                sheet.number(row, column, hours, "cell", "centre", num_format=_HOURS)
            else:
                sheet.number(row, column, value, "cell", "centre")
    chart = _columns(sheet, "整改进展", head, (1, 2), (at["列入整改的问题"], at["反弹"]))
    chart.set_size({"width": _WIDE, "height": _HIGH})
    sheet.page.insert_chart(head, 3, chart, {"x_offset": 16, "object_position": 2})
    row += 1
    for text in NOTES:
        row += 1
        sheet.across(row, text, "prose")
    print_to(sheet, row)


def _broken_down(book: Book, subject: MonthSubject, title: str, held: Mapping[str, Both]) -> None:
    sheet = book.sheet(f"按{title}", [26.0, *([9.5] * 2 * len(HEADS))])
    row = sheet.heading(f"{subject.name}　按{title}", "每项两列：本月、累计")
    sheet.head(row, [title, *(f"{head}\n{when}" for head in HEADS for when in ("本月", "累计"))])
    head = row
    for name, both in held.items():
        row += 1
        sheet.text(row, 0, outgoing(name), "cell", "wrap")
        column = 0
        for field in BROKEN_DOWN:
            for counts in (both.month, both.so_far):
                column += 1
                value = getattr(counts, field)
                if title == OFFICE and field in BROKEN_DOWN[:2]:
                    sheet.text(row, column, NOT_HERE, "cell", "centre")
                elif field == "minutes":
                    hours = float(hours_text(value))
                    sheet.number(row, column, hours, "cell", "centre", num_format=_HOURS)
                else:
                    sheet.number(row, column, value, "cell", "centre")
    so_far = [2 * BROKEN_DOWN.index(field) + 2 for field in ("faults", "closed")]
    span = (head + 1, row)
    chart = _columns(sheet, f"按{title}：累计问题和销号", head, (so_far[0], so_far[1]), span)
    sheet.chart(row + 2, 0, chart, _WIDE, _HIGH)
    print_to(sheet, row + 2 + _HIGH // _ROW_PX)


def _due(book: Book, subject: MonthSubject) -> None:
    sheet = book.sheet("下月到期", [8.0, 26.0, 50.0, 40.0, 12.0, 14.0])
    note = f"{len(subject.due)} 项；按{subject.name}末的情形"
    row = sheet.heading("下月到期的整改事项", note)
    sheet.head(row, ["编号", "学校", "问题", "整改要求", "期限", OFFICE])
    for one in subject.due:
        row += 1
        texts = (
            short(one.number),
            school_name(subject.opened, one),
            problem_text(one),
            one.item.demand,
            str(one.due),
            one.item.office or NO_OFFICE,
        )
        for column, text in enumerate(texts):
            sheet.text(row, column, outgoing(text), "cell", "wrap")
    if not subject.due:
        row += 1
        sheet.across(row, "没有到期的。", "cell")
    sheet.page.freeze_panes(sheet.repeated, 2)
    print_to(sheet, row)


def _columns(
    sheet: Sheet, title: str, head: int, columns: tuple[int, int], span: tuple[int, int]
) -> Any:
    """Clustered columns: two columns of a table, named by their heads."""
    made = sheet.book.workbook.add_chart({"type": "column"})
    for color, column in zip((BAR, "#E08A3C"), columns, strict=True):
        made.add_series(
            {
                "name": [sheet.name, head, column],
                "categories": [sheet.name, span[0], 0, span[1], 0],
                "values": [sheet.name, span[0], column, span[1], column],
                "fill": {"color": color},
                "gap": 60,
                "data_labels": {"value": True, "font": _font(8)},
            }
        )
    font = {**_font(12), "name": HEI}
    made.set_title({"name": title, "name_font": font, "overlay": False})
    made.set_chartarea({"border": {"color": LINE}})
    made.set_x_axis({"num_font": _font(9)})
    made.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    made.set_legend({"position": "bottom", "font": _font(9)})
    return made


def _font(size: float) -> dict[str, Any]:
    return {"name": SONG, "size": size, "color": INK, "bold": False}
