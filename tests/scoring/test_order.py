"""The order of files changes nothing, and a school's own figures do not depend on the others."""

from __future__ import annotations

from dataclasses import fields
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.round.school import Roster
from scoring.results.rounds import score_round
from scoring.results.scores import SchoolScore
from tests.scoring.rounds import County, counties

ALONE = [
    "status",
    "earned",
    "applicable",
    "normalised",
    "bonus",
    "penalty",
    "total",
    "key_failed",
    "red_lines",
    "award_eligible",
    "indicators",
    "excused",
    "unchecked",
]
"""What follows from a school's own records; ranks, medians and quotas do not."""


@settings(max_examples=40)
@given(county=counties(), seed=st.integers(0, 2**32 - 1))
def test_the_order_of_visits_changes_nothing(county: County, seed: int) -> None:
    shuffled = Random(seed).sample(county.visits, len(county.visits))
    one, found = score_round(county.round, county.rubrics, county.roster, (), county.visits)
    other, again = score_round(county.round, county.rubrics, county.roster, (), shuffled)
    assert sorted(found) == sorted(again)
    assert one.composite == other.composite
    for name, held in one.rubrics.items():
        assert list(held.schools) == list(other.rubrics[name].schools)


@settings(max_examples=40)
@given(county=counties(), data=st.data())
def test_a_school_is_scored_alone(county: County, data: st.DataObject) -> None:
    school = data.draw(st.sampled_from(sorted(county.roster.schools)))
    only = Roster({school: county.roster.schools[school]}, county.roster.inspectors)
    all_scores, _ = score_round(county.round, county.rubrics, county.roster, (), county.visits)
    alone, _ = score_round(county.round, county.rubrics, only, (), county.visits)
    for name, held in all_scores.rubrics.items():
        [mine] = alone.rubrics[name].schools
        among = next(one for one in held.schools if one.school.id == school)
        assert own(mine) == own(among)


def own(score: SchoolScore) -> dict[str, object]:
    assert set(ALONE) <= {field.name for field in fields(score)}
    return {name: getattr(score, name) for name in ALONE}
