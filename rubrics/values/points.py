"""Exact points: decimals outside, whole numbers of 1/10000 point inside.

Quotients (a rule's result, a mean of several inspectors) stay exact until something is published:
an item's points half-up to 1/10000, a total half-up to the places that the rubric names. Neither
is made from the other.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, TypeAlias, overload

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

if TYPE_CHECKING:  # most of those who need points need no columns of them
    import numpy as np
    import numpy.typing as npt

SCALE = 10_000
"""Units in one point (and in one unit of any reading: 8.25 ℃ is 82500)."""

PERCENT = 3
"""Decimals of a share of 1 that is told: a percentage with one."""

MOST_DIGITS = 40
"""Characters of a number that somebody typed; nobody needs as many."""

TOO_LONG = f"数太长了，最多 {MOST_DIGITS} 位"
"""What is said of one that has more."""

IntArray: TypeAlias = "npt.NDArray[np.int64]"
BoolArray: TypeAlias = "npt.NDArray[np.bool_]"

Points = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=4)]
"""Points of a rubric, as written in YAML: at most four decimals, never negative."""


@lru_cache(maxsize=65536)
def to_units(value: Decimal | int | Fraction) -> int:
    """Returns ``value`` in units of 1/10000, rounded half-up (away from zero on a tie)."""
    if isinstance(value, Fraction):
        return half_up(value.numerator * SCALE, value.denominator)
    return int((Decimal(value) * SCALE).to_integral_value(rounding=ROUND_HALF_UP))


def from_units(units: int) -> Decimal:
    """Returns units of 1/10000 as a decimal without trailing zeros: 25000 is ``2.5``."""
    return plain(Decimal(int(units)) / SCALE)


@overload
def half_up(numerator: int, denominator: int) -> int: ...
@overload
def half_up(numerator: IntArray, denominator: IntArray | int) -> IntArray: ...
def half_up(numerator: int | IntArray, denominator: int | IntArray) -> int | IntArray:
    """Returns ``numerator / denominator`` rounded to a whole number, half away from zero.

    Works on ints and on int64 columns alike; the denominator must be positive.
    """
    if isinstance(numerator, int) and isinstance(denominator, int):
        quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
        return quotient if numerator >= 0 else -quotient
    # Rubrics and single entries need no columns, and should not wait for numpy to be loaded.
    import numpy as np

    column = np.asarray(numerator, np.int64)
    return np.asarray(np.sign(column) * ((2 * np.abs(column) + denominator) // (2 * denominator)))


@overload
def round_units(units: int, places: int) -> int: ...
@overload
def round_units(units: IntArray, places: int) -> IntArray: ...
def round_units(units: int | IntArray, places: int) -> int | IntArray:
    """Returns units of 1/10000 rounded half-up to ``places`` decimals (0 to 4), still in units."""
    step: int = 10 ** (4 - places)
    return half_up(units, step) * step


def plain(value: Decimal) -> Decimal:
    """Returns the same number without exponent and trailing zeros, so that equal looks equal."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text) or Decimal(0)


def number_text(value: Decimal | Fraction) -> str:
    """Returns a number as people write it: no exponent, no trailing zeros, ``2/3`` if need be."""
    if isinstance(value, Fraction):
        decimal = exact_decimal(value)
        return f"{value.numerator}/{value.denominator}" if decimal is None else str(decimal)
    return str(plain(value))


def exact_decimal(value: Fraction) -> Decimal | None:
    """Returns the same as a decimal, None where no decimal is exactly that."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return plain(Decimal(value.numerator) / value.denominator) if rest == 1 else None


@lru_cache(maxsize=16384)
def fixed(units: int, places: int) -> str:
    """Returns units of 1/10000 as text with exactly ``places`` decimals, rounded half-up."""
    return f"{Decimal(int(round_units(int(units), places))) / SCALE:.{places}f}"


def parse_share(value: object) -> object:
    """Returns a share written ``90%``, ``2/3`` or ``0.9`` as a fraction; others unchanged."""
    if isinstance(value, str):
        text = value.strip()
        if len(text) > 2 * MOST_DIGITS:
            raise ValueError(TOO_LONG)
        try:
            if "e" in text.lower():  # 1e99999999 would be worked out
                raise ValueError
            if text.endswith("%"):
                return Fraction(text[:-1].strip()) / 100
            return Fraction(text)
        except (ValueError, ZeroDivisionError):
            raise ValueError("应写成 90%、2/3 或 0.9") from None
    if isinstance(value, (int, Decimal, float)) and not isinstance(value, bool):
        return Fraction(str(value))
    return value


def share_text(value: Fraction) -> str:
    """Returns a share as people write it: ``90%`` where that is exact, else ``2/3``."""
    percent = exact_decimal(value * 100)
    return f"{value.numerator}/{value.denominator}" if percent is None else f"{percent}%"


SHARE = r"^\s*(\d+(\.\d+)?\s*%|\d+\s*/\s*\d+|[01](\.\d+)?)\s*$"
"""What a share looks like, for editors."""


def parse_limit(value: object) -> object:
    """Returns a share written ``40%`` or ``2/5`` as a fraction, a plain number as points."""
    if isinstance(value, str) and ("%" in value or "/" in value):
        return parse_share(value)
    if isinstance(value, (int, float, str, Decimal)) and not isinstance(value, bool):
        try:
            return Decimal(str(value).strip())
        except ArithmeticError:
            raise ValueError("应写成 40%，或写分值") from None
    return value


def limit_text(value: Fraction | Decimal) -> str:
    """Returns a limit as people write it: ``40%``, or points ``40``."""
    return share_text(value) if isinstance(value, Fraction) else number_text(value)


def limit_units(value: Fraction | Decimal, whole: Decimal) -> Fraction:
    """Returns a limit in units: a share of ``whole`` (points), or points."""
    return (value * Fraction(whole) if isinstance(value, Fraction) else Fraction(value)) * SCALE


_ShareText = Annotated[str, Field(pattern=SHARE)]
_ShareNumber = Annotated[float, Field(ge=0, le=1)]

Share = Annotated[
    Fraction,
    BeforeValidator(parse_share, json_schema_input_type=_ShareText | _ShareNumber),
    PlainSerializer(share_text, return_type=str),
]
"""A share of a whole: ``90%``, ``2/3``, ``0.9``."""


def part_of_all(share: Fraction) -> Fraction:
    """Lets a share through that is no more than the whole, and not less than nothing."""
    if not 0 <= share <= 1:
        raise ValueError("比例不小于 0，不超过 100%；百分数请带上 %，如 80%")
    return share


PartShare = Annotated[Share, AfterValidator(part_of_all)]
"""A share from nothing to the whole."""

Limit = Annotated[
    Fraction | Points,
    BeforeValidator(parse_limit, json_schema_input_type=_ShareText | float),
    PlainSerializer(lambda value: value if isinstance(value, Decimal) else share_text(value)),
]
"""A share of the points of a rubric (``40%``), or so many points (``40``)."""

Bound = Annotated[Decimal, Field(max_digits=12, decimal_places=4)]
"""An end of the scale on which totals stand, in points; it may lie below 0."""
