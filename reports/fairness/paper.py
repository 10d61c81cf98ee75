"""公平性分析.pdf: what a bureau's chief reads in five minutes, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Final

from reports.fairness.checks import Check, checks_of
from reports.fairness.places import place_blocks
from reports.fairness.styles import SMALL, TEXT
from reports.fairness.subject import Subject
from reports.fairness.wording import agreement_word, correlation, figure, strictness
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
    heading,
    title,
)
from reports.type.paper import UNDER_TITLE
from rubrics.messages.outgoing import outgoing
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.severity import InspectorSeverity

_MOST_CHECKS: Final = 12
_ABOUT: Final = "本分析供局内参考，不公开。{effect}“提示”只说明值得再看一眼，不说明谁有错。"


def bureau_blocks(subject: Subject) -> list[Block]:
    """Returns the blocks of the bureau's paper."""
    return list(_blocks(subject))


def _blocks(subject: Subject) -> Iterator[Block]:
    opened = subject.opened
    if subject.corrected:
        yield PageMark(subject.corrected)
    yield title("评分公平性分析")
    yield Paragraph(outgoing(f"{opened.round.title}　{opened.round.bureau}"), UNDER_TITLE)
    yield Paragraph(_ABOUT.format(effect=subject.effect), SMALL)
    yield heading("一、结论")
    checks = checks_of(subject)
    for number, text in enumerate(_conclusions(subject, checks), 1):
        yield Paragraph(f"{number}.{text}", TEXT)
    yield heading("二、同一次检查，几位看得一样吗")
    yield _agreement_table(subject)
    yield from _named_indicators(subject)
    yield heading("三、谁偏严，谁偏松")
    rubrics = subject.measured.rubrics.values()
    widest = max(rubrics, key=_widest)
    for one in rubrics:
        chart = one is widest or any(it.named for it in one.severity.inspectors)
        yield from _severity(subject, one, chart=chart)
    yield heading("四、名次有多大把握")
    yield from place_blocks(subject)
    yield heading("五、请核对")
    yield from _checks(subject, checks)


def _conclusions(subject: Subject, checks: list[Check]) -> Iterator[str]:
    rubrics = subject.measured.rubrics.values()
    shared = [one for one in rubrics if one.agreement.visits]
    if shared:
        worst = min(shared, key=lambda one: one.agreement.total.single.value)
        word = agreement_word(worst.agreement.total.single.value)
        yield (
            f"同去的几位看得{word}：最低的是{subject.title(worst)}，一份表总分的可靠程度"
            f" {correlation(worst.agreement.total.single.value)}（1 为完全一致），"
            f"一份表和同去的平均相差约 {figure(worst.agreement.error)} 分。"
        )
    else:
        yield (
            "每次检查只有一份表，几位看得是否一样、谁严谁松，都无从知道。"
            "安排两人同去、各填一份，就能知道。"
        )
    named = [(one, it) for one in rubrics for it in one.severity.inspectors if it.named]
    if named:
        told = "；".join(
            f"{subject.person(it.inspector)}在{subject.title(one)}{strictness(it)}"
            for one, it in named
        )
        yield f"和同去的人相比，{told}。请一起看几份表，统一尺度。"
    elif shared:
        yield "没有发现明显偏严或偏松的。"
    apart = [one for one in shared if len(one.severity.islands) > 1]
    if apart:
        most = max(apart, key=lambda one: len(one.severity.islands))
        yield (
            f"检查组之间无从比较：{subject.title(most)}的填表人分成"
            f" {len(most.severity.islands)} 组，"
            "组和组从来没有一起去过同一所学校，不知道哪一组严。"
            "下一批次每组换一个人搭配几次，就能比较。"
        )
    if checks:
        yield f"值得再看一眼的有 {len(checks)} 处，见第五部分。"
    else:
        yield "没有需要核对的。"


