"""整改台账.xlsx: how many items stand how, and all of them with all that was said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from inspections.rectification.states import Standing, State
from inspections.rectification.summary import Totals, grouped, totals
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from inspections.round.working_days import PROVISIONAL, provisional
from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from reports.rectification.audits import HEADINGS, audits, from_audits
from reports.rectification.columns import AUDIT_COLUMNS, COLUMNS, school_name
from rubrics.messages.outgoing import outgoing

BOOK = "整改台账.xlsx"
NO_OFFICE = "（未定股室）"

_TOTALS = {
    "总数": "total",
    "其中\n立行立改": "at_once",
    "已销号": "closed",
    "已报送\n待审核": "reported",
    "未到期": "pending",
    "逾期": "overdue",
    "延期": "extended",
    "长期坚持": "kept",
    "反弹": "relapsed",
}
_WIDTHS = [26.0, *([10.0] * len(_TOTALS)), 10.0]
_FILLS = {
    State.OVERDUE: "#F8DFD3",
    State.RETURNED: "#FDF3DC",
    State.RELAPSED: "#F8DFD3",
    State.CLOSED: "#E3F1E4",
}
_ADDS_UP = (
    "总数＝已销号＋已报送待审核＋未到期＋逾期＋延期＋长期坚持＋反弹；立行立改是其中数；"
    "退回重做、没有过期限的算未到期；销号率＝已销号÷总数。撤回的不算。"
)


def rectification_book(opened: OpenRound, stands: Sequence[Standing], day: date) -> bytes:
    """Returns the book as it stands on a day; the same items give the same bytes."""
    book = Book(opened.round, BOOK.removesuffix(".xlsx"), opened.words)
    listed = [one for one in stands if one.state is not State.WITHDRAWN]
    _overview(book, opened, listed, day)
    _schools(book, opened, listed, day)
    _items_sheet(book, opened, "整改台账", listed, day)
    by_office = grouped(listed, lambda one: one.item.office or NO_OFFICE)
    if len(by_office) > 1:
        for office, own in by_office.items():
            _items_sheet(book, opened, outgoing(office), own, day)
    return book.close()


def _overview(book: Book, opened: OpenRound, stands: Sequence[Standing], day: date) -> None:
    sheet = book.sheet("总览", _WIDTHS)
    notes = [f"截至{day_text(day)}　{opened.round.bureau}", _ADDS_UP]
    since = min((one.item.opened for one in stands), default=day)
    until = max((one.due for one in stands if one.due), default=day)
    if years := provisional(since, until):
        notes.append(PROVISIONAL.format(years="、".join(map(str, years))).strip("（）"))
    row = sheet.heading(f"{opened.round.title}整改台账", *notes)
    row = _table(sheet, row, "合计", {"合计": stands})
    for title, found in (
        ("按承办股室", grouped(stands, lambda one: one.item.office or NO_OFFICE)),
        ("按来源", grouped(stands, lambda one: one.item.source)),
    ):
        if len(found) > 1:
            row = _table(sheet, row + 1, title, found)
    row = _audits(sheet, row, stands)
    print_to(sheet, row - 1)


def _audits(sheet: Sheet, row: int, stands: Sequence[Standing]) -> int:
    """Writes what audits found, where there were any; returns the next free row."""
    counted = audits(stands)
    if not counted.total:
        return row
    row += 1
    for column, text in enumerate(("审计", *HEADINGS)):
        sheet.text(row, column, text, "cell", "head")
    row += 1
    sheet.text(row, 0, "合计", "cell", "wrap")
    for column, count in enumerate(counted.row, 1):
        sheet.number(row, column, count, "cell", "centre", "dash")
    if counted.untold:
        row += 1
        sheet.text(row, 0, f"有 {counted.untold} 项没有写涉及金额，没有计入。", "note")
    return row + 1


def _schools(book: Book, opened: OpenRound, stands: Sequence[Standing], day: date) -> None:
    sheet = book.sheet("各校", _WIDTHS)
    row = sheet.heading("各校整改情况", f"截至{day_text(day)}")
    last = _table(sheet, row, "学校", grouped(stands, lambda one: school_name(opened, one)))
    sheet.repeat(row)
    sheet.page.freeze_panes(row + 1, 1)
    print_to(sheet, last - 1)


def _table(sheet: Sheet, row: int, title: str, found: Mapping[str, Sequence[Standing]]) -> int:
    """Writes a table of totals; returns the next free row."""
    for column, text in enumerate((title, *_TOTALS, "销号率")):
        sheet.text(row, column, text, "cell", "head")
    for name, stands in found.items():
        row += 1
        sheet.text(row, 0, outgoing(name), "cell", "wrap")
        _counts(sheet, row, totals(stands))
    return row + 1


def _counts(sheet: Sheet, row: int, counted: Totals) -> None:
    for column, name in enumerate(_TOTALS.values(), 1):
        sheet.number(row, column, getattr(counted, name), "cell", "centre", "dash")
    rate = counted.rate
    if rate is None:
        sheet.text(row, len(_TOTALS) + 1, "—", "cell", "centre")
    else:
        sheet.number(row, len(_TOTALS) + 1, float(rate), "cell", "percent")


def _items_sheet(
    book: Book, opened: OpenRound, name: str, stands: Sequence[Standing], day: date
) -> None:
    columns = (*COLUMNS, *AUDIT_COLUMNS) if from_audits(stands) else COLUMNS
    sheet = book.sheet(name, [column.width for column in columns])
    title = "整改台账" if name == "整改台账" else f"整改台账（{name}）"
    row = sheet.heading(title, f"{opened.round.title}　截至{day_text(day)}")
    sheet.head(row, [column.heading for column in columns])
    head = row
    for one in stands:
        row += 1
        for at, column in enumerate(columns):
            looks = ("cell", "centre", "wrap") if column.narrow else ("cell", "wrap")
            fill = _FILLS.get(one.state) if column.heading == "挂销号状态" else None
            more = {"bg_color": fill} if fill else {}
            sheet.text(row, at, outgoing(column.says(opened, one)), *looks, **more)
    if stands:
        sheet.page.autofilter(head, 0, row, sheet.last)
    row = _totals_rows(sheet, row + 1, totals(stands))
    sheet.page.freeze_panes(head + 1, 4)
    print_to(sheet, row - 1)


def _totals_rows(sheet: Sheet, row: int, counted: Totals) -> int:
    """Writes the totals below the items, one line that adds up; returns the next free row."""
    said = "，".join(
        f"{heading.replace(chr(10), '')} {getattr(counted, name)}"
        for heading, name in _TOTALS.items()
    )
    rate = counted.rate
    percent = "—" if rate is None else f"{float(rate):.1%}"
    sheet.across(row, f"合计：{said}，销号率 {percent}。", "cell", "band")
    return row + 1
