"""How many whole weeks, months, terms ... of a round's period have passed (quotas are prorated)."""

from __future__ import annotations

from datetime import timedelta

from inspections.round.round import Round
from rubrics.rules import PeriodLength

_MONTHS: dict[PeriodLength, int] = {"month": 1, "quarter": 3, "half_year": 6, "term": 5, "year": 12}
FULL_YEAR: dict[PeriodLength, int] = {
    "week": 52, "month": 12, "quarter": 4, "half_year": 2, "term": 2, "year": 1,
}  # fmt: skip
"""Whole periods in one year: what plain rows are scored by where no round says otherwise."""


def elapsed_periods(settings: Round) -> dict[PeriodLength, int]:
    """Returns the number of whole periods of every length in the round's assessed period.

    1 January to 31 October is 10 months, 3 quarters, 1 half-year. A term is counted as five
    months, which is right up to two years; ``elapsed`` in ``round.yaml`` overrides any of them.
    """
    since, end = settings.assessed.since, settings.assessed.until + timedelta(days=1)
    months = (end.year - since.year) * 12 + end.month - since.month - (end.day < since.day)
    counted: dict[PeriodLength, int] = {name: months // length for name, length in _MONTHS.items()}
    counted["week"] = (end - since).days // 7
    return counted | dict(settings.elapsed)
