"""Whether inspectors of one visit see the same, and who is strict, in tables and a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Final

from reports.fairness.styles import SMALL, TEXT
from reports.fairness.subject import Subject
from reports.fairness.wording import agreement_word, correlation, figure, percent
from reports.type.blocks import Bar, BarChart, Block, Column, Gap, Paragraph, Row, Table
from reports.type.numerals import numeral
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.severity import TOLERANCE, InspectorSeverity

TOLERATED: Final = f"谁都会差一点：和平均相差在满分的 {TOLERANCE:.0%} 以内的，不算明显偏严偏松。"


def on_levels(one: MeasuredRubric) -> dict[str, str]:
    """Returns by code who is strict or lenient on what is graded alone, in words, where totals show
    nobody. Of two alone nobody can tell who; and who is far off draws the mean of the others along,
    so that only those are told who are at least half as far off as the farthest.
    """
    if _named(one):
        return {}
    farthest: dict[int, float] = {}
    for it in one.facets.inspectors:
        if isfinite(it.severity):
            farthest[it.island] = max(farthest.get(it.island, 0.0), abs(it.severity))
    return {
        it.inspector: f"评等级一类的指标偏{'严' if it.severity > 0 else '松'}，"
        f"平均{'少' if it.cost > 0 else '多'}给分值的 {percent(abs(it.cost))}"
        for it in one.facets.inspectors
        if it.named
        and len(one.facets.islands[it.island]) > 2
        and abs(it.severity) > farthest[it.island] / 2
    }


def agreement_blocks(subject: Subject) -> Iterator[Block]:
    """Yields how far inspectors agree under each rubric."""
    yield Table(
        (
            Column("细则", 0.26),
            Column("几份表的检查", 0.11, "centre"),
            Column("一份表的误差（分）", 0.13, "right"),
            Column("可靠程度", 0.1, "right"),
            Column("95% 区间", 0.17, "centre"),
            Column("说明", 0.13, "centre"),
            Column("事实不一致", 0.1, "centre"),
        ),
        tuple(map(_row, subject.measured.rubrics.values())),
        caption="同一次检查几份表的一致程度（可靠程度：组内相关 ICC(1,1)，Shrout 和 Fleiss 1979）",
        keep=True,
    )


def _row(one: MeasuredRubric) -> Row:
    held = one.agreement
    single = held.total.single
    return (
        one.rubric.title,
        f"{held.visits}",
        figure(held.error) if held.visits else "—",
        correlation(single.value),
        f"{correlation(single.low)} 至 {correlation(single.high)}" if isfinite(single.low) else "—",
        called(one),
        f"{len(one.differing)}",
    )


def called(one: MeasuredRubric) -> str:
    """Returns how well inspectors agree under a rubric, in words, or that it cannot be known."""
    if not one.agreement.visits:
        return "只有一份表，无从知道"
    value = one.agreement.total.single.value
    return agreement_word(value) if isfinite(value) else "太少或没有差别，说不准"


def severity_blocks(subject: Subject, most: int) -> Iterator[Block]:
    """Yields who is strict: a chart where somebody is named, or where they lie farthest apart, of
    those who are named and then the farthest, ``most`` in all.
    """
    rubrics = list(subject.measured.rubrics.values())
    farthest = sorted(rubrics, key=lambda one: (-_named(one), -_widest(one)))[:2]
    charts = [one for one in farthest if _named(one)] or farthest[:1]
    shown = [one for one in charts if figure(_widest(one)) != "0.00"]
    alone, rest = [], []
    for one in rubrics:
        known = [it for it in one.severity.inspectors if isfinite(it.severity)]
        if not known:
            alone.append(subject.title(one))
        elif one in shown:
            yield from _chart(subject, one, known, max(4, most // len(shown)))
        elif (far := figure(_widest(one))) != "0.00":
            rest.append(f"{subject.title(one)} {far} 分")
    if rest:
        others = "其余的，" if shown else ""
        text = f"{others}和同去的人平均最多相差：{'、'.join(rest)}，没有明显偏严偏松的。"
        yield Paragraph(text, TEXT)
    elif not shown and len(alone) < len(rubrics):
        yield Paragraph("同去的几位，总分没有高低之差。", TEXT)
    if len(alone) < len(rubrics):
        yield Paragraph(TOLERATED, SMALL)
    if alone:
        text = f"{'、'.join(alone)}：没有两人一起填过表，谁严谁松无从比较。"
        yield Paragraph(text, TEXT)


def _named(one: MeasuredRubric) -> int:
    return sum(it.named for it in one.severity.inspectors)


def _widest(one: MeasuredRubric) -> float:
    """How far from the mean the farthest lies; of one in which nothing is known 0."""
    found = [abs(it.severity) for it in one.severity.inspectors if isfinite(it.severity)]
    return max(found, default=0.0)


def _chart(
    subject: Subject, one: MeasuredRubric, known: Sequence[InspectorSeverity], most: int
) -> Iterator[Block]:
    several = len([own for own in one.severity.islands if len(own) > 1]) > 1
    kept = sorted(known, key=lambda it: (not it.named, -abs(it.severity)))[:most]
    kept.sort(key=lambda it: (it.island, it.severity))
    ends = (abs(end) for it in kept for end in (it.low, it.high, it.severity) if isfinite(end))
    reach = max(1.0, *ends)
    bars = tuple(_bar(subject, it, reach, several=several) for it in kept)
    scale = (f"偏松 {figure(reach, 1)}", "", "0", "", f"偏严 {figure(reach, 1)} 分")
    caption = f"{one.rubric.title}：和同去的人相比（点为估计，线为 95% 区间）"
    yield BarChart(bars, caption, "分", scale=scale)
    notes = []
    if len(kept) < len(known):
        notes.append(f"只画相差最大的 {len(kept)} 位，其余 {len(known) - len(kept)} 位见工作簿。")
    if several:
        notes.append("一、二……是没有一起去过同一所学校的几组，只在组内比较。")
    if any(len(one.severity.islands[it.island]) == 2 for it in kept):
        notes.append("组里只有两人的，分不出是谁严谁松。")
    if notes:
        yield Paragraph("".join(notes), SMALL)
    yield Gap(0.3)


def _bar(subject: Subject, it: InspectorSeverity, reach: float, *, several: bool) -> Bar:
    def place(value: float) -> float:
        return (value + reach) / (2 * reach)

    label = (
        f"{numeral(it.island + 1)}　{subject.person(it.inspector)}"
        if several
        else subject.person(it.inspector)
    )
    low, high = (it.low, it.high) if isfinite(it.low) else (it.severity, it.severity)
    return Bar(label, place(it.severity), figure(it.severity), span=(place(low), place(high)))
