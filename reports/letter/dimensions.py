"""The dimensions in figures, and as bars against the group's median."""

from __future__ import annotations

from collections.abc import Iterator

from inspections.records.record import State
from reports.letter.left_out import excused
from reports.letter.subject import Letter, percent, points
from reports.type.blocks import Bar, BarChart, Block, Column, Gap, Paragraph, Row, Table
from reports.type.paper import SMALL
from rubrics.values.points import SCALE, to_units
from scoring.results.scores import DimensionScore


def dimensions(letter: Letter) -> Iterator[Block]:
    """Yields the table and the chart."""
    yield Gap(0.2)
    yield _table(letter)
    left_out = excused(letter)
    if left_out:
        yield Gap(0.15)
        yield Paragraph(f"注：{left_out}", SMALL)
    bars = tuple(_bars(letter))
    if any(bar.share is not None for bar in bars):
        yield Gap(0.3)
        yield _chart(letter, bars)


def _table(letter: Letter) -> Table:
    demerits = letter.demerits
    columns = (
        Column("一级指标", 5.4),
        Column("满分" if not demerits else "最多计分", 1.7, "right"),
        Column("应得" if not demerits else "在查", 1.7, "right"),
        Column("得分" if not demerits else "计分", 1.9, "right"),
        *(() if demerits else (Column("扣分", 1.9, "right"),)),
        Column("扣分项" if not demerits else "计分项", 1.7, "right"),
        Column("待核项", 1.7, "right"),
        Column("缺项、未查", 2.2, "right"),
    )
    rows = [_row(letter, item) for item in letter.score.dimensions]
    whole = DimensionScore("", letter.score.earned, letter.score.applicable, None)
    return Table(columns, (*rows, _row(letter, whole)), tight=True, keep=True)


def _row(letter: Letter, item: DimensionScore) -> Row:
    """The row of one dimension, or the sum of all for one without a name."""
    named = [d for d in letter.rubric.dimensions if item.dimension in ("", d.id)]
    own = {indicator.id for dimension in named for indicator in dimension.indicators}
    scored = [held for held in letter.score.indicators if held.indicator in own]
    checked = [held for held in scored if held.state is State.CHECKED]
    title = named[0].title if item.dimension and named else item.dimension or "合计"
    full = to_units(sum(dimension.points for dimension in named))
    return (
        title,
        points(full),
        points(item.applicable),
        points(item.earned),
        *(() if letter.demerits else (points(item.applicable - item.earned),)),
        _count(sum(letter.kept(held) < held.points for held in checked)),
        _count(sum(held.pending for held in checked)),
        _count(len(scored) - len(checked)),
    )


def _count(number: int) -> str:
    return str(number) if number else "—"


def _bars(letter: Letter) -> Iterator[Bar]:
    titles = {item.id: item.title for item in letter.rubric.dimensions}
    for item in letter.score.dimensions:
        share, median = _kept(letter, item.share), _kept(letter, item.median)
        yield Bar(
            titles.get(item.dimension, item.dimension),
            None if share is None else share / SCALE,
            "不适用" if share is None else percent(share),
            None if median is None else median / SCALE,
            "—" if median is None else percent(median),
        )


def _kept(letter: Letter, share: int | None) -> int | None:
    return SCALE - share if letter.demerits and share is not None else share


def _chart(letter: Letter, bars: tuple[Bar, ...]) -> BarChart:
    name = "未计分率" if letter.demerits else "得分率"
    compared = any(bar.marker is not None for bar in bars)
    if not compared:
        bars = tuple(Bar(bar.label, bar.share, bar.text) for bar in bars)
    return BarChart(
        bars,
        bar_name=name,
        marker_name=f"{letter.score.group}中位数" if compared else "",
    )
