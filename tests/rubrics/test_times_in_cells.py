"""Times that a spreadsheet keeps a hair off are the times that were meant."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from rubrics.tables.seconds import hours
from rubrics.workbook.cells import Column, Raw, from_cell

DAY = Column("自", ("from",), "day")


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (datetime(2025, 12, 31, 23, 59, 59, 999_700), "2026-01-01"),
        (datetime(2026, 1, 1, 0, 0, 0, 300), "2026-01-01"),
        (datetime(2026, 3, 1, 8, 19, 59, 995_000), "2026-03-01 8:20"),
        (time(8, 19, 59, 995_000), "8:20"),
        (time(8, 19, 59), "8:19:59"),
        (timedelta(hours=8, minutes=19, seconds=59, microseconds=995_000), "8:20"),
        (timedelta(hours=26), "26:00"),
    ],
)
def test_times_are_rounded_to_the_second(raw: Raw, meant: str) -> None:
    assert from_cell(DAY, raw) == meant


def test_the_last_second_of_a_day_stays_in_it() -> None:
    assert hours(time(23, 59, 59, 999_999)) == "23:59:59"
