"""问卷和来访.xlsx: the same figures as numbers, with charts; a sheet a survey."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from inspections.voices.sampling import wilson
from reports.ranking.charts import BAR
from reports.ranking.layout import HEI, INK, LINE, SONG, Book, Sheet
from reports.ranking.paging import print_to
from reports.voices.counts import COUNTY, ToldQuestion
from reports.voices.subject import Subject, Surveyed
from rubrics.messages.outgoing import outgoing

_HIDDEN: Final = "不列"
_WIDE, _HIGH, _ROW_PX = 760, 420, 24
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


def _survey(book: Book, subject: Subject, one: Surveyed) -> None:
    """Each question: its options by school, and who is satisfied; a chart of the county's."""
    widest = max(len(told.question.options) for told in one.told[COUNTY])
    sheet = book.sheet(one.name, [26.0, 9.0, *([10.5] * widest), 9.0, 9.0, 9.0])
    notes = (
        f"{one.kind.value}，单位：{one.kind.unit}",
        "不足 5 的数和可以减出它的数不列",
    )
    row = sheet.heading(outgoing(one.name), *notes)
    drawn: list[tuple[str, int, int]] = []
    for number, county in enumerate(one.told[COUNTY]):
        row += 1
        sheet.across(row, outgoing(county.question.text), "cell", "band")
        row += 1
        options = [outgoing(option) for option in county.question.options]
        rates = ["满意率", "下限", "上限"] if county.question.satisfied else []
        for column, text in enumerate((subject.called, "回答", *options, *rates)):
            sheet.text(row, column, text, "cell", "head")
        drawn.append((county.question.text, row, len(options)))
        for school, name in _names(subject, one).items():
            if school in one.told:
                row += 1
                _row(sheet, row, outgoing(name), one.told[school][number])
        row += 1
    last = row
    for place, (text, head, count) in enumerate(drawn):
        chart = _columns(sheet, outgoing(text), head, count)
        sheet.chart(last + 1 + place * (_HIGH // _ROW_PX + 1), 0, chart, _WIDE, _HIGH)
    print_to(sheet, last + 1 + len(drawn) * (_HIGH // _ROW_PX + 1))


def _row(sheet: Sheet, row: int, name: str, told: ToldQuestion) -> None:
    sheet.text(row, 0, name, "cell")
    for column, count in enumerate((told.answered, *told.counts), 1):
        if count is None:
            sheet.text(row, column, _HIDDEN, "cell", "centre")
        else:
            sheet.number(row, column, count, "cell")
    if not told.question.satisfied:
        return
    first = 2 + len(told.counts)
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
