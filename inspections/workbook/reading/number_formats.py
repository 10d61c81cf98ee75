"""What a cell's number format makes of a number: whether it adds a per cent, what it hides.

A format has up to four sections, for numbers above zero, below zero, zero and text, or with a
condition each (ECMA-376 part 1, 18.8.31). Only a ``%`` that stands outside of quotes, escapes and
brackets, in the section that the number falls into, multiplies it by a hundred.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from inspections.records.numbers import exact

_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]', re.DOTALL)
_CONDITION = re.compile(r"\[\s*(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*\]")
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.([0#?]*))?")
_OTHER = re.compile(r"[ymdhsge/@]|general", re.IGNORECASE)
"""Moments, fractions, powers, texts and the general format: those round in ways of their own."""

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
}  # fmt: skip
"""Number -> format, of those that files do not spell out and that round or multiply."""


@dataclass(frozen=True, slots=True)
class _Section:
    bare: str
    condition: tuple[str, Decimal] | None


@lru_cache(256)
def _sections(code: str) -> tuple[_Section, ...]:
    found, start = [], 0
    ends = [at for at in range(len(code)) if code[at] == ";"]
    literal = [match.span() for match in _LITERAL.finditer(code)]
    for end in (*ends, len(code)):
        if any(first <= end < last for first, last in literal):
            continue
        text, start = code[start:end], end + 1
        asked = _CONDITION.search(text)
        condition = (asked[1], Decimal(asked[2])) if asked else None
        found.append(_Section(_LITERAL.sub("", text), condition))
    return tuple(found)


def _section(code: str, number: Decimal) -> _Section:
    sections = _sections(code)
    numeric = sections[:3]
    asked = [item for item in numeric if item.condition]
    if asked:
        first = next((item for item in asked if _holds(item, number)), None)
        rest = [item for item in numeric if not item.condition]
        return first or (rest or asked)[-1]
    if number < 0 and len(numeric) > 1:
        return numeric[1]
    return numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]


def _holds(section: _Section, number: Decimal) -> bool:
    assert section.condition is not None
    sign, bound = section.condition
    return (
        ("<" in sign and number < bound)
        or (">" in sign and number > bound)
        or ("=" in sign and number == bound)
    )


PERCENT: Final = "%"


def telling(code: str) -> bool:
    """Whether the format makes of some numbers what ``seen_as`` tells of."""
    return may_show_percent(code) or may_hide(code)


def seen_as(code: str, number: float) -> Decimal | str | None:
    """Returns ``PERCENT`` where a number is shown as a per cent, the number that is seen where it
    is another, else None.
    """
    if not math.isfinite(number):
        return PERCENT if may_show_percent(code) else None
    value = exact(number)
    return PERCENT if shows_percent(code, value) else shown_as(code, value)


def may_show_percent(code: str) -> bool:
    """Whether the format shows some numbers as per cents."""
    return any("%" in section.bare for section in _sections(code))


def shows_percent(code: str, number: Decimal) -> bool:
    """Whether the format shows this number as a per cent: 0.95 as 95%."""
    return "%" in _section(code, number).bare


def may_hide(code: str) -> bool:
    """Whether the format shows some numbers with fewer digits than they have."""
    return any(_places(section) is not None for section in _sections(code)[:3])


def shown_as(code: str, number: Decimal) -> Decimal | None:
    """Returns the number that the format shows; None where that is the number itself."""
    places = _places(_section(code, number))
    if places is None:
        return None
    rounded = abs(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    rounded = rounded.copy_sign(number)
    return None if rounded == number else rounded


def _places(section: _Section) -> int | None:
    """How many decimals a section shows; None where it is none that only rounds."""
    if "%" in section.bare or _OTHER.search(section.bare):
        return None
    digits = _DIGITS.search(section.bare)
    if digits is None or digits[0].endswith(",") or section.bare.count(".") > 1:
        return None
    return len(digits[1] or "")
