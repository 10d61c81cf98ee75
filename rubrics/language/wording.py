"""Rules in plain Chinese, as a scoring sheet writes them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from rubrics.language.rubric import Consequence, Indicator, Trigger
from rubrics.language.slots import rule_slots
from rubrics.rules.model import (
    AllOrNone,
    Band,
    Bands,
    Bonus,
    Checklist,
    Composite,
    CompositePart,
    Deduct,
    Discretionary,
    EnteredPoints,
    Fault,
    Grade,
    Linear,
    Penalty,
    Quota,
    Ratio,
    Reading,
    Rule,
    Survey,
    Threshold,
    Votes,
)
from rubrics.values.points import plain, share_text
from rubrics.values.ranges import Range

PERIODS = {
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "term": "每学期",
    "year": "每年",
}
"""How often a quota is due."""


def describe(rule: Rule | Bonus | Penalty, points: Decimal, *, demerits: bool = False) -> str:
    """Returns how the rule turns what is found into points, in one short Chinese sentence.

    ``points`` is P, the points of the indicator. ``demerits``: points are bad ones (计负分).
    """
    off, earn, end = ("计", "计", "") if demerits else ("扣", "得", "，扣完为止")
    top = f"{earn} {_n(points)} 分"
    most = f"，最多计 {_n(points)} 分" if demerits else end
    nothing = "不计分" if demerits else "不得分"
    match rule:
        case Deduct():
            return "；".join(_fault(fault, off) for fault in rule.faults) + most
        case Checklist():
            return _checklist(rule, off) + most
        case AllOrNone():
            good, bad = (nothing, top) if demerits else (top, nothing)
            if not rule.requirements:
                return f"符合{good}，不符合{bad}"
            wanted = "、".join(item.label for item in rule.requirements)
            both = "都" if len(rule.requirements) > 1 else ""
            return f"{wanted}：{both}符合{good}，否则{bad}"
        case EnteredPoints():
            if rule.values:
                return f"在 {'、'.join(_n(value) for value in rule.values)} 分中评定"
            return f"在 0～{_n(points)} 分之间评定，每档 {_n(rule.step)} 分"
        case Discretionary():
            span = (
                _n(rule.least) if rule.least == rule.most else f"{_n(rule.least)}～{_n(rule.most)}"
            )
            return f"视情况{off} {span} 分，须写明理由"
        case Grade():
            return "；".join(
                f"{_then(level, earn)} {_n(points * coefficient)} 分"
                for level, coefficient in rule.levels.items()
            )
        case Threshold():
            failed = top if demerits else nothing
            text = "；".join(_reading(item, off, failed) for item in rule.readings)
            return text + (most if any(item.each for item in rule.readings) else "")
        case Bands():
            return _bands(rule.bands, earn, rule.unit)
        case Linear():
            return _linear(rule, top, nothing, earn)
        case Ratio():
            name = f"{rule.numerator}÷{rule.denominator}"
            if rule.each is not None:
                fewer = f"{rule.numerator}比{rule.denominator}每少 1 {rule.unit}".rstrip()
                return f"{fewer}扣 {_n(rule.each)} 分{end}"
            if rule.bands:
                return f"{name}：{_bands(rule.bands, earn)}"
            if rule.full == 1:
                return f"得分＝{_n(points)}×{name}"
            return f"{name}达到 {share_text(rule.full or Fraction(1))} {top}，不足的按比例折算"
        case Quota():
            due = f"{rule.label}{PERIODS[rule.per]}应有 {rule.times} {rule.unit}"
            return f"{due}，少 1 {rule.unit}{off} {_n(rule.each)} 分{most}"
        case Votes():
            return _votes(rule, points)
        case Survey():
            return _survey(rule, top)
        case Composite():
            head = {"sum": "各部分得分相加", "min": "取各部分中最低的", "losses": "各部分扣分相加"}
            parts = "；".join(
                f"（{n}）{_part(part, points)}" for n, part in enumerate(rule.parts, 1)
            )
            return f"{head[rule.combine]}：{parts}"
        case Bonus():
            once = "，同一事项就高不重复" if rule.family else ""
            return f"每{rule.unit}加 {_n(rule.each)} 分，最多加 {_n(rule.limit)} 分{once}"
        case Penalty():
            return f"每{rule.unit}扣 {_n(rule.each)} 分，最多扣 {_n(rule.limit)} 分"


def describe_trigger(trigger: Trigger, indicator: Indicator | None = None) -> str:
    """Returns what sets off a key item or a red line: ``得分低于 2 分``, ``查实：……``."""
    if trigger.flag is not None:
        return trigger.label.replace("是否", "", 1).rstrip("？?")
    if trigger.below is not None:
        return f"得分低于 {_n(trigger.below)} 分"
    label, unit = trigger.part or "", ""
    if indicator is not None:
        for slot in rule_slots(indicator.rule, indicator.points):
            if slot.key == trigger.part:
                label, unit = slot.label, slot.unit
    if trigger.share_at_least is not None:
        return f"{label}占有效票 {share_text(trigger.share_at_least)} 以上"
    return f"{label}达到 {_n(trigger.at_least or Decimal(0))} {unit}".rstrip()


def describe_key(indicator: Indicator) -> str:
    """Returns when a key item fails; empty for an indicator that is none."""
    if indicator.key is None:
        return ""
    triggers = indicator.key.triggers
    return " 或 ".join(describe_trigger(item, indicator) for item in triggers) or "有扣分"


def describe_consequence(consequence: Consequence) -> str:
    """Returns what follows from a red line: ``等次定为不合格；取消评优评先资格``."""
    parts = [
        consequence.zero_total and "总分记 0 分",
        consequence.grade and f"等次定为{consequence.grade}",
        consequence.ceiling and f"等次最高为{consequence.ceiling}",
        consequence.lower and f"等次降 {consequence.lower} 档",
        consequence.award_lost and "取消评优评先资格",
        consequence.refer,
    ]
    return "；".join(part for part in parts if part)


def _n(value: Decimal) -> str:
    return str(plain(value))


def _in(range_: Range, unit: str) -> str:
    return f"{range_} {unit}" if unit else str(range_)


def _then(text: str, follows: str) -> str:
    """Joins text and Chinese, with a blank after a letter, a figure or a bracket."""
    return f"{text} {follows}" if text[-1:].isascii() else text + follows


def _fault(fault: Fault, off: str) -> str:
    text = f"{fault.label}每{fault.unit}{off} {_n(fault.each)} 分"
    if fault.repeat_from is not None and fault.repeat_each is not None:
        again = (
            f"第 {fault.repeat_from} {fault.unit}起每{fault.unit}{off} {_n(fault.repeat_each)} 分"
        )
        text += f"，{again}"
    if fault.limit is not None:
        text += f"，此项最多{off} {_n(fault.limit)} 分"
    return text


def _checklist(rule: Checklist, off: str) -> str:
    common = [item.label for item in rule.items if item.points is None]
    own = [
        f"缺{item.label}{off} {_n(item.points)} 分"
        for item in rule.items
        if item.points is not None
    ]
    if common and rule.each is not None:
        own.insert(0, f"{'、'.join(common)}，缺 1 项{off} {_n(rule.each)} 分")
    return "；".join(own)


def _reading(reading: Reading, off: str, failed: str) -> str:
    within = _in(reading.within, reading.unit)
    must = {"=": "应为 ", "[": "应在 ", "(": "应在 "}.get(within[0], "应")
    name = f"{reading.label}（没有的不测）" if reading.optional else reading.label
    text = f"{name}{must}{within.removeprefix('=')}"
    several = reading.samples > 1
    if reading.each is not None:
        then = f"{'每个' if several else ''}不合格{off} {_n(reading.each)} 分"
    else:
        then = f"有不合格的{failed}" if several else f"否则{failed}"
    return f"{text}（最多测 {reading.samples} 个），{then}" if several else f"{text}，{then}"


def _bands(bands: Sequence[Band], earn: str, unit: str = "") -> str:
    """The unit stands with the first band only, as scoring sheets have it."""
    return "；".join(
        f"{_then(_in(band.range, '' if n else unit), earn)} {_n(band.points)} 分"
        for n, band in enumerate(bands)
    )


def _linear(rule: Linear, top: str, nothing: str, earn: str) -> str:
    full, zero = (f"{_n(value)} {rule.unit}".rstrip() for value in (rule.full, rule.zero))
    if rule.zero == 0 and rule.full > 0:
        rest = "计分" if earn == "计" else "折算"
        return f"{rule.label}达到 {_then(full, top)}，不足的按比例{rest}"
    sides = ("以上", "以下") if rule.full > rule.zero else ("以下", "以上")
    return f"{rule.label} {full}及{sides[0]}{top}，{zero}及{sides[1]}{nothing}，其间按比例折算"


def _votes(rule: Votes, points: Decimal) -> str:
    options = "、".join(f"{name} {_n(value)}" for name, value in rule.options.items())
    text = f"得分＝{_n(points)}×Σ(票数×系数)÷有效票（系数：{options}）"
    if rule.trim_from is not None:
        text += f"；满 {rule.trim_from} 票时去掉一个最高、一个最低"
    if rule.quorum:
        text += f"；有效票不足应到人数 {share_text(rule.quorum)} 的，测评无效"
    return text


def _survey(rule: Survey, top: str) -> str:
    if rule.full == 1:
        text = f"满意率 100% {top}，不足的按比例折算"
    else:
        text = f"满意率达到 {share_text(rule.full)} {top}，不足的按比例折算"
    few = [f"收回不足 {rule.min_returned} 份"] if rule.min_returned > 1 else []
    few += [f"回收率低于 {share_text(rule.min_rate)}"] if rule.min_rate else []
    return f"{text}；{_then('或'.join(few), '的')}，样本不足，不计分" if few else text


def _part(part: CompositePart, points: Decimal) -> str:
    own = points if part.points is None else part.points
    label = part.label or (part.rule.label if isinstance(part.rule, Bands) else "")
    head = f"{label}：" if label else ""
    only = f"（仅{part.when}）" if part.when else ""
    return f"{head}{describe(part.rule, own)}{only}"
