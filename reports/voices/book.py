"""问卷和来访.xlsx: the same figures as numbers, with charts; a sheet a survey."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from inspections.voices.sampling import wilson
from reports.ranking.charts import BAR
from reports.ranking.layout import HEI, INK, LINE, ROW_PX, SONG, Book, Sheet
from reports.ranking.paging import print_to, rooms_of
from reports.voices.counts import COUNTY, ToldQuestion
from reports.voices.paper import answered, rate_of
from reports.voices.subject import Subject, Surveyed
from rubrics.messages.outgoing import outgoing

_HIDDEN: Final = "不列"
_WIDE, _HIGH = 760, 420
_ROW_PT = ROW_PX * 0.75
_CHART_ROWS: Final = _HIGH // ROW_PX + 1
_LEAST_ROWS: Final = 6
"""Of a table on a page: its question, its head, and some schools."""
_HEADS: Final = ("发放", "收回", "空白", "不算的", "有效", "回收率")


def voices_book(subject: Subject) -> bytes:
    """Returns the workbook of the county and all schools; the same facts give the same bytes."""
    book = Book(subject.opened.round, "问卷和来访", subject.opened.words)
    _returns(book, subject)
    for one in subject.surveys:
        if one.told:
            _survey(book, subject, one)
    return book.close()


def _names(subject: Subject, one: Surveyed) -> dict[str, str]:
    there = {COUNTY: "全县", **subject.schools, "": subject.unknown}
    return {school: name for school, name in there.items() if school in one.back}


def _returns(book: Book, subject: Subject) -> None:
    sheet = book.sheet("回收情况", [22.0, 10.0, 26.0, 6.0, *([9.0] * len(_HEADS))])
    row = sheet.heading("回收情况", outgoing(subject.opened.round.title))
    sheet.head(row, ["名称", "种类", "学校", "单位", *_HEADS])
    for one in subject.surveys:
        for school, name in _names(subject, one).items():
            row += 1
            back = one.back[school]
            texts = (one.name, one.kind.value, name, one.kind.unit)
            for column, text in enumerate(texts):
                sheet.text(row, column, outgoing(text), "cell", "wrap")
            counts = (back.sent, back.returned, back.empty, back.left_out, back.valid)
            for column, count in enumerate(counts, len(texts)):
                if count is None:
                    sheet.text(row, column, "—", "cell", "centre")
                else:
                    sheet.number(row, column, count, "cell")
            if back.sent:
                sheet.number(row, 9, back.returned / back.sent, "cell", "percent")
            else:
                sheet.text(row, 9, "—", "cell", "centre")
    sheet.page.freeze_panes(sheet.repeated, 3)
    print_to(sheet, row)


class _Pages:
    """Rows of a sheet, page by page: no page ends between what belongs together.

    ``row``: the next that is free; ``used``: points of the page that are taken.
    """

    def __init__(self, sheet: Sheet, row: int) -> None:
        self.sheet, self.row = sheet, row
        self.room = min(rooms_of(sheet))
        self.used = self._high(0, row)
        self.breaks: list[int] = []

    def keep(self, rows: int) -> bool:
        """Ends the page where so many rows do not fit on it any more; returns whether it did."""
        turned = self.used + rows * _ROW_PT > self.room
        if turned:
            self.breaks.append(self.row)
            self.used = 0.0
        return turned

    def add(self, rows: int) -> None:
        """Goes past so many rows."""
        self.row += rows
        self.used += self._high(self.row - rows, self.row)

    def _high(self, first: int, end: int) -> float:
        return sum(self.sheet.heights.get(row, _ROW_PT) for row in range(first, end))


def _survey(book: Book, subject: Subject, one: Surveyed) -> None:
    """Each question: its options by school, and who is satisfied; a chart of the county's.

    A table that goes on on the next page has its head there too, and no chart is torn.
    """
    widest = max(len(_options(told)) for told in one.told[COUNTY])
    sheet = book.sheet(one.name, [26.0, 9.0, *([10.5] * widest), 9.0, 9.0, 9.0])
    notes = [f"{one.kind.value}，单位：{one.kind.unit}", "不足 5 的数和可以减出它的数不列"]
    if any(told.question.satisfied for told in one.told[COUNTY]):
        notes[1] += "；下限、上限是 95% 置信区间的两头"
    pages = _Pages(sheet, sheet.heading(outgoing(one.name), *notes))
    drawn: list[tuple[str, int, int]] = []
    for number, county in enumerate(one.told[COUNTY]):
        pages.add(1)
        pages.keep(_LEAST_ROWS)
        pages.add(_head(sheet, pages.row, subject.called, one, county))
        drawn.append((county.question.text, pages.row - 1, len(_options(county))))
        for school, name in _names(subject, one).items():
            if school not in one.told:
                continue
            if pages.keep(1):
                pages.add(_head(sheet, pages.row, subject.called, one, county, "（续）"))
            _row(sheet, pages.row, outgoing(name), one.told[school][number])
            pages.add(1)
    for text, head, count in drawn:
        if count > 1:
            pages.add(1)
            pages.keep(_CHART_ROWS)
            chart = _columns(sheet, outgoing(text), head, count)
            sheet.chart(pages.row, 0, chart, _WIDE, _HIGH)
            pages.add(_CHART_ROWS)
    sheet.page.print_area(0, 0, pages.row - 1, sheet.last)
    sheet.page.set_h_pagebreaks(pages.breaks)


def _options(told: ToldQuestion) -> list[str]:
    """What its answers were sorted into: nothing, where that is free text of no kinds."""
    options = [outgoing(option) for option in told.question.options]
    return options if len(options) > 1 or told.question.form != "open" else []


def _head(
    sheet: Sheet, row: int, called: str, one: Surveyed, told: ToldQuestion, again: str = ""
) -> int:
    """Writes the question and the head of its table; returns how many rows these are.

    ``called``: what is inspected.
    """
    sheet.across(row, outgoing(told.question.text) + again, "cell", "band")
    rates = [rate_of(told.question), "下限", "上限"] if told.question.satisfied else []
    for column, text in enumerate((called, answered(one), *_options(told), *rates)):
        sheet.text(row + 1, column, text, "cell", "head")
    return 2


def _row(sheet: Sheet, row: int, name: str, told: ToldQuestion) -> None:
    sheet.text(row, 0, name, "cell")
    counts = told.counts if _options(told) else ()
    for column, count in enumerate((told.answered, *counts), 1):
        if count is None:
            sheet.text(row, column, _HIDDEN, "cell", "centre")
        else:
            sheet.number(row, column, count, "cell")
    if not told.question.satisfied:
        return
    first = 2 + len(counts)
    if told.satisfied is None:
        for column in range(first, first + 3):
            sheet.text(row, column, _HIDDEN, "cell", "centre")
        return
    for column, share in enumerate((Fraction(*told.satisfied), *wilson(*told.satisfied)), first):
        sheet.number(row, column, float(share), "cell", "percent")


def _columns(sheet: Sheet, title: str, head: int, count: int) -> Any:
    """Columns: how many chose each option in the county, whose row is the first."""
    made = sheet.book.workbook.add_chart({"type": "column"})
    made.add_series(
        {
            "name": "全县",
            "categories": [sheet.name, head, 2, head, 1 + count],
            "values": [sheet.name, head + 1, 2, head + 1, 1 + count],
            "fill": {"color": BAR},
            "gap": 60,
            "data_labels": {"value": True, "font": _font(9)},
        }
    )
    made.set_title({"name": title, "name_font": {**_font(12), "name": HEI}, "overlay": False})
    made.set_chartarea({"border": {"color": LINE}})
    made.set_x_axis({"num_font": _font(9)})
    made.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    made.set_legend({"none": True})
    return made


def _font(size: float) -> dict[str, Any]:
    return {"name": SONG, "size": size, "color": INK, "bold": False}
