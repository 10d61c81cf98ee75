"""The ranking of one group under one rubric."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.ranking.certainty_notes import certainty_notes
from reports.ranking.group_columns import NAME_COLUMN, Column, Kind, group_columns
from reports.ranking.groups import Group, grade_fill
from reports.ranking.layout import A3, Book, Sheet, room_px
from reports.ranking.measures import (
    DIGIT_PX,
    dashed,
    digits,
    pixels,
    places_format,
    short_title,
    width,
)
from reports.ranking.paging import print_to
from reports.ranking.previous import Previous
from reports.ranking.severity_sheet import SEVERITY
from rubrics.language.rubric import Rubric
from rubrics.values.points import fixed
from scoring.results.certainty import Certainty
from scoring.results.corrected_words import CORRECTED
from scoring.results.published import POINTS, reproduced
from scoring.results.scores import SchoolScore

_LOOKS: dict[Kind, tuple[str, ...]] = {
    "count": ("centre", "dash"),
    "code": ("centre",),
    "name": ("wrap",),
    "centre": ("centre",),
    "grade": ("centre",),
    "prose": ("wrap",),
    "moved": ("centre", "moved"),
}


_LEAST = 10.0
"""The width of a column of prose with nothing in it, for what heads it."""


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """Where a group's sheet has what charts show: schools and totals, rows from 0."""

    sheet: Sheet
    group: Group
    first_row: int
    total_column: int


def group_sheet(
    book: Book,
    rubric: Rubric,
    group: Group,
    previous: Previous | None,
    certainty: Certainty | None = None,
    *,
    corrected: bool = False,
) -> GroupSheet:
    """Writes the sheet and returns where its figures are. ``certainty``: how sure ranks are, where
    the round asks; ``corrected``: as ``group_columns``.
    """
    columns = list(group_columns(rubric, group, previous, certainty, corrected=corrected))
    columns = _fitted(columns, group)
    sheet = book.sheet(f"{short_title(rubric.title)} {group.name}", [c.width for c in columns])
    notes = [_about(book, rubric), _summary(book, rubric, group, corrected=corrected)]
    if certainty is not None and group.compared:
        known = group.sure_of(certainty)
        title = f"{short_title(rubric.title)} 名次把握"
        notes += certainty_notes(certainty, here=known, sheet=title)
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
    if group.left_out:
        names = "、".join(school.school.name for school in group.left_out)
        told = f"{group.why_left_out}的 {len(group.left_out)} 所，不在本次检查范围：{names}"
        sheet.across(row, told, "cell", "band", "wrap")
        row += 1
    print_to(sheet, row - 1)
    total = next(at for at, column in enumerate(columns) if column.head == "总分")
    return GroupSheet(sheet, group, head + 1, total)


def _about(book: Book, rubric: Rubric) -> str:
    since, until = book.round.window.since, book.round.window.until
    return (
        f"{book.round.bureau}　{book.round.title}　"
        f"检查时间 {since.year}年{since.month}月{since.day}日至"
        f"{until.year}年{until.month}月{until.day}日　细则版本 {rubric.version}"
    )


def _summary(book: Book, rubric: Rubric, group: Group, *, corrected: bool) -> str:
    parts = [f"本组应查 {len(group.schools)} 所，排名 {len(group.ranked)} 所"]
    if group.unranked:
        parts.append(f"未排名 {len(group.unranked)} 所")
    if group.median is not None:
        still = "暂为 " if group.open else ""
        parts.append(f"总分中位数 {still}{fixed(group.median, rubric.places)}")
    if group.open:
        parts.append(group.open)
    if rubric.scale == "demerits":
        parts.append("本细则计负分，分数越低越好")
    if corrected:
        parts.append(f"{CORRECTED}：总分＝校正前总分＋宽严校正，见“{SEVERITY}”表")
    if not all(reproduced(rubric, school, POINTS) for school in group.schools):
        parts.append("得分按两位小数列出，标化分按未取整的得分计算")
    if not book.round.ranking.publish:
        parts.append("名次只供内部掌握，不对外公布")
    return "；".join(parts)


def _fitted(columns: list[Column], group: Group) -> list[Column]:
    """The columns, those of prose so much narrower that the largest paper takes all of them.

    What they have together goes to each by the longest text in it.
    """
    prose = [column for column in columns if column.kind == "prose"]
    wanted = sum(column.width for column in prose)
    over = sum(pixels(column.width) for column in columns) - room_px(A3)
    given = wanted - min(wanted / 2, (over + len(columns)) / DIGIT_PX) if over > 0 else wanted
    needs = [_need(column, group) for column in prose]
    if over <= 0 and all(need <= it.width for need, it in zip(needs, prose, strict=True)):
        return columns
    spare = given - _LEAST * len(prose)
    more = [need - _LEAST for need in needs]
    shares = [it / sum(more) for it in more] if any(more) else [it.width / wanted for it in prose]
    widths = iter(_LEAST + spare * share for share in shares)
    return [
        replace(column, width=next(widths)) if column.kind == "prose" else column
        for column in columns
    ]


def _need(column: Column, group: Group) -> float:
    """How wide a column is that has its longest line on one; never less than ``_LEAST``."""
    texts = (str(column.value(school) or "") for school in group.schools)
    longest = max((width(line) for text in texts for line in text.split("\n")), default=0)
    return max(_LEAST, digits(longest))


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
            if column.kind == "prose":
                value = sheet.book.words.said(value)
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
