"""A percentage above 100 is none unless a rubric foresees it: on the sheet as for the reader."""

from __future__ import annotations

from typing import Any

import pytest

from inspections.records.record import State
from inspections.workbook.drawing.validations import slot_validation
from rubrics.language.slots import slots
from scoring.trial.tables import table_of
from scoring.trial.trying import try_table
from tests.rubrics.test_units import bands, linear, rubric, threshold

PER_CENT = {"unit": "%"}
CAPPED = [
    bands("90%", **PER_CENT),
    bands("90", **PER_CENT),
    threshold("90%", **PER_CENT),
    linear("100%", **PER_CENT),
]
FREE = [
    bands("120%", **PER_CENT),
    bands("90%", **PER_CENT, domain="[0, 200]"),
    bands("90%", **PER_CENT, domain="[0, ∞)"),
    threshold("90%", **PER_CENT, domain="≥0"),
    threshold("110%", **PER_CENT),
    linear("120%", **PER_CENT),
    bands("90", unit="人"),
]


@pytest.mark.parametrize("typed", [105, "850", "105%"])
@pytest.mark.parametrize("rule", CAPPED)
def test_it_is_refused(rule: dict[str, Any], typed: object) -> None:
    scores, problems = try_table(rubric(rule), table_of([{"school": "甲", "A1": typed}]))
    assert scores is not None
    assert problems[0].code == "entry-out-of-range"
    assert "%" in problems[0].message
    assert scores.schools[0].indicators[0].state is State.UNCHECKED


@pytest.mark.parametrize("rule", CAPPED)
def test_a_hundred_is_read_and_the_sheet_says_the_same(rule: dict[str, Any]) -> None:
    made = rubric(rule)
    scores, _ = try_table(made, table_of([{"school": "甲", "A1": 100}]))
    assert scores is not None
    assert scores.schools[0].indicators[0].state is State.CHECKED
    (slot,) = slots(made.indicators[0])
    admitted = slot_validation(slot)
    assert admitted.get("maximum", admitted.get("value")) == 100


@pytest.mark.parametrize("rule", FREE)
def test_what_a_rubric_foresees_is_read(rule: dict[str, Any]) -> None:
    scores, _ = try_table(rubric(rule), table_of([{"school": "甲", "A1": 105}]))
    assert scores is not None
    assert scores.schools[0].indicators[0].state is State.CHECKED
