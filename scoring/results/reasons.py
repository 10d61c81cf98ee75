"""How points were lost, in a few Chinese words: ``缺公示 3 班日 × 0.5 分``; made when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from inspections.records.record import Value
from rubrics.rules.model import (
    AllOrNone,
    Bands,
    Checklist,
    Composite,
    Deduct,
    Discretionary,
    EnteredPoints,
    Fault,
    Grade,
    Linear,
    Period,
    Quota,
    Ratio,
    Rule,
    SimpleRule,
    Survey,
    Threshold,
    Votes,
)
from rubrics.values.conditions import Traits, holds
from rubrics.values.points import share_text
from scoring.engine.rules import DIRECT
from scoring.engine.rules.measured import sample_keys

ZERO = Decimal(0)
TOO_SMALL = "样本不足"
NOTHING_DUE = "应有数为 0"
VOID = "测评无效"


def loss(
    rule: Rule,
    points: Decimal,
    values: Mapping[str, Value],
    elapsed: Mapping[Period, int],
    traits: Traits,
    *,
    demerits: bool = False,
) -> str:
    """Returns in which entries points were lost, or nothing where none were.

    ``demerits``: the rubric counts demerits, so the best that an entry can be is 0.
    """
    if demerits and isinstance(rule, DIRECT):
        points = ZERO
    if not isinstance(rule, Composite):
        return "；".join(_losses(rule, points, values, "", elapsed))
    found = []
    for part in rule.parts:
        if holds(part.when, traits):
            share = points if part.points is None else part.points
            texts = list(_losses(part.rule, share, values, part.id, elapsed))
            if texts:
                label = f"{part.label}：" if part.label else ""
                found.append(label + "，".join(texts))
    return "；".join(found)


def not_counted(rule: Rule) -> str:
    """Returns why a checked item could not be counted after all."""
    kinds = [part.rule for part in rule.parts] if isinstance(rule, Composite) else [rule]
    for kind in kinds:
        if isinstance(kind, Survey):
            return TOO_SMALL
        if isinstance(kind, Ratio):
            return NOTHING_DUE
    return ""


def _losses(
    rule: SimpleRule,
    points: Decimal,
    values: Mapping[str, Value],
    part: str,
    elapsed: Mapping[Period, int],
) -> Iterator[str]:
    best = 1 if points else 0

    def number(key: str = "") -> Decimal | None:
        value = values.get(_key(part, key))
        return value if isinstance(value, Decimal) else None

    match rule:
        case Deduct():
            for fault in rule.faults:
                if count := number(fault.id or ""):
                    yield _fault(fault, count)
        case Checklist():
            absent = [item for item in rule.items if number(item.id) == 0]
            if absent:
                prices = (rule.each if item.points is None else item.points for item in absent)
                cost = sum((price or ZERO for price in prices), ZERO)
                yield f"缺{'、'.join(item.label for item in absent)}，扣 {_text(cost)} 分"
        case AllOrNone():
            if rule.requirements:
                unmet = [item.label for item in rule.requirements if number(item.id) == 0]
                if unmet:
                    yield f"不符合：{'、'.join(unmet)}"
            elif number() == 0:
                yield "不符合"
        case EnteredPoints():
            if (value := number()) is not None and value != points:
                yield f"评分 {_text(value)} 分" + (f"，满分 {_text(points)} 分" if points else "")
        case Discretionary():
            if value := number():
                reason = str(values.get(_key(part, "reason"), "")).strip()
                yield f"酌情扣 {_text(value)} 分" + (f"：{reason}" if reason else "")
        case Grade():
            level = str(values.get(_key(part, ""), ""))
            if level in rule.levels and rule.levels[level] != best:
                yield f"等级“{level}”，系数 {_text(rule.levels[level])}"
        case Threshold():
            yield from _threshold(rule, values, part)
        case Bands():
            value = number()
            if value is not None:
                for band in rule.bands:
                    if value in band.range and band.points != points:
                        reading = _reading(value, rule.measure, rule.unit)
                        worth = f"{_text(band.points)} 分"
                        yield f"{rule.label} {reading}，在“{band.range}”一档，计 {worth}"
        case Linear():
            value = number()
            goal, other = (rule.full, rule.zero) if points else (rule.zero, rule.full)
            if value is not None and (value < goal if goal > other else value > goal):
                name = "满分线" if points else "不扣分线"
                yield f"{rule.label} {_text(value)}{rule.unit}，{name} {_text(goal)}{rule.unit}"
        case Ratio():
            have, due = number("have"), number("due")
            if have is not None and due and have < due:
                texts = f"{rule.numerator} {_text(have)}、{rule.denominator} {_text(due)}"
                if rule.each is not None:
                    short = f"{_text(due - have)} {rule.unit}".rstrip()
                    yield f"{texts}，缺 {short} × {_text(rule.each)} 分"
                elif rule.full is None or Fraction(have) / Fraction(due) < rule.full:
                    yield f"{texts}（{_percent(Fraction(have) / Fraction(due))}）"
        case Quota():
            required, held = rule.times * elapsed.get(rule.per, 0), number()
            if held is not None and held < required:
                unit, missing = rule.unit, _text(required - held)
                yield (
                    f"{rule.label}应 {required} {unit}、实 {_text(held)} {unit}，"
                    f"缺 {missing} {unit} × {_text(rule.each)} 分"
                )
        case Votes():
            counted = {name: number(name) or ZERO for name in rule.options}
            if any(count and rule.options[name] != 1 for name, count in counted.items()):
                ballots = "、".join(f"{name} {_text(count)}" for name, count in counted.items())
                yield f"测评票：{ballots}"
        case Survey():
            satisfied, returned = number("satisfied"), number("returned")
            if satisfied is not None and returned:
                rate = Fraction(satisfied) / Fraction(returned)
                if rate < rule.full:
                    yield (
                        f"满意 {_text(satisfied)} 份、收回 {_text(returned)} 份"
                        f"（{_percent(rate)}），满分线 {share_text(rule.full)}"
                    )


def _fault(fault: Fault, count: Decimal) -> str:
    unit = fault.unit
    text = f"{fault.label} {_text(count)} {unit} × {_text(fault.each)} 分"
    if fault.repeat_from is not None and count >= fault.repeat_from:
        text += f"（第 {fault.repeat_from} {unit}起每{unit} {_text(fault.repeat_each or ZERO)} 分）"
    if fault.limit is not None and _uncapped(fault, count) > fault.limit:
        text += f"（此项最多扣 {_text(fault.limit)} 分）"
    return text


def _uncapped(fault: Fault, count: Decimal) -> Decimal:
    if fault.repeat_from is None or fault.repeat_each is None:
        return count * fault.each
    before = min(count, Decimal(fault.repeat_from - 1))
    return before * fault.each + (count - before) * fault.repeat_each


def _threshold(rule: Threshold, values: Mapping[str, Value], part: str) -> Iterator[str]:
    for reading in rule.readings:
        failed = []
        for key in sample_keys(reading):
            value = values.get(_key(part, key))
            if isinstance(value, Decimal) and value not in reading.within:
                failed.append(_reading(value, reading.measure, reading.unit))
        if failed:
            text = f"{reading.label} {'、'.join(failed)}，应{_span(str(reading.within))}"
            if reading.each is not None:
                text += f"，{len(failed)} 处 × {_text(reading.each)} 分"
            yield text


def _span(text: str) -> str:
    return text if text[0] in "≤≥<>=" else f"在 {text} 内"


def _reading(value: Decimal, measure: str, unit: str) -> str:
    if measure == "time":
        return f"{int(value) // 60}:{int(value) % 60:02d}"
    return f"{_text(value)} {unit}".rstrip()


def _percent(share: Fraction) -> str:
    tenths = (share * 2000 + 1) // 2
    return f"{_text(Decimal(int(tenths)) / 10)}%"


def _text(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _key(part: str, key: str) -> str:
    return f"{part}.{key}" if part and key else part or key
