"""Moments and spans of time as forms write them, each text once."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from inspections.records.numbers import fold

UNKNOWN: Final = -1

_MOMENT: Final = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?)?[秒分]?)?"
)
_SPAN: Final = re.compile(
    r"(?:(\d+)(?:天|d))?(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|m|min))?(?:(\d+)(?:\.\d+)?(?:秒|s)?)?"
)
_CLOCK: Final = re.compile(r"(\d+):(\d{1,2})(?::(\d{1,2}))?")


def moment(text: str) -> int:
    """Returns seconds since 1970 of a moment, as the form's clock had it; -1 where it is none."""
    found = _MOMENT.fullmatch(fold(text))
    if not found:
        return UNKNOWN
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())
    except (ValueError, OverflowError):
        return UNKNOWN


def span(text: str) -> int:
    """Returns the seconds of a span (``123秒``, ``2分3秒``, ``00:02:03``); -1 where it is none."""
    bare = "".join(fold(text).split())
    if found := _CLOCK.fullmatch(bare):
        first, second, third = found.groups()
        if third is None:
            return int(first) * 60 + int(second)
        return int(first) * 3600 + int(second) * 60 + int(third)
    found = _SPAN.fullmatch(bare)
    if not found or not any(found.groups()) or len(bare) > 20:
        return UNKNOWN
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
