"""Working days of China: days off of the State Council, and the weekends worked in their place.

A kept list knows them for the years that were announced; in a year that it does not know yet,
Monday to Friday are counted, and who prints such a deadline says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_ONE: Final = timedelta(days=1)
_SATURDAY: Final = 5

PROVISIONAL: Final = "（{years}年的放假安排还没有收入，按周一至周五计）"
"""What is said of a deadline that was counted without knowing the holidays of its years."""


def is_working_day(day: date) -> bool:
    """Returns whether people work on a day; Monday to Friday in a year that is not known."""
    # The list takes its time to load, and few count days.
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY


def is_known(year: int) -> bool:
    """Returns whether the holidays of a year are known."""
    from chinese_calendar import is_workday

    try:
        is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def last_day(since: date, days: int, *, working: bool = False) -> date:
    """Returns the last day of a term of so many days; the day itself is not counted.

    ``working``: only working days are counted.
    """
    if not working:
        return since + timedelta(days=days)
    day = since
    while days:
        day += _ONE
        days -= is_working_day(day)
    return day


def provisional(since: date, until: date) -> tuple[int, ...]:
    """Returns the years from ``since`` to ``until`` of which no holidays are known."""
    return tuple(year for year in range(since.year, until.year + 1) if not is_known(year))
