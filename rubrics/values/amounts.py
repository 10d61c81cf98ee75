"""Numbers as a rubric writes them, each with its kind: ``60``, ``90%``, ``8:20``, ``2/3``.

The kind says what the number may be compared with: :mod:`rubrics.rules.units` refuses a range or
a limit whose kind is not that of the reading.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PlainSerializer, PlainValidator

from rubrics.values.points import MOST_DIGITS, TOO_LONG, number_text

NumberKind: TypeAlias = Literal["number", "percent", "time", "fraction"]
Number: TypeAlias = Decimal | Fraction

_PER_CENT = ("%", "百分比", "百分数", "百分率", "百分点", "个百分点")


_AMOUNT = r"^\s*[+-]?\d+(\.\d+)?\s*%?\s*$|^\s*\d{1,2}:[0-5]\d\s*$"


def in_per_cent(unit: str) -> bool:
    """Whether readings in ``unit`` are percentages: 85 and 85% then say the same."""
    return unicodedata.normalize("NFKC", unit).strip().startswith(_PER_CENT)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was written: 90% is 90 per cent, 8:20 is 500 minutes since midnight."""

    value: Number
    kind: NumberKind = "number"

    @property
    def share(self) -> Number:
        """The same as a share of a whole: 90% is 0.9; what is no percentage stays as it is."""
        return self.value / 100 if self.kind == "percent" else self.value

    def __str__(self) -> str:
        if self.kind == "time":
            minutes = int(self.value)
            return f"{minutes // 60}:{minutes % 60:02}"
        return number_text(self.value) + "%" * (self.kind == "percent")


def parse_amount(text: str) -> Amount:
    """Returns ``60``, ``-12.5``, ``90%``, ``8:20`` or ``2/3`` with its kind, in half width.

    Raises ``ValueError`` with a Chinese sentence on anything else, and on a number of more than
    ``MOST_DIGITS`` digits.
    """
    if sum(character.isdigit() for character in text) > MOST_DIGITS:
        raise ValueError(TOO_LONG)
    time = re.fullmatch(r"(\d{1,2}):([0-5]\d)", text)
    if time:
        return Amount(Decimal(int(time[1]) * 60 + int(time[2])), "time")
    fraction = re.fullmatch(r"(\d+)/0*([1-9]\d*)", text)
    if fraction:
        return Amount(Fraction(int(fraction[1]), int(fraction[2])), "fraction")
    if re.fullmatch(r"[+-]?\d+(\.\d+)?%?", text):
        percent = text.endswith("%")
        return Amount(Decimal(text.rstrip("%")), "percent" if percent else "number")
    raise ValueError(f"“{text}”不是数、百分数、分数或时刻")


def _validated(value: object) -> Amount:
    match value:
        case Amount():
            return value
        case bool():
            pass
        case int() | Decimal() | float():
            return parse_amount(format(Decimal(str(value)), "f"))
        case str():
            found = parse_amount("".join(value.split()))
            if found.kind != "fraction":
                return found
            raise ValueError("这里不能写分数，请写成小数")
    raise ValueError("应是数")


def _written(amount: Amount) -> object:
    return amount.value if amount.kind == "number" else str(amount)


AmountText = Annotated[
    Amount,
    PlainValidator(
        _validated, json_schema_input_type=float | Annotated[str, Field(pattern=_AMOUNT)]
    ),
    PlainSerializer(_written, return_type=object),
]
"""A number of a rubric file that readings are compared with."""
