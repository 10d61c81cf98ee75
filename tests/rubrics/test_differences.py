"""Readings that are the difference of two times or two dates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from inspections.records.entries import understand
from rubrics.rules import Entry, Slot
from tests.rubrics.one_rule import problems, rubric, told

HOURS = {
    "label": "午餐", "measure": "minutes_between", "start": "烧熟", "end": "食用", "within": "≤120",
}  # fmt: skip
TWO = [{"range": "≤7", "points": 10}, {"range": ">7", "points": 0}]
DAYS: dict[str, Any] = {
    "kind": "bands", "label": "公示", "measure": "days_between", "start": "签合同日",
    "end": "公示日", "bands": TWO,
}  # fmt: skip


def threshold(**more: Any) -> dict[str, Any]:
    return {"kind": "threshold", "readings": [HOURS | more]}


@pytest.mark.parametrize(
    "rule",
    [
        threshold(start=""),
        threshold(samples=3),
        threshold(measure="time", within="≤8:20"),
        DAYS | {"end": ""},
        DAYS | {"mean_of": 3},
        DAYS | {"measure": "number"},
    ],
)
def test_a_pair_is_named_whole_and_taken_once(rule: dict[str, Any]) -> None:
    assert [item.code for item in problems(rule)] == ["rubric-value"]


def test_a_difference_has_a_unit_and_its_range_is_in_it() -> None:
    (item,) = rubric(threshold()).indicators
    assert item.rule.describe(item.points) == (
        "午餐，烧熟到食用（过零点的算第二天）应不超过 120 分钟，否则不得分"
    )
    assert told(threshold(within="≤2:00"))[0][0] == "rubric-unit"
    (days,) = rubric(DAYS).indicators
    assert days.rule.describe(days.points).startswith("签合同日到公示日不超过 7 天得 10 分")


@pytest.mark.parametrize(
    ("start", "end", "apart"), [(600, 720, 120), (1410, 130, 160), (600, 600, 0), (600, 599, 1439)]
)
def test_an_earlier_end_is_of_the_next_day(start: int, end: int, apart: int) -> None:
    (item,) = rubric(threshold(within=f">{apart}")).indicators
    entry = Entry({"start": Decimal(start), "end": Decimal(end)})
    (said,) = item.rule.losses(item.points, entry)
    assert f"相隔 {apart} 分钟" in said


def test_a_date_before_the_first_is_a_mistake_unless_it_may_be() -> None:
    (item,) = rubric(DAYS).indicators
    entry = Entry({"start": Decimal(46086), "end": Decimal(46078)})
    assert [wrong.code for wrong in item.rule.contradictions(entry, "A1")] == ["entry-out-of-range"]
    (other,) = rubric(DAYS | {"domain": "(-∞, ∞)"}).indicators
    assert list(other.rule.contradictions(entry, "A1")) == []
    assert list(other.rule.losses(other.points, entry)) == []


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2026-3-5", 46086),
        ("2026年3月5日", 46086),
        ("20260305", 46086),
        ("3月5日", None),
        ("1926-3-5", None),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, value: int | None) -> None:
    found, _ = understand(Slot("start", "签合同日", "date"), typed)
    assert found == (None if value is None else Decimal(value))


def test_of_several_pairs_each_cell_and_each_loss_says_whose_it_is() -> None:
    two = [HOURS | {"id": name, "label": name, "each": 1} for name in ("东楼", "西楼")]
    (item,) = rubric({"kind": "threshold", "readings": two}).indicators
    labels = [slot.label for slot in item.rule.slots(item.points)]
    assert labels == ["东楼：烧熟", "东楼：食用", "西楼：烧熟", "西楼：食用"]
    times = {"东楼.start": 600, "东楼.end": 610, "西楼.start": 600, "西楼.end": 730}
    (said,) = item.rule.losses(item.points, Entry({k: Decimal(v) for k, v in times.items()}))
    assert said.startswith("西楼：烧熟 10:00，食用 12:10，相隔 130 分钟，应不超过 120 分钟")
