"""The ranking of one group under one rubric."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

from inspections.visit import State
from reports.ranking.groups import Group, grade_fill, grade_names
from reports.ranking.layout import (
    SMALL,
    Book,
    Sheet,
    dashed,
    digits,
    places_format,
    short_title,
    width,
)
from reports.ranking.previous import Before, Previous
from rubrics.points import fixed, from_units, plain
from rubrics.rubric import Rubric
from scoring.scores import SchoolScore

Kind: TypeAlias = Literal[
    "count",
    "code",
    "name",
    "centre",
    "grade",
    "prose",
    "points",
    "extra",
    "published",
    "change",
    "moved",
]
_LOOKS: dict[Kind, tuple[str, ...]] = {
    "count": ("centre", "dash"),
    "code": ("centre", "small"),
    "name": ("wrap",),
    "centre": ("centre",),
    "grade": ("centre",),
    "prose": ("wrap", "small"),
    "moved": ("centre", "moved"),
}

_SUMS = {
    "merits": ("应得分", "实得分", "标化分"),
    "demerits": ("最多\n负分", "实计\n负分", "合计\n负分"),
}

NAME_COLUMN = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what heads it, how wide it is, and what a school has in it.

    Points and changes are units of 1/10000; None leaves the cell blank.
    """

    head: str
    width: float
    kind: Kind
    value: Callable[[SchoolScore], str | int | None]


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """Where a group's sheet has what charts show: schools and totals, rows from 0."""

    sheet: Sheet
    group: Group
    first_row: int
    total_column: int


def group_sheet(book: Book, rubric: Rubric, group: Group, previous: Previous | None) -> GroupSheet:
    """Writes the sheet and returns where its figures are."""
    columns = list(_columns(rubric, group, previous))
    sheet = book.sheet(f"{short_title(rubric.title)} {group.name}", [c.width for c in columns])
    notes = (_about(book, rubric), _summary(book, rubric, group))
    head = sheet.heading(f"{rubric.title}　排名表（{group.name}）", *notes)
    sheet.head(head, [column.head for column in columns])
    row = head + 1
    for school in group.ranked:
        _school(sheet, row, columns, rubric, school)
        row += 1
    sheet.page.freeze_panes(head + 1, NAME_COLUMN + 1)
    if group.ranked:
        sheet.page.autofilter(head, 0, row - 1, len(columns) - 1)
    if group.unranked:
        sheet.across(row, f"以下 {len(group.unranked)} 所未排名，原因见末栏", "cell", "band")
        row += 1
    for school in group.unranked:
        _school(sheet, row, columns, rubric, school)
        row += 1
    if group.outside:
        names = "、".join(school.school.name for school in group.outside)
        sheet.across(
            row, f"不适用本细则的 {len(group.outside)} 所：{names}", "cell", "band", "wrap"
        )
        row += 1
    sheet.page.print_area(0, 0, row - 1, len(columns) - 1)
    total = next(at for at, column in enumerate(columns) if column.head == "总分")
    return GroupSheet(sheet, group, head + 1, total)


def _about(book: Book, rubric: Rubric) -> str:
    since, until = book.round.window.since, book.round.window.until
    return (
        f"{book.round.bureau}　{book.round.title}　"
        f"检查时间 {since.year}年{since.month}月{since.day}日至"
        f"{until.year}年{until.month}月{until.day}日　细则版本 {rubric.version}"
    )


def _summary(book: Book, rubric: Rubric, group: Group) -> str:
    parts = [f"本组应查 {len(group.schools)} 所，排名 {len(group.ranked)} 所"]
    if group.unranked:
        parts.append(f"未排名 {len(group.unranked)} 所")
    if group.median is not None:
        parts.append(f"总分中位数 {fixed(group.median, rubric.places)}")
    if rubric.scale == "demerits":
        parts.append("本细则计负分，分数越低越好")
    if not book.round.ranking.publish:
        parts.append("名次只供内部掌握，不对外公布")
    return "；".join(parts)


