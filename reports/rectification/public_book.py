"""整改台账（公开版）.xlsx: number, school, problem, how it was put right; nobody is named in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from inspections.rectification.numbers import label
from inspections.rectification.states import Standing, State
from inspections.rectification.summary import totals
from inspections.round.days import day_text
from inspections.round.opened import OpenRound
from reports.ranking.layout import Book
from reports.ranking.paging import print_to
from reports.rectification.columns import problem_text, school_name
from rubrics.messages.outgoing import outgoing

PUBLIC_BOOK: Final = "整改台账（公开版）.xlsx"

_KEPT_APART: Final = frozenset({"信访"})
"""Sources of which nothing is published: what somebody wrote tells who it was."""

_HEADS: Final = {"周期编号": 24.0, "学校": 26.0, "具体问题": 66.0, "整改情况": 34.0}


def public_book(opened: OpenRound, stands: Sequence[Standing], day: date) -> bytes:
    """Returns the book as it stands on a day. Measures and remarks, which name people, are not in
    it, nor what came in by petition (信访).
    """
    book = Book(opened.round, "整改情况公示", opened.words)
    listed = [
        one
        for one in stands
        if one.state is not State.WITHDRAWN and one.item.source not in _KEPT_APART
    ]
    sheet = book.sheet("整改情况公示", list(_HEADS.values()))
    counted = totals(listed)
    row = sheet.heading(
        f"{opened.round.title}整改情况公示",
        f"{opened.round.bureau}　截至{day_text(day)}",
        f"共 {counted.total} 项，已销号 {counted.closed} 项，长期坚持 {counted.kept} 项，"
        f"其余 {counted.total - counted.closed - counted.kept} 项正在整改。",
    )
    sheet.head(row, list(_HEADS))
    head = row
    for one in listed:
        row += 1
        texts = (
            label(opened.round.id, one.number),
            school_name(opened, one),
            problem_text(one),
            opened.words.said(situation(one)),
        )
        for column, text in enumerate(texts):
            sheet.text(row, column, outgoing(text), "cell", "wrap")
    sheet.page.freeze_panes(head + 1, 0)
    print_to(sheet, row)
    return book.close()


def situation(one: Standing) -> str:
    """Returns how it was put right, in the words of such reports, without anybody's name."""
    until = f"（期限 {one.due}）" if one.due else ""
    match one.state:
        case State.CLOSED:
            return "当场改正" if one.item.spot and one.verdict is None else "整改完成"
        case State.KEPT:
            return "整改完成，长期坚持"
        case State.REPORTED:
            return "学校已报送，正在核查"
        case State.OVERDUE:
            return f"逾期未完成{until}"
        case State.EXTENDED:
            return f"经批准延期，正在整改{until}"
        case State.RELAPSED:
            return f"复查反弹，重新整改{until}"
        case _:
            return f"正在整改{until}"
