"""Bonuses by bands, and under the cap of a dimension."""

from __future__ import annotations

from typing import Any

import pytest

from rubrics.checking import check
from rubrics.language.rubric import Rubric
from tests.rubrics.one_rule import plain, problems, rubric, told

POINTS = {"kind": "points"}
BANDS = [{"range": "≥35", "points": 10}, {"range": "<35", "points": 0}]


def bonus(*rules: dict[str, Any]) -> dict[str, Any]:
    items = [
        {"id": f"J{n}", "title": "加分", "rule": {"kind": "bonus", **rule}}
        for n, rule in enumerate(rules)
    ]
    return {"cap": 10, "items": items}


def test_a_bonus_by_bands_says_so() -> None:
    one = rubric(POINTS, bonus=bonus({"bands": BANDS, "unit": "人", "label": "录取"}))
    (extra,) = one.extras
    assert extra.rule.describe() == "录取不少于 35 人 加 10 分；不足 35 加 0 分"
    assert (extra.rule.most, extra.rule.slots()[0].label) == (10, "录取")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"bands": BANDS, "each": 1, "limit": 2}, "rubric-value"),
        ({"each": 1}, "rubric-value"),
        ({"each": 1, "limit": 2, "label": "人数"}, "rubric-value"),
        ({"bands": [BANDS[0], {"range": "<30", "points": 0}]}, "rubric-bands-gap"),
        ({"bands": [BANDS[0], {"range": "<35", "points": 10}]}, "rubric-rule-points"),
        ({"each": 0, "limit": 2}, "rubric-rule-points"),
        ({"each": 1, "limit": 2, "dimension": "B"}, "rubric-bonus-dimension"),
    ],
)
def test_a_bonus_that_makes_no_sense_is_told(rule: dict[str, Any], code: str) -> None:
    assert [item.code for item in problems(POINTS, bonus=bonus(rule))] == [code]


def test_one_family_stays_in_one_dimension_and_a_cap_holds_for_some_bonus() -> None:
    one = {"each": 1, "limit": 2, "family": "奖"}
    found = told(POINTS, bonus=bonus(one, one | {"dimension": "A"}))
    assert [code for code, _ in found] == ["rubric-value"]
    made = plain(POINTS, bonus=bonus(one))
    made["dimensions"][0]["bonus_cap"] = 3
    assert [item.code for item in check(Rubric.model_validate(made))] == ["rubric-unreachable"]


def test_an_item_that_is_worth_more_than_all_may_be_is_told() -> None:
    (found,) = problems(POINTS, bonus=bonus({"each": 2, "limit": 12}))
    assert (found.code, found.severity) == ("rubric-unreachable", "warning")
    assert "最多 12 分，合计上限只有 10 分" in found.message
    made = plain(POINTS, bonus=bonus({"each": 1, "limit": 4, "dimension": "A"}))
    made["dimensions"][0]["bonus_cap"] = 3
    (found,) = check(Rubric.model_validate(made))
    assert "的加分上限只有 3 分" in found.message


def test_a_group_that_is_not_written_beside_those_that_are_is_the_cause_of_a_wrong_sum() -> None:
    made = plain(POINTS)
    (item,) = made["dimensions"][0]["indicators"]
    points = made["dimensions"][0]["points"]
    first = item | {"id": "A1", "group": "课程"}
    made["dimensions"][0] |= {
        "groups": {"课程": points},
        "indicators": [first, item | {"id": "A2", "group": "课成"}],
    }
    (found,) = check(Rubric.model_validate(made))
    assert found.code == "rubric-weight"
    assert "A2 的“课成”组不在 A 的 groups 里（有：课程）" in found.message


def test_a_mistyped_name_of_a_group_that_is_written_is_told_once() -> None:
    made = plain(POINTS)
    (item,) = made["dimensions"][0]["indicators"]
    made["dimensions"][0] |= {
        "groups": {"课成": made["dimensions"][0]["points"] / 2},
        "indicators": [{**item, "id": name, "group": "课程"} for name in ("A1", "A2")],
    }
    found = check(Rubric.model_validate(made))
    assert {it.code for it in found} == {"rubric-weight"}
    assert all("“课程”组不在 A 的 groups 里（有：课成）" in it.message for it in found)
