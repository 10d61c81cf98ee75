"""What is seen of a value in a cell with a number format, as an office program shows it.

Chinese numerals (``[DBNum1]``) and the names of days are shown as digits and short names: the
text is there to be compared with the value, and to be named in a message.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from inspections.records.numbers import exact
from inspections.workbook.reading.number_formats import (
    Section,
    Token,
    section_of,
    text_section,
    usual_calendar,
)
from rubrics.tables.seconds import DAY_SECONDS
from rubrics.values.points import plain

_ZERO_DAY: Final = datetime(1899, 12, 30)
_FARTHEST: Final = 2_958_465
"""The last day of the year 9999."""

_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_DAYS: Final = "一二三四五六日"


def seen_text(code: str, raw: object) -> str | None:
    """Returns what the format shows of a cell's value; None where that cannot be told."""
    if isinstance(raw, str):
        section = text_section(code)
        return raw if section is None else _literal(section, raw)
    number = _number(raw)
    if number is None:
        return None
    section, signed = section_of(code, number)
    if section.has("moment"):
        return _moment(section, number)
    sign = "-" if signed and number < 0 else ""
    size = abs(number)
    if section.has("mark", "/"):
        return _fraction(section, size, sign)
    if section.has("general"):
        return sign + "".join(
            str(plain(size)) if it.kind == "general" else it.text for it in section.tokens
        )
    return _digits(section, size, sign)


def _literal(section: Section, text: str) -> str:
    return "".join(
        text if it.kind == "mark" and it.text == "@" else it.text for it in section.tokens
    )


def _number(raw: object) -> Decimal | None:
    match raw:
        case bool():
            return None
        case int() | float():
            return exact(float(raw)) if math.isfinite(raw) else None
        case datetime():
            return _days(raw - _ZERO_DAY)
        case date():
            return _days(datetime.combine(raw, time(0)) - _ZERO_DAY)
        case time():
            return _days(datetime.combine(_ZERO_DAY, raw) - _ZERO_DAY)
        case timedelta():
            return _days(raw)
    return None


def _days(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)) / (DAY_SECONDS * 1_000_000)


