"""The rubric itself: which indicators are worth a look, what weighs, what rests on judgement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Final

from reports.fairness.styles import SMALL, TEXT
from reports.fairness.subject import Subject
from reports.fairness.wording import correlation, percent, whole
from reports.type.blocks import Bar, BarChart, Block, Column, Gap, Paragraph, Row, Table
from rubrics.language.rubric import Indicator
from rubrics.messages.outgoing import outgoing
from rubrics.values.points import plain
from scoring.fairness.items import FEWEST, ItemStudy
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.weights import Moves

_WORDING: Final = 60
"""So much of an indicator's wording stands on paper; the workbook has all of it."""

_MOSTLY: Final = 0.5
"""From which share of schools two indicators are said to come to the same."""

OPEN, CONTRARY, REPEATED = "同去的人分歧多", "和其余相反", "互相重复"
IDLE, GENERAL = "没有学校失分", "学校都失分"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One indicator that is worth a look, or two that repeat each other, and why."""

    short: str
    indicators: tuple[Indicator, ...]
    words: str


def doubtful(one: MeasuredRubric) -> list[Doubt]:
    """Returns the indicators of a rubric that are worth a look: those on which inspectors disagree,
    that go against the rest, repeat each other, are out of everybody's reach, or part nobody. Of
    few schools nothing is said.
    """
    items = {item.id: item for item in one.rubric.indicators}
    kinds = (OPEN, CONTRARY, REPEATED, GENERAL, IDLE)
    found: dict[str, list[Doubt]] = {kind: [] for kind in kinds}
    for seen in one.agreement.indicators:
        if seen.named:
            words = (
                f"{seen.visits} 次检查里有 {seen.widely} 次相差四分之一以上，比别的指标多，"
                "请看写法是不是可以有两种理解"
            )
            found[OPEN].append(Doubt(OPEN, (seen.indicator,), words))
    for study in one.study.items:
        item = items[study.indicator]
        if study.contradicts:
            value = correlation(study.rest.value)
            words = f"其他项得分越高的学校，这一项反而越低（相关 {value}）"
            found[CONTRARY].append(Doubt(CONTRARY, (item,), words))
        if study.schools < FEWEST:
            continue
        if study.general:
            words = f"查的 {study.schools} 所学校都失分，也许要求过高，也许写法谁也做不到"
            found[GENERAL].append(Doubt(GENERAL, (item,), words))
        if study.idle:
            words = f"查的 {study.schools} 所学校都没有失分，分不出高低"
            found[IDLE].append(Doubt(IDLE, (item,), words))
    for pair in one.study.repeats:
        together = f"（相关 {correlation(pair.together.value)}）"
        words = f"两项得分率高的一起高、低的一起低{together}"
        if pair.same >= _MOSTLY:
            words = f"{percent(pair.same)}的学校两项得分率相同{together}"
        both = (items[pair.first], items[pair.second])
        found[REPEATED].append(Doubt(REPEATED, both, words))
    return [doubt for own in found.values() for doubt in own]


def wording_of(one: MeasuredRubric, item: Indicator) -> str:
    """Returns how an indicator is worded and scored."""
    told = item.rule.describe(item.points, demerits=one.rubric.scale == "demerits")
    return outgoing("；".join(filter(None, (item.threshold, told))))


def weight_apart(one: MeasuredRubric) -> float:
    """Returns how far the dimension that weighs most unlike its points is off; nan: not known."""
    if len(one.study.weights) < 2 or not one.study.comparable:
        return float("nan")
    found = [abs(it.effective - it.nominal) for it in one.study.weights]
    return max((it for it in found if isfinite(it)), default=float("nan"))


def farthest(moves: Sequence[Moves], *, dropped: bool) -> Moves | None:
    """Returns the change of a weight, or the dropped indicator, that moves most places."""
    found = [it for it in moves if (it.change == "dropped") == dropped]
    return max(found, key=lambda it: (it.moved, it.farthest), default=None)


def itself_blocks(subject: Subject, most: int) -> Iterator[Block]:
    """Yields a table of all rubrics, the weights of one, and the indicators to look at, in at
    most ``most`` rows.
    """
    rubrics = list(subject.measured.rubrics.values())
    yield Table(
        (
            Column("细则", 0.24),
            Column("满分里靠判断", 0.1, "right"),
            Column("失分里靠判断", 0.1, "right"),
            Column("学校差距里靠判断", 0.11, "right"),
            Column("同去相差里靠判断", 0.11, "right"),
            Column("一项权重加减一成，最多变名次", 0.17, "centre"),
            Column("去掉一项，最多变名次", 0.17, "centre"),
        ),
        tuple(_row(one) for one in rubrics),
        caption="靠督学判断的分，和名次靠不靠权重",
        keep=True,
    )
    note = "判断是评等级、酌情给分一类；其余是数得出、量得出的事实和群众投票。逐项见工作簿。"
    if not all(one.study.comparable for one in rubrics):
        note += f"参加排名的学校不到 {FEWEST} 所的，学校差距和名次变动多半是碰巧，不列。"
    yield Paragraph(note, SMALL)
    known = [one for one in rubrics if isfinite(weight_apart(one))]
    if known:
        yield weights_chart(max(known, key=weight_apart))
    yield from _doubts(rubrics, most)


def _row(one: MeasuredRubric) -> Row:
    rests = one.study.rests
    shares = (float(rests.before.judgement), rests.lost.judgement)
    known = one.study.comparable
    more = (rests.schools.judgement if known else float("nan"), rests.inspectors.judgement)
    moves = one.study.moves if known else ()
    return (
        one.rubric.title,
        *map(percent, (*shares, *more)),
        _moved(farthest(moves, dropped=False)),
        _moved(farthest(moves, dropped=True)),
    )


def _moved(it: Moves | None) -> str:
    if it is None:
        return "—"
    if not it.moved:
        return "都不变"
    return f"{it.what}：{it.moved} 所，至多 {it.farthest} 名"


def weights_chart(one: MeasuredRubric) -> BarChart:
    """Returns a chart of what dimensions weigh: in differences between schools, and in points."""
    titles = {it.id: it.title for it in one.rubric.dimensions}
    nominal = whole([it.nominal for it in one.study.weights])
    effective = whole([it.effective for it in one.study.weights])
    bars = tuple(
        Bar(
            titles[it.dimension],
            max(0.0, real),
            percent(real),
            said,
            percent(said),
        )
        for it, said, real in zip(one.study.weights, nominal, effective, strict=True)
    )
    return BarChart(
        bars,
        f"{one.rubric.title}：一级指标名义上占多少，实际起多大作用",
        "实际（占学校差距）",
        "名义（占满分）",
    )


def _doubts(rubrics: Sequence[MeasuredRubric], most: int) -> Iterator[Block]:
    rows: list[Row] = []
    count = 0
    for one in rubrics:
        kinds: dict[str, list[Doubt]] = {}
        for doubt in doubtful(one):
            kinds.setdefault(doubt.short, []).append(doubt)
        for short, doubts in kinds.items():
            count += len(doubts)
            if short in (IDLE, GENERAL):
                rows.append(_together(one, short, doubts))
            else:
                rows += [_alone(one, doubt) for doubt in doubts]
    yield Gap(0.3)
    if not rows:
        enough = any(it.schools >= FEWEST for one in rubrics for it in one.study.items)
        yield Paragraph(
            "没有发现分不出高低、和其余相反、互相重复的指标。"
            if enough
            else f"查的学校不到 {FEWEST} 所，哪些指标分不出高低、哪些互相重复，还看不出来。",
            TEXT,
        )
        return
    # What everybody meets is told of each rubric in one row, behind what asks for a decision.
    rows.sort(key=lambda row: (row[0] == IDLE, row[0] == GENERAL))
    yield Table(
        (Column("情形", 0.13, "centre"), Column("细则", 0.19), Column("指标和写法", 0.68)),
        tuple(rows[:most]),
        caption="值得看一看的指标",
    )
    if len(rows) > most:
        yield Paragraph(f"一共 {count} 项，其余见工作簿“指标的作用”。", SMALL)


def _together(one: MeasuredRubric, short: str, doubts: Sequence[Doubt]) -> Row:
    items = [doubt.indicators[0] for doubt in doubts]
    points = plain(sum((item.points for item in items), Decimal(0)))
    names = "、".join(f"{item.id} {outgoing(item.title)}" for item in items[:6])
    more = "等" if len(items) > 6 else ""
    return short, one.rubric.title, f"{len(items)} 项，共 {points} 分：{names}{more}"


def _alone(one: MeasuredRubric, doubt: Doubt) -> Row:
    told = "；".join(
        f"{item.id} {outgoing(item.title)}（{_cut(wording_of(one, item))}）"
        for item in doubt.indicators
    )
    return doubt.short, one.rubric.title, f"{told}：{doubt.words}"


def _cut(text: str) -> str:
    return text if len(text) <= _WORDING else f"{text[:_WORDING]}……"


def notable(study: ItemStudy) -> str:
    """Returns why an indicator is worth a look, of all that is known of it alone."""
    if study.contradicts:
        return CONTRARY
    if study.schools < FEWEST:
        return ""
    return GENERAL if study.general else IDLE if study.idle else ""
