"""Exact products and quotients of columns, also where 64 bits would not hold them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from rubrics.values.points import SCALE, IntArray, half_up
from rubrics.values.ranges import Range
from scoring.engine.rules.cells import BoolArray

LIMIT = 2**61
"""Products up to here may still be doubled in 64 bits, as rounding half-up does."""


def times(column: IntArray, factor: int) -> npt.NDArray[Any]:
    """Returns ``column x factor``: int64 where that holds it, else a column of Python ints."""
    if factor * int(np.abs(column).max(initial=0)) < LIMIT:
        return column * np.int64(factor)
    return column.astype(object) * factor


def portion(up: int, numerator: IntArray, down: int, denominator: IntArray | int = 1) -> IntArray:
    """Returns ``up x numerator / (down x denominator)``, rounded half-up to whole units.

    Rows whose denominator is 0 give something meaningless, not an error.
    """
    common = gcd(up, down) or 1
    under = times(np.asarray(denominator, np.int64), down // common)
    return quotient(times(numerator, up // common), under)


def quotient(over: npt.NDArray[Any], under: npt.NDArray[Any]) -> IntArray:
    """Returns ``over / under``, rounded half-up; 64-bit columns or columns of Python ints.

    A denominator of 0 counts as 1: rows without a quotient mean nothing, and are no error.
    """
    under = np.maximum(under, 1)
    if over.dtype != object and under.dtype != object:
        return half_up(over, under)
    pairs = np.broadcast(over, under)
    exact = [half_up(int(n), int(d)) for n, d in pairs]
    return np.array(exact, np.int64).reshape(pairs.shape)


def priced(count: IntArray, each: int, points: int) -> IntArray:
    """Returns ``count x each``; exact up to P, some cost of at least P beyond.

    Beyond P further faults change nothing, so no count, however large, overflows.
    """
    each = min(each, points)
    return np.minimum(count, points // each + 1) * each if each else np.zeros_like(count)


def inside(span: Range, column: IntArray) -> BoolArray:
    """Returns where readings in units lie in ``span``; ends finer than a unit are exact."""
    low, high = unit_ends(span)
    if low is None:
        return np.ones(column.shape, bool) if high is None else column <= high
    return column >= low if high is None else (column >= low) & (column <= high)


def unit_ends(span: Range) -> tuple[int | None, int | None]:
    """Returns the least and the greatest whole number of units in ``span``; None is no end."""
    low = high = None
    if span.low is not None:
        exact = Fraction(span.low) * SCALE
        low = ceil(exact) if span.low_closed else floor(exact) + 1
    if span.high is not None:
        exact = Fraction(span.high) * SCALE
        high = floor(exact) if span.high_closed else ceil(exact) - 1
    return low, high


def share_inside(span: Range, numerator: IntArray, denominator: IntArray) -> BoolArray:
    """Returns where ``numerator / denominator`` lies in ``span``, without dividing."""
    found = np.ones(numerator.shape, bool)
    if span.low is not None:
        over, under = compared(numerator, denominator, span.low)
        found &= over >= under if span.low_closed else over > under
    if span.high is not None:
        over, under = compared(numerator, denominator, span.high)
        found &= over <= under if span.high_closed else over < under
    return found


def compared(
    numerator: IntArray, denominator: IntArray, share: Decimal | Fraction
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Returns two columns that compare as ``numerator / denominator`` does with ``share``."""
    exact = Fraction(share)
    return times(numerator, exact.denominator), times(denominator, exact.numerator)