def _digits(section: Section, size: Decimal, sign: str) -> str:
    """A number shown by placeholders: ``0``, ``#,##0.00``, ``0,``, ``0.0%``, ``0.00E+00``."""
    tokens = section.tokens
    places = [at for at, it in enumerate(tokens) if it.kind == "digit"]
    if not places:
        return sign + _shown(tokens)
    power = next((at for at, it in enumerate(tokens) if it.kind == "power"), len(tokens))
    before = [at for at in places if at < power]
    point = next((at for at, it in enumerate(tokens[:power]) if it == Token("mark", ".")), power)
    whole = [at for at in before if at < point]
    behind = [at for at in before if at > point]
    commas = [at for at, it in enumerate(tokens[:power]) if it == Token("mark", ",")]
    last = whole[-1] if whole else -1
    scale = sum(1 for at in commas if at > last)
    scale = scale if whole or behind else 0
    grouped = any(at < last for at in commas)
    percents = sum(1 for it in tokens if it == Token("mark", "%"))
    size = size.scaleb(2 * percents - 3 * scale)
    exponent = 0
    if power < len(tokens):
        size, exponent = _scaled(size, max(1, len(whole)), len(behind))
    rounded = size.quantize(Decimal(1).scaleb(-len(behind)), rounding=ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    shown: dict[int, str] = dict.fromkeys(commas, "")
    shown |= _whole(tokens, whole, "" if left == "0" else left, grouped)
    shown |= _behind(tokens, behind, right)
    if power < len(tokens):
        exponents = [at for at in places if at > power]
        mark = "-" if exponent < 0 else "+" if tokens[power].text[1] == "+" else ""
        shown[power] = f"E{mark}"
        shown |= _whole(tokens, exponents, str(abs(exponent)), False)
    return sign + "".join(shown.get(at, it.text) for at, it in enumerate(tokens))


def _shown(tokens: Sequence[Token]) -> str:
    return "".join(it.text for it in tokens if it != Token("mark", ","))


def _scaled(size: Decimal, whole: int, behind: int) -> tuple[Decimal, int]:
    """A number with so many digits before its point, and the power of ten that this takes off."""
    if size == 0:
        return size, 0
    exponent = size.adjusted() // whole * whole
    scaled = size.scaleb(-exponent)
    if round(scaled, behind) >= 10**whole:
        exponent += whole
    return size.scaleb(-exponent), exponent


def _whole(
    tokens: Sequence[Token], places: Sequence[int], digits: str, grouped: bool
) -> dict[int, str]:
    """Digits from the right, the first place taking what is left of them."""
    shown: dict[int, str] = {}
    for number, at in enumerate(reversed(places)):
        first = number == len(places) - 1
        taken, digits = (digits, "") if first else (digits[-1:], digits[:-1])
        taken = taken or {"0": "0", "?": " "}.get(tokens[at].text, "")
        if grouped:
            length = len(taken)
            taken = "".join(
                digit + ("," if (left := number + length - 1 - place) and left % 3 == 0 else "")
                for place, digit in enumerate(taken)
            )
        shown[at] = taken
    return shown


def _behind(tokens: Sequence[Token], places: Sequence[int], digits: str) -> dict[int, str]:
    shown: dict[int, str] = {}
    kept = len(digits.rstrip("0"))
    for number, at in enumerate(places):
        needed = number < kept or tokens[at].text == "0"
        shown[at] = digits[number] if needed else " " * (tokens[at].text == "?")
    return shown


def _fraction(section: Section, size: Decimal, sign: str) -> str | None:
    """``# ?/?`` and its kin: a whole number where it has a place, and the nearest fraction."""
    spelt = "".join(it.text for it in section.tokens).strip()
    before, _, behind = spelt.partition("/")
    behind = behind.strip()
    most = 10 ** len(behind) - 1 if behind and not behind.strip("?#0") else 0
    if not most and not (behind.isdecimal() and behind[0] != "0"):
        return None
    value = Fraction(size)
    apart = len(before.split()) > 1
    whole = int(value) if apart else 0
    part = value - whole
    near = part.limit_denominator(most) if most else None
    above, below = (
        (near.numerator, near.denominator)
        if near is not None
        else (round(part * int(behind)), int(behind))
    )
    if apart and above == below:
        whole, above = whole + 1, 0
    if apart and not above:
        return f"{sign}{whole}"
    return f"{sign}{whole} {above}/{below}" if apart and whole else f"{sign}{above}/{below}"


def _moment(section: Section, days: Decimal) -> str | None:
    if not 0 <= days <= _FARTHEST or not usual_calendar(section):
        return None
    seconds = int((days * DAY_SECONDS).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    moment = _ZERO_DAY + timedelta(seconds=seconds)
    parts = [at for at, it in enumerate(section.tokens) if it.kind == "moment"]
    halves = section.has("half")
    shown = []
    for at, (kind, text) in enumerate(section.tokens):
        if kind == "half":
            later = moment.hour >= 12
            shown.append(text.split("/")[later])
        elif kind == "moment":
            place = parts.index(at)
            near = [section.tokens[it].text.strip("[")[0] for it in parts]
            minutes = text[0] == "m" and len(text) < 3 and (
                near[place - 1 : place] == ["h"] or near[place + 1 : place + 2] == ["s"]
            )  # fmt: skip
            shown.append(_part(text, moment, seconds, minutes, halves))
        elif kind == "digit":
            shown.append("0")
        else:
            shown.append(text)
    return "".join(shown)


def _part(text: str, moment: datetime, seconds: int, minutes: bool, halves: bool) -> str:
    if text[0] == "[":
        unit = {"h": 3600, "m": 60, "s": 1}[text[1]]
        return str(seconds // unit).zfill(len(text) - 2)
    length = len(text)
    match text[0]:
        case "y" | "e":
            return f"{moment.year % 100:02}" if text in ("y", "yy") else f"{moment.year}"
        case "m" if minutes:
            number = moment.minute
        case "m" if length > 2:
            name = _MONTHS[moment.month - 1]
            return name[0] if length == 5 else name
        case "m":
            number = moment.month
        case "d" | "a" if length > 2:
            return ("周" if length == 3 else "星期") + _DAYS[moment.weekday()]
        case "d":
            number = moment.day
        case "h":
            number = (moment.hour % 12 or 12) if halves else moment.hour
        case _:
            number = moment.second
    return f"{number:0{min(length, 2)}}"
