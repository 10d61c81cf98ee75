"""The engine and an independent reference agree on generated rubrics and visits, to the unit.

``REFERENCE_EXAMPLES`` sets how many counties are generated (default 100); try 5000 now and then.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import Random
from types import MappingProxyType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.records.record import Record, RecordKey, State
from inspections.round.school import Assignment, School
from rubrics.language.rubric import Rubric
from scoring.engine.severity_correction import Correction
from scoring.results.one_entry import score_observation
from scoring.results.rounds import score_round
from scoring.results.scores import SchoolScore
from scoring.verdict.ranking import groups
from tests.reference.correcting import Given, correction
from tests.reference.county import score_county
from tests.reference.exact import half_up
from tests.reference.records import mark
from tests.reference.results import Result
from tests.rubrics.strategies import rubrics
from tests.scoring.entered import observation
from tests.scoring.rounds import DAYS, ELAPSED, County, close_races, counties, schools

EXAMPLES = int(os.environ.get("REFERENCE_EXAMPLES", "100"))
patiently = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


def units(value: Fraction | None) -> int | None:
    if value is None:
        return None
    return int(half_up(value) * 10_000)


@patiently
@given(
    rubric=rubrics(),
    school=schools(),
    day=st.sampled_from(DAYS),
    seed=st.integers(0, 2**32 - 1),
)
def test_one_entry_earns_what_the_reference_says(
    rubric: Rubric, school: School, day: object, seed: int
) -> None:
    random = Random(seed)
    for indicator in rubric.indicators:
        for _ in range(5):
            seen = observation(random, indicator, school.traits)
            record = Record(RecordKey("s", rubric.id, "1", "x"), "", day, ("x",), (seen,))
            wanted = mark(rubric, indicator, record, school.traits, ELAPSED)
            got = score_observation(
                rubric, indicator, seen, day=day, elapsed=ELAPSED, traits=school.traits
            )
            assert (got.state, got.pending) == (wanted.state, wanted.pending), (indicator, seen)
            if wanted.state is State.CHECKED:
                assert got.earned == units(wanted.earned), (indicator, seen)


@patiently
@given(county=counties())
def test_every_figure_of_a_county_is_what_the_reference_says(county: County) -> None:
    compare(county)


@patiently
@given(county=close_races())
def test_ranks_and_grades_of_close_races_are_what_the_reference_says(county: County) -> None:
    compare(county)


@patiently
@given(county=counties() | close_races(), data=st.data())
def test_corrected_totals_are_what_the_reference_says(county: County, data: st.DataObject) -> None:
    # Where everybody came each time, weights of visits would not matter.
    random, share = Random(data.draw(st.integers(0, 2**32 - 1))), data.draw(st.sampled_from([1, 2]))
    visits = tuple(one for one in county.visits if random.random() * share < 1)
    county = replace(county, visits=visits)
    hundredths = st.integers(-250, 250)
    corrections = {}
    for name in county.rubrics:
        if data.draw(st.booleans()):
            people = {one.key.inspector for one in county.visits}
            amounts = {code: data.draw(hundredths) for code in sorted(people)}
            left_out = data.draw(st.sampled_from([0, 0, 1]))
            groups = group_labels(county)[left_out:]
            corrections[name] = amounts, frozenset(groups)
    compare(county, corrections)


def group_labels(county: County) -> list[str]:
    """The groups of all schools."""
    traits = [school.traits for school in county.roster.schools.values()]
    return sorted(groups(traits, county.round.ranking.groups)[1])


Corrections = Mapping[str, tuple[dict[str, int], frozenset[str]]]
"""By rubric: hundredths of a point by inspector, and the groups that are corrected."""


@patiently
@given(county=counties() | close_races(), data=st.data())
def test_who_is_not_due_is_what_the_reference_says(county: County, data: st.DataObject) -> None:
    random, share = Random(data.draw(st.integers(0, 2**32 - 1))), data.draw(st.sampled_from([1, 2]))
    visits = tuple(one for one in county.visits if random.random() * share < 1)
    plan = tuple(
        Assignment(school, rubric, "第1次", "没有人的组")
        for school in county.roster.schools
        for rubric in county.rubrics
        if random.random() < 0.6
    )
    compare(replace(county, visits=visits), plan=plan)


def compare(
    county: County,
    corrections: Corrections = MappingProxyType({}),
    plan: Sequence[Assignment] = (),
) -> None:
    members = list(county.roster.schools.values())
    given = (county.round, county.rubrics, county.roster, plan, county.visits)
    own = county.own
    engine = {
        name: Correction({code: it * 100 for code, it in amounts.items()}, held)
        for name, (amounts, held) in corrections.items()
    }
    score = partial(score_round, *given, before=county.before, own=own, corrections=engine)
    scores, _ = score(open_records=True)
    public, _ = score()
    wanted = score_county(
        county.round,
        list(county.rubrics.values()),
        members,
        county.visits,
        ELAPSED,
        {name: held.keys() for name, held in county.before.items()},
        {key: {name: it.points for name, it in said.items()} for key, said in own.items()},
        {
            name: Given({code: Fraction(it, 100) for code, it in amounts.items()}, held)
            for name, (amounts, held) in corrections.items()
        },
        {(line.school, line.rubric) for line in plan},
    )
    for name, results in wanted.rubrics.items():
        for got, result in zip(scores.rubrics[name].schools, results, strict=True):
            assert apart(told(got), expected(result)) == {}
        for got, shown in zip(
            scores.rubrics[name].schools, public.rubrics[name].schools, strict=True
        ):
            # Small votes keep back what could be subtracted from, and nothing else.
            kept = {"earned", "dimensions"} if any(it.band for it in shown.indicators) else set()
            assert apart(told(got), told(shown)).keys() <= kept
        for got in scores.rubrics[name].schools:
            recomputed(county, got, name, corrections)
    assert public.composite == scores.composite
    got_whole = [(it.group, it.total, it.rank, it.group_size) for it in scores.composite]
    assert got_whole == [
        (it.group, units(it.total), it.rank, it.group_size) for it in wanted.composite
    ]


def recomputed(county: County, got: SchoolScore, name: str, given: Corrections) -> None:
    """A headmaster gets the school's correction from those of the records that are listed."""
    held, rubric = got.correction, county.rubrics[name]
    if held is None:
        return
    own = [v for v in county.visits if (v.key.school, v.key.rubric) == (got.school.id, name)]
    listed = {(one.occasion, one.inspector) for one in held.by}
    counted = [v for v in own if (v.key.occasion, v.key.inspector) in listed]
    amounts, groups = given[name]
    points = Given({code: Fraction(it, 100) for code, it in amounts.items()}, groups)
    by = units(correction(rubric, points, counted, own, county.round)) or 0
    sign = -1 if rubric.scale == "demerits" else 1
    assert held.combined == sign * by
    assert all(one.amount == sign * amounts[one.inspector] * 100 for one in held.by)
    assert got.total is not None
    assert held.plain + held.applied == got.total


