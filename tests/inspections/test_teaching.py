"""Teaching time: what is due by week does not count holidays, and the sheet says how often."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.round.elapsed import elapsed_periods
from inspections.round.round import Period, Round, Teaching
from inspections.round.settings import settings_text
from inspections.round.teaching import read_teaching, teaching_unknown
from inspections.workbook.form.layout import Column, sheet_layout
from inspections.workbook.form.row_texts import as_in_every_round, row_texts
from rubrics.files.loading import loads_rubric
from rubrics.files.shipped import load_named
from rubrics.files.yaml_text import parse_yaml
from tests.inspections.small_round import PARTY
from tests.reference.county import whole_periods

YEAR = Period(since=date(2026, 1, 1), until=date(2026, 10, 31))
TERMS = (
    Teaching(since=date(2026, 2, 24), until=date(2026, 7, 3)),
    Teaching(since=date(2026, 9, 1), until=date(2027, 1, 22)),
)


def a_round(**changes: object) -> Round:
    given = {
        "id": "甲",
        "title": "甲",
        "bureau": "局",
        "rubrics": ("canteen",),
        "window": Period(since=date(2026, 10, 12), until=date(2026, 10, 31)),
        "period": YEAR,
    }
    return Round.model_validate(given | changes)


def test_holidays_are_no_weeks_and_no_teaching_months() -> None:
    assert elapsed_periods(a_round())["week"] == 43
    taught = elapsed_periods(a_round(teaching=TERMS))
    assert (taught["week"], taught["teaching_month"], taught["month"]) == (26, 6, 10)


def test_what_is_written_in_the_settings_goes_first() -> None:
    taught = elapsed_periods(a_round(teaching=TERMS, elapsed={"week": 30}))
    assert taught["week"] == 30


def test_without_teaching_time_everything_counts_as_before() -> None:
    counted = elapsed_periods(a_round())
    assert counted["teaching_month"] == counted["month"] == 10


def test_teaching_time_is_written_and_read_back() -> None:
    made = a_round(teaching=TERMS)
    text = settings_text(made)
    assert "{from: 2026-02-24, to: 2026-07-03}" in text
    assert Round.model_validate(parse_yaml(text).data) == made


days = st.dates(date(2025, 6, 1), date(2027, 6, 1))
spans = st.builds(
    lambda since, length: Teaching(since=since, until=since + timedelta(days=length)),
    days,
    st.integers(0, 200),
)


@given(st.lists(spans, max_size=4))
def test_the_reference_counts_the_same(teaching: list[Teaching]) -> None:
    made = a_round(teaching=tuple(teaching))
    counted = elapsed_periods(made)
    assert counted == whole_periods(made)
    everything = elapsed_periods(a_round())
    assert counted["week"] <= everything["week"] + 1
    assert counted["teaching_month"] <= everything["month"]


@pytest.mark.parametrize(
    "text", ["2026-02-24..2026-07-03", "2026年2月24日至2026年7月3日", "2026-02-24 ~ 2026-07-03"]
)
def test_it_is_typed_in_several_ways(text: str) -> None:
    assert read_teaching(text) == TERMS[0]


@pytest.mark.parametrize("text", ["", "2026-02-24", "2026-07-03..2026-02-24", "春季..秋季"])
def test_what_is_no_time_is_refused(text: str) -> None:
    assert read_teaching(text) is None


def test_a_rubric_that_goes_by_weeks_asks_for_it() -> None:
    canteen, _ = load_named("canteen", Path())
    assert canteen is not None
    [told] = teaching_unknown(a_round(), [canteen])
    assert told.code == "teaching-unknown"
    assert dict(told.params)["items"] == "A4、A5"
    assert list(teaching_unknown(a_round(teaching=TERMS), [canteen])) == []
    given = {"week": 26, "teaching_month": 6}
    assert list(teaching_unknown(a_round(elapsed=given), [canteen])) == []


def test_the_sheet_says_how_often_it_was_due_and_the_reader_knows_it() -> None:
    party, _ = loads_rubric(PARTY)
    assert party is not None
    row = sheet_layout(party, {}).by_address["A1"]
    prompt = row_texts(row, False, elapsed_periods(a_round()))[Column.PROMPT]
    assert prompt == "已开（本期应 10 次）"
    assert as_in_every_round(str(prompt)) == row_texts(row, False)[Column.PROMPT] == "已开"
