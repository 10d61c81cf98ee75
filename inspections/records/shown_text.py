"""Whether what a cell shows says the same as what it holds; for both, people's reading counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, DecimalException
from enum import Enum, auto
from fractions import Fraction
from typing import Final

from inspections.records.entries import understand
from inspections.records.moments import read_day, read_time
from inspections.records.numbers import fold
from inspections.records.record import Value
from rubrics.rules import Slot
from rubrics.rules.words import DAY_ZERO
from rubrics.values.amounts import in_per_cent

RAISED: Final = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOWERED: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_LEVEL: Final = {raised: level for table in (RAISED, LOWERED) for level, raised in table.items()}

_NUMERALS: Final = r"零〇一二两三四五六七八九十百千万亿半%‰\d⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉½¼¾"
_FIGURE: Final = re.compile(
    rf"(?P<before>[^{_NUMERALS}.,/]*)(?P<number>\d[\d,]*(?:\.\d*)?|\.\d+)(?P<power>E[+-]?\d+)?"
    rf"(?:(?P<and> ?\d+)?/(?P<under>\d+))?(?P<behind>[^{_NUMERALS}.,/]*)",
    re.IGNORECASE,
)
_MINUS: Final = re.compile(r"[-−负(（]")
_CLOCK: Final = re.compile(
    r"(?:[上下]午|AM|PM)?\s{0,4}\d{1,3}[:时点]\s?\d{1,2}(?::\d{1,2}(?:\.\d*)?|分(?:\d{1,2}秒)?)?"
    r"\s*(?:AM|PM)?",
    re.IGNORECASE,
)
_HAN_DIGITS: Final = {han: at for at, han in enumerate("〇一二三四五六七八九")} | {"零": 0}
_HAN_NUMBER: Final = re.compile(r"[〇零一二三四五六七八九十]+")
_WEEKDAY: Final = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")


class Agreement(Enum):
    """``ROUNDED``: the same number with fewer digits."""

    SAME = auto()
    ROUNDED = auto()
    OTHER = auto()


def agreement(slot: Slot, value: Value, text: str) -> Agreement:
    """Returns whether ``text``, which a cell shows, says the ``value`` that was read from it."""
    folded = fold(text)
    if slot.entry == "reason":
        return Agreement.SAME if same_words(text, str(value)) else Agreement.OTHER
    if understand(slot, text)[0] == value:
        return Agreement.SAME
    if not isinstance(value, Decimal):
        figure = figure_of(folded)
        said = None if figure is None else understand(slot, float(figure))[0]
        return Agreement.SAME if said == value else Agreement.OTHER
    if slot.entry == "time":
        return Agreement.SAME if same_time(folded, int(value)) else Agreement.OTHER
    if slot.entry == "date":
        day = DAY_ZERO + timedelta(days=int(value))
        return Agreement.SAME if same_day(folded, day) else Agreement.OTHER
    if value == 0 and folded.strip("¥￥$ ") == "-":  # so accounts show that there is nothing
        return Agreement.SAME
    if in_per_cent(slot.unit) or not value:
        folded = folded.rstrip("% ")
    figure = figure_of(folded)
    if figure is None:
        return Agreement.OTHER
    if figure < 0 and slot.deducts:
        figure = -figure
    if figure == value:
        return Agreement.SAME
    return Agreement.ROUNDED if _rounds(value, figure, folded) else Agreement.OTHER


def figure_of(text: str) -> Fraction | None:
    """Returns the one number that a folded text shows, whatever stands beside it; None where there
    is none, several, or one in words.
    """
    match = _FIGURE.fullmatch(text)
    if match is None or len(match["number"]) > 40:
        return None
    try:
        number = Fraction(Decimal(match["number"].replace(",", "") + (match["power"] or "")))
    except (DecimalException, OverflowError):
        return None
    if match["under"]:
        under = int(match["under"])
        if not under or (not match["and"] and match["power"]):
            return None
        above = match["and"]
        number = number + Fraction(int(above), under) if above else number / under
    minus = _MINUS.search(match["before"])
    return -number if minus else number


def _rounds(value: Decimal, figure: Fraction, text: str) -> bool:
    """Whether the number shown is the value, rounded to the digits that are shown."""
    off = abs(Fraction(value) - figure)
    match = _FIGURE.fullmatch(text)
    if match is None:
        return False
    if match["under"]:
        return off < Fraction(1, int(match["under"]))
    places = len(match["number"].partition(".")[2])
    power = int(match["power"][1:]) if match["power"] else 0
    return off <= Fraction(10) ** (power - places) / 2


def same_words(text: str, other: str) -> bool:
    """Whether two texts are the same but for blanks, and for letters raised or lowered."""
    return _level(text) == _level(other)


def _level(text: str) -> str:
    return "".join(text.split()).translate(_LEVEL)


def same_time(text: str, minutes: int) -> bool:
    """Whether a folded text shows this time of day, alone or behind a date."""
    found = _CLOCK.findall(text)
    if len(found) != 1:
        return False
    read = read_time(found[0].strip())
    return read is not None and read.minutes == minutes


def same_day(text: str, day: date) -> bool:
    """Whether a text shows this day, in whatever order, with or without its year and a time."""
    folded = _WEEKDAY.sub(" ", fold(text))
    read = read_day(folded)
    if read is not None:
        return read.date == day
    numbers = list(_numbers(_CLOCK.sub(" ", folded)))
    named = re.search(r"[A-Za-z]{3,}", folded)
    months = [] if named else [day.month]
    wanted = [sorted([day.day, *months, *years]) for years in ([], [day.year], [day.year % 100])]
    return sorted(numbers) in wanted


def _numbers(text: str) -> Iterator[int]:
    for found in re.finditer(rf"\d+|{_HAN_NUMBER.pattern}", text):
        word = found[0]
        if word.isdecimal():
            yield int(word[:9])
        elif "十" in word:
            tens, _, ones = word.partition("十")
            yield 10 * _HAN_DIGITS.get(tens, 1) + _HAN_DIGITS.get(ones, 0)
        else:
            yield int("".join(str(_HAN_DIGITS[digit]) for digit in word[:9]))
