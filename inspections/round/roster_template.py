"""Blank rosters of schools and inspectors, as workbooks that clerks fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from inspections.round.roster import school_headings
from rubrics.language.own_traits import asked_traits, traits_of
from rubrics.language.rubric import Rubric
from rubrics.language.spoken import words_of
from rubrics.language.subject import Words
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem
from rubrics.values.traits import Trait

SCHOOLS: Final = "学校名册"
INSPECTORS: Final = "督学名册"
_GUIDE = "填写说明"
_ROWS = 600
"""Rows that have lists, borders and the text format."""

_WORDS_SHOWN = 6
_DETAIL = "只给检查人员看，不上公开的文书"


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    about: str
    width: float
    choices: Sequence[str] = ()
    number: bool = False
    needed: bool = False


def write_templates(
    folder: Path, rubrics: Iterable[Rubric] = (), own: Mapping[str, Trait] | None = None
) -> tuple[tuple[Path, ...] | None, list[Problem]]:
    """Writes both rosters into a folder; returns their paths, None where one is there already.

    The roster of schools, or of what else the ``rubrics`` inspect, has a column for every trait
    that they ask for, for all traits where none is given, and for the bureau's ``own``. Codes:
    template-exists, those of ``write_whole``.
    """
    held = list(rubrics)
    words = words_of(held)
    paths = tuple(folder / words.said(f"{name}.xlsx") for name in (SCHOOLS, INSPECTORS))
    there = [path for path in paths if path.exists()]
    if there:
        return None, [problem("template-exists", Place(str(path)), name=path) for path in there]
    inspectors = [replace(it, heading=words.said(it.heading)) for it in _INSPECTOR_COLUMNS]
    met: list[Problem] = []
    for path, columns, lines in (
        (paths[0], _school_columns(held, words, own or {}), _SCHOOL_LINES),
        (paths[1], inspectors, _INSPECTOR_LINES),
    ):
        said = [replace(column, about=words.said(column.about)) for column in columns]
        blank = _workbook(path.stem, said, [words.said(line) for line in lines])
        met += write_whole(path, blank, str(path), private=False)
    return (None if met else paths), met


def _school_columns(
    rubrics: Sequence[Rubric], words: Words, own: Mapping[str, Trait]
) -> list[_Column]:
    every = traits_of(rubrics, own)
    code, name = tuple(school_headings(words.subject))[:2]
    columns = [
        _Column(code, "局里统一的编号，一校一个；发表以后不要再改", 18, needed=True),
        _Column(name, "全称，印在意见书和排名表上", 30, needed=True),
        *(_Column(heading, _DETAIL, 22) for heading in words.subject.columns),
    ]
    asked = _asked(rubrics, words, every) | set(own) if rubrics else set(every)
    columns += [
        _trait_column(trait, about)
        for trait, about in every.items()
        if trait in asked and about.derived is None
    ]
    return columns


def _asked(rubrics: Sequence[Rubric], words: Words, every: Mapping[str, Trait]) -> set[str]:
    """The traits on which rubrics turn, and those from which such traits follow."""
    found = {"学段", "区域"} if words.is_school else set(words.subject.groups)
    return found.union(*(asked_traits(rubric, every) for rubric in rubrics))


def _trait_column(name: str, trait: Trait) -> _Column:
    if trait.type == "number":
        unit = f"，单位：{trait.unit}" if trait.unit else ""
        return _Column(name, f"填数字{unit}", 11, number=True)
    about = "、".join(trait.choices)
    others = [word for words in trait.words.values() for word in words][:_WORDS_SHOWN]
    if others:
        about += f"（写{'、'.join(others)}等也认得）"
    return _Column(name, about, max(11, 2.2 * len(name) + 2), trait.choices)


_INSPECTOR_COLUMNS = (
    _Column("督学代码", "工号或证号；没有的可以空着，程序会按姓名编一个", 18),
    _Column("姓名", "每行一名督学；同名的要写代码", 14, needed=True),
    _Column("单位", "工作单位；和学校名称一样的，不安排查本校", 30),
    _Column("检查组", "同组的写同样的组名；空着的自成一组", 14),
    _Column("组长", "带队的填“是”，一组一名；印在意见书上，不写就不印", 9, ("是", "否")),
    _Column("离任", "中途离任的填“是”，这一行留着：交了的表照样计入，不再派任务", 9, ("是", "否")),
    _Column("接替", "中途接替别人的，填那个人的姓名或代码；他（她）查过的学校不用再交表", 14),
    _Column("专长", "如 审计、食品、党建，几样用顿号隔开；抽取时按细则要的专长组队", 16),
    _Column("回避", "本人工作过、亲属在的学校，写校名或代码，用顿号隔开；不派去，不上文书", 30),
)
_SCHOOL_LINES = (
    "每行一所学校，从表头下一行填起；列的次序可以换，用不着的列可以删，自己的列可以加（不会读）。",
    "可以分几张工作表（如小学一张、幼儿园一张），每张都要有表头。",
    "标 * 的必须填。其他的列，某套细则用到而没有填的，检查时会指出来。",
    "代码请保持文本格式，否则开头的 0 会丢。",
    "填好以后先检查，在这个文件夹里运行：",
    "scoring round check --schools 学校名册.xlsx --inspectors 督学名册.xlsx",
)
_INSPECTOR_LINES = (
    "每行一名督学，从表头下一行填起；列的次序可以换，自己的列可以加（不会读）。",
    "标 * 的必须填。代码请保持文本格式，否则开头的 0 会丢。",
)


def _workbook(title: str, columns: Sequence[_Column], lines: Sequence[str]) -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        # No moment of making is kept, so that the same roster gives the same bytes.
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
        looks = _Looks(book)
        _table(book, looks, title, columns)
        _guide(book, looks, title, columns, lines)
    return memory.getvalue()


class _Looks:
    """The formats of a roster."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": "等线", "font_size": 11, "valign": "vcenter"}
        line = font | {"border": 1, "border_color": "#BFBFBF"}
        bold = line | {"bold": True, "align": "center", "text_wrap": True}
        self.needed = book.add_format(bold | {"bg_color": "#FCE4D6"})
        self.heading = book.add_format(bold | {"bg_color": "#DCE6F1"})
        self.text = book.add_format(line | {"num_format": "@"})
        self.number = book.add_format(line | {"align": "center"})
        self.title = book.add_format(font | {"bold": True, "font_size": 16})
        self.lines = book.add_format(font | {"text_wrap": True, "valign": "top"})
        self.about = book.add_format(line | {"text_wrap": True, "valign": "top"})


