"""Moments as spreadsheets keep them, at the second that was meant.

They are parts of a day, so that 8:20 made by adding minutes may stand there as 8:19:59.995: what is
shown or read of them is rounded to the second first, and never cut.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

DAY_SECONDS = 86_400


def to_second(moment: datetime) -> datetime:
    """Returns a moment at the nearest full second."""
    up = timedelta(seconds=1) if moment.microsecond >= 500_000 else timedelta(0)
    return moment.replace(microsecond=0) + up


def time_to_second(moment: time) -> time:
    """Returns a time of day at the nearest full second; the last one of a day stays the last."""
    seconds = min(seconds_of(moment), DAY_SECONDS - 1)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def seconds_of(moment: time | timedelta) -> int:
    """Returns the seconds since midnight, or of a span: half a second less counts as full."""
    if isinstance(moment, timedelta):
        return (moment + timedelta(milliseconds=500)) // timedelta(seconds=1)
    whole = moment.hour * 3600 + moment.minute * 60 + moment.second
    return whole + (moment.microsecond >= 500_000)


def hours(moment: time | timedelta) -> str:
    """Returns ``8:20``, or ``8:20:05`` where there are seconds: they may be what matters."""
    seconds = seconds_of(moment)
    if isinstance(moment, time):
        seconds = min(seconds, DAY_SECONDS - 1)
    rest = f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}{rest}"
