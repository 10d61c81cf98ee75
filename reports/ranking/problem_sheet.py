"""What the reading and scoring met: every problem with its place and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from reports.ranking.layout import Book, Sheet
from reports.ranking.paging import print_to
from rubrics.messages.printed_commands import runnable
from rubrics.messages.problems import Problem, Severity

_HEADS = {
    "序号": 6.0,
    "轻重": 7.0,
    "文件": 34.0,
    "工作表": 20.0,
    "单元格": 9.0,
    "问题": 58.0,
    "怎么办": 44.0,
    "代码": 22.0,
}
_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}
_FILLS = {"错误": "#F8DFD3", "提醒": "#FDF3DC"}


def problem_sheet(book: Book, problems: Iterable[Problem], folder: str = "") -> Sheet:
    """Writes the sheet and returns it: errors first, then by file, sheet and row.

    ``folder``: the round's, by the name that commands in messages are run with beside it.
    """
    listed = sorted(problems, key=_order)
    counts = Counter(_WORDS[item.severity] for item in listed)
    sheet = book.sheet("读取问题", list(_HEADS.values()))
    said = "，".join(f"{word} {counts[word]} 条" for word in _WORDS.values())
    head = sheet.heading(
        "读取和计分中遇到的问题",
        f"共 {len(listed)} 条：{said}。“错误”的内容没有计入，改正后重新收表；"
        "“提醒”请核对；“说明”是系统的理解，请过目。",
    )
    sheet.head(head, list(_HEADS))
    row = head + 1
    for number, item in enumerate(listed, 1):
        _row(sheet, row, number, item, folder)
        row += 1
    if not listed:
        sheet.across(row, "没有遇到问题。", "cell")
        row += 1
    else:
        sheet.page.autofilter(head, 0, row - 1, sheet.last)
    sheet.page.freeze_panes(head + 1, 0)
    print_to(sheet, row - 1)
    return sheet


def _row(sheet: Sheet, row: int, number: int, item: Problem, folder: str) -> None:
    word = _WORDS[item.severity]
    fill = {"bg_color": _FILLS[word]} if word in _FILLS else {}
    sheet.number(row, 0, number, "cell", "centre")
    sheet.text(row, 1, word, "cell", "centre", **fill)
    place = item.place.shown
    said = (runnable(text, folder) for text in (item.message, item.remedy))
    texts = (place.file, place.sheet, place.cell, *said)
    for at, text in enumerate((*texts, item.code), 2):
        sheet.text(row, at, text, "cell", "wrap")


def _order(item: Problem) -> tuple[object, ...]:
    place = item.place
    numbers = [int(digits) for digits in re.findall(r"\d{1,9}", place.cell)]
    severity = list(_WORDS).index(item.severity)
    return severity, place.file, place.sheet, numbers, place.cell, item.code, item.params
