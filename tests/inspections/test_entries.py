"""What people type, in tables: the slot, what stands in the cell, what it comes to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.records.entries import (
    read_names,
    read_state,
    read_words,
    shown,
    understand,
)
from inspections.records.numbers import fold
from inspections.records.record import State
from rubrics.rules import Slot
from rubrics.values.ranges import parse_range

COUNT = Slot("", "发现", "count", "处", range=parse_range("[0, ∞)"))
TIMES = Slot("", "开会", "count", "次", range=parse_range("[0, ∞)"))
CLASSES = Slot("", "抽查", "count", "班次", range=parse_range("[0, ∞)"))
GRAMS = Slot("", "留样", "number", "g", range=parse_range("[0, 1000]"))
MINUTES = Slot("", "时长", "number", "分钟/日", range=parse_range("[0, ∞)"))
CELSIUS = Slot("", "冷冻", "number", "℃")
PERCENT = Slot("", "在线率", "number", "%", range=parse_range("[0, 100]"))
CLOCK = Slot("", "上课", "time", range=parse_range("[6:00, 12:00]"))
SCORE = Slot("", "得分", "points", "分", range=parse_range("[0, 5]"), step=Decimal("0.5"))
LISTED = Slot(
    "", "得分", "points", "分", range=parse_range("[0, 4]"), values=(Decimal(0), Decimal(4))
)
TAKEN = Slot("", "扣分", "points", "分", range=parse_range("[0, 2]"), deducts=True)
MET = Slot("a", "是否符合", "yes_no")
FLAG = Slot("f", "是否查实", "flag", options=("是", "否"))
LEVEL = Slot("", "等级", "choice", options=("A", "B", "C"))
VOTE = Slot("", "等级", "choice", options=("好", "较好", "差"))

SILENT = [
    (COUNT, 3.0, 3),
    (COUNT, 3, 3),
    (COUNT, "3", 3),
    (COUNT, " ３ ", 3),
    (COUNT, "3处", 3),
    (COUNT, "３ 处", 3),
    (COUNT, "1,200", 1200),
    (COUNT, "１，２００处", 1200),
    (GRAMS, "125g", 125),
    (GRAMS, "１２５．５ｇ", "125.5"),
    (CELSIUS, "-18℃", -18),
    (CELSIUS, "－１８", -18),
    (CELSIUS, "\u221218", -18),
    (CELSIUS, 0.1 + 0.2, "0.3"),
    (PERCENT, "90%", 90),
    (PERCENT, "９０％", 90),
    (PERCENT, "0.5%", "0.5"),
    (PERCENT, 0.0, 0),
    (SCORE, "5分", 5),
    (SCORE, 4.5, "4.5"),
    (LISTED, 4.0, 4),
    (TAKEN, 1.5, "1.5"),
    (CLOCK, "8:20", 500),
    (CLOCK, "8：20", 500),
    (CLOCK, " ０８：２０ ", 500),
    (CLOCK, time(8, 20), 500),
    (CLOCK, datetime(1899, 12, 31, 8, 20), 500),
    (CLOCK, timedelta(hours=8, minutes=20), 500),
    (MET, "√", 1),
    (MET, "✓", 1),
    (MET, "是 ", 1),
    (MET, "×", 0),
    (MET, "✗", 0),
    (MET, "否", 0),
    (FLAG, "是", 1),
    (FLAG, "×", 0),
    (LEVEL, "Ａ", "A"),
    (VOTE, "较好", "较好"),
]

NOTED = [
    (COUNT, "三处", 3),
    (COUNT, "十二", 12),
    (COUNT, "二十处", 20),
    (COUNT, "无", 0),
    (COUNT, "未发现", 0),
    (COUNT, "3个", 3),
    (CLASSES, "3班", 3),
    (TIMES, "3份", 3),
    (GRAMS, "125克", 125),
    (CELSIUS, "8度", 8),
    (CELSIUS, "8。5", "8.5"),
    (TAKEN, "-2", 2),
    (TAKEN, -2.0, 2),
    (TAKEN, "扣2分", 2),
    (TAKEN, "扣１．５", "1.5"),
    (TAKEN, "减一分", 1),
    (CLOCK, "8点20", 500),
    (CLOCK, "8点20分", 500),
    (CLOCK, "8时20分", 500),
    (CLOCK, "8点", 480),
    (CLOCK, "8点半", 510),
    (CLOCK, "上午8:20", 500),
    (CLOCK, "8:20 AM", 500),
    (CLOCK, "8.20", 500),
    (CLOCK, "8:20:30", 500),
    (CLOCK, 500 / 1440, 500),
    (CLOCK, datetime(2026, 3, 5, 8, 20), 500),
    (MET, "对", 1),
    (MET, "有", 1),
    (MET, 1.0, 1),
    (MET, True, 1),
    (MET, "错", 0),
    (MET, "无", 0),
    (MET, "x", 0),
    (MET, "部分", 0),
    (MET, "部分符合", 0),
    (FLAG, "无", 0),
    (FLAG, "有", 1),
    (LEVEL, "a", "A"),
    (LEVEL, "B级", "B"),
]

REPORTED = [
    (COUNT, "/", "entry-not-understood"),
    (COUNT, "—", "entry-not-understood"),
    (COUNT, "不清楚", "entry-not-understood"),
    (COUNT, "约3", "entry-not-understood"),
    (COUNT, "3-5", "entry-not-understood"),
    (COUNT, "3 5", "entry-not-understood"),
    (COUNT, "5²", "entry-not-understood"),
    (COUNT, "③", "entry-not-understood"),
    (COUNT, "1,20", "entry-not-understood"),
    (COUNT, "扣2分", "entry-not-understood"),
    (COUNT, "2分", "entry-not-understood"),
    (COUNT, "3周", "entry-not-understood"),
    (COUNT, 2.5, "entry-not-understood"),
    (COUNT, True, "entry-not-understood"),
    (COUNT, datetime(2026, 3, 5), "entry-not-understood"),
    (COUNT, date(2026, 3, 5), "entry-not-understood"),
    (COUNT, time(8, 20), "entry-not-understood"),
    (COUNT, float("inf"), "entry-not-understood"),
    (COUNT, float("nan"), "entry-not-understood"),
    (COUNT, "-2", "entry-out-of-range"),
    (COUNT, -2.0, "entry-out-of-range"),
    (COUNT, 1e12, "entry-out-of-range"),
    (GRAMS, "0.125kg", "entry-not-understood"),
    (GRAMS, "合格", "entry-not-understood"),
    (GRAMS, "90%", "entry-not-understood"),
    (GRAMS, 2000.0, "entry-out-of-range"),
    (MINUTES, "1小时", "entry-not-understood"),
    (PERCENT, 0.95, "entry-percent"),
    (PERCENT, "0.95", "entry-percent"),
    (PERCENT, 1.0, "entry-percent"),
    (PERCENT, 120.0, "entry-out-of-range"),
    (SCORE, "扣2分", "entry-not-understood"),
    (SCORE, 5.5, "entry-out-of-range"),
    (SCORE, 4.25, "entry-step"),
    (LISTED, 3.0, "entry-step"),
    (TAKEN, "扣3分", "entry-out-of-range"),
    (CLOCK, 8.2, "entry-not-understood"),
    (CLOCK, 8.0, "entry-not-understood"),
    (CLOCK, "820", "entry-not-understood"),
    (CLOCK, "八点", "entry-not-understood"),
    (CLOCK, "8:70", "entry-not-understood"),
    (CLOCK, "25:00", "entry-not-understood"),
    (CLOCK, "13:00", "entry-out-of-range"),
    (CLOCK, "下午2:30", "entry-out-of-range"),
    (MET, "/", "entry-not-understood"),
    (MET, "○", "entry-not-understood"),
    (MET, 2.0, "entry-not-understood"),
    (FLAG, "部分", "entry-not-understood"),
    (LEVEL, "D", "entry-not-understood"),
    (LEVEL, "优", "entry-not-understood"),
    (VOTE, "一般", "entry-not-understood"),
]


def expected(value: object) -> object:
    return value if isinstance(value, str) and not value[-1].isdigit() else Decimal(str(value))


@pytest.mark.parametrize(("slot", "raw", "value"), SILENT, ids=str)
def test_spelling_is_put_right_in_silence(slot: Slot, raw: object, value: object) -> None:
    assert understand(slot, raw) == (expected(value), None)


@pytest.mark.parametrize(("slot", "raw", "value"), NOTED, ids=str)
def test_more_than_spelling_is_understood_with_a_note(
    slot: Slot, raw: object, value: object
) -> None:
    found, finding = understand(slot, raw)
    assert found == expected(value)
    assert finding is not None
    assert finding.code == "entry-interpreted"


@pytest.mark.parametrize(("slot", "raw", "code"), REPORTED, ids=str)
def test_the_rest_is_reported_and_has_no_value(slot: Slot, raw: object, code: str) -> None:
    found, finding = understand(slot, raw)
    assert found is None
    assert finding is not None
    assert finding.code == code


@pytest.mark.parametrize("slot", [COUNT, GRAMS, CLOCK, SCORE, MET, FLAG, LEVEL], ids=str)
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "\u200b", "\n"])
def test_blank_is_neither_a_value_nor_a_finding(slot: Slot, raw: object) -> None:
    assert understand(slot, raw) == (None, None)


def test_too_many_decimals_are_rounded_half_up_and_noted() -> None:
    value, finding = understand(CELSIUS, 8.00005)
    assert value == Decimal("8.0001")
    assert finding is not None
    assert finding.code == "entry-precise"


@pytest.mark.parametrize(
    ("raw", "state", "code"),
    [
        ("已查", State.CHECKED, None),
        (" 合理缺项", State.EXCUSED, None),
        ("不适用", State.INAPPLICABLE, None),
        ("未查", State.UNCHECKED, None),
        ("√", State.CHECKED, "entry-interpreted"),
        ("缺项", State.EXCUSED, "entry-interpreted"),
        ("", None, None),
        ("好", None, "state-not-understood"),
        (1.0, None, "state-not-understood"),
    ],
)
def test_states(raw: object, state: State | None, code: str | None) -> None:
    found, finding = read_state(raw)
    assert found is state
    assert (finding.code if finding else None) == code


@pytest.mark.parametrize("raw", [None, "", "无", "/", "——", " - "])
def test_words_that_say_nothing_are_no_words(raw: object) -> None:
    assert read_words(raw) == ""
    assert read_names(raw) == ()


def test_file_names_are_parted_by_punctuation_only() -> None:
    assert read_names("IMG 001.jpg、留样 2.png；台账.pdf\n") == (
        "IMG 001.jpg",
        "留样 2.png",
        "台账.pdf",
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [(3.0, "3"), (0.1, "0.1"), (datetime(2026, 3, 5), "2026-03-05"), (time(8, 5), "08:05")],
)
def test_cells_are_shown_as_people_see_them(raw: object, text: str) -> None:
    assert shown(raw) == text


WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@given(st.integers(-999_999, 999_999), st.integers(0, 4))
def test_one_number_is_one_value_however_it_is_spelled(whole: int, places: int) -> None:
    value = Decimal(whole).scaleb(-places)
    text = f"{value:f}"
    for raw in (float(value), text, text.translate(WIDE), f" {text}℃", f"{value:,f}"):
        assert understand(CELSIUS, raw) == (value, None)


@given(st.integers(0, 1439))
def test_one_time_is_one_value_however_it_is_spelled(minutes: int) -> None:
    any_time = Slot("", "时刻", "time")
    hour, minute = divmod(minutes, 60)
    for raw in (
        time(hour, minute),
        f"{hour}:{minute:02d}",
        f"{hour}：{minute:02d}",
        f"{hour}点{minute:02d}分",
    ):
        assert understand(any_time, raw)[0] == minutes


ANYTHING = st.one_of(
    st.text(max_size=8),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
SLOTS = [COUNT, GRAMS, PERCENT, CLOCK, SCORE, LISTED, TAKEN, MET, FLAG, LEVEL]


@given(st.sampled_from(SLOTS), ANYTHING)
def test_whatever_is_typed_is_a_value_or_a_finding(slot: Slot, raw: object) -> None:
    value, finding = understand(slot, raw)
    assert value is not None or finding is not None or not fold(str(raw))
    if isinstance(value, Decimal) and slot.range is not None:
        assert value in slot.range
    if finding is not None:
        assert finding.code.startswith("entry-")


@pytest.mark.parametrize(("typed", "refused"), [(1.00004, True), (1.0001, False), (0.00004, False)])
def test_a_lost_per_cent_is_looked_for_in_what_counts(typed: float, refused: bool) -> None:
    value, finding = understand(Slot("", "在线率", "number", "%"), typed)
    assert (value is None) == refused
    assert (finding is not None and finding.code == "entry-percent") == refused
