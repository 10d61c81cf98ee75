"""Rosters as bureaus keep them, made from clean ones: the same schools, and all that stands around.

What is drawn is the noise; what comes out are sheets of cells and merged ranges, which are then
written as a workbook or as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import strategies as st

CLEAN = ("学校代码", "学校名称", "学段", "区域", "食堂经营方式", "学生数", "寄宿")
WORDS = {
    "学段": {
        "小学": ("小学", "完全小学", "教学点", "小 学"),
        "初中": ("初中", "初级中学"),
        "特教": ("特教", "特殊教育学校"),
        "幼儿园": ("幼儿园", "学前教育"),
    },
    "区域": {"城区": ("城区", "县城"), "农村": ("农村", "乡镇", "乡村")},
    "食堂经营方式": {"自营": ("自营", "自办"), "委托": ("委托", "承包"), "无": ("无", "没有")},
    "寄宿": {"是": ("是", "√", "有"), "否": ("否", "×", "无")},
}
HEADINGS = {
    "学校代码": ("学校代码", "代码", "*学校代码", "学校\n代码", "学校标识码"),
    "学校名称": ("学校名称", "校名", "学校全称", "学校名称："),
    "学段": ("学段", "办学类型", "学校类别"),
    "区域": ("区域", "城乡"),
    "食堂经营方式": ("食堂经营方式", "供餐方式"),
    "学生数": ("学生数", "学生数（人）", "在校学生数"),
    "寄宿": ("寄宿", "是否寄宿"),
}
TITLES = ("青禾县中小学校名册", "填报单位：青禾县教育局", "（2026年秋季）")
GROUPS = ("一、城区学校", "二、农村学校", "（三）其他", "第一类 公办")
FOOTERS = (
    ["合计", "", "60所"],
    ["", "合 计", "60"],
    ["填表人：甲", "", "", "审核人：乙"],
    ["", "", "", "制表日期：2026年9月"],
    ["备注：本表由各校填报"],
    ["注：1.学段按办学许可证填写"],
)
UNKNOWN = ("校长", "联系电话", "备注", "建校时间")


@dataclass
class Drawn:
    """A sheet as it will be written."""

    title: str
    rows: list[list[object]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@st.composite
def schools(draw: st.DrawFn) -> list[dict[str, str]]:
    """Clean schools: texts by heading."""
    count = draw(st.integers(1, 7))
    return [
        {
            "学校代码": f"0{number + 1:03}",
            "学校名称": f"青禾县第{'一二三四五六七'[number]}学校",
            **{name: draw(st.sampled_from(sorted(WORDS[name]))) for name in WORDS},
            "学生数": str(draw(st.integers(0, 3000))),
        }
        for number in range(count)
    ]


@st.composite
def noisy(draw: st.DrawFn, clean: Sequence[dict[str, str]], *, text: bool) -> list[Drawn]:
    """The sheets of a roster of these schools; ``text`` files have one, and merge nothing."""
    parts = 1 if text else draw(st.integers(1, min(3, len(clean))))
    order = list(clean)
    cuts = sorted(draw(st.integers(0, len(order))) for _ in range(parts - 1))
    pieces = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    found = [
        draw(_sheet(piece, f"表{number}", text=text))
        for number, piece in enumerate(pieces)
        if piece
    ]
    if not text and draw(st.booleans()):
        found.append(Drawn("填写说明", [["学校代码（必填）", "怎样填"]]))
    return found


@st.composite
def _sheet(draw: st.DrawFn, held: Sequence[dict[str, str]], title: str, *, text: bool) -> Drawn:
    names: list[str] = draw(st.permutations(CLEAN))
    columns: list[str] = list(names)
    for extra in draw(st.lists(st.sampled_from(UNKNOWN), max_size=2, unique=True)):
        columns.insert(draw(st.integers(0, len(columns))), extra)
    if draw(st.booleans()):
        columns.insert(0, "序号")
    made = Drawn(title)
    for line in draw(st.lists(st.sampled_from(TITLES), max_size=2, unique=True)):
        made.rows.append([line])
        if not text and draw(st.booleans()):
            row = len(made.rows) - 1
            made.merged.append((row, 0, row, len(columns) - 1))
    spelled = {name: draw(st.sampled_from(HEADINGS[name])) for name in CLEAN}
    head = [spelled.get(name, name) for name in columns]
    _head(draw, made, columns, head, text=text)
    for number, school in enumerate(held, 1):
        if draw(st.integers(0, 3)) == 0:
            made.rows.append([draw(st.sampled_from(GROUPS))])
            if not text and draw(st.booleans()):
                row = len(made.rows) - 1
                made.merged.append((row, 0, row, len(columns) - 1))
        if number > 1 and draw(st.integers(0, 5)) == 0:
            made.rows.append(list(head))
        if draw(st.integers(0, 4)) == 0:
            made.rows.append([""] * len(columns))
        made.rows.append([draw(_cell(name, school, number)) for name in columns])
    for line in draw(st.lists(st.sampled_from(FOOTERS), max_size=3)):
        made.rows.append(list(line))
    if columns[0] == "序号" and draw(st.booleans()):
        made.rows.append([str(len(held) + 1)])
    return made


def _head(draw: st.DrawFn, made: Drawn, columns: list[str], head: list[str], *, text: bool) -> None:
    """One row of headings, or two with a group over some neighbours."""
    grouped = [
        at
        for at in range(len(columns) - 1)
        if not {columns[at], columns[at + 1]} & {"学校代码", "学校名称", "序号"}
    ]
    if text or not grouped or draw(st.booleans()):
        made.rows.append(list(head))
        return
    at = draw(st.sampled_from(grouped))
    row = len(made.rows)
    upper: list[object] = list(head)
    lower: list[object] = [""] * len(head)
    upper[at], upper[at + 1] = "基本情况", ""
    lower[at], lower[at + 1] = head[at], head[at + 1]
    made.rows += [upper, lower]
    made.merged.append((row, at, row, at + 1))
    made.merged += [
        (row, column, row + 1, column) for column in range(len(head)) if column not in (at, at + 1)
    ]


@st.composite
def _cell(draw: st.DrawFn, name: str, school: dict[str, str], number: int) -> object:
    if name == "序号":
        return str(number)
    if name in UNKNOWN:
        return draw(st.sampled_from(("", "甲", "0571-1234")))
    value = school[name]
    if name in WORDS:
        return draw(st.sampled_from(WORDS[name][value]))
    if name == "学生数":
        return draw(st.sampled_from((value, f"{value}人", f" {value} ", f"{value}名")))
    return f" {value}　" if draw(st.booleans()) and name == "学校名称" else value


def as_workbook(sheets: Sequence[Drawn], path: Path) -> Path:
    """Writes the sheets as a workbook."""
    book: Any = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for number, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row, 1):
                if value != "":
                    page.cell(number, column).value = value
        for top, left, bottom, right in sheet.merged:
            page.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    book.save(path)
    return path


def as_text(sheet: Drawn, separator: str) -> str:
    """Returns a sheet as separated text; codes are kept from becoming numbers as Excel does it."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(sheet.rows)
    return out.getvalue()