def _columns(rubric: Rubric, group: Group, previous: Previous | None) -> Iterator[Column]:
    ranks = Counter(school.rank for school in group.ranked)
    names = max((width(school.school.name) for school in group.schools), default=0)
    grades = max(width(grade) for grade in grade_names(rubric, group.schools))
    codes = max((width(school.school.id) for school in group.schools), default=0)
    yield Column("名次", 5, "count", lambda s: s.rank)
    yield Column("代码", min(10, max(6, digits(codes, SMALL))), "code", lambda s: s.school.id)
    yield Column("学校", min(24, max(12, digits(names))), "name", lambda s: s.school.name)
    for number, dimension in enumerate(rubric.dimensions):
        head = f"{dimension.title}\n{plain(dimension.points)}分"
        yield Column(head, 7.5, "points", partial(_dimension, number=number))
    possible, earned, whole = _SUMS[rubric.scale]
    yield Column(possible, 7, "points", lambda s: s.applicable if s.visits else None)
    yield Column(earned, 7, "points", lambda s: s.earned if s.visits else None)
    yield Column(whole, 7, "published", lambda s: s.normalised)
    yield Column("加分", 5.5, "extra", lambda s: s.bonus if s.visits else None)
    yield Column("附加\n扣分", 5.5, "extra", lambda s: s.penalty if s.visits else None)
    yield Column("总分", 7.5, "published", lambda s: s.total)
    yield Column("关键项\n不合格", 6, "count", lambda s: len(s.key_failed) if s.visits else None)
    yield Column("红线", 5, "count", lambda s: len(s.red_lines) if s.visits else None)
    yield Column("等次", max(7, digits(grades)), "grade", lambda s: s.grade)
    yield Column("评优\n资格", 5, "centre", _eligible)
    if previous is not None:

        def before(school: SchoolScore) -> Before | None:
            return previous.get((school.school.id, rubric.id))

        yield Column("上次\n总分", 7, "published", lambda s: b.total if (b := before(s)) else None)
        yield Column("较上次", 7, "change", lambda s: _change(s, before(s)))
        yield Column("名次\n升降", 5, "moved", lambda s: _moved(s, before(s)))
    roomy = 1 if previous is not None else 1.3
    yield Column("等次为何受限", 26 * roomy, "prose", lambda s: _limits(rubric, s))
    yield Column(
        "说明", 18 * roomy, "prose", lambda s: _remark(s, ranks[s.rank], bool(s.red_lines))
    )


def _dimension(school: SchoolScore, number: int) -> int | None:
    """Points of a dimension; None where nothing of it applies or was checked."""
    if number >= len(school.dimensions):
        return None
    item = school.dimensions[number]
    return item.earned if item.applicable else None


def _eligible(school: SchoolScore) -> str:
    if not school.visits:
        return ""
    return "有" if school.award_eligible else "取消"


def _change(school: SchoolScore, before: Before | None) -> int | None:
    if before is None or school.total is None:
        return None
    return school.total - before.total


def _moved(school: SchoolScore, before: Before | None) -> int | None:
    """Places gained within the same group; ranks of another group say nothing."""
    if before is None or before.rank is None or school.rank is None or before.group != school.group:
        return None
    return before.rank - school.rank


def _limits(rubric: Rubric, school: SchoolScore) -> str:
    """The limits, then red lines and key items that they do not already name."""
    titles = {item.id: item.title for item in rubric.indicators}
    said = [text for text in school.limits if text != school.unranked]
    named = "；".join(said)
    for hit in school.red_lines:
        if hit.title not in named:
            said.append(f"触及红线“{hit.title}”：{hit.effect}")
    keys = [f"{key} {titles.get(key, '')}" for key in school.key_failed if key not in named]
    if keys:
        said.append(f"关键项不合格：{'、'.join(keys)}")
    said += [f"红线待核“{hit.title}”" for hit in school.red_lines_pending]
    return "\n".join(said)


def _remark(school: SchoolScore, sharing: int, last: bool) -> str:
    """``sharing``: how many schools have its rank; ``last``: a red line puts it behind others."""
    said = []
    if school.rank is None:
        said.append(school.unranked)
    elif last:
        said.append("触及红线，排在本组最后")
    if school.rank is not None and sharing > 1:
        said.append(f"{sharing} 所并列第 {school.rank} 名")
    if school.tie_key:
        said.append(f"同分，按“{school.tie_key}”定先后")
    states = Counter(item.state for item in school.indicators)
    excused = sum(i.points for i in school.indicators if i.state is State.EXCUSED)
    if states[State.UNCHECKED] and school.rank is not None:
        said.append(f"有 {states[State.UNCHECKED]} 项未查")
    if excused:
        said.append(f"合理缺项 {states[State.EXCUSED]} 项、{from_units(excused)} 分")
    if pending := sum(item.pending for item in school.indicators):
        said.append(f"待核 {pending} 项")
    return "；".join(part for part in said if part)


def _school(
    sheet: Sheet, row: int, columns: list[Column], rubric: Rubric, school: SchoolScore
) -> None:
    base = ("cell",) if school.rank else ("cell", "quiet")
    for at, column in enumerate(columns):
        value = column.value(school)
        looks = (*base, *_LOOKS.get(column.kind, ()))
        if column.head in ("名次", "总分") and school.rank:
            looks += ("strong",)
        if value is None:
            sheet.text(row, at, "—" if column.head == "名次" else "", *base, "centre")
        elif isinstance(value, str):
            fill = grade_fill(rubric, value) if column.kind == "grade" else ""
            sheet.text(row, at, value, *looks, **({"bg_color": fill} if fill else {}))
        elif column.kind in ("count", "moved"):
            sheet.number(row, at, value, *looks)
        else:
            places = 2 if column.kind in ("points", "extra") else rubric.places
            shown = places_format(places)
            if column.kind == "change":
                shown = f"+{shown};-{shown};{shown}"
            if column.kind == "extra":
                shown = dashed(shown)
            sheet.points(row, at, value, places, *looks, num_format=shown)
