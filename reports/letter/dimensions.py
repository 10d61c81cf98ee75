"""The dimensions in figures, and as bars against the group's median."""

from __future__ import annotations

from collections.abc import Iterator

from inspections.records.record import State
from reports.faults import costs
from reports.letter import sentences
from reports.letter.left_out import excused, untold
from reports.letter.subject import Letter
from reports.type.blocks import Bar, BarChart, Block, Column, Gap, Paragraph, Row, Table
from reports.type.paper import SMALL
from rubrics.language.rubric import Dimension
from rubrics.language.wording import describe_excused, describe_weights
from rubrics.language.worth import by_points_alone
from rubrics.values.points import PERCENT, SCALE, half_up, to_units
from scoring.results.ballots import BESIDE
from scoring.results.published import Difference, kept_share, percent_text, share_to_median
from scoring.results.scores import DimensionScore, IndicatorScore


def dimensions(letter: Letter) -> Iterator[Block]:
    """Yields the table and the chart; without a verdict nothing is compared."""
    yield Gap(0.2)
    yield _table(letter)
    notes = [excused(letter), *untold(letter)]
    if not by_points_alone(letter.rubric):
        weights = (describe_weights(letter.rubric), describe_excused(letter.rubric))
        notes.append(sentences.WEIGHED.format(how="；".join(filter(None, weights))))
    if letter.printed.surplus:
        which = (
            f"“{letter.label(owner)}”多 {letter.points(units)} 分"
            for owner, units in letter.printed.surplus.items()
        )
        notes.append(sentences.SURPLUS.format(which="、".join(which)))
    if letter.printed.adjusted:
        notes.append(sentences.ADJUSTED.format(places=letter.rubric.places))
    bars = () if letter.ungraded else tuple(_bars(letter))
    charted = any(bar.share is not None for bar in bars)
    if charted and not _shares_follow(letter):
        notes.append(sentences.SHARES)
    if any(notes):
        yield Gap(0.15)
        yield Paragraph(f"注：{''.join(notes)}", SMALL)
    if charted:
        yield Gap(0.3)
        yield _chart(letter, bars)


def _table(letter: Letter) -> Table:
    demerits = letter.demerits
    columns = (
        Column("一级指标", 5.4),
        Column("满分" if not demerits else "最多计分", 1.7, "right"),
        Column("应得" if not demerits else "在查", 1.7, "right"),
        Column("得分" if not demerits else "计分", 1.9, "right"),
        *(() if demerits else (Column("扣分", 1.7, "right"),)),
        Column("扣分项" if not demerits else "计分项", 1.6, "right"),
        Column("待核项", 1.6, "right"),
        Column("缺项", 1.3, "right"),
        Column("未查", 1.3, "right"),
    )
    held, whole = letter.printed, letter.rubric.dimensions
    by_id = {item.id: item for item in whole}
    rows = [
        _row(letter, by_id[item.dimension].title, [by_id[item.dimension]], *figures, item.untold)
        for item, figures in zip(letter.score.dimensions, held.dimensions, strict=True)
        if item.dimension in by_id
    ]
    total = _row(letter, "合计", list(whole), held.earned, held.applicable)
    return Table(columns, (*rows, total), tight=True, keep=True)


def _row(
    letter: Letter,
    title: str,
    named: list[Dimension],
    earned: int,
    applicable: int,
    silent: bool = False,
) -> Row:
    """The row of one dimension, or of all; ``silent``: what was earned is untold."""
    scored = [item for dimension in named for item in items_of(letter, dimension)]
    checked = [item for item in scored if item.state is State.CHECKED]
    told = checked and not silent
    lost = applicable - earned + sum(letter.printed.surplus.get(it.indicator, 0) for it in checked)
    return (
        title,
        letter.points(to_units(sum(dimension.counts for dimension in named))),
        letter.points(applicable),
        letter.points(earned) if told else "—",
        *(() if letter.demerits else (letter.points(lost) if told else "—",)),
        _count(sum(costs(letter.rubric, item) for item in checked)),
        _count(sum(item.pending for item in checked)),
        _count(sum(item.state is State.EXCUSED for item in scored)),
        _count(sum(item.state is State.UNCHECKED for item in scored)),
    )


def items_of(letter: Letter, dimension: Dimension) -> list[IndicatorScore]:
    """Returns the school's indicators in a dimension."""
    return [letter.scored[item.id] for item in dimension.indicators if item.id in letter.scored]


def _count(number: int) -> str:
    return str(number) if number else "—"


def _bars(letter: Letter) -> Iterator[Bar]:
    by_id = {item.id: item for item in letter.rubric.dimensions}
    for item in letter.score.dimensions:
        share, median = _kept(letter, item.share), _kept(letter, item.median)
        states = {held.state for held in items_of(letter, by_id[item.dimension])}
        yield Bar(
            by_id[item.dimension].title,
            None if share is None else share / SCALE,
            BESIDE if item.untold else _said(share, states),
            # What was seen in part is not compared with what others earned in full.
            None if median is None or State.UNCHECKED in states else median / SCALE,
            "—" if median is None else percent_text(median),
        )


def _shares_follow(letter: Letter) -> bool:
    """Whether all shares are those of the points that stand in the table."""
    rows = zip(letter.score.dimensions, letter.printed.dimensions, strict=True)
    least: int = 10**PERCENT
    return all(
        _kept(letter, item.share)
        == kept_share(letter.rubric, half_up(earned * least, applicable) * (SCALE // least))
        for item, (earned, applicable) in rows
        if item.share is not None and not item.untold and applicable
    )


def _said(share: int | None, states: set[State]) -> str:
    """What stands beside a bar, or in its place, by the states of the items behind it."""
    if share is not None:
        return percent_text(share) + ("（部分未查）" if State.UNCHECKED in states else "")
    if State.UNCHECKED not in states:
        return "合理缺项"
    return "未查" if State.EXCUSED not in states else "未查、缺项"


def _kept(letter: Letter, share: int | None) -> int | None:
    return None if share is None else kept_share(letter.rubric, share)


def _chart(letter: Letter, bars: tuple[Bar, ...]) -> BarChart:
    compared = any(bar.marker is not None for bar in bars)
    if not compared:
        bars = tuple(Bar(bar.label, bar.share, bar.text) for bar in bars)
    return BarChart(
        bars,
        bar_name=sentences.RATE[letter.demerits],
        marker_name=letter.middle.replace("本组", letter.score.group) if compared else "",
    )


def compared(letter: Letter, item: DimensionScore) -> Difference | None:
    """Returns a dimension's published share beside the group's median.

    None where one is missing, or where the dimension was seen in part only.
    """
    own = next(d for d in letter.rubric.dimensions if d.id == item.dimension)
    partly = any(held.state is State.UNCHECKED for held in items_of(letter, own))
    return None if partly else share_to_median(letter.rubric, item)
