"""Whether a school's traits meet a rubric's condition."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from rubrics.values.conditions import Condition

SIGNS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "≥": operator.ge,
    ">=": operator.ge,
    "≤": operator.le,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def applies(condition: Condition | None, traits: Mapping[str, str | Decimal]) -> bool:
    """One alternative must hold, with every trait in it; a trait that is not known holds."""
    if condition is None:
        return True
    return any(
        all(
            trait not in traits or any(admits(text, traits[trait]) for text in admitted)
            for trait, admitted in alternative
        )
        for alternative in condition.alternatives
    )


def admits(text: str, value: str | Decimal) -> bool:
    if isinstance(value, str):
        return text == value
    compared = re.fullmatch(r"(≥|>=|≤|<=|>|<|=) *([\d.]+)", text)
    if compared:
        return SIGNS[compared[1]](value, Decimal(compared[2]))
    interval = re.fullmatch(r"([\[(]) *([\d.]+) *, *([\d.]+|∞) *([\])])", text)
    assert interval, text
    low = value > Decimal(interval[2]) or (interval[1] == "[" and value == Decimal(interval[2]))
    if interval[3] == "∞":
        return low
    return low and (
        value < Decimal(interval[3]) or (interval[4] == "]" and value == Decimal(interval[3]))
    )
