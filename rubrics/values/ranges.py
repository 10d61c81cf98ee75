"""Intervals as a rubric writes them: ``≤60``, ``(60, 70]``, ``>80``, ``≥8:20``, ``[2/3, 90%)``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, PlainSerializer

from rubrics.values.amounts import Amount, Number, NumberKind, parse_amount
from rubrics.values.points import number_text

_COMPARISON = re.compile(r"(<=|>=|≤|≥|<|>|=)\s*(\S+)")
_INTERVAL = re.compile(r"([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])")
LOOKS_RIGHT = r"^\s*([<>≤≥=＜＞＝]=?\s*\S+|[\[(（［].+[,，].+[\])）］])\s*$"
"""What an interval looks like, for editors; :func:`parse_range` is the judge."""
_Point: TypeAlias = tuple[Number, int]
"""A number and whether what is meant begins just behind it."""

_INFINITE = {"∞", "+∞", "-∞", "inf", "-inf", "+inf"}


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of numbers with explicit open and closed ends; ``None`` is an infinite end.

    Ends are in the unit in which they were written, and their kinds say in which: ``90%`` is 90
    per cent, times of day are minutes since midnight, ``2/3`` is a fraction. What is compared with
    them has the same unit, or the rubric is refused; a ratio takes :meth:`shares`.
    """

    low: Number | None
    low_closed: bool
    high: Number | None
    high_closed: bool
    text: str = field(compare=False)
    low_kind: NumberKind = "number"
    high_kind: NumberKind = "number"

    @property
    def ends(self) -> tuple[Amount, ...]:
        """Its finite ends as they were written."""
        both = ((self.low, self.low_kind), (self.high, self.high_kind))
        return tuple(Amount(end, kind) for end, kind in both if end is not None)

    def shares(self) -> Range:
        """Returns the same interval as shares of a whole: ``≥90%`` from 0.9 on."""
        if "percent" not in (self.low_kind, self.high_kind):
            return self
        low = None if self.low is None else Amount(self.low, self.low_kind).share
        high = None if self.high is None else Amount(self.high, self.high_kind).share
        return replace(self, low=low, high=high, low_kind="number", high_kind="number")

    def __contains__(self, value: Number) -> bool:
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
        like = self if self.low_kind == self.high_kind else self.shares()
        if like.low is None or like.high is None:
            return False
        both = self.low_closed and self.high_closed
        return like.low > like.high or (like.low == like.high and not both)


def parse_range(text: str) -> Range:
    """Returns the interval that ``text`` describes; raises ``ValueError`` (Chinese) if none."""
    folded = unicodedata.normalize("NFKC", text).strip()
    match = _COMPARISON.fullmatch(folded)
    if match:
        end, sign = parse_amount(match[2]), match[1]
        if sign == "=":
            return Range(end.value, True, end.value, True, folded, end.kind, end.kind)
        if sign in ("<", "<=", "≤"):
            return Range(None, False, end.value, sign != "<", folded, high_kind=end.kind)
        return Range(end.value, sign != ">", None, False, folded, low_kind=end.kind)
    match = _INTERVAL.fullmatch(folded)
    if not match:
        raise ValueError(f"“{text}”不是区间：请写成 ≤60、>80、(60, 70] 或 [0, 8]")
    low = None if match[2] in _INFINITE else parse_amount(match[2])
    high = None if match[3] in _INFINITE else parse_amount(match[3])
    made = Range(
        low.value if low else None,
        match[1] == "[" and low is not None,
        high.value if high else None,
        match[4] == "]" and high is not None,
        folded,
        low.kind if low else "number",
        high.kind if high else "number",
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
    domain: Range,
    ranges: Iterable[Range],
    show: Callable[[Number], str] = number_text,
    step: Decimal | None = None,
) -> list[tuple[str, str]]:
    """Returns where ``ranges`` fail to cover ``domain`` exactly once.

    Each fault is ``(kind, text)`` with kind ``gap`` or ``overlap`` and a text that names the
    place, numbers as ``show`` writes them. Parts outside the domain are no fault. An open and a
    closed end at the same number meet. ``step``: only its multiples can occur, so that nothing is
    missing between 13 and 14 where it is 1.
    """
    infinity = Decimal("Infinity")

    def start(item: Range) -> _Point:
        return (-infinity, 0) if item.low is None else (item.low, 0 if item.low_closed else 1)

    def stop(item: Range) -> _Point:
        return (infinity, 0) if item.high is None else (item.high, 1 if item.high_closed else 0)

    def bound(point: _Point) -> str:
        number = point[0]
        if abs(number) == infinity:
            return "-∞" if number < 0 else "∞"
        return show(number)

    def between(low: _Point, high: _Point) -> str:
        one = low[0] == high[0]
        return f"恰为 {bound(low)} 时" if one else f"{bound(low)} 到 {bound(high)} 之间"

    def empty(low: _Point, high: _Point) -> bool:
        """Whether no multiple of the step lies between two ends."""
        if step is None or abs(low[0]) == infinity or abs(high[0]) == infinity:
            return False
        first = floor(Fraction(low[0]) / Fraction(step)) * step
        if first < low[0] or low[1]:
            first += step
        return (first, 0) >= high

    faults: list[tuple[str, str]] = []
    reached = start(domain)
    end = stop(domain)
    for item in sorted(ranges, key=lambda item: (start(item), stop(item))):
        if stop(item) <= start(domain) or start(item) >= end:
            continue
        if start(item) > reached and not empty(reached, start(item)):
            faults.append(("gap", between(reached, start(item))))
        elif start(item) < reached and reached != start(domain):
            faults.append(("overlap", between(start(item), min(reached, stop(item)))))
        reached = max(reached, stop(item))
    if reached < end and not empty(reached, end):
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
