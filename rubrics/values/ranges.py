"""Intervals as a rubric writes them: ``≤60``, ``(60, 70]``, ``>80``, ``≥8:20``, ``[90%, 100%]``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

_COMPARISON = re.compile(r"(<=|>=|≤|≥|<|>|=)\s*(\S+)")
_INTERVAL = re.compile(r"([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])")
LOOKS_RIGHT = r"^\s*([<>≤≥=＜＞＝]=?\s*\S+|[\[(（［].+[,，].+[\])）］])\s*$"
"""What an interval looks like, for editors; :func:`parse_range` is the judge."""
_INFINITE = {"∞", "+∞", "-∞", "inf", "-inf", "+inf"}


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of numbers with explicit open and closed ends; ``None`` is an infinite end.

    Times of day are minutes since midnight, percentages are shares (``90%`` is 0.9).
    """

    low: Decimal | None
    low_closed: bool
    high: Decimal | None
    high_closed: bool
    text: str = field(compare=False)

    def __contains__(self, value: Decimal) -> bool:
        if self.low is not None and (
            value < self.low or (value == self.low and not self.low_closed)
        ):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_closed)

    def __str__(self) -> str:
        return self.text

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        both = self.low_closed and self.high_closed
        return self.low > self.high or (self.low == self.high and not both)


def parse_number(text: str) -> Decimal:
    """Returns ``60``, ``-12.5``, ``90%`` (0.9) or ``8:20`` (500 minutes) as a decimal.

    Raises ``ValueError`` with a Chinese sentence on anything else.
    """
    time = re.fullmatch(r"(\d{1,2}):([0-5]\d)", text)
    if time:
        return Decimal(int(time[1]) * 60 + int(time[2]))
    if re.fullmatch(r"[+-]?\d+(\.\d+)?%?", text):
        return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)
    raise ValueError(f"“{text}”不是数、百分数或时刻")


def parse_range(text: str) -> Range:
    """Returns the interval that ``text`` describes; raises ``ValueError`` (Chinese) if none."""
    folded = unicodedata.normalize("NFKC", text).strip()
    match = _COMPARISON.fullmatch(folded)
    if match:
        value = parse_number(match[2])
        sign = match[1]
        if sign == "=":
            return Range(value, True, value, True, folded)
        if sign in ("<", "<=", "≤"):
            return Range(None, False, value, sign != "<", folded)
        return Range(value, sign != ">", None, False, folded)
    match = _INTERVAL.fullmatch(folded)
    if not match:
        raise ValueError(f"“{text}”不是区间：请写成 ≤60、>80、(60, 70] 或 [0, 8]")
    low = None if match[2] in _INFINITE else parse_number(match[2])
    high = None if match[3] in _INFINITE else parse_number(match[3])
    made = Range(
        low,
        match[1] == "[" and low is not None,
        high,
        match[4] == "]" and high is not None,
        folded,
    )
    if made.is_empty:
        raise ValueError(f"区间“{text}”里没有任何数")
    return made


def overlap(first: Range, second: Range) -> bool:
    """Whether some number lies in both."""
    for one, other in ((first, second), (second, first)):
        if one.high is not None and other.low is not None:
            touch = one.high_closed and other.low_closed
            if one.high < other.low or (one.high == other.low and not touch):
                return False
    return True


def coverage_faults(
    domain: Range, ranges: Iterable[Range], show: Callable[[Decimal], str] = str
) -> list[tuple[str, str]]:
    """Returns where ``ranges`` fail to cover ``domain`` exactly once.

    Each fault is ``(kind, text)`` with kind ``gap`` or ``overlap`` and a text that names the
    place, numbers as ``show`` writes them. Parts outside the domain are no fault. An open and a
    closed end at the same number meet.
    """
    infinity = Decimal("Infinity")

    def start(item: Range) -> tuple[Decimal, int]:
        return (-infinity, 0) if item.low is None else (item.low, 0 if item.low_closed else 1)

    def stop(item: Range) -> tuple[Decimal, int]:
        return (infinity, 0) if item.high is None else (item.high, 1 if item.high_closed else 0)

    def bound(point: tuple[Decimal, int]) -> str:
        number = point[0]
        return show(number) if number.is_finite() else ("-∞" if number < 0 else "∞")

    def between(low: tuple[Decimal, int], high: tuple[Decimal, int]) -> str:
        one = low[0] == high[0]
        return f"恰为 {bound(low)} 时" if one else f"{bound(low)} 到 {bound(high)} 之间"

    faults: list[tuple[str, str]] = []
    reached = start(domain)
    end = stop(domain)
    for item in sorted(ranges, key=lambda item: (start(item), stop(item))):
        if stop(item) <= start(domain) or start(item) >= end:
            continue
        if start(item) > reached:
            faults.append(("gap", between(reached, start(item))))
        elif start(item) < reached and reached != start(domain):
            faults.append(("overlap", between(start(item), min(reached, stop(item)))))
        reached = max(reached, stop(item))
    if reached < end:
        faults.append(("gap", between(reached, end)))
    return faults


def _coerce(value: object) -> object:
    return parse_range(value) if isinstance(value, str) else value


RangeText = Annotated[
    Range,
    BeforeValidator(_coerce, json_schema_input_type=Annotated[str, Field(pattern=LOOKS_RIGHT)]),
    PlainSerializer(str, return_type=str),
]
"""An interval in a rubric file."""
