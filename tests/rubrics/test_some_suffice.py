"""Of requirements, things, readings and dimensions some suffice; what is wrong with such rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from rubrics.rules import Entry
from tests.rubrics.one_rule import problems, rubric, told

THREE = [{"id": name, "label": name} for name in ("甲", "乙", "丙")]


def readings(**more: Any) -> dict[str, Any]:
    two = [
        {"id": "热", "label": "热餐", "unit": "℃", "within": "≥60", "optional": True},
        {"id": "冷", "label": "冷藏", "unit": "℃", "within": "≤8", "optional": True},
    ]
    return {"kind": "threshold", "readings": two, **more}


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        ({"kind": "all_or_none", "requirements": THREE, "at_least": 4}, "at_least"),
        ({"kind": "all_or_none", "at_least": 1}, "at_least"),
        ({"kind": "checklist", "each": 1, "items": THREE, "at_least": 4}, "at_least"),
        (readings(at_least=3), "at_least"),
    ],
)
def test_no_more_are_asked_for_than_there_are(rule: dict[str, Any], place: str) -> None:
    assert told(rule) == [("rubric-value", place)]


def test_all_readings_may_be_left_out_only_where_some_are_asked_for() -> None:
    (found,) = problems(readings())
    assert (found.code, "at_least" in dict(found.params)["detail"]) == ("rubric-value", True)
    assert told(readings(at_least=1)) == []


def test_demands_of_single_things_would_ask_for_more_than_is_needed() -> None:
    demand = {"rectify": {"demand": "请补。", "days": 15}}
    own = [THREE[0] | demand, *THREE[1:]]
    for rule in (
        {"kind": "all_or_none", "requirements": own, "at_least": 1},
        {"kind": "checklist", "each": 1, "items": own, "at_least": 2},
    ):
        assert [item.code for item in problems(rule)] == ["rubric-value"]
    plain = {"kind": "all_or_none", "requirements": THREE, "at_least": 2}
    (item,) = rubric(plain).indicators
    lacking = Entry({"甲": Decimal(1), "乙": Decimal(0), "丙": Decimal(0)})
    assert list(item.rule.asks(item.points, lacking)) == [None]
    assert list(item.rule.losses(item.points, lacking)) == [
        "乙、丙不符合要求（符合 1 条，应至少 2 条）"
    ]
    enough = Entry({"甲": Decimal(1), "乙": Decimal(0), "丙": Decimal(1)})
    assert list(item.rule.asks(item.points, enough)) == []
    assert list(item.rule.losses(item.points, enough)) == []


def test_dimensions_that_are_asked_for_exist() -> None:
    grades = [
        {"grade": "好", "range": "≥9", "dimensions_reach": {"at_least": 2, "share": "60%"}},
        {"grade": "其他", "range": "<9"},
    ]
    (found,) = problems({"kind": "points"}, grades=grades)
    assert (found.code, found.place.cell.endswith("dimensions_reach.at_least")) == (
        "rubric-value",
        True,
    )


def test_two_grades_of_one_range_may_be_told_apart_by_shares_of_some() -> None:
    for condition in (
        {"at_least": {"A1": "60%"}},
        {"dimensions_reach": {"at_least": 1, "share": 1}},
    ):
        grades = [
            {"grade": "好", "range": "≥9", **condition},
            {"grade": "中", "range": "≥9"},
            {"grade": "其他", "range": "<9"},
        ]
        assert told({"kind": "points"}, grades=grades) == []


def test_several_samples_say_what_is_taken_of_them() -> None:
    bands = [{"range": "≤60", "points": 10}, {"range": ">60", "points": 0}]
    rule = {"kind": "bands", "label": "时长", "samples": 4, "bands": bands}
    (found,) = problems(rule)
    detail = dict(found.params)["detail"]
    assert (found.code, found.place.cell.endswith("rule.samples")) == ("rubric-value", True)
    assert all(word in detail for word in ("mean_of", "median_of", "worst_of"))
    del rule["samples"]
    for word in ("mean_of", "median_of", "worst_of"):
        assert told(rule | {word: 4}) == []
    assert told(rule | {"mean_of": 4, "worst_of": 4})[0][0] == "rubric-value"
    (item,) = rubric(rule | {"worst_of": 4}).indicators
    entry = Entry({"1": Decimal(50), "3": Decimal(61)})
    assert list(item.rule.losses(item.points, entry)) == [
        "时长 最差的一个 61（50、61）（超过 60），计 0 分"
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"per_point": "0.1"},
        {"full": "95%", "part_points": "whole"},
        {"full": "95%", "each": 1, "per_point": "0.1"},
        {"full": "7.5", "quotient": "台/人", "per_point": "0.1"},
        {"full": "95%", "every": 100},
    ],
)
def test_a_ratio_is_reckoned_in_one_way(more: dict[str, Any]) -> None:
    rule = {"kind": "ratio", "numerator": "有", "denominator": "应有", **more}
    assert [item.code for item in problems(rule)] == ["rubric-value"]


def test_a_banded_ratio_tells_no_loss_at_its_best() -> None:
    bands = [{"range": "≥90%", "points": 10}, {"range": "<90%", "points": 4}]
    rule = {"kind": "ratio", "numerator": "有", "denominator": "应有", "bands": bands}
    (item,) = rubric(rule).indicators
    for have, told_so in ((19, []), (17, ["应有 20，有 17（85%）"])):
        entry = Entry({"have": Decimal(have), "due": Decimal(20)})
        assert list(item.rule.losses(item.points, entry)) == told_so
