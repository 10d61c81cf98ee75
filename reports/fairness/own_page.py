"""An inspector's own page: how their sheets compare, and which cells to look at; of nobody else.

Companions' names, sheets and entries are not on it. What all inspectors come to is told only where
it is of so many that it tells nothing of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isfinite
from typing import Final

import numpy as np

from reports.fairness.checks import Check, together
from reports.fairness.spoken import spoken
from reports.fairness.strictness import TOLERATED, on_levels
from reports.fairness.styles import SMALL, TEXT
from reports.fairness.subject import Subject
from reports.fairness.wording import figure, interval, percent, strictness
from reports.type.blocks import Block, Column, Paragraph, Row, Table, heading, title
from reports.type.paper import UNDER_TITLE
from rubrics.messages.outgoing import outgoing
from scoring.fairness.beside_others import Beside, beside_others
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.severity import InspectorSeverity

_OTHERS: Final = 5
"""What fewer others come to together would tell of one of them."""


def own_blocks(subject: Subject, inspector: str, checks: Sequence[Check]) -> list[Block]:
    """Returns the blocks of the page of an inspector, by code; ``checks``: of everybody."""
    return list(spoken(subject.opened.words, _blocks(subject, inspector, checks)))


def _blocks(subject: Subject, inspector: str, checks: Sequence[Check]) -> Iterator[Block]:
    yield title("我的评分情况")
    round_ = subject.opened.round
    yield Paragraph(outgoing(f"{round_.title}　{subject.person(inspector)}"), UNDER_TITLE)
    yield Paragraph(
        f"这一页只给您本人看。{subject.effect}数字说明和同去的人相比怎样，不说明谁对谁错。", SMALL
    )
    own = [(one, it) for one in subject.measured.rubrics.values() for it in _own(one, inspector)]
    yield heading("一、您填的表")
    beside = {one.rubric.id: beside_others(one.sheets.ratings) for one, _ in own}
    yield Paragraph(_opening(own, [beside[one.rubric.id][inspector] for one, _ in own]), TEXT)
    if own:
        yield _near(own, inspector, beside)
    yield heading("二、和同去的人相比，偏严还是偏松")
    yield from _strict(subject, own)
    yield heading("三、评分前后一致吗")
    yield from _fit(own, inspector)
    yield heading("四、请您核对")
    yield from _checks(subject, inspector, checks)


def _own(one: MeasuredRubric, inspector: str) -> Iterator[InspectorSeverity]:
    yield from (it for it in one.severity.inspectors if it.inspector == inspector)


def _opening(own: Sequence[tuple[MeasuredRubric, InspectorSeverity]], beside: list[Beside]) -> str:
    records = sum(it.records for _, it in own)
    if not records:
        return "这一批次没有您填的、可以算出总分的表。"
    shared = sum(it.visits for it in beside)
    thanks = f"这一批次您填了 {records} 份表，辛苦了。"
    if not shared:
        return f"{thanks}都没有人同去另填一份，没有可以相比的。"
    return f"{thanks}其中 {shared} 份有人同去、另填了一份，下面的比较都来自这些表。"


def _near(
    own: Sequence[tuple[MeasuredRubric, InspectorSeverity]],
    inspector: str,
    beside: dict[str, dict[str, Beside]],
) -> Table:
    rows: list[Row] = []
    for one, it in own:
        mine = beside[one.rubric.id][inspector]
        others = [
            held
            for code, held in beside[one.rubric.id].items()
            if code != inspector and isfinite(held.same)
        ]
        usual = "—"
        if len(others) >= _OTHERS and isfinite(mine.same):
            usual = percent(float(np.median([held.same for held in others])))
        rows.append(
            (
                one.rubric.title,
                f"{it.records}",
                f"{mine.visits}",
                f"{figure(mine.apart)} 分" if isfinite(mine.apart) else "—",
                percent(mine.same),
                usual,
            )
        )
    return Table(
        (
            Column("细则", 0.32),
            Column("填表份数", 0.12, "centre"),
            Column("有人同去的", 0.12, "centre"),
            Column("总分平均相差", 0.14, "right"),
            Column("得分相同的指标", 0.15, "right"),
            Column("一般（各人的中位数）", 0.15, "right"),
        ),
        tuple(rows),
    )


def _strict(
    subject: Subject, own: Sequence[tuple[MeasuredRubric, InspectorSeverity]]
) -> Iterator[Block]:
    known = [(one, it) for one, it in own if isfinite(it.severity)]
    if not known:
        yield Paragraph("没有人同去，无从比较。和别人同去、各填一份，就能知道。", TEXT)
        return
    yield Table(
        (
            Column("细则", 0.4),
            Column("和同去的人相比", 0.3, "centre"),
            Column("95% 区间（分，正为偏严）", 0.3, "centre"),
        ),
        tuple((one.rubric.title, _called(one, it), interval(it.low, it.high)) for one, it in known),
    )
    yield Paragraph(TOLERATED, SMALL)
    graded = [
        f"{subject.title(one)}：{words}。"
        for one, it in known
        for code, words in on_levels(one).items()
        if code == it.inspector
    ]
    for text in graded:
        yield Paragraph(text, TEXT)
    if any(it.named for _, it in known):
        yield Paragraph(
            "写“明显”的，差别比这大，也不像是碰巧。可以挑几份相差大的表，和同去的人一起对照细则看一看，"
            "说不定是写法有两种理解，也请告诉局里。",
            TEXT,
        )
    elif not graded:
        yield Paragraph("没有明显偏严或偏松，尺度和同去的人合得上。", TEXT)


def _called(one: MeasuredRubric, it: InspectorSeverity) -> str:
    if len(one.severity.islands[it.island]) == 2:
        apart = figure(2 * abs(it.severity))
        return f"{'明显' if it.named else ''}相差 {apart} 分，只有两人相比，分不出是严是松"
    return f"{'明显' if it.named else ''}{strictness(it)}"


def _fit(
    own: Sequence[tuple[MeasuredRubric, InspectorSeverity]], inspector: str
) -> Iterator[Block]:
    rows: list[Row] = []
    named = False
    for one, _ in own:
        for it in one.facets.inspectors:
            if it.inspector == inspector and it.ratings and isfinite(it.fit.infit):
                named |= it.fit.named
                told = "有几处忽高忽低，见下面" if it.fit.named else "前后合得上"
                rows.append((one.rubric.title, f"{it.ratings}", figure(it.fit.infit), told))
    if not rows:
        yield Paragraph("评等级一类的指标太少，看不出来。", TEXT)
        return
    yield Table(
        (
            Column("细则", 0.4),
            Column("评了几处", 0.14, "centre"),
            Column("一致程度（1 为正好，越大越不一致）", 0.26, "centre"),
            Column("说明", 0.2, "centre"),
        ),
        tuple(rows),
    )
    if not named:
        yield Paragraph("宽严前后一致，请保持。", TEXT)


def _checks(subject: Subject, inspector: str, checks: Sequence[Check]) -> Iterator[Block]:
    sheets = _sheets(subject, inspector)
    mine = [
        replace(
            one,
            inspectors=(inspector,),
            words=one.own[one.inspectors.index(inspector)] if one.own else one.words,
            cells=tuple(cell for cell in one.cells if (cell.file, cell.sheet) in sheets),
        )
        for one in checks
        if inspector in one.inspectors
    ]
    rows: list[Row] = [
        (one.kind, one.words, subject.places(one.cells)) for one, _ in together(mine)
    ]
    if not rows:
        yield Paragraph("没有需要您核对的。", TEXT)
        return
    yield Table(
        (Column("情形", 0.16, "centre"), Column("说明", 0.52), Column("在哪里", 0.32)), tuple(rows)
    )
    yield Paragraph("填得不对的，请改好再交；没有错的，不用改，可以告诉局里是什么情况。", SMALL)


def _sheets(subject: Subject, inspector: str) -> set[tuple[str, str]]:
    """The sheets that an inspector filled."""
    found = set()
    for one in subject.measured.rubrics.values():
        for head in one.sheets.records.heads:
            if head.key.inspector == inspector:
                found.add((head.file, head.sheet))
    return found
