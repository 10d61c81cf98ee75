"""Exact numbers: fractions of points, half-up rounding, intervals. Nothing of scoring/ is used."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from rubrics.values.ranges import Range

NOTHING = Fraction(0)
FINEST = 4
"""Decimals of what is published of an item, a dimension or an extra."""


def exact(value: Decimal | Fraction | int) -> Fraction:
    return Fraction(value)


def half_up(value: Fraction, places: int = FINEST) -> Fraction:
    """8.945 at two places is 8.95, and -8.945 is -8.95."""
    step = Fraction(1, 10**places)
    size = floor(abs(value) / step + Fraction(1, 2)) * step
    return size if value >= 0 else -size


def between(low: Fraction, value: Fraction, high: Fraction) -> Fraction:
    return max(low, min(value, high))


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, NOTHING) / len(values)


def median(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def reaches_low_end(span: Range, value: Fraction) -> bool:
    if span.low is None:
        return True
    return value >= exact(span.low) if span.low_closed else value > exact(span.low)


def keeps_high_end(span: Range, value: Fraction) -> bool:
    if span.high is None:
        return True
    return value <= exact(span.high) if span.high_closed else value < exact(span.high)


def inside(span: Range, value: Fraction) -> bool:
    return reaches_low_end(span, value) and keeps_high_end(span, value)
