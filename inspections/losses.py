"""Whether entries cost points, told without the arithmetic: then facts and evidence are wanted.

Quotas, votes and surveys are left out: what is missing there is no fault that was found on a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from inspections.visit import Value
from rubrics.rules import (
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
from rubrics.slots import rule_slots


def joined(part: str, key: str) -> str:
    """Returns the key of a composite's slot: the part's id and the key inside the part."""
    return f"{part}.{key}" if part and key else part or key


def loses(
    rule: SimpleRule, points: Decimal, values: Mapping[str, Value], part: str, demerits: bool
) -> bool:
    """Whether ``values`` earn less than ``points`` under ``rule``; on demerits, cost any.

    ``part`` is the composite's part that the rule belongs to, or empty.
    """
    numbers = {key: value for key, value in values.items() if isinstance(value, Decimal)}

    def number(key: str = "") -> Decimal | None:
        return numbers.get(joined(part, key))

    def short(earned: Decimal | Fraction) -> bool:
        return earned > 0 if demerits else earned < points

    value = number()
    match rule:
        case Deduct():
            return any(number(fault.id or "") for fault in rule.faults)
        case Checklist() | AllOrNone():
            keys = [slot.key for slot in rule_slots(rule, points)]
            return any(number(key) == 0 for key in keys)
        case Discretionary():
            return bool(value)
        case EnteredPoints():
            return value is not None and short(value)
        case Grade():
            level = values.get(joined(part, ""))
            return level in rule.levels and short(points * rule.levels[str(level)])
        case Threshold():
            return any(
                reading is not None and reading not in item.within
                for item in rule.readings
                for reading in _samples(number, item.id or "", item.samples)
            )
        case Bands():
            return value is not None and short(_band(rule.bands, value, points))
        case Linear():
            if value is None:
                return False
            share = Fraction(value - rule.zero) / Fraction(rule.full - rule.zero)
            return short(min(max(share, Fraction(0)), Fraction(1)) * Fraction(points))
        case Ratio():
            return _ratio_short(rule, points, number("have"), number("due"))
        case Quota() | Votes() | Survey():
            return False


def _samples(
    number: Callable[[str], Decimal | None], key: str, samples: int
) -> list[Decimal | None]:
    if samples == 1:
        return [number(key)]
    return [number(f"{key}.{n}" if key else str(n)) for n in range(1, samples + 1)]


def _band(bands: tuple[Band, ...], value: Decimal, otherwise: Decimal) -> Decimal:
    return next((band.points for band in bands if value in band.range), otherwise)


def _ratio_short(rule: Ratio, points: Decimal, have: Decimal | None, due: Decimal | None) -> bool:
    if have is None or not due:
        return False
    if rule.full is not None:
        return Fraction(have) / Fraction(due) < rule.full
    if rule.bands:
        return _band(rule.bands, have / due, points) < points
    return have < due
