"""What sets off key items and red lines exists, and can happen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rubrics.checking import walk
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Indicator, Rubric, Trigger
from rubrics.messages.problems import Place, Problem, problem
from rubrics.rules import Linear, RuleKind, Slot, Threshold, Votes, joined
from rubrics.rules.strict_model import Measure
from rubrics.rules.units import odd_amounts
from rubrics.values.amounts import Amount, Number
from rubrics.values.points import number_text, share_text

_NUMERIC = ("count", "number", "time", "points")
_LAST_MINUTE: Final = Decimal(24 * 60 - 1)


def triggers(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-trigger-part, rubric-trigger-value, rubric-unit."""
    for keys, trigger, owner in walk.triggers(rubric):
        if owner is not None:
            yield from _of_indicator(trigger, owner, keys, places)
        elif trigger.flag is None:
            detail = "不属于某一指标的红线只能用 flag"
            yield problem("rubric-trigger-value", places.at(keys), detail=detail)


def _of_indicator(
    trigger: Trigger, indicator: Indicator, keys: Keys, places: Places
) -> Iterator[Problem]:
    at = places.at(keys)
    if trigger.below is not None and not 0 < trigger.below <= indicator.points:
        most = number_text(indicator.points)
        detail = f"below 是 {number_text(trigger.below)}，应大于 0、不超过分值 {most}"
        yield problem("rubric-trigger-value", at, detail=detail)
    if trigger.part is None:
        return
    rule = indicator.rule
    if trigger.share_at_least is not None:
        options = tuple(rule.options) if isinstance(rule, Votes) else ()
        if not options:
            detail = "share_at_least 只能用于民主测评（votes）"
            yield problem("rubric-trigger-value", at, detail=detail)
        elif trigger.part not in options:
            yield _unknown(trigger.part, options, at=places.at((*keys, "part")))
        if not 0 < trigger.share_at_least <= 1:
            detail = f"share_at_least 是 {share_text(trigger.share_at_least)}，应在 0 到 100% 之间"
            yield problem("rubric-trigger-value", at, detail=detail)
        return
    cells = rule.slots_for(indicator.points)
    known = tuple(slot.key for slot in cells if slot.entry in _NUMERIC)
    if trigger.part not in known:
        yield _unknown(trigger.part, known, at=places.at((*keys, "part")))
    for slot in cells:
        if slot.key == trigger.part and trigger.at_least is not None:
            measure: Measure = "time" if slot.entry == "time" else "number"
            limit = [(("at_least",), trigger.at_least)]
            odd = list(odd_amounts(slot.label, slot.unit, measure, limit))
            for wrong in odd:
                yield problem(wrong.code, places.at((*keys, *wrong.keys)), **wrong.params)
            detail = "" if odd else _one_sided(rule, indicator.points, slot, trigger.at_least)
            if detail:
                yield problem("rubric-trigger-value", places.at((*keys, "at_least")), detail=detail)


def _one_sided(rule: RuleKind, points: Decimal, slot: Slot, limit: Amount) -> str:
    """Why a limit is reached by every entry, or by none; empty where some reach it."""
    least, most = _ends(rule, points, slot)
    name = f"“{slot.label}”"
    if least is not None and limit.value <= least:
        open_below = slot.range is None or slot.range.low is None
        more = "；读数可以是负数的，请写 domain" if open_below and slot.entry == "number" else ""
        return f"{name}总不小于 {_said(slot, least)}，at_least: {limit} 总会触发{more}"
    if most is not None and limit.value > most:
        return f"{name}最多填 {_said(slot, most)}，at_least: {limit} 不会触发"
    return ""


def _said(slot: Slot, value: Number) -> str:
    return str(Amount(value, "time")) if slot.entry == "time" else number_text(value)


def _ends(rule: RuleKind, points: Decimal, slot: Slot) -> tuple[Number | None, Number | None]:
    """The least and the most that may be entered; None where there is no such end."""
    if slot.entry == "time":
        return Decimal(0), _LAST_MINUTE
    if slot.values:
        return min(slot.values), max(slot.values)
    low, high = (slot.range.low, slot.range.high) if slot.range else (None, None)
    if low is None and not _below_zero(rule, points, slot):
        low = Decimal(0)
    return low, high


def _below_zero(rule: RuleKind, points: Decimal, slot: Slot) -> bool:
    """Whether a rubric expects readings below 0 where no domain says what may be read."""
    for part in rule.simple_parts(points):
        match part.rule:
            case Threshold():
                for reading in part.rule.readings:
                    if slot.key in [joined(part.id, key) for key in reading.keys]:
                        written = reading.domain is not None
                        return written or any(end.value < 0 for end in reading.within.ends)
            case Linear() if slot.key == part.id:
                return min(part.rule.full.value, part.rule.zero.value) < 0
    return False


def _unknown(part: str, known: tuple[str, ...], at: Place) -> Problem:
    names = "、".join(name or '""（唯一的填写项）' for name in known)
    return problem("rubric-trigger-part", at, part=part, known=names or "（没有填数的格）")
