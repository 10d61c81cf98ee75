"""How many whole weeks, months, terms ... of a round's period have passed (quotas are prorated)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date, timedelta

from inspections.round.round import Round
from rubrics.rules import PeriodLength

_MONTHS: dict[PeriodLength, int] = {"month": 1, "quarter": 3, "half_year": 6, "term": 5, "year": 12}
FULL_YEAR: dict[PeriodLength, int] = {
    "week": 52, "month": 12, "teaching_month": 12,
    "quarter": 4, "half_year": 2, "term": 2, "year": 1,
}  # fmt: skip
"""Whole periods in one year: what plain rows are scored by where no round says otherwise."""

TEACHING: tuple[PeriodLength, ...] = ("week", "teaching_month")
"""What holidays are no part of, where the round says when there is teaching."""

_DAY = timedelta(days=1)
_SATURDAY = 5


def elapsed_periods(settings: Round) -> dict[PeriodLength, int]:
    """Returns the number of whole periods of every length in the round's assessed period.

    1 January to 31 October is 10 months, 3 quarters, 1 half-year. A term is counted as five
    months, which is right up to two years. With ``teaching``, only those weeks and teaching
    months count of which every Monday to Friday lies in teaching time. ``elapsed`` in
    ``round.yaml`` overrides any of them.
    """
    since, end = settings.assessed.since, settings.assessed.until + _DAY
    months = (end.year - since.year) * 12 + end.month - since.month - (end.day < since.day)
    counted: dict[PeriodLength, int] = {name: months // length for name, length in _MONTHS.items()}
    counted["week"] = (end - since).days // 7
    counted["teaching_month"] = months
    if settings.teaching:
        taught = teaching_days(settings)
        weeks = {day - day.weekday() * _DAY for day in taught}
        counted["week"] = sum(taught >= {monday + n * _DAY for n in range(5)} for monday in weeks)
        firsts = {day.replace(day=1) for day in taught}
        counted["teaching_month"] = sum(taught >= set(_weekdays_of(first)) for first in firsts)
    return counted | dict(settings.elapsed)


def teaching_days(settings: Round) -> Set[date]:
    """Returns the Mondays to Fridays in teaching time within the assessed period."""
    period = settings.assessed
    return {
        day
        for span in settings.teaching
        for day in _days(max(span.since, period.since), min(span.until, period.until))
        if day.weekday() < _SATURDAY
    }


def _days(since: date, until: date) -> Iterator[date]:
    while since <= until:
        yield since
        since += _DAY


def _weekdays_of(first: date) -> Iterator[date]:
    following = (first.replace(day=28) + 4 * _DAY).replace(day=1)
    return (day for day in _days(first, following - _DAY) if day.weekday() < _SATURDAY)
