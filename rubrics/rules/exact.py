"""Exact products and quotients, of single numbers and of columns of them alike.

Numbers are counts, or units of 1/10000, and nothing is rounded unless a name says so. A column is
int64 where all of it is whole and 64 bits hold it; else it is one of fractions
(:mod:`.fraction_array`), or of Python's own ints, as exact and somewhat slower. The arithmetic of
the rule kinds is written with these and with operators, so that one entry and ten thousand are
scored by the same lines.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, gcd
from typing import TYPE_CHECKING, Any, TypeAlias, cast, overload

from rubrics.values.points import SCALE, IntArray, half_up
from rubrics.values.ranges import Range

if TYPE_CHECKING:
    import numpy.typing as npt

Units: TypeAlias = Any
"""An int or a fraction, or a column: int64, of fractions, or of Python's own numbers."""

Mask: TypeAlias = Any
"""A bool, or a column of them."""

LIMIT = 2**61
"""Products up to here may still be doubled in 64 bits, as rounding half-up does."""


@overload
def times(number: int, factor: int) -> int: ...
@overload
def times(number: IntArray, factor: IntArray | int) -> npt.NDArray[Any]: ...
def times(number: Units, factor: Units) -> Any:
    """Returns ``number x factor``; of a column int64 where that holds it, else Python's numbers."""
    if isinstance(number, (int, Fraction)):
        return number * factor
    if _fractions(number) or _fractions(factor):
        return number * factor
    most = factor if isinstance(factor, int) else int(factor.max(initial=0))
    # A column of zeros holds no factor that is too large for it either.
    if most * max(1, int(abs(number).max(initial=0))) < LIMIT:
        return number * factor
    return number.astype(object) * factor


def portion(up: int, numerator: Units, down: int, denominator: Units = 1) -> Units:
    """Returns ``up x numerator / (down x denominator)``, exactly.

    Where the denominator is 0 it gives something meaningless, not an error.
    """
    common = gcd(up, down) or 1
    return divided(times(numerator, up // common), times(denominator, down // common))


def divided(over: Units, under: Units) -> Units:
    """Returns ``over / under`` exactly: ints where that is whole, else fractions.

    A denominator of 0 counts as 1: rows without a quotient mean nothing, and are no error.
    """
    if isinstance(over, (int, Fraction)):
        return _whole(Fraction(over) / max(under, 1))
    import numpy as np

    from rubrics.rules.fraction_columns import quotients

    under = np.asarray(np.maximum(np.asarray(under), 1))
    if _fractions(over):
        return over.divided(under)
    if over.dtype == object or under.dtype == object:
        pairs = np.broadcast(_pythons(over), _pythons(under))
        exact = np.array([_whole(Fraction(n) / d) for n, d in pairs], object)
        return exact.reshape(pairs.shape)
    found, rest = np.divmod(over, under)
    if not rest.any():
        return found
    return quotients(*(np.broadcast_to(one, found.shape) for one in (over, under, found, rest)))


def _fractions(column: object) -> bool:
    """Whether it is an array of fractions, which no product overflows."""
    from rubrics.rules.fraction_array import FractionArray

    return isinstance(column, FractionArray)


def _pythons(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    import numpy as np

    # Of no rows a list says nothing of the columns.
    return np.array(column.tolist(), object).reshape(column.shape)


def _whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


@overload
def quotient(over: int | Fraction, under: int) -> int: ...
@overload
def quotient(over: npt.NDArray[Any], under: npt.NDArray[Any] | int) -> IntArray: ...
def quotient(over: Any, under: Any) -> Units:
    """Returns ``over / under``, rounded half-up to whole numbers: an int, or an int64 column.

    A denominator of 0 counts as 1: rows without a quotient mean nothing, and are no error.
    """
    if isinstance(over, (int, Fraction)):
        return half_up(over.numerator, over.denominator * max(under, 1))
    import numpy as np

    under = np.asarray(np.maximum(np.asarray(under), 1))
    if _fractions(over):
        return cast("IntArray", over.rounded(under))
    if over.dtype != object and under.dtype != object:
        return half_up(over, under)
    # Numbers of numpy's own overflow where they meet larger ones, so all become Python's.
    pairs = np.broadcast(_pythons(over), _pythons(under))
    rounded = [half_up(n.numerator, n.denominator * d) for n, d in pairs]
    return np.array(rounded, np.int64).reshape(pairs.shape)


def plain_number(column: npt.NDArray[Any], *place: int) -> int | Fraction:
    """Returns one number of a column as Python's own, which no product overflows."""
    found = column[place]
    return found if isinstance(found, (int, Fraction)) else int(found)


def priced(count: Units, each: int, points: int) -> Units:
    """Returns ``count x each``; exact up to P, some cost of at least P beyond.

    Beyond P further faults change nothing, so no count, however large, overflows.
    """
    each = min(each, points)
    return clipped(count, high=points // each + 1) * each if each else count * 0


def clipped(number: Units, low: int | None = None, high: int | None = None) -> Units:
    """Returns ``number``, or the end of ``low`` to ``high`` that it lies beyond."""
    if not isinstance(number, (int, Fraction)):
        return number.clip(low, high)
    if low is not None and number < low:
        return low
    return high if high is not None and number > high else number


def either(mask: Mask, yes: Units, no: Units) -> Units:
    """Returns ``yes`` where ``mask`` holds, else ``no``."""
    if isinstance(mask, bool):
        return yes if mask else no
    import numpy as np

    return np.where(mask, yes, no)


def put(units: int, where: Mask, into: Units) -> Units:
    """Returns ``into`` with ``units`` where the mask holds; a column is changed in place."""
    if isinstance(where, bool):
        return units if where else into
    import numpy as np

    np.copyto(into, units, where=where)
    return into


def smaller(one: Units, other: Units) -> Units:
    """Returns the smaller of two numbers, or row by row of two columns."""
    return either(one < other, one, other)


def larger(one: Units, other: Units) -> Units:
    """Returns the larger of two numbers, or row by row of two columns."""
    return either(one > other, one, other)


def negated(mask: Mask) -> Mask:
    """Returns where ``mask`` does not hold."""
    return not mask if isinstance(mask, bool) else ~mask


def inside(span: Range, number: Units) -> Mask:
    """Returns whether readings in units lie in ``span``; ends finer than a unit are exact."""
    low, high = unit_ends(span)
    if low is None:
        return number <= (2**62 if high is None else high)
    return number >= low if high is None else (number >= low) & (number <= high)


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


def share_inside(span: Range, numerator: Units, denominator: Units) -> Mask:
    """Returns whether ``numerator / denominator`` lies in ``span`` (shares), without dividing."""
    found: Mask = denominator >= 0  # counts are: true, in every row
    if span.low is not None:
        over, under = compared(numerator, denominator, span.low)
        found = found & (over >= under if span.low_closed else over > under)
    if span.high is not None:
        over, under = compared(numerator, denominator, span.high)
        found = found & (over <= under if span.high_closed else over < under)
    return found


def compared(numerator: Units, denominator: Units, share: Decimal | Fraction) -> tuple[Any, Any]:
    """Returns two numbers that compare as ``numerator / denominator`` does with ``share``."""
    exact = Fraction(share)
    return times(numerator, exact.denominator), times(denominator, exact.numerator)
