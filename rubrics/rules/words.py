"""Turns of phrase that rules of several kinds share, as scoring sheets use them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from rubrics.values.amounts import Number
from rubrics.values.points import number_text
from rubrics.values.range_words import span_text, with_unit
from rubrics.values.ranges import Range

DAY_ZERO = date(1899, 12, 30)
"""The day from which spreadsheets count."""

_ASIDE = re.compile(r"（[^（）]*）")
_FOR_THE_SHEET = ("填", "按规定计")
"""What stands in brackets that say how to fill in the sheet."""


def off(demerits: bool) -> str:
    """What is done with a fault's points: taken off, or of demerits counted."""
    return "计" if demerits else "扣"


def earns(demerits: bool) -> str:
    """What is done with points that are earned."""
    return "计" if demerits else "得"


def until_nothing_is_left(points: Decimal, demerits: bool) -> str:
    """How far deductions go."""
    return f"，最多计 {number_text(points)} 分" if demerits else "，扣完为止"


def all_of_it(points: Decimal, demerits: bool) -> str:
    """P earned, or of demerits counted: ``得 2 分``."""
    return f"{earns(demerits)} {number_text(points)} 分"


def none_of_it(demerits: bool) -> str:
    """Nothing earned, or of demerits counted."""
    return "不计分" if demerits else "不得分"


def then(text: str, follows: str) -> str:
    """Joins text and Chinese, with a blank after a letter, a figure or a bracket."""
    return f"{text} {follows}" if text[-1:].isascii() else text + follows


def reading_text(value: Decimal, measure: str, unit: str) -> str:
    """A reading with its unit; minutes since midnight as a time of day."""
    if measure == "date":
        return day_text(value)
    return clock(value) if measure == "time" else with_unit(number_text(value), unit)


def told(label: str) -> str:
    """A label as it is told to others: without what it says on how to fill in the sheet."""
    return _ASIDE.sub(
        lambda aside: "" if any(word in aside[0] for word in _FOR_THE_SHEET) else aside[0], label
    )


def demanded(span: Range, measure: str, unit: str) -> str:
    """What follows 应 where a reading is demanded: ``应为 0～8 ℃``, ``应不早于 8:20``."""
    text = span_text(span, measure, unit)
    return f"为 {text}" if text[:1].isdigit() or text.startswith("-") else text


def clock(value: Number) -> str:
    """Minutes since midnight as a time of day."""
    return f"{int(value) // 60}:{int(value) % 60:02}"


def day_text(number: Number) -> str:
    """A date that is kept as its number in a spreadsheet: ``2026-3-5``."""
    day = DAY_ZERO + timedelta(days=int(number))
    return f"{day.year}-{day.month}-{day.day}"


def percent(share: Fraction) -> str:
    """A share in per cent, rounded half-up to one decimal."""
    tenths = (share * 2000 + 1) // 2
    return f"{number_text(Decimal(int(tenths)) / 10)}%"


def hundredths(value: Fraction) -> str:
    """A quotient, rounded half-up to two decimals."""
    return number_text(Decimal(int((value * 200 + 1) // 2)) / 100)
