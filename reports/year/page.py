"""One page for each school: its year, and what it has to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reports.type.archival import About
from reports.type.blocks import (
    Bar,
    BarChart,
    Block,
    Column,
    Gap,
    PageMark,
    Paragraph,
    Row,
    Table,
    title,
)
from reports.type.flow import page_count
from reports.type.fonts import Fonts
from reports.type.paper import NOTE, OFFICIAL, SIZES, UNDER_TITLE
from reports.year import wording
from reports.year.subject import YearSubject
from rubrics.messages.outgoing import outgoing
from rubrics.messages.plain_text import one_line
from rubrics.values.points import SCALE, fixed
from scoring.years.unimproved import ItemYear
from scoring.years.year import RubricYear, SchoolYear

PAPER: Final = replace(OFFICIAL, top_mm=22, bottom_mm=24, lines=25)
_SMALL: Final = replace(NOTE, size=SIZES["五号"], lines=0.58)
_SIZES: Final = ((24, 6), (20, 6), (16, 5), (12, 4), (8, 3), (4, 2))
"""Bars, and indicators that are named of each rubric: as many as leave all on one page."""

Own = tuple[str, RubricYear, SchoolYear]
"""A rubric by its short title, and the school under it."""


def page(subject: YearSubject, own: list[Own], fonts: Fonts) -> list[Block]:
    """Returns the blocks of a school's page; ``own``: the rubrics that apply to it."""
    made = (_page(subject, own, bars, named) for bars, named in _SIZES)
    fitting = (blocks for blocks in made if page_count(blocks, fonts, PAPER) == 1)
    return next(fitting, None) or _page(subject, own, *_SIZES[-1])


def _page(subject: YearSubject, own: list[Own], most: int, named: int) -> list[Block]:
    name = one_line(outgoing(own[0][2].name))
    blocks: list[Block] = [
        *([PageMark(subject.corrected)] if subject.corrected else []),
        title(f"{name}{subject.title}督导成绩"),
        Paragraph(f"{one_line(outgoing(subject.year.rounds[-1].bureau))}", UNDER_TITLE),
        _results(subject, own),
    ]
    every = list(_bars(own))
    if bars := _shown(every, most):
        some = f"，列出变化最大的{most}项" if len(every) > most else ""
        first, last = subject.labels[0], subject.labels[-1]
        blocks += [
            Gap(0.3),
            BarChart(
                bars, f"一级指标得分率（只比每轮都查了、规则没有变的指标{some}）", last, first
            ),
        ]
    blocks += [
        Gap(0.3),
        *(Paragraph(subject.words.said(it), _SMALL) for it in _notes(subject, own, named)),
    ]
    return blocks


def about(subject: YearSubject, name: str) -> About:
    """Returns what programs show of the file."""
    last = subject.year.rounds[-1]
    return About(f"{name}{subject.title}督导成绩", last.bureau, "年度成绩", last.until)


def _results(subject: YearSubject, own: list[Own]) -> Table:
    columns = [
        Column("细则", 3.2, label=True),
        *(Column(label, 2.6, "centre") for label in subject.labels),
    ]
    columns += [Column("年度分", 1.7, "centre"), Column("变化", 2.4, "centre"),
                Column("各轮等次", 2.8, "centre")]  # fmt: skip
    if subject.publish:
        columns += [Column("年度名次", 2.2, "centre")]
    rows: list[Row] = []
    for name, part, one in own:
        by_round = dict(zip(part.rounds, one.cells, strict=True))
        row = [name]
        for number in range(len(subject.labels)):
            cell = by_round.get(number)
            text = wording.total_cell(part, cell) if number in by_round else "—"
            if subject.publish and cell is not None and cell.rank:
                text += f"\n名次 {wording.rank_cell(cell)}"
            row.append(text)
        row.append("—" if one.total is None else fixed(one.total, part.held.places))
        row += [
            wording.change_text(part, one),
            wording.grades_text(one) if part.held.rubric else "—",
        ]
        if subject.publish:
            row.append(wording.year_rank(one))
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), SIZES["小五"], tight=True)


def _bars(own: list[Own]) -> Iterator[Bar]:
    for _, part, one in own:
        rubric = part.held.rubric
        for dimension in rubric.dimensions if rubric and len(part.rounds) > 1 else ():
            first, *_, last = one.dimensions[dimension.id]
            if first is None or last is None:
                continue
            yield Bar(
                one_line(dimension.title), last / SCALE, wording.rate_text(last),
                first / SCALE, wording.rate_text(first),
            )  # fmt: skip


def _shown(bars: list[Bar], most: int) -> tuple[Bar, ...]:
    """As many as a page holds: those that changed most, in their order."""
    apart = [abs((bar.share or 0) - (bar.marker or 0)) for bar in bars]
    kept = sorted(range(len(bars)), key=lambda n: -apart[n])[:most]
    return tuple(bars[number] for number in sorted(kept))


def _notes(subject: YearSubject, own: list[Own], named: int) -> Iterator[str]:
    for name, part, one in own:
        stuck = [item for item in part.items if one.id in item.stuck]
        if stuck:
            yield f"{name}每轮都失分、没有好转的{len(stuck)}项：{_named(stuck, named)}。"
        said = wording.remark(one, subject.labels_of(part))
        if said:
            yield f"{name}：{said}。"
        if one.behind and (note := wording.behind_note(part)):
            yield f"{name}：{note}"
    weights = "、".join(
        f"{label}{wording.weight_text(weight)}"
        for label, weight in zip(subject.labels, subject.year.weights, strict=True)
    )
    yield f"{wording.HOW}权重：{weights}。各轮的事实、依据和整改要求见当次意见书。"


def _named(items: list[ItemYear], most: int) -> str:
    said = "、".join(f"{one.item}{one_line(one.title)}" for one in items[:most])
    return f"{said}等" if len(items) > most else said
