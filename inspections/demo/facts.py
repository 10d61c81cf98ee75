"""The fault that an inspector would write down beside answers that cost points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from decimal import Decimal

from inspections.records.losses import joined, loses
from inspections.demo.answers import Answers, Typed
from inspections.records.record import Value
from rubrics.values.points import plain
from rubrics.language.rubric import Indicator
from rubrics.rules.model import (
    AllOrNone,
    Bands,
    Checklist,
    Composite,
    Deduct,
    Discretionary,
    EnteredPoints,
    Grade,
    Linear,
    Period,
    Quota,
    Ratio,
    Reading,
    SimpleRule,
    Threshold,
)
from rubrics.language.slots import Slot, rule_slots


def fault_text(
    indicator: Indicator, found: Answers, elapsed: Mapping[Period, int], demerits: bool
) -> str:
    """Returns the facts behind the points lost, or an empty text where none are lost."""
    rule = indicator.rule
    parts = (
        [(part.id, part.rule, part.points or indicator.points) for part in rule.parts]
        if isinstance(rule, Composite)
        else [("", rule, indicator.points)]
    )
    values = {key: _value(typed) for key, typed in found.items()}
    facts: list[str] = []
    for part, simple, points in parts:
        short = isinstance(simple, Quota) and _short(simple, values.get(part), elapsed)
        if short or loses(simple, points, values, part, demerits):
            facts += _facts(indicator, simple, part, found, elapsed)
    return "；".join(facts)


def _value(typed: Typed) -> Value:
    if isinstance(typed, time):
        return Decimal(typed.hour * 60 + typed.minute)
    if isinstance(typed, str):
        return {"√": Decimal(1), "×": Decimal(0), "是": Decimal(1), "否": Decimal(0)}.get(
            typed, typed
        )
    return Decimal(str(typed))


def _short(rule: Quota, held: Value | None, elapsed: Mapping[Period, int]) -> bool:
    return isinstance(held, Decimal) and held < rule.times * elapsed[rule.per]


def _facts(
    indicator: Indicator,
    rule: SimpleRule,
    part: str,
    found: Answers,
    elapsed: Mapping[Period, int],
) -> Iterator[str]:
    def typed(key: str = "") -> Typed | None:
        return found.get(joined(part, key))

    match rule:
        case Deduct():
            for fault in rule.faults:
                if count := typed(fault.id or ""):
                    yield f"{fault.label} {count} {fault.unit}"
        case Checklist():
            missing = [item.label for item in rule.items if typed(item.id) == "×"]
            if missing:
                yield f"查阅时未见：{'、'.join(missing)}"
        case AllOrNone():
            failed = [item.label for item in rule.requirements if typed(item.id) == "×"]
            yield f"不符合要求：{'、'.join(failed) or indicator.title}"
        case Grade():
            yield f"“{indicator.title}”评为 {typed()}，材料不够完整，落实不够到位"
        case EnteredPoints():
            yield f"“{indicator.title}”得 {typed()} 分，落实不够到位"
        case Discretionary():
            yield f"{typed('reason') or '落实不够到位'}"
        case Threshold():
            for slot in rule_slots(rule, indicator.points):
                reading = next(item for item in rule.readings if _belongs(slot, item))
                number = _value(found.get(joined(part, slot.key), ""))
                if isinstance(number, Decimal) and number not in reading.within:
                    yield (
                        f"{slot.label}实测 {plain(number)} {reading.unit}，要求 {reading.within}"
                    )
        case Bands() | Linear():
            shown = typed()
            shown = f"{shown:%H:%M}" if isinstance(shown, time) else shown
            yield f"{rule.label}为 {shown} {rule.unit}".rstrip()
        case Ratio():
            yield f"{rule.denominator} {typed('due')}，{rule.numerator} {typed('have')}"
        case Quota():
            required = rule.times * elapsed[rule.per]
            yield f"{rule.label}：应 {required} {rule.unit}，实际 {typed()} {rule.unit}"
        case _:
            return


def _belongs(slot: Slot, reading: Reading) -> bool:
    base = reading.id or ""
    return slot.key == base or slot.key.removeprefix(f"{base}.").isdigit()
