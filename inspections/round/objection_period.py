"""Until when a school may object to a first opinion."""

from __future__ import annotations

from datetime import date

from inspections.round.round import Letters
from inspections.round.working_days import last_day


def last_day_of_objection(settings: Letters, received: date) -> date:
    """Returns the last day on which a school may object to what it received on a day.

    Working days, or days by the calendar where the round says so; the day itself is not counted.
    """
    if settings.objection_days is not None:
        return last_day(received, settings.objection_days)
    return last_day(received, settings.objection_working_days, working=True)


def term_of_objection(settings: Letters) -> tuple[int, str]:
    """Returns the number of days, and what they are called: ``(10, "个工作日")``."""
    if settings.objection_days is not None:
        return settings.objection_days, "日"
    return settings.objection_working_days, "个工作日"


def is_late(settings: Letters, since: str, received: str) -> bool:
    """Whether an objection came after its period; days in ISO 8601, ``since`` empty if unknown."""
    if not since:
        return False
    return date.fromisoformat(received) > last_day_of_objection(settings, date.fromisoformat(since))
