"""A unit of hundreds or thousands comes with an example: 780 persons are 7.8 百人."""

from __future__ import annotations

import pytest

from inspections.workbook.drawing.validations import slot_validation
from rubrics.rules import Slot


@pytest.mark.parametrize(
    ("unit", "entry", "example"),
    [
        ("百人", "number", "780 人填 7.8"),
        ("百人", "count", "800 人填 8"),
        ("千册", "number", "7800 册填 7.8"),
        ("万元", "number", "78000 元填 7.8"),
    ],
)
def test_the_prompt_has_an_example(unit: str, entry: str, example: str) -> None:
    hint = slot_validation(Slot("", "人数", entry, unit))["input_message"]  # type: ignore[arg-type]
    assert example in hint


@pytest.mark.parametrize("unit", ["人", "千克", "千瓦时", "百分点", "千米", "", "个百分点"])
def test_other_units_have_none(unit: str) -> None:
    assert "填 7.8" not in slot_validation(Slot("", "数", "number", unit))["input_message"]
