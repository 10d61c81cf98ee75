"""A range and its readings have one unit; where they have not, the rubric is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.checking import check
from rubrics.language.rubric import Rubric
from rubrics.values.amounts import in_per_cent, parse_amount
from rubrics.values.ranges import parse_range

PLAIN, PERCENT, TIME, FRACTION = "60", "60%", "8:20", "2/3"


def rubric(rule: dict[str, Any], **more: Any) -> Rubric:
    indicator = {"id": "A1", "title": "一项", "points": 10, "basis": ["N"], "method": ["查阅档案"]}
    dimension = {"id": "A", "title": "一级", "points": 10}
    made: dict[str, Any] = {
        "id": "e", "version": "1", "title": "样例", "points": 10,
        "dimensions": [dimension | {"indicators": [indicator | {"rule": rule} | more]}],
        "grades": [{"grade": "全部", "range": "≥0"}], "documents": {"N": {"title": "文件"}},
    }  # fmt: skip
    return Rubric.model_validate(made)


def units(rule: dict[str, Any], **more: Any) -> list[str]:
    """Where units are told not to fit, as the last keys on the way down."""
    found = check(rubric(rule, **more))
    places = [item.place.cell for item in found if item.code == "rubric-unit"]
    return [place.partition("indicators.0.")[2] for place in places]


def bands(edge: str, **more: Any) -> dict[str, Any]:
    two = [{"range": f"≥{edge}", "points": 10}, {"range": f"<{edge}", "points": 0}]
    return {"kind": "bands", "label": "读数", "bands": two, **more}


def threshold(edge: str, **more: Any) -> dict[str, Any]:
    return {"kind": "threshold", "readings": [{"label": "读数", "within": f"≥{edge}", **more}]}


def linear(edge: str, **more: Any) -> dict[str, Any]:
    return {"kind": "linear", "label": "读数", "full": edge, **more}


FITS = [
    ({}, {PLAIN}),
    ({"unit": "分钟"}, {PLAIN}),
    ({"unit": "%"}, {PLAIN, PERCENT}),
    ({"unit": "％"}, {PLAIN, PERCENT}),
    ({"unit": "百分比"}, {PLAIN, PERCENT}),
    ({"measure": "time"}, {TIME}),
    ({"measure": "count", "unit": "人"}, {PLAIN}),
]


@pytest.mark.parametrize("edge", [PLAIN, PERCENT, TIME, FRACTION])
@pytest.mark.parametrize(("reading", "fits"), FITS)
def test_a_range_has_the_unit_of_its_reading(
    reading: dict[str, str], fits: set[str], edge: str
) -> None:
    assert (units(bands(edge, **reading)) == []) == (edge in fits)
    assert (units(threshold(edge, **reading)) == []) == (edge in fits)
    if "measure" not in reading and edge != FRACTION:
        assert (units(linear(edge, **reading)) == []) == (edge in fits)


def test_it_is_told_at_the_range() -> None:
    assert units(bands(PERCENT, unit="分钟")) == ["rule.bands.0.range", "rule.bands.1.range"]
    assert units(threshold(TIME, unit="小时")) == ["rule.readings.0.within"]
    assert units(threshold(PLAIN, domain="[0, 100%]")) == ["rule.readings.0.domain"]
    assert units(linear(PERCENT)) == ["rule.full"]
    assert units(threshold(TIME, measure="time", unit="%")) == ["rule.readings.0.within"]


def test_parts_of_a_composite_and_dated_rules_are_looked_at_too() -> None:
    parts = [{"id": "a", "rule": bands(PERCENT)}, {"id": "b", "rule": {"kind": "all_or_none"}}]
    odd = {"kind": "composite", "combine": "min", "parts": parts}
    assert units(odd)[0].startswith("rule.parts.0.rule.bands")
    before = {"until": "2025-08-31", "basis": ["N"], "rule": threshold(PERCENT, unit="分钟")}
    assert units(threshold(PLAIN, unit="分钟"), effective=[before]) == [
        "effective.0.rule.readings.0.within"
    ]


@pytest.mark.parametrize(
    ("rule", "at_least", "fits"),
    [
        (threshold("90%", unit="%"), "90%", True),
        (threshold("90%", unit="%"), 90, True),
        (threshold("90%", unit="%"), "0.9", False),
        (threshold("90%", unit="%"), "0.9%", True),
        (threshold("8:20", measure="time"), "9:00", True),
        (threshold("8:20", measure="time"), 9, False),
        (threshold("60", unit="分钟"), "90%", False),
        (threshold("60", unit="分钟"), "1:30", False),
        ({"kind": "deduct", "faults": [{"label": "缺", "each": 1}]}, "50%", False),
        ({"kind": "deduct", "faults": [{"label": "缺", "each": 1}]}, 3, True),
    ],
)
def test_what_sets_off_a_red_line_has_the_unit_of_its_cell(
    rule: dict[str, Any], at_least: object, fits: bool
) -> None:
    triggers = [{"part": "", "at_least": at_least}]
    line = {"title": "线", "triggers": triggers, "consequence": {"award_lost": True}}
    assert (units(rule, red_lines=[line]) == []) == fits
    assert (units(rule, key={"triggers": triggers}) == []) == fits


@pytest.mark.parametrize(
    ("edge", "fits"),
    [("0.9", False), ("1", False), ("0.9%", True), ("1%", True), ("1.5", True), ("90%", True)],
)
def test_a_share_for_a_percentage_is_asked_about(edge: str, fits: bool) -> None:
    for rule in (bands(edge, unit="%"), threshold(edge, unit="%"), linear(edge, unit="%")):
        assert (units(rule) == []) == fits


@pytest.mark.parametrize("edge", ["≥90%", "≥8:20"])
def test_a_grade_goes_by_points(edge: str) -> None:
    of = rubric({"kind": "all_or_none"})
    odd = of.model_copy(update={"grades": (of.grades[0].model_copy(
        update={"range": parse_range(edge)}),)})  # fmt: skip
    assert [(it.code, it.place.cell) for it in check(odd)] == [("rubric-unit", "grades.0.range")]


@pytest.mark.parametrize("edge", ["≥90%", "≥8:20", "≥1/2"])
def test_a_number_of_a_school_is_compared_with_numbers(edge: str) -> None:
    odd = rubric({"kind": "all_or_none"}, when={"就餐人数": edge})
    assert [item.code for item in check(odd)] == ["rubric-trait-value"]


def test_a_ratio_takes_shares_and_exact_fractions() -> None:
    def ratio(*edges: str, **more: Any) -> list[str]:
        two = [
            {"range": f"≥{edges[0]}", "points": 10},
            {"range": f"<{edges[-1]}", "points": 0},
        ]
        rule = {"kind": "ratio", "numerator": "到会", "denominator": "应到", "bands": two, **more}
        return [item.code for item in check(rubric(rule))]

    assert ratio("2/3") == ratio("90%") == ratio("0.9") == ratio("50%", "1/2") == []
    assert ratio("2/3", "66.67%") == ["rubric-bands-overlap"]
    assert ratio("80") == ["rubric-unit", "rubric-unit"]
    assert ratio("8:20") == ["rubric-unit", "rubric-unit"]
    assert ratio("7.5", quotient="平方米/人") == []
    assert ratio("90%", quotient="平方米/人") == ["rubric-unit", "rubric-unit"]


@settings(max_examples=200)
@given(
    reading=st.sampled_from([unit for unit, _ in FITS]),
    written=st.lists(
        st.sampled_from(["5", "60", "5%", "60%", "8:20", "1/3", "0.6"]),
        min_size=2, max_size=2, unique_by=lambda text: parse_amount(text).share,
    ),
)  # fmt: skip
def test_no_unit_passes_in_silence(reading: dict[str, str], written: list[str]) -> None:
    """Whatever is written for whatever reading: it fits, or something is said of it."""
    low, high = sorted(written, key=lambda text: parse_amount(text).share)
    rule = bands("60", **reading) | {
        "bands": [
            {"range": f"<{low}", "points": 0},
            {"range": f"[{low}, {high})", "points": 5},
            {"range": f"≥{high}", "points": 10},
        ]
    }
    kinds = {parse_amount(text).kind for text in written}
    wanted = {"number"}
    if reading.get("measure") == "time":
        wanted = {"time"}
    elif in_per_cent(reading.get("unit", "")):
        wanted = {"number", "percent"}
    said = {item.code for item in check(rubric(rule))}
    if not kinds <= wanted:
        assert "rubric-unit" in said
    if not said and wanted == {"number", "percent"}:
        # Both are per cent, in order, and neither is a share that has lost its sign.
        ends = [Decimal(parse_amount(text).value) for text in (low, high)]
        assert ends == sorted(ends) and max(ends) > 1