def apart(engine: dict[str, object], reference: dict[str, object]) -> dict[str, object]:
    """What the two do not agree on: engine, reference."""
    assert engine.keys() == reference.keys()
    return {key: (engine[key], reference[key]) for key in engine if engine[key] != reference[key]}


def told(score: SchoolScore) -> dict[str, object]:
    """What the engine says of one school, as plain values."""
    return {
        "school": score.school.id,
        "group": score.group,
        "status": score.status,
        "items": {
            item.indicator: (item.state, item.earned, item.pending, item.key_failed)
            for item in score.indicators
            if score.status not in ("inapplicable", "not_visited", "not_planned")
        },
        "earned": score.earned,
        "applicable": score.applicable,
        "normalised": score.normalised,
        "bonus": score.bonus,
        "penalty": score.penalty,
        "total": score.total,
        "plain": score.plain_total,
        "grade": score.grade,
        "key_failed": list(score.key_failed),
        "red_lines": [(hit.owner, hit.title) for hit in score.red_lines],
        "pending_red_lines": [(hit.owner, hit.title) for hit in score.red_lines_pending],
        "award_eligible": score.award_eligible,
        "rank": score.rank,
        "group_size": score.group_size,
        "tie_key": score.tie_key,
        "gains": {item.indicator: item.gain for item in score.indicators if item.gain},
        "gap": score.gap,
        "dimensions": [
            (part.dimension, part.earned, part.applicable, part.share, part.median)
            for part in score.dimensions
            if score.status != "not_visited"
        ],
    }


def expected(result: Result) -> dict[str, object]:
    """The same from the reference."""
    return {
        "school": result.school.id,
        "group": result.group,
        "status": result.status,
        "items": {
            name: (item.state, units(item.earned), item.pending, item.key_failed)
            for name, item in result.items.items()
        },
        "earned": units(result.earned),
        "applicable": units(result.applicable),
        "normalised": units(result.normalised),
        "bonus": units(result.bonus),
        "penalty": units(result.penalty),
        "total": units(result.total),
        "plain": units(result.plain),
        "grade": result.grade,
        "key_failed": result.key_failed,
        "red_lines": result.red_lines,
        "pending_red_lines": result.pending_red_lines,
        "award_eligible": result.award_eligible,
        "rank": result.rank,
        "group_size": result.group_size,
        "tie_key": result.tie_key,
        "gains": {name: units(gain) for name, gain in result.gains.items() if gain},
        "gap": None
        if result.total is None or result.median is None
        else units(result.total - result.median),
        "dimensions": [
            (name, *map(units, (part.earned, part.applicable, part.share, part.median)))
            for name, part in result.dimensions.items()
        ],
    }
