"""A survey as files: a table and a text to paste into a survey site, and an XLSForm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from inspections.voices.asking import Asked
from rubrics.language.subject import SCHOOLS, Words

_SCHOOL: Final = "孩子（您）所在的学校"
_HEADS: Final = ("题号", "题目", "题型", "选项", "算满意的选项", "由谁回答", "对应的指标")
_WIDTHS: Final = (6, 46, 9, 22, 18, 12, 26)
_BALLOT: Final = "民主测评票"
_QUESTIONS: Final = "问卷"
_LINKS: Final = "学校链接"
Row = Sequence[str]


def form_workbook(
    title: str, questions: Sequence[Asked], schools: Mapping[str, str], words: Words = SCHOOLS
) -> bytes:
    """Returns the table: questions of the survey, those of ballots apart, a link a school.

    ``schools``: code -> name, none where no round is meant. The same bytes for the same questions.
    """
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        for name, ballots in ((_QUESTIONS, False), (_BALLOT, True)):
            own = [one for one in questions if one.secret is ballots]
            if any(one.item for one in own):
                rows = [_table_row(one) for one in own]
                which = words.all_said((_SCHOOL, "单选", "用链接区分学校的，不问这一题"))
                school = ("Q1", *which, "", "", "")
                _sheet(book, name, _HEADS, _WIDTHS, rows if ballots else [school, *rows])
        if schools:
            rows = [(code, school, f"?school={code}") for code, school in schools.items()]
            heads = words.all_said(("学校代码", "学校", "接在问卷地址后面"))
            _sheet(book, words.said(_LINKS), heads, (14, 34, 24), rows)
    return memory.getvalue()


def _table_row(one: Asked) -> Row:
    who = "、".join(one.people) or ("参加测评的人" if one.secret else "所有人")
    item = f"{one.item} {one.title}" if one.item else "只用来分组"
    return (
        one.id, one.text, "单选", "\n".join(one.options), "、".join(one.satisfied), who, item
    )  # fmt: skip


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Row],
) -> None:
    base = {"font_name": "等线", "font_size": 11, "valign": "top", "border": 1, "text_wrap": True}
    head = book.add_format(base | {"bold": True, "align": "center", "bg_color": "#DCE6F1"})
    body = book.add_format(base | {"num_format": "@"})
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    for column, (heading, width) in enumerate(zip(heads, widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, head)
    for number, row in enumerate(rows, 1):
        page.set_row(number, 16.0 * max(text.count("\n") + 1 for text in row) + 4)
        for column, text in enumerate(row):
            page.write_string(number, column, text, body)


def form_text(
    title: str, questions: Sequence[Asked], schools: Mapping[str, str], words: Words = SCHOOLS
) -> str:
    """Returns the survey as text, as survey sites take it: a question, its options line by line."""
    lines = [title, ""]
    asked = [one for one in questions if not one.secret]
    if asked:
        lines += [f"1. {words.said(_SCHOOL)}[单选题]", *schools.values(), ""]
    for one in asked:
        lines += [f"{one.id[1:]}. {one.text}[单选题]", *one.options, ""]
    return "\n".join(lines)


def xlsform(
    id: str,
    title: str,
    questions: Sequence[Asked],
    schools: Mapping[str, str],
    words: Words = SCHOOLS,
) -> bytes:
    """Returns the survey as XLSForm (xlsform.org), for ODK, Kobo and what reads it; no ballots.

    Options go by their own words, so that what is exported is read back as it was asked.
    """
    asked = [one for one in questions if not one.secret]
    lists: dict[tuple[str, ...], str] = {}
    for one in asked:
        lists.setdefault(one.options, f"options{len(lists) + 1}")
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        _plain(book, "survey", list(_survey(asked, lists, bool(schools), words)))
        _plain(book, "choices", list(_choices(lists, schools)))
        _plain(
            book,
            "settings",
            [("form_title", "form_id", "default_language"), (title, id, "中文 (zh)")],
        )
    return memory.getvalue()


def _survey(
    asked: Sequence[Asked], lists: Mapping[tuple[str, ...], str], schools: bool, words: Words
) -> Iterator[Row]:
    yield "type", "name", "label::中文 (zh)", "required", "relevant"
    kind = "select_one schools" if schools else "text"
    yield kind, "school", words.said(_SCHOOL), "yes", ""
    role = next((one.id for one in asked if one.group == "身份"), "")
    for one in asked:
        who = " or ".join(f"${{{role}}} = '{_name(it)}'" for it in one.people) if role else ""
        yield f"select_one {lists[one.options]}", one.id, one.text, "yes", who


def _choices(lists: Mapping[tuple[str, ...], str], schools: Mapping[str, str]) -> Iterator[Row]:
    yield "list_name", "name", "label::中文 (zh)"
    for options, name in lists.items():
        for option in options:
            yield name, _name(option), option
    for code, school in schools.items():
        yield "schools", code, school


def _name(option: str) -> str:
    """An option as the name of a choice, which has no blanks and no quotes."""
    return "".join("_" if one.isspace() or one in "'\"" else one for one in option)


def _plain(book: Any, name: str, rows: Sequence[Row]) -> None:
    page = book.add_worksheet(name)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                page.write_string(number, column, text)
