"""Terms counted in days and in working days of China."""

from __future__ import annotations

from datetime import date

import pytest

from inspections.round.working_days import is_working_day, last_day, provisional


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 25), False),  # Mid-Autumn, a Friday
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),  # a Saturday in place of a day off
        (date(2026, 10, 11), False),
        (date(2030, 10, 1), True),  # nobody knows yet: a Tuesday
        (date(2030, 10, 5), False),
    ],
)
def test_holidays_and_the_weekends_worked_in_their_place(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_the_day_itself_is_not_counted() -> None:
    assert last_day(date(2026, 9, 21), 15) == date(2026, 10, 6)
    assert last_day(date(2026, 9, 21), 0, working=True) == date(2026, 9, 21)
    # 22 to 24 September, 28 to 30, 8 to 10 October with its Saturday, 12 October.
    assert last_day(date(2026, 9, 21), 10, working=True) == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        # Spring Festival 2026 is from 15 to 23 February; the Saturdays 14 and 28 are worked.
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 2, 25), 3, date(2026, 2, 28)),
        # National Day 2026 is from 1 to 7 October; Saturday 10 and Sunday 20 September are worked.
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        # Nobody knows 2030 yet: Monday to Friday are counted.
        (date(2030, 9, 30), 3, date(2030, 10, 3)),
    ],
)
def test_terms_over_holidays(since: date, days: int, due: date) -> None:
    assert last_day(since, days, working=True) == due


def test_years_of_which_no_holidays_are_known_are_told() -> None:
    assert provisional(date(2026, 12, 21), date(2026, 12, 30)) == ()
    assert provisional(date(2029, 12, 21), date(2030, 1, 5)) == (2029, 2030)
