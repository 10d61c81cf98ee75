"""What is told of entries from columns alone is what each says by itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from inspections.records.record import Observation, State
from rubrics.language.slots import slots
from scoring.engine.codes import decoded, encoded
from scoring.engine.columns import columns_of
from scoring.results.entry_texts import EntryTexts
from scoring.results.figures import score_columns
from scoring.results.indicators import SchoolIndicators, told_of
from scoring.results.one_entry import score_observation
from scoring.results.rounds import score_round
from scoring.results.shown import ShownRecords
from tests.scoring.rounds import ELAPSED, County, counties
from tests.scoring.small import item, rubric, scored, visit

patiently = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.mark.parametrize("redacting", [False, True])
@patiently
@given(county=counties())
def test_every_text_is_that_of_its_entry(redacting: bool, county: County) -> None:
    schools = tuple(county.roster.schools.values())
    for of in county.rubrics.values():
        columns, records = columns_of(of, schools, county.visits)
        texts = EntryTexts(score_columns(of, columns, elapsed=ELAPSED), redacting=redacting)
        shown = ShownRecords(records, 0, len(records), frozenset() if redacting else None, {})
        for row, record in enumerate(records):
            traits = schools[columns.school[row]].traits
            for place, indicator in enumerate(of.indicators):
                seen = record.observation(indicator.id)
                seen = seen or Observation(indicator.id, State.UNCHECKED)
                alone = score_observation(
                    of, indicator, seen, day=record.day, elapsed=ELAPSED, traits=traits
                )
                assert texts.text(shown, row, place) == alone.reason, (indicator, seen)


@patiently
@given(county=counties())
def test_tables_tell_what_scores_say(county: County) -> None:
    scores, _ = score_round(county.round, county.rubrics, county.roster, (), county.visits)
    for one in scores.rubrics.values():
        for school in one.schools:
            assert isinstance(school.indicators, SchoolIndicators)
            assert list(told_of(school.indicators)) == told_of(tuple(school.indicators))
            assert school.key_failed == tuple(
                it.indicator for it in school.indicators if it.key_failed
            )


def test_entries_alike_are_told_apart_by_school_and_by_what_is_blank() -> None:
    names = [{"id": "p", "label": "甲"}, {"id": "q", "label": "乙"}]
    met = {"kind": "all_or_none", "requirements": names}
    kitchen = {"id": "k", "label": "食堂", "points": 5, "when": {"有食堂": "是"}, "rule": met}
    class_ = {"id": "c", "label": "课堂", "points": 5, "rule": met}
    of = rubric(
        item("A1", rule={"kind": "composite", "combine": "sum", "parts": [kitchen, class_]})
    )
    both = {"k.p": 0, "k.q": 1, "c.p": 0, "c.q": 0}
    typed = {"有": both, "无": both, "缺": {**both, "k.p": 1, "c.p": 1, "c.q": 0}}
    typed["空"] = {slot: value for slot, value in both.items() if slot != "c.q"}
    traits = {name: {"有食堂": "否" if name == "无" else "是"} for name in typed}
    visits = [visit(name, {"A1": values}) for name, values in typed.items()]
    scores, _ = scored(of, visits, traits=traits)
    assert [it.indicator("A1").reason for it in scores.rubrics["sample"].schools] == [
        "食堂：甲不符合要求；课堂：甲、乙不符合要求",
        "课堂：甲、乙不符合要求",
        "课堂：乙不符合要求",
        "食堂：甲不符合要求；课堂：甲不符合要求",
    ]


@pytest.mark.parametrize("value", [Decimal(0), Decimal("-1.0001"), Decimal(999_999_999)])
def test_numbers_come_back_from_columns(value: Decimal) -> None:
    (slot,) = slots(rubric(item("A1")).indicators[0])
    code = encoded(slot, value)
    assert code is not None
    assert decoded(slot, code) == value


def test_choices_come_back_from_columns() -> None:
    levels = {"kind": "grade", "levels": {"甲": 1, "乙": "0.5", "丙": 0}}
    (slot,) = slots(rubric(item("A1", rule=levels)).indicators[0])
    codes = [encoded(slot, option) for option in slot.options]
    assert [decoded(slot, code) for code in codes if code is not None] == ["甲", "乙", "丙"]
