"""Facts of the sample read as what somebody saw, not as the name of a rule that was broken."""

from __future__ import annotations

from datetime import date

import pytest

from inspections.demo.county import county
from inspections.demo.filling import fill
from inspections.round.elapsed import FULL_YEAR
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.rules import AllOrNone, Grade, joined

SEEN: dict[str, dict[str, str]] = county().settings["seen"]


@pytest.mark.parametrize("name", shipped())
def test_whatever_is_only_in_order_or_not_has_a_fact(name: str) -> None:
    rubric, _ = load_rubric(shipped()[name])
    assert rubric is not None
    yes_or_no, known = set(), set()
    for indicator in rubric.indicators:
        for part in indicator.rule.simple_parts(indicator.points, {}):
            at = joined(indicator.id, part.id)
            if isinstance(part.rule, AllOrNone):
                keys = [item.id for item in part.rule.requirements] or [""]
                yes_or_no |= {joined(at, key) for key in keys}
            elif isinstance(part.rule, Grade):
                known.add(at)
    assert yes_or_no <= SEEN[name].keys() <= yes_or_no | known


@pytest.mark.parametrize("name", shipped())
def test_no_fact_of_the_sample_only_says_that_something_is_not_as_required(name: str) -> None:
    rubric, _ = load_rubric(shipped()[name])
    assert rubric is not None
    for school in county().schools:
        filled = fill(rubric, school, "甲", "乙", date(2026, 10, 14), FULL_YEAR)
        assert not [row.fault for row in filled.rows.values() if "不符合要求" in row.fault]