def _table(
    book: xlsxwriter.Workbook, looks: _Looks, title: str, columns: Sequence[_Column]
) -> None:
    page = book.add_worksheet(title)
    page.set_paper(8 if len(columns) > 10 else 9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 2)
    page.set_row(0, 34)
    for number, column in enumerate(columns):
        mark = "*" if column.needed else ""
        page.write_string(0, number, mark + column.heading, looks.needed if mark else looks.heading)
        look = looks.number if column.number else looks.text
        page.set_column(number, number, column.width)
        for row in range(1, _ROWS + 1):
            page.write_blank(row, number, None, look)
        if rule := _validation(column):
            page.data_validation(1, number, _ROWS, number, rule)
    page.print_area(0, 0, 40, len(columns) - 1)


def _validation(column: _Column) -> dict[str, Any] | None:
    shown = {"input_title": column.heading, "input_message": column.about[:250]}
    if column.choices:
        # Other words are understood too, so they are asked about and not refused.
        return shown | {
            "validate": "list",
            "source": list(column.choices),
            "error_type": "warning",
            "error_title": column.heading,
            "error_message": f"表里可以选：{'、'.join(column.choices)}。要照填的吗？",
        }
    if column.number:
        return shown | {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": column.heading,
            "error_message": "请填不小于 0 的数字",
        }
    return shown | {"validate": "any"}


def _guide(
    book: xlsxwriter.Workbook,
    looks: _Looks,
    title: str,
    columns: Sequence[_Column],
    lines: Sequence[str],
) -> None:
    page = book.add_worksheet(_GUIDE)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 76)
    page.write_string(0, 0, f"{title}：怎样填", looks.title)
    page.set_row(0, 28)
    row = 2
    for number, text in enumerate(lines, 1):
        page.merge_range(row, 0, row, 1, f"{number}. {text}", looks.lines)
        page.set_row(row, 16 * (1 + len(text) // 45))
        row += 1
    row += 1
    page.write_string(row, 0, "列名", looks.heading)
    page.write_string(row, 1, "填什么", looks.heading)
    for column in columns:
        row += 1
        page.write_string(
            row, 0, column.heading + ("（必填）" if column.needed else ""), looks.about
        )
        page.write_string(row, 1, column.about, looks.about)
        page.set_row(row, 17 * (1 + len(column.about) // 38))
