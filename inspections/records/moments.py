"""Times of day and dates as people type them: ``8:20``, ``8点20``, ``下午2:30``, ``2026.3.5``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from inspections.records.numbers import fold
from rubrics.tables.seconds import DAY_SECONDS, seconds_of, to_second

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_DAYS_ZERO = (_EXCEL_DAY_ZERO, date(1899, 12, 31), date(1904, 1, 1))
_TIME = re.compile(
    r"(?P<half>上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|AM|PM)?"
    r"(?P<hour>\d{1,2})(?P<mark>[:;.点时])(?P<minute>\d{2}|半)?分?(?P<second>:\d{2})?"
    r"(?P<behind>AM|PM)?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.年])(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?P<behind>[ T]*\d{1,2}:\d{2}(:\d{2})?)?"
)
_BLANKS_BESIDE_SIGNS = re.compile(r"(?<=[-/.年月])\s+|(?<!\s)\s+(?=[-/.年月日])")
_NO_YEAR = re.compile(r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?")
_LATER = ("下午", "傍晚", "晚上", "PM")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """Minutes since midnight; ``noted`` where it took more than spelling to read it."""

    minutes: int
    noted: bool = False

    def __str__(self) -> str:
        return clock(self.minutes)


@dataclass(frozen=True, slots=True)
class Day:
    """A date; ``noted`` where it took more than spelling to read it."""

    date: date
    noted: bool = False


def clock(minutes: int) -> str:
    """Returns minutes since midnight as ``8:20``."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def read_time(raw: object) -> TimeOfDay | None:
    """Returns the time of day in a cell, or None where that would be a guess.

    Understood in silence: ``8:20`` typed or stored as a time. With a note: 点, 时, ``8.20`` as
    text, 上午 and 下午, a time with a date or seconds, and the stored number of a time whose
    format was lost. ``8.2`` as a number could be 8:02 or 8:20 and is not understood.
    """
    match raw:
        case datetime():
            # Spreadsheets keep a bare time as a moment of their day zero. Some days off it is a
            # number in a time's format: 8.2 stands there as 4:48 on 8 January 1900.
            if raw.date() in _DAYS_ZERO:
                return _from_seconds(seconds_of(raw.time()), noted=False)
            return _from_seconds(seconds_of(raw.time()), noted=True) if raw.year >= 2000 else None
        case time():
            return _from_seconds(seconds_of(raw), noted=False)
        case timedelta() if timedelta(0) <= raw < _DAY:
            return _from_seconds(seconds_of(raw), noted=False)
        case float() if 0 < raw < 1:
            seconds = _rounded(raw * DAY_SECONDS)
            return _from_seconds(seconds, noted=True) if seconds % 60 == 0 else None
        case str():
            return _time_text(re.sub(r"\s+", "", fold(raw)))
    return None


def _rounded(number: float) -> int:
    """Half a second less than a full one is the full one."""
    return int(number + 0.5)


def _from_seconds(seconds: int, noted: bool) -> TimeOfDay | None:
    """The minute that has begun; midnight at the end of a day is none of its times."""
    if seconds >= DAY_SECONDS:
        return None
    return TimeOfDay(seconds // 60, noted or seconds % 60 != 0)


def _time_text(text: str) -> TimeOfDay | None:
    match = _TIME.fullmatch(text)
    if not match:
        return None
    half = (match["half"] or match["behind"] or "").upper()
    hour, mark = int(match["hour"]), match["mark"]
    if match["minute"] == "半":
        minute = 30
    elif match["minute"]:
        minute = int(match["minute"])
    elif mark in "点时":
        minute = 0
    else:
        return None
    if half in _LATER and hour < 12:
        hour += 12
    elif half == "AM" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return TimeOfDay(hour * 60 + minute, mark != ":" or bool(half or match["second"]))


def read_day(raw: object, window: tuple[date, date] | None = None) -> Day | None:
    """Returns the date in a cell, or None where that would be a guess (no year, two-digit year).

    ``window``: the days among which it should be; a date without a year takes the year that puts
    it there, with a note (``10月14日``, ``10-14``, ``10.14``), or the only year that there is, and
    is none where there are several.

    Understood in silence: a stored date, ``2026-3-5``, ``2026/3/5``, ``2026.3.5``,
    ``2026年3月5日``. With a note: ``20260305``, a date with a time, and the stored number of a
    date whose format was lost.
    """
    match raw:
        case datetime():
            moment = to_second(raw)
            return Day(moment.date(), moment.time() != time(0))
        case date():
            return Day(raw)
        case float() | int() if not isinstance(raw, bool) and 36526 <= raw < 73051:
            days = _rounded(raw * DAY_SECONDS) // DAY_SECONDS
            return Day(_EXCEL_DAY_ZERO + timedelta(days=days), noted=True)
        case str():
            text = fold(raw)
            return _day_text(text) or (_day_within(text, *window) if window else None)
    return None


def _day_within(text: str, since: date, until: date) -> Day | None:
    match = _NO_YEAR.fullmatch(re.sub(r"\s+", "", text))
    if not match:
        return None
    month, day = int(match["month"]), int(match["day"])
    found = []
    for year in range(since.year, until.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    within = [item for item in found if since <= item <= until]
    # Outside of the days, a round within one year still says which year was meant.
    meant = within or (found if since.year == until.year else [])
    return Day(meant[0], noted=True) if len(meant) == 1 else None


def _day_text(text: str) -> Day | None:
    match = _DATE.fullmatch(_BLANKS_BESIDE_SIGNS.sub("", text))
    plain = re.fullmatch(r"(20\d{2})(\d{2})(\d{2})", text)
    try:
        if match:
            parts = (int(match[name]) for name in ("year", "month", "day"))
            return Day(date(*parts), bool(match["behind"]))
        if plain:
            return Day(date(*map(int, plain.groups())), noted=True)
    except ValueError:
        pass
    return None
