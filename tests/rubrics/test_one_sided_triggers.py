"""A trigger that every entry meets, or none, is refused: it would red-line every school."""

from __future__ import annotations

from typing import Any

import pytest

from rubrics.checking import check
from tests.rubrics.test_units import linear, rubric, threshold

COUNTED = {"kind": "deduct", "faults": [{"label": "缺公示", "each": 1}]}
POINTS = {"kind": "points", "step": 1}
DEGREES = threshold("-18", unit="℃")
CLOCK = threshold("8:20", measure="time")
SHARE = threshold("90", unit="%")

CASES: list[tuple[dict[str, Any], object, bool]] = [
    (COUNTED, 0, False),
    (COUNTED, -1, False),
    (COUNTED, 1, True),
    (POINTS, 0, False),
    (POINTS, 11, False),
    (POINTS, 10, True),
    (threshold("60", unit="dB"), 0, False),
    (threshold("60", unit="dB", domain="[30, 120]"), 30, False),
    (threshold("60", unit="dB", domain="[30, 120]"), 121, False),
    (threshold("60", unit="dB", domain="[30, 120]"), 120, True),
    (DEGREES, -10, True),
    (DEGREES, 0, True),
    (threshold("0", unit="℃", domain="(-∞, ∞)"), 0, True),
    (CLOCK, "0:00", False),
    (CLOCK, "24:30", False),
    (CLOCK, "9:00", True),
    (SHARE, "101%", False),
    (SHARE, "100%", True),
    (linear("4"), 0, False),
    (linear("4"), 4, True),
]


@pytest.mark.parametrize(("rule", "least", "sense"), CASES)
@pytest.mark.parametrize("owner", ["key", "red_lines"])
def test_a_trigger_can_be_met_and_missed(
    rule: dict[str, Any], least: object, sense: bool, owner: str
) -> None:
    triggers = {"triggers": [{"part": "", "at_least": least}]}
    line = {"title": "红线", "consequence": {"award_lost": True}} | triggers
    more: dict[str, Any] = {"key": triggers} if owner == "key" else {"red_lines": [line]}
    found = [item for item in check(rubric(rule, **more)) if item.code == "rubric-trigger-value"]
    assert (not found) is sense, [item.message for item in found]


def test_it_says_what_every_entry_is() -> None:
    (found,) = [
        item
        for item in check(rubric(COUNTED, key={"triggers": [{"part": "", "at_least": 0}]}))
        if item.code == "rubric-trigger-value"
    ]
    assert "总会触发" in found.message
