"""Rows of several inspectors and visits come to the same figures as the records of a round."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TypeAlias

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from inspections.records.moments import clock
from inspections.records.record import Record, RecordKey, State, Value
from inspections.round.round import Round
from inspections.round.school import Roster, School
from inspections.round.settings import settings_text
from rubrics.checking import advise
from rubrics.language.own_traits import traits_of
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import self_assessed
from rubrics.language.slots import address, rubric_slots
from rubrics.rules import Slot
from rubrics.values.conditions import Traits, holds
from rubrics.values.traits import with_derived
from scoring.results.indicators import told_of
from scoring.results.own_scores import Given
from scoring.results.rounds import score_round
from scoring.results.scores import RubricScores
from scoring.results.tables import score_row
from scoring.trial.headings import own_column
from scoring.trial.settings import read_trial_settings
from scoring.trial.tables import table_of
from scoring.trial.trying import Terms, try_table
from tests.rubrics.strategies import rubrics
from tests.scoring.entered import Habits, visit
from tests.scoring.rounds import DAYS, OCCASIONS, own_scores, rounds, schools


def typed(slot: Slot, value: Value) -> str:
    """A value as somebody would write it into a cell."""
    if not isinstance(value, Decimal):
        return value
    match slot.entry:
        case "yes_no":
            return "√" if value else "×"
        case "flag":
            return "是" if value else "否"
        case "time":
            return clock(int(value))
    return format(value, "f") + ("%" if slot.unit == "%" else "")


def row_of(
    rubric: Rubric, record: Record, school: School, given: Given | None
) -> dict[str, object]:
    """One record as a row, under the addresses of what was entered; beside it what the school
    gave itself.
    """
    own = {
        "school": school.id,
        "督学": record.key.inspector,
        "次别": record.key.occasion,
        "检查日": record.day.isoformat(),
    }
    row: dict[str, object] = own | {name: str(value) for name, value in school.traits.items()}
    for item in self_assessed(rubric):
        score = (given or {}).get(item.id)
        row[own_column(item.id)] = score.text if score else ""
    asked: dict[str, list[Slot]] = {}
    for owner, slot in rubric_slots(rubric):
        asked.setdefault(owner, []).append(slot)
    for seen in record.observations:
        if seen.state is State.EXCUSED:
            row[seen.owner] = "NA"
        elif seen.state is State.UNCHECKED:
            row[seen.owner] = "未查"
        for slot in asked[seen.owner] if seen.state is State.CHECKED else ():
            if slot.key in seen.values:
                row[address(seen.owner, slot)] = typed(slot, seen.values[slot.key])
    return row


def _of_this(rubric: Rubric, of: Round) -> Round:
    """The settings without what the rubric does not have: a round would be refused with it."""
    grades = {band.grade for band in rubric.grades}
    dimensions = {f"dimension:{item.id}" for item in rubric.dimensions}
    keys = [key for key in of.ranking.tie_keys if key in dimensions | {"key_failed"}]
    quotas = [it for it in of.ranking.quotas if {it.grade, it.then} <= grades]
    ranking = of.ranking.model_copy(update={"tie_keys": tuple(keys), "quotas": tuple(quotas)})
    return of.model_copy(update={"ranking": ranking})


def _asked(rubric: Rubric, record: Record, traits: Traits) -> Record:
    """A record without what nobody asks of its school."""
    idle = {item.id for item in rubric.indicators if not holds(item.when, traits)}
    kept = tuple(seen for seen in record.observations if seen.owner not in idle)
    return replace(record, observations=kept)


Trial: TypeAlias = tuple[Round, Rubric, list[School], list[Record], dict[tuple[str, str], Given]]
"""The last: what schools gave themselves."""


@st.composite
def trials(draw: st.DrawFn) -> Trial:
    """A round of one rubric: 1-4 schools, 1-3 inspectors, 1-3 visits, everything proven."""
    rubric = draw(rubrics())
    occasions = OCCASIONS[: draw(st.integers(1, 3))]
    of = _of_this(rubric, draw(rounds([rubric.id], occasions)))
    known = traits_of([rubric])
    members = []
    for number in range(draw(st.integers(1, 4))):
        made = draw(schools(f"s{number}"))
        members.append(School(made.id, made.name, with_derived(dict(made.traits), known)))
    habits = Habits(
        unchecked=draw(st.sampled_from([0, 0, 20])),
        excused=draw(st.sampled_from([0, 5, 30])),
        proven=100,
        flagged=draw(st.sampled_from([0, 10, 50])),
    )
    inspectors = ["甲", "乙", "丙"][: draw(st.integers(1, 3))]
    random = Random(draw(st.integers(0, 2**32 - 1)))
    records = [
        visit(
            random,
            rubric,
            RecordKey(school.id, rubric.id, occasion, inspector),
            school.traits,
            random.choice(DAYS),
            habits,
        )
        for school in members
        for occasion in occasions
        for inspector in inspectors
        if random.random() < 0.9
    ]
    random.shuffle(records)
    traits = {school.id: school.traits for school in members}
    records = [_asked(rubric, record, traits[record.key.school]) for record in records]
    given = {
        (school.id, rubric.id): made
        for school in members
        if draw(st.booleans()) and (made := own_scores(random, rubric, school))
    }
    return of, rubric, members, records, given


def figures(scores: RubricScores) -> dict[str, object]:
    return {
        one.school.id: (
            score_row(scores.rubric, one),
            [(it.indicator, it.state, it.points, it.earned) for it in told_of(one.indicators)],
            one.own,
        )
        for one in scores.schools
    }


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(trial=trials())
def test_rows_come_to_the_same_figures_as_records(trial: Trial, tmp_path_factory: object) -> None:
    of, rubric, members, records, given = trial
    here = {record.key.school for record in records}
    present = {school.id: school for school in members if school.id in here}
    if not present:
        return
    wanted, _ = score_round(
        of, {rubric.id: rubric}, Roster(present, {}), (), records, own=given, open_records=True
    )
    rows = [
        row_of(
            rubric,
            record,
            present[record.key.school],
            given.get((record.key.school, rubric.id)),
        )
        for record in records
    ]
    path = Path(tmp_path_factory.mktemp("trial"), "round.yaml")  # type: ignore[attr-defined]
    path.write_text(settings_text(of), encoding="utf-8")
    read, problems = read_trial_settings(path)
    assert read is not None, problems
    got, problems = try_table(rubric, table_of(rows), Terms(read))
    assert got is not None, problems
    # What no sheet would be taken with, a drawn record may yet hold.
    assume(not any(item.code.startswith("entry-") for item in problems))
    assert figures(got) == figures(wanted.rubrics[rubric.id]), problems
    told = {item.place.cell for item in advise(rubric) if item.code == "rubric-unreachable"}
    beyond = {band.grade for n, band in enumerate(rubric.grades) if f"grades.{n}" in told}
    beyond -= {quota.then for quota in of.ranking.quotas}
    # Of several records the mean may lie where no single one does.
    alone = Counter(record.key.school for record in records)
    reached = {one.grade for one in got.schools if alone[one.school.id] == 1} & beyond
    assert not reached, advise(rubric)
