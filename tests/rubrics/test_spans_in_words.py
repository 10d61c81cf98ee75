"""Ranges in words: read back by other means, they hold the same numbers."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.values.conditions import Condition, ConditionText
from rubrics.values.range_words import span_text
from rubrics.values.ranges import Range, parse_range
from rubrics.workbook.condition_text import condition_of

_LEAST = ("不少于", "不低于", "不早于")
_OVER = ("超过", "高于", "晚于")
_MOST = ("不超过", "不高于", "不晚于")
_UNDER = ("不足", "低于", "早于")


def number(text: str) -> Fraction:
    """Written figures as shares, minutes or plain numbers."""
    if clock := re.fullmatch(r"(\d+):(\d\d)", text):
        return Fraction(int(clock[1]) * 60 + int(clock[2]))
    return Fraction(text.rstrip("%"))


def holds(words: str, value: Fraction) -> bool:
    """Whether a value lies in what the words say; an independent reading of them."""
    if words == "不限":
        return True
    if found := re.fullmatch(r"(-?[\d.:/%]+)～(-?[\d.:/%]+)", words):
        return number(found[1]) <= value <= number(found[2])
    if re.fullmatch(r"-?[\d.:/%]+", words):
        return value == number(words)
    met = []
    for part in words.split("、"):
        found = re.fullmatch(r"(\D+) (-?[\d.:/%]+)", part)
        assert found, words
        sign, end = found[1], number(found[2])
        met.append(
            (sign in _LEAST and value >= end)
            or (sign in _OVER and value > end)
            or (sign in _MOST and value <= end)
            or (sign in _UNDER and value < end)
        )
        assert sign in _LEAST + _OVER + _MOST + _UNDER
    return all(met)


numbers = st.decimals(-500, 500, places=1).map(lambda value: f"{value.normalize():f}")
shares = st.integers(0, 100).map(lambda value: f"{value}%")
fractions = st.tuples(st.integers(0, 9), st.integers(1, 9)).map(lambda two: f"{two[0]}/{two[1]}")
times = st.integers(0, 1439).map(lambda value: f"{value // 60}:{value % 60:02}")


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, str]:
    """(measure, range as a rubric writes it)."""
    kind = draw(st.sampled_from([numbers, shares, fractions, times]))
    one = draw(kind)
    sign = draw(st.sampled_from(["≤", "<", "≥", ">", "=", "between"]))
    measure = "time" if kind is times else "number"
    if sign != "between":
        return measure, sign + one
    ends = sorted([one, draw(kind)], key=number)
    low, high = draw(st.sampled_from(["[", "("])), draw(st.sampled_from(["]", ")"]))
    if number(ends[0]) == number(ends[1]):
        low, high = "[", "]"
    return measure, f"{low}{ends[0]}, {ends[1]}{high}"


@given(spans(), st.sampled_from(["", "℃", "%", "分钟"]))
def test_words_hold_what_the_range_holds(given_span: tuple[str, str], unit: str) -> None:
    measure, text = given_span
    span = parse_range(text)
    words = span_text(span, measure, unit)
    if unit and words.endswith(f" {unit}"):
        words = words.removesuffix(f" {unit}")
    assert not set("[]()≤≥<>=") & set(words)
    for end in span.ends:
        for step in (Fraction(-1, 1000), Fraction(0), Fraction(1, 1000)):
            value = Fraction(end.value) + step
            assert holds(words, value) == (value in span), (text, words, value)


@pytest.mark.parametrize(
    ("text", "measure", "unit", "words"),
    [
        ("(60, 70]", "number", "分钟", "超过 60、不超过 70 分钟"),
        ("[4, 5)", "number", "", "不少于 4、不足 5"),
        ("≥90%", "number", "%", "不低于 90%"),
        ("≥90", "number", "%", "不低于 90 %"),
        ("[60%, 90%)", "number", "", "不低于 60%、低于 90%"),
        ("≥2/3", "number", "", "不低于 2/3"),
        ("[0, 8]", "number", "℃", "0～8 ℃"),
        ("<8:20", "time", "", "早于 8:20"),
        ("[8:10, 8:30]", "time", "", "8:10～8:30"),
        ("=3", "number", "次", "3 次"),
    ],
)
def test_as_people_write_them(text: str, measure: str, unit: str, words: str) -> None:
    assert span_text(parse_range(text), measure, unit) == words


def test_without_ends() -> None:
    assert span_text(Range(None, False, None, False, "(-∞, ∞)")) == "不限"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("≥7", "正式党员数不少于 7"),
        ("(3, 50]", "正式党员数超过 3、不超过 50"),
        ("[3, 7]", "正式党员数为 3～7"),
        ("=3", "正式党员数为 3"),
        (["<3", "≥50"], "正式党员数不足 3 或不少于 50"),
    ],
)
def test_conditions_are_told_in_words_and_kept_in_signs(
    values: str | list[str], words: str
) -> None:
    read = TypeAdapter(ConditionText).validate_python
    condition: Condition = read({"正式党员数": values})
    assert str(condition) == words
    if isinstance(values, str):
        assert read(condition_of(condition.notation)) == condition


def test_choices_stay_as_they_are() -> None:
    condition: Condition = TypeAdapter(ConditionText).validate_python(
        [{"学段": ["小学", "初中"], "寄宿": True}, {"有食堂": False}]
    )
    assert str(condition) == condition.notation == "学段为小学、初中且寄宿 或 非有食堂"


def test_no_rule_of_ours_is_told_in_brackets() -> None:
    told = [
        f"{item.rule.describe(item.points)}{item.when or ''}"
        for path in shipped().values()
        if (rubric := load_rubric(path)[0]) is not None
        for item in rubric.indicators
    ]
    assert len(told) > 100
    assert [text for text in told if re.search(r"[\[≤≥<>]|\(\d", text)] == []
    assert any("超过" in text or "不低于" in text for text in told)