def _agreement_table(subject: Subject) -> Table:
    rows: list[Row] = []
    for one in subject.measured.rubrics.values():
        held = one.agreement
        single = held.total.single
        rows.append(
            (
                one.rubric.title,
                f"{held.visits}",
                figure(held.error) if held.visits else "—",
                correlation(single.value),
                f"{correlation(single.low)} 至 {correlation(single.high)}",
                agreement_word(single.value) if held.visits else "只有一份表，无从知道",
                f"{len(one.differing)}",
            )
        )
    return Table(
        (
            Column("细则", 0.26),
            Column("几份表的检查", 0.11, "centre"),
            Column("一份表的误差（分）", 0.13, "right"),
            Column("可靠程度", 0.1, "right"),
            Column("95% 区间", 0.17, "centre"),
            Column("说明", 0.13, "centre"),
            Column("事实不一致", 0.1, "centre"),
        ),
        tuple(rows),
        caption="同一次检查几份表的一致程度（可靠程度：组内相关 ICC(1,1)，Shrout 和 Fleiss 1979）",
    )


def _named_indicators(subject: Subject) -> Iterator[Block]:
    for one in subject.measured.rubrics.values():
        for item in one.agreement.indicators:
            if item.named:
                yield Paragraph(
                    f"{subject.title(one)}的 {item.indicator.id} {item.indicator.title}：同去的人"
                    f"在 {item.visits} 次检查里有 {item.widely} 次相差四分之一以上，比别的指标多，"
                    "请看一看写法是不是可以有两种理解。",
                    TEXT,
                )


def _widest(one: MeasuredRubric) -> float:
    """How far from the mean the farthest lies; of one in which nothing is known 0."""
    found = [abs(it.severity) for it in one.severity.inspectors if isfinite(it.severity)]
    return max(found, default=0.0)


def _severity(subject: Subject, one: MeasuredRubric, *, chart: bool) -> Iterator[Block]:
    known = [it for it in one.severity.inspectors if isfinite(it.severity)]
    if not known:
        yield Paragraph(f"{subject.title(one)}：每次只有一份表，无从比较。", TEXT)
        return
    if not chart:
        most = figure(_widest(one))
        yield Paragraph(f"{subject.title(one)}：和同去的人平均最多相差 {most} 分。", TEXT)
        return
    reach = max(1.0, *(max(abs(it.low), abs(it.high)) for it in known if isfinite(it.low)), 0.0)
    islands = one.severity.islands
    several = len([own for own in islands if len(own) > 1]) > 1
    bars = tuple(_bar(subject, it, reach, several=several) for it in _in_order(known))
    scale = (f"偏松 {figure(reach, 1)}", "", "0", "", f"偏严 {figure(reach, 1)} 分")
    yield BarChart(bars, f"{one.rubric.title}：和同去的人相比（点为估计，线为 95% 区间）", "分",
                   scale=scale)  # fmt: skip
    if several:
        yield Paragraph("一、二……是没有一起去过同一所学校的几组，只在组内比较。", SMALL)
    yield Gap(0.3)


def _in_order(known: list[InspectorSeverity]) -> list[InspectorSeverity]:
    return sorted(known, key=lambda it: (it.island, it.severity))


_NUMERALS: Final = "一二三四五六七八九十"


def _bar(subject: Subject, it: InspectorSeverity, reach: float, *, several: bool) -> Bar:
    def place(value: float) -> float:
        return (value + reach) / (2 * reach)

    number = _NUMERALS[it.island] if it.island < len(_NUMERALS) else str(it.island + 1)
    label = f"{number}　{subject.person(it.inspector)}" if several else subject.person(it.inspector)
    span = (place(it.low), place(it.high)) if isfinite(it.low) else None
    return Bar(label, place(it.severity), figure(it.severity), span=span)


def _checks(subject: Subject, checks: list[Check]) -> Iterator[Block]:
    if not checks:
        yield Paragraph("没有需要核对的。", TEXT)
    else:
        yield checks_table(subject, checks[:_MOST_CHECKS])
        if len(checks) > _MOST_CHECKS:
            left = len(checks) - _MOST_CHECKS
            yield Paragraph(f"另有 {left} 处，见工作簿“请核对”。", SMALL)
    yield Paragraph(subject.measured.patterns.words, SMALL)


def checks_table(subject: Subject, checks: list[Check]) -> Table:
    """Returns what is to be looked at as a table."""
    return Table(
        (
            Column("情形", 0.13, "centre"),
            Column("填表人", 0.17),
            Column("说明", 0.44),
            Column("在哪里", 0.26),
        ),
        tuple(
            (one.kind, subject.people(one.inspectors), one.words, subject.places(one.cells))
            for one in checks
        ),
    )
