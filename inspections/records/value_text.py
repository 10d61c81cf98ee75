"""A value as people would say it."""

from __future__ import annotations

from decimal import Decimal

from inspections.records.record import Value
from rubrics.rules import Slot
from rubrics.rules.words import day_text
from rubrics.values.points import plain


def value_text(slot: Slot, value: Value | None) -> str:
    """Returns ``3 次``, ``√``, ``是``, ``18:05`` or an option's name; ``没有填`` for nothing."""
    if value is None:
        return "没有填"
    if not isinstance(value, Decimal):
        return value
    match slot.entry:
        case "yes_no":
            return "√" if value else "×"
        case "flag":
            return "是" if value else "否"
        case "time":
            return f"{int(value) // 60}:{int(value) % 60:02}"
        case "date":
            return day_text(value)
    return f"{plain(value)} {slot.unit}".rstrip()


def label_text(slot_label: str) -> str:
    """Returns what a slot is called in a sentence: in quotes, where it has none of its own."""
    return f"“{slot_label}”" if slot_label and "“" not in slot_label else slot_label
