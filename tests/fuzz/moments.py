"""Days and times, whatever type they have: one moment is the same as a number, a text or a date.

A spreadsheet keeps 8:20 as a fraction of a day, shows it as a time of the 30th of December 1899,
or writes it as ISO 8601 text; a program that reads it makes a time, a date with a time, or a span
of it. All of those are the same moment where they differ by half a second at most.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

HALF_A_SECOND: Final = 0.5
_DAY: Final = 86_400
_EPOCH: Final = datetime(1899, 12, 30)
_FROM_1904: Final = 1462
_NO_DAYS: Final = (0, 1, _FROM_1904)
"""What stands for "no day" in a moment that is only a time: which one, programs differ over."""

_SPAN = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def seconds(raw: object) -> float | None:
    """Returns a moment in seconds, counted from the day that a spreadsheet counts from; None
    where it is none.
    """
    match raw:
        case datetime():
            return (raw.replace(tzinfo=None) - _EPOCH).total_seconds()
        case date():
            return (datetime.combine(raw, time()) - _EPOCH).total_seconds()
        case time():
            return raw.hour * 3600 + raw.minute * 60 + raw.second + raw.microsecond / 1e6
        case timedelta():
            return raw.total_seconds()
    return None


def written(text: str) -> float | None:
    """Returns the seconds of a moment that is written as a number or by ISO 8601."""
    span = _SPAN.fullmatch(text)
    if span is not None and text != "P":
        days, hours, minutes, rest = (float(item or 0) for item in span.groups()[1:])
        found = days * _DAY + hours * 3600 + minutes * 60 + rest
        return -found if span[1] else found
    for kind in (datetime, date, time):
        try:
            return seconds(kind.fromisoformat(text))
        except ValueError:
            continue
    try:
        return float(text) * _DAY
    except ValueError:
        return None


def same_moment(raw: object, text: str, epoch: int = 0) -> bool:
    """Whether what was read is the moment that is written; ``epoch``: days to add to a number of
    a workbook that counts from 1904.
    """
    found, there = seconds(raw), written(text)
    if found is None or there is None:
        return False
    later = (0, epoch * _DAY) if isinstance(raw, date) else (0,)
    if any(abs(found - there - more) <= HALF_A_SECOND for more in later):
        return True
    day, within = divmod(found, _DAY)
    return day in _NO_DAYS and 0 <= there < _DAY and abs(within - there) <= HALF_A_SECOND
