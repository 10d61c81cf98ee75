"""The report of a school, or of the county, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from inspections.records.voices import Kind, Question
from inspections.voices.sampling import SMALL, wilson
from reports.type.blocks import (
    Bar,
    BarChart,
    Block,
    Column,
    Gap,
    Paragraph,
    Row,
    Table,
    heading,
    title,
)
from reports.type.numerals import numeral
from reports.type.paper import SMALL as NOTE
from reports.voices.counts import COUNTY, Shares, ToldQuestion
from reports.voices.subject import Back, Subject, Surveyed
from rubrics.messages.outgoing import outgoing

_HIDDEN: Final = "不列"
_NOTES: Final = (
    f"注：不足{SMALL}人的数不列；为免从合计减出来，另有一些数也不列。份、人次、件、票各自合计，不相加。"
    "满意率＝选满意各档的÷有看法的（选“不清楚”的除外），括号内是95%置信区间（Wilson）。"
)


def report_blocks(subject: Subject, school: str) -> list[Block]:
    """Returns the blocks of a school's report, by its code, or of the county's (``COUNTY``)."""
    return list(_blocks(subject, school))


def _blocks(subject: Subject, school: str) -> Iterator[Block]:
    name = "全县" if school == COUNTY else subject.schools[school]
    yield title(f"{name}问卷和来访情况")
    yield Paragraph(outgoing(f"{subject.opened.round.title}。{_open(subject)}").strip())
    yield heading("一、回收情况")
    yield _returns(subject, school)
    yield Gap(0.2)
    yield Paragraph(_NOTES, NOTE)
    told = [one for one in subject.surveys if one.told.get(school)]
    for number, one in enumerate(told):
        kind = "" if one.kind.value in one.name or one.name in one.kind.value else one.kind.value
        yield heading(
            f"{numeral(number + 2)}、{outgoing(one.name)}" + (f"（{kind}）" if kind else "")
        )
        yield from _survey(subject, one, school)


def _open(subject: Subject) -> str:
    """Which surveys have answers that nobody has decided on."""
    names = [f"“{one.name}”" for one in subject.surveys if one.voices.undecided]
    if not names:
        return ""
    return f"{'、'.join(names)}有标出的答卷还没有决定算不算，暂算在内，本报告的数是暂定的。"


def _returns(subject: Subject, school: str) -> Table:
    columns = (
        Column("名称", 4.6),
        Column("种类", 2.4, "centre"),
        Column("单位", 1.3, "centre"),
        *(Column(head, 1.7, "right") for head in ("发放", "收回", "空白", "不算的", "有效")),
        Column("回收率", 1.9, "right"),
    )
    rows = [
        (outgoing(one.name), one.kind.value, one.kind.unit, *figures(one.back[school]))
        for one in subject.surveys
        if school in one.back
    ]
    return Table(columns, tuple(rows), tight=True)


def figures(back: Back) -> tuple[str, ...]:
    """Returns sent, returned, empty, left out, valid, and the rate, as they are printed."""
    rate = _percent(Fraction(back.returned, back.sent)) if back.sent else "—"
    sent = "—" if back.sent is None else str(back.sent)
    return (sent, *map(str, (back.returned, back.empty, back.left_out, back.valid)), rate)


def _survey(subject: Subject, one: Surveyed, school: str) -> Iterator[Block]:
    county = {told.question.id: told for told in one.told[COUNTY]}
    for number, told in enumerate(one.told[school], 1):
        yield heading(f"（{number}）{outgoing(told.question.text)}", 2)
        chart = _chart(told, None if school == COUNTY else county[told.question.id])
        yield Paragraph(sentence(one, told), keep=bool(chart.bars))
        if chart.bars:
            yield Gap(0.2)
            yield chart
        yield from _groups(one, told)
        if school == COUNTY and told.question.satisfied:
            yield from _schools(subject, one, told.question)
    if one.kind is Kind.COMPLAINT:
        yield from _months(one, school)


def sentence(one: Surveyed, told: ToldQuestion) -> str:
    """Returns how many answered a question, how many of them are satisfied, and the change."""
    unit = one.kind.unit
    if told.answered is None:
        return f"{answered(one)}的不足{SMALL}{unit}，不列。"
    parts = [f"{told.answered}{unit}{answered(one)}了这一{'项' if _written(one) else '题'}"]
    if told.satisfied:
        parts.append(f"{rate_of(told.question)}{satisfaction(told.satisfied)}")
    elif told.question.satisfied:
        parts.append(f"{rate_of(told.question)}不列")
    if told.satisfied and told.before:
        # As printed: what stands beside each other subtracts.
        now, then = (_tenths(Fraction(*shares)) for shares in (told.satisfied, told.before))
        word = "高" if now > then else "低"
        change = f"，{word}{_decimal(abs(now - then))}个百分点"
        apart = change if now != then else ""
        parts.append(f"{outgoing(one.compared)}为{satisfaction(told.before)}{apart}")
    return "，".join(parts) + "。"


def rate_of(question: Question) -> str:
    """Returns what the share of the better answers is called: of complaints, who was answered."""
    return "答复率" if question.scale == "答复" else "满意率"


def satisfaction(shares: Shares) -> str:
    """Returns ``93.2%（91.3%—94.7%）``: a share, and its interval of 95 %."""
    low, high = wilson(*shares)
    return f"{_percent(Fraction(*shares))}（{_percent(low)}—{_percent(high)}）"


def _percent(share: Fraction) -> str:
    """A share in per cent with one decimal, so that figures below each other stand in line."""
    return f"{_decimal(_tenths(share))}%"


def _tenths(share: Fraction) -> int:
    """Of a per cent, half-up."""
    return int((share * 2000 + 1) // 2)


def _decimal(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"


def _written(one: Surveyed) -> bool:
    """Whether somebody wrote down what was said, and nobody answered a question."""
    return one.kind is Kind.COMPLAINT


def answered(one: Surveyed) -> str:
    """Returns what people did: of complaints somebody wrote down what they are about."""
    return "写明" if _written(one) else "回答"


def _chart(told: ToldQuestion, county: ToldQuestion | None) -> BarChart:
    bars = []
    for place, (option, count) in enumerate(zip(told.question.options, told.counts, strict=True)):
        share = _share(count, told.answered)
        other = _share(county.counts[place], county.answered) if county else None
        said = _HIDDEN if share is None or count is None else f"{count}（{_percent(share)}）"
        bars.append(
            Bar(
                outgoing(option),
                None if share is None else float(share),
                said,
                None if other is None else float(other),
                "" if county is None else _HIDDEN if other is None else _percent(other),
            )
        )
    # Of free text that was sorted into no kinds there is nothing to compare.
    shown = (
        len(bars) > 1 and told.answered is not None and any(bar.share is not None for bar in bars)
    )
    return BarChart(
        tuple(bars) if shown else (),
        bar_name="选的人数、占比",
        marker_name="全县" if county else "",
    )


def _share(count: int | None, answered: int | None) -> Fraction | None:
    return None if count is None or not answered else Fraction(count, answered)


def _groups(one: Surveyed, told: ToldQuestion) -> Iterator[Block]:
    for name, groups in told.groups.items():
        rows = [(outgoing(group.name), *_rate(group.satisfied)) for group in groups]
        if any(group.satisfied for group in groups):
            yield Gap(0.2)
            yield Table(
                _rates(one, name, told.question), tuple(rows), tight=True, caption=f"按{name}"
            )


def _schools(subject: Subject, one: Surveyed, question: Question) -> Iterator[Block]:
    """The satisfied by school, of the county's report."""
    rows: list[Row] = []
    called = subject.called
    for school, told in one.told.items():
        shares = next((it.satisfied for it in told if it.question.id == question.id), None)
        if school != COUNTY:
            name = subject.schools.get(school) or subject.unknown
            rows.append((outgoing(name), *_rate(shares)))
    yield Gap(0.2)
    yield Table(_rates(one, called, question), tuple(rows), tight=True, caption=f"按{called}")


def _rates(one: Surveyed, name: str, question: Question) -> tuple[Column, ...]:
    rate = rate_of(question)
    return (
        Column(name, 6),
        Column(f"{answered(one)}的", 2.2, "right"),
        Column(rate.replace("率", "的"), 2.2, "right"),
        Column(f"{rate}（95%置信区间）", 5, "right"),
    )


def _rate(shares: Shares | None) -> tuple[str, str, str]:
    if shares is None:
        return _HIDDEN, _HIDDEN, _HIDDEN
    return str(shares[1]), str(shares[0]), satisfaction(shares)


def _months(one: Surveyed, school: str) -> Iterator[Block]:
    months = one.months.get(school, {})
    if months:
        rows = tuple(
            (month, _HIDDEN if count is None else str(count)) for month, count in months.items()
        )
        yield Gap(0.2)
        yield Table(
            (Column("月份", 6), Column("件数", 3, "right")), rows, tight=True, caption="按月"
        )
