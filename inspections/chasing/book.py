"""The list of reminders as a workbook: one row an open matter, and how far everybody is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from io import BytesIO
from types import MappingProxyType
from typing import Any

import xlsxwriter

from inspections.chasing.open_matters import WORDS, Kind, Matter, also_unchecked
from inspections.chasing.status import RaterStatus
from inspections.chasing.texts import plain
from inspections.round.days import day_text
from inspections.round.round import Round
from inspections.workbook.drawing.formats import BODY_FONT, DEEP, HEADING_FONT, INK, LINE
from inspections.workbook.form.row_texts import line_count
from rubrics.language.subject import SCHOOLS, Words

_MATTERS = {
    "序号": 6,
    "检查组": 7,
    "督学": 9,
    "事项": 9,
    "学校": 18,
    "考核细则": 17,
    "次别": 7,
    "错误": 5,
    "提醒": 5,
    "缺什么，先改什么": 46,
    "交来的文件": 24,
    "退给督学的文件": 24,
}
_PROGRESS = {
    "检查组": 10,
    "督学": 14,
    "应交": 9,
    "已交": 9,
    "未交": 9,
    "有错误": 9,
    "要核对": 9,
}
_GROUNDS = {
    Kind.MISSING: "#FBE3C8",
    Kind.GONE: "#FBE3C8",
    Kind.UNCOUNTED: "#F8D3CF",
    Kind.CONFLICT: "#F8D3CF",
    Kind.ERRORS: "#F8D3CF",
    Kind.WARNINGS: "#FFF3D6",
    Kind.REFUSED: "#E3E7EC",
}
_A4 = 9
_SIZE = 10


def list_book(
    settings: Round,
    raters: Sequence[RaterStatus],
    matters: Sequence[Matter],
    members: Mapping[str, str] = MappingProxyType({}),
    words: Words = SCHOOLS,
) -> bytes:
    """Returns the workbook; the same matters give the same bytes.

    ``members``: team -> the names of its members, who stand for a sheet that the team fills in.
    """
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(data, options)
    # The round's last day, not the day of writing.
    made = datetime.combine(settings.window.until, time())
    title = f"{settings.title}催交催改清单"
    book.set_properties({"title": title, "author": settings.bureau, "created": made})
    looks = _Looks(book)
    counts = Counter(item.kind for item in matters)
    said = "，".join(f"{WORDS[kind]} {counts[kind]}" for kind in Kind if counts[kind])
    said = f"共 {len(matters)} 件：{said}。请在{day_text(settings.window.until)}前办好。"
    rows = [(number, *_row(item, members)) for number, item in enumerate(matters, 1)]
    columns = _said(_MATTERS, words)
    grounds = [_GROUNDS[item.kind] for item in matters]
    _sheet(looks, "催交催改清单", plain(title), said, columns, rows, grounds)
    found = [(r.due, r.back, r.missing, r.troubled, r.doubtful) for r in raters]
    progress: list[tuple[str | int, ...]] = [
        (plain(rater.team), plain(_people(rater.team, rater.inspector, members)), *counts)
        for rater, counts in zip(raters, found, strict=True)
    ]
    progress.append(("合计", "", *map(sum, zip(*found, strict=True))))
    heading = plain(f"{settings.title}交表进度")
    whose = "一个检查组" if settings.raters == "team" else words.said("一位督学")
    said = f"按检查安排，{whose}一行。"
    _sheet(looks, "进度", heading, said, _said(_PROGRESS, words), progress)
    book.close()
    return data.getvalue()


def _said(columns: Mapping[str, int], words: Words) -> dict[str, int]:
    return {words.said(heading): width for heading, width in columns.items()}


def _people(team: str, inspector: str, members: Mapping[str, str]) -> str:
    """Who is meant: the members, where a team is named in the place of an inspector."""
    return members.get(team, inspector) if inspector == team else inspector


def _row(item: Matter, members: Mapping[str, str]) -> tuple[str | int, ...]:
    guessed = item.key is None and item.inspector
    inspector = _people(item.team, item.inspector, members)
    return (
        plain(item.team),
        plain(f"{inspector}（按文件名推测）" if guessed else inspector or "不明"),
        WORDS[item.kind],
        plain(item.school),
        plain(item.rubric),
        plain(item.occasion),
        item.errors or "",
        item.warnings or "",
        plain(_what(item)),
        plain(item.file),
        plain(item.marked),
    )


def _what(item: Matter) -> str:
    if item.kind is Kind.MISSING:
        return "检查表没有交，请填好交回。"
    where = f"{item.sheet} {item.cell}" if item.sheet != item.school else item.cell
    return f"{where.strip()}　{item.message}。{item.remedy}。{also_unchecked(item)}"


class _Looks:
    """The formats, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        base = {"font_name": BODY_FONT, "font_size": _SIZE, "font_color": INK, "valign": "vcenter"}
        cell = base | {"border": 1, "border_color": LINE, "text_wrap": True}
        heading = {"font_name": HEADING_FONT, "align": "center"}
        self.title = book.add_format(base | {"font_name": HEADING_FONT, "font_size": 16})
        self.said = book.add_format(base)
        self.head = book.add_format(cell | heading | {"bg_color": DEEP, "font_color": "#FFFFFF"})
        self.text = book.add_format(cell | {"num_format": "@"})
        self.number = book.add_format(cell | {"align": "center"})
        self.grounds = {
            ground: book.add_format(cell | {"align": "center", "bg_color": ground})
            for ground in dict.fromkeys(_GROUNDS.values())
        }


def _sheet(
    looks: _Looks,
    name: str,
    title: str,
    said: str,
    columns: dict[str, int],
    rows: Sequence[Sequence[str | int]],
    grounds: Sequence[str] = (),
) -> None:
    page = looks.book.add_worksheet(name)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(0.4, 0.4, 0.5, 0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&9第 &P 页　共 &N 页")
    page.write_string(0, 0, title, looks.title)
    page.set_row(0, 28)
    page.write_string(1, 0, said, looks.said)
    page.set_row(1, 20)
    for column, (heading, width) in enumerate(columns.items()):
        page.set_column(column, column, width)
        page.write_string(2, column, heading, looks.head)
    page.set_row(2, 22)
    heads = list(columns)
    for at, row in enumerate(rows, 3):
        lines = 1
        for column, (value, width) in enumerate(zip(row, columns.values(), strict=True)):
            if isinstance(value, int):
                page.write_number(at, column, value, looks.number)
                continue
            coloured = grounds and heads[column] == "事项"
            look = looks.grounds[grounds[at - 3]] if coloured else looks.text
            page.write_string(at, column, value, look)
            lines = max(lines, line_count(value, width, _SIZE))
        page.set_row(at, lines * 14 + 6)
    page.freeze_panes(3, 0)
    page.repeat_rows(2)
    page.autofilter(2, 0, max(len(rows) + 2, 3), len(columns) - 1)
    page.print_area(0, 0, max(len(rows) + 2, 3), len(columns) - 1)
