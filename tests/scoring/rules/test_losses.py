"""Facts and evidence are wanted where points are lost: what one entry is asked, the engine says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from inspections.records.observing import question_of
from inspections.records.record import State
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from rubrics.rules import Cells, Entry, Rule, RuleKind
from rubrics.rules.exact import plain_number, quotient
from rubrics.values.points import to_units
from scoring.results.one_entry import cells_of
from tests.rubrics.strategies import rubrics
from tests.scoring.entered import Habits, observation
from tests.scoring.rounds import DAYS, schools

RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
ALL_CHECKED = Habits(unchecked=0, excused=0)
NOTHING_DUE: Mapping[Any, int] = {}
"""No period has passed: a meeting that was not held is no fault that was found on a day."""


def lost_by_columns(rule: RuleKind, points: Decimal, cells: Cells, demerits: bool) -> bool:
    """What the arithmetic on columns says, of a column of length one."""
    units = to_units(points)
    outcome = rule.score(units, cells, demerits=demerits)
    if any(bool(mask is not False and mask[0]) for mask in (outcome.excused, outcome.void)):
        return False
    earned = quotient(plain_number(outcome.earned, 0), 1)
    return earned > 0 if demerits else earned < units


@settings(suppress_health_check=list(HealthCheck), max_examples=100)
@given(
    rubric=rubrics(),
    school=schools(),
    day=st.sampled_from(DAYS),
    seed=st.integers(0, 2**32 - 1),
)
def test_an_entry_loses_points_where_the_engine_says_so(
    rubric: Rubric, school: School, day: date, seed: int
) -> None:
    random, demerits = Random(seed), rubric.scale == "demerits"
    for indicator in rubric.indicators:
        asked = question_of(indicator, school.traits, demerits=demerits, day=day)
        for _ in range(5):
            seen = observation(random, indicator, school.traits, ALL_CHECKED)
            assert seen.state is State.CHECKED
            cells = cells_of(indicator, seen, NOTHING_DUE, school.traits)
            entry = Entry(seen.values, NOTHING_DUE, school.traits)
            points = indicator.points
            wanted = lost_by_columns(asked.rule, points, cells, demerits)
            assert asked.rule.costs(points, entry, demerits=demerits) == wanted, (asked, seen)
            on_site = any(
                part.rule.on_site
                and lost_by_columns(part.rule, part.points, cells.part(part.id), demerits)
                for part in asked.parts
            )
            found = asked.rule.loses(points, entry, demerits=demerits)
            assert found == (wanted and on_site), (asked, seen)


YES_OR_NO = {"kind": "all_or_none"}
TWO = [
    {"id": "a", "points": 3, "rule": {"kind": "points", "step": "0.5"}},
    {"id": "b", "points": 3, "rule": YES_OR_NO},
]
VOTES = {"kind": "votes", "options": {"好": 1, "差": 0}}
VOTED = [{"id": "a", "points": 2, "rule": VOTES}, {"id": "b", "points": 2, "rule": YES_OR_NO}]


@pytest.mark.parametrize(
    ("rule", "points", "values", "lost"),
    [
        # Parts that make up for each other: nothing is lost until P is no longer reached.
        ({"kind": "composite", "combine": "sum", "parts": TWO}, "5", {"a": "2", "b": 1}, False),
        ({"kind": "composite", "combine": "sum", "parts": TWO}, "5", {"a": "1.5", "b": 1}, True),
        ({"kind": "composite", "combine": "losses", "parts": TWO}, "5", {"a": "2", "b": 1}, True),
        # What people think is no fault that was found on a day; a requirement not met is.
        (
            {"kind": "composite", "combine": "sum", "parts": VOTED},
            "4",
            {"a.好": 1, "a.差": 1, "a.invalid": 0, "a.entitled": 2, "b": 1},
            False,
        ),
        (
            {"kind": "composite", "combine": "sum", "parts": VOTED},
            "4",
            {"a.好": 1, "a.差": 1, "a.invalid": 0, "a.entitled": 2, "b": 0},
            True,
        ),
        # A loss of less than half of 1/10000 point is none.
        ({"kind": "grade", "levels": {"A": 1, "B": "0.9999"}}, "0.1", {"": "B"}, False),
        ({"kind": "grade", "levels": {"A": 1, "B": "0.9999"}}, "1", {"": "B"}, True),
        ({"kind": "linear", "label": "学时", "full": 100}, "1", {"": "99.9999"}, False),
        ({"kind": "linear", "label": "学时", "full": 100}, "1", {"": "99.99"}, True),
        (
            {"kind": "ratio", "numerator": "实有", "denominator": "应有", "full": "100%"},
            "1",
            {"have": 99_999, "due": 100_000},
            False,
        ),
        # The first fault may be free.
        (
            {
                "kind": "deduct",
                "faults": [{"label": "迟到", "each": 0, "repeat_from": 2, "repeat_each": 1}],
            },
            "2",
            {"": 1},
            False,
        ),
    ],
)
def test_what_counts_as_lost(
    rule: dict[str, Any], points: str, values: dict[str, str | int], lost: bool
) -> None:
    def value(typed: str | int) -> Decimal | str:
        return typed if typed in ("A", "B") else Decimal(typed)

    entry = Entry({key: value(typed) for key, typed in values.items()})
    assert RULE.validate_python(rule).loses(Decimal(points), entry) is lost


def test_a_part_that_does_not_apply_and_was_not_entered_costs_nothing() -> None:
    level = {"kind": "grade", "levels": {"A": 1, "B": 0}}
    parts = [
        {"id": "a", "points": 2, "rule": YES_OR_NO},
        {"id": "b", "points": 2, "rule": level, "when": {"寄宿": "是"}},
    ]
    rule = RULE.validate_python({"kind": "composite", "combine": "sum", "parts": parts})
    for met in (0, 1):
        entry = Entry({"a": Decimal(met)}, traits={"寄宿": "否"})
        assert rule.loses(Decimal(4), entry) is not bool(met)
