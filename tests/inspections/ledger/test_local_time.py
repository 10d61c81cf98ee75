"""Times of the ledger as the office's clocks show them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from inspections.ledger.local_time import local_time


@pytest.fixture
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system sets its zone elsewhere")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Shanghai", "2026-11-28 07:51:02（UTC+08:00）"),
        ("UTC", "2026-11-27 23:51:02（UTC+00:00）"),
        ("Asia/Kolkata", "2026-11-28 05:21:02（UTC+05:30）"),
    ],
    indirect=["zone"],
)
@pytest.mark.usefixtures("zone")
def test_a_time_is_shown_with_its_zone(shown: str) -> None:
    assert local_time("2026-11-27T23:51:02+00:00") == shown


@pytest.mark.parametrize("text", ["", "昨天", "2026-11-27T23:51:02"])
def test_what_has_no_zone_is_shown_as_it_is(text: str) -> None:
    assert local_time(text) == text
