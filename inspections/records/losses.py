"""Whether entries cost points, told without the arithmetic: then facts and evidence are wanted.

Quotas, votes and surveys are left out: what is missing there is no fault that was found on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from inspections.records.record import Value
from rubrics.language.slots import rule_slots
from rubrics.rules.model import (
    AllOrNone,
    Band,
    Bands,
    Checklist,
    Deduct,
    Discretionary,
    EnteredPoints,
    Grade,
    Linear,
    Quota,
    Ratio,
    SimpleRule,
    Survey,
    Threshold,
    Votes,
)
from rubrics.values.ranges import Range

Values: TypeAlias = Mapping[str, Value]
LossTest: TypeAlias = Callable[[Values], bool]


def joined(part: str, key: str) -> str:
    """Returns the key of a composite's slot: the part's id and the key inside the part."""
    return f"{part}.{key}" if part and key else part or key


def loses(rule: SimpleRule, points: Decimal, values: Values, part: str, demerits: bool) -> bool:
    """Whether ``values`` earn less than ``points`` under ``rule``; on demerits, cost any.

    ``part`` is the composite's part that the rule belongs to, or empty.
    """
    test = loss_test(rule, points, part, demerits)
    return test is not None and test(values)


def loss_test(rule: SimpleRule, points: Decimal, part: str, demerits: bool) -> LossTest | None:
    """Returns what tells whether values cost points under ``rule``; None where nothing can."""

    def short(earned: Decimal | Fraction) -> bool:
        return earned > 0 if demerits else earned < points

    own = joined(part, "")
    keys = [joined(part, slot.key) for slot in rule_slots(rule, points)]
    match rule:
        case Deduct():
            return lambda values: any(values.get(key) for key in keys)
        case Checklist() | AllOrNone():
            return lambda values: any(values.get(key) == 0 for key in keys)
        case Discretionary():
            return lambda values: bool(values.get(own))
        case EnteredPoints():
            return _on_number(own, short)
        case Grade():
            levels = {name for name, share in rule.levels.items() if short(points * share)}
            return lambda values: values.get(own) in levels
        case Threshold():
            ranges = [item.within for item in rule.readings for _ in range(item.samples)]
            return _outside(dict(zip(keys, ranges, strict=True)))
        case Bands():
            return _on_number(own, lambda value: short(_band(rule.bands, value, points)))
        case Linear():
            return _on_number(own, lambda value: short(_linear(rule, value) * Fraction(points)))
        case Ratio():
            return lambda values: _ratio_short(
                rule, points, values.get(keys[0]), values.get(keys[1])
            )
        case Quota() | Votes() | Survey():
            return None


def _on_number(key: str, test: Callable[[Decimal], bool]) -> LossTest:
    def tested(values: Values) -> bool:
        value = values.get(key)
        return isinstance(value, Decimal) and test(value)

    return tested


def _outside(ranges: Mapping[str, Range]) -> LossTest:
    def tested(values: Values) -> bool:
        for key, admitted in ranges.items():
            value = values.get(key)
            if isinstance(value, Decimal) and value not in admitted:
                return True
        return False

    return tested


def _band(bands: tuple[Band, ...], value: Decimal, otherwise: Decimal) -> Decimal:
    return next((band.points for band in bands if value in band.range), otherwise)


def _linear(rule: Linear, value: Decimal) -> Fraction:
    share = Fraction(value - rule.zero) / Fraction(rule.full - rule.zero)
    return min(max(share, Fraction(0)), Fraction(1))


def _ratio_short(rule: Ratio, points: Decimal, have: Value | None, due: Value | None) -> bool:
    if not isinstance(have, Decimal) or not isinstance(due, Decimal) or not due:
        return False
    if rule.full is not None:
        return Fraction(have) / Fraction(due) < rule.full
    if rule.bands:
        return _band(rule.bands, have / due, points) < points
    return have < due
