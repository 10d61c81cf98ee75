"""What an entry is worth, both written as people write them: ``冷藏.1=5 冷藏.2=9`` -> ``3``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from inspections.records.entries import understand
from inspections.records.observing import Answers, observe, question_of
from inspections.records.record import State, Value
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules import PeriodLength
from rubrics.values.conditions import Traits
from rubrics.values.points import from_units
from rubrics.values.traits import with_derived
from scoring.results.one_entry import score_observation
from scoring.results.scores import IndicatorScore

TEN_MONTHS: Mapping[PeriodLength, int] = {
    "week": 43, "month": 10, "teaching_month": 10,
    "quarter": 3, "half_year": 1, "term": 2, "year": 0,
}  # fmt: skip
"""1 January to 31 October, as the worked examples have it."""

DAY = date(2026, 4, 15)


def score(
    rubric: Rubric,
    indicator: Indicator,
    entries: str,
    traits: Traits,
    *,
    day: date = DAY,
    elapsed: Mapping[PeriodLength, int] = TEN_MONTHS,
) -> IndicatorScore:
    """One indicator as entered (``key=value`` by blanks; a lone value has no key), with a photo."""
    asked = question_of(
        indicator, with_derived(traits), day=day, demerits=rubric.scale == "demerits"
    )
    values: dict[str, Value] = {}
    for entry in entries.split():
        key, equals, raw = entry.partition("=")
        key, raw = (key, raw) if equals else ("", entry)
        value, finding = understand(asked.slots[key], raw)
        assert value is not None, f"{indicator.id} {entry}: {finding}"
        values[key] = value
    entered = Answers(values, declared=State.CHECKED, fault="事实", evidence=("照片.jpg",))
    observation, _ = observe(asked, entered)
    return score_observation(
        rubric, indicator, observation, day=day, elapsed=elapsed, traits=with_derived(traits)
    )


def earned(
    rubric: Rubric,
    indicator: Indicator,
    entries: str,
    traits: Traits,
    *,
    day: date = DAY,
    elapsed: Mapping[PeriodLength, int] = TEN_MONTHS,
) -> str:
    """The points as text, or the state where none were given."""
    found = score(rubric, indicator, entries, traits, day=day, elapsed=elapsed)
    return str(from_units(found.earned)) if found.state is State.CHECKED else found.state.value
