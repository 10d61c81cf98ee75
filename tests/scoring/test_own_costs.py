"""What it costs to have scored oneself apart from the visit: worked out again, point by point."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from inspections.round.opened import OpenRound
from inspections.steps.collecting import collect_round
from inspections.steps.self_assessing import collect_self_assessment
from rubrics.files.loading import load_rubric
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessment import SelfAssessment
from rubrics.values.points import to_units
from scoring.engine.own_scores import cost
from scoring.results.own_scores import charged_text
from scoring.results.scores import SchoolScore
from scoring.steps.explaining import explain_school
from scoring.steps.scoring import write_scores
from tests.inspections.rectification.items import BY
from tests.inspections.self_assessment.asking_round import FILLED, asking, filled
from tests.inspections.small_round import KITCHEN, SCHOOLS, write

AMOUNTS = st.integers(0, 300).map(lambda hundredths: Decimal(hundredths) / 100)
POSITIVE = st.integers(1, 300).map(lambda hundredths: Decimal(hundredths) / 100)
APART = st.integers(-3_000, 3_000).map(lambda hundredths: Decimal(hundredths) / 100)


GIVEN = {**FILLED, "A1": 4, "A4": 2}
"""A point more than the visit gives."""


def kitchen(asks: str) -> str:
    return KITCHEN.replace('version: "2"', f'version: "2"\nself_assessment: {asks}')


def scored(folder: Path, monkeypatch: pytest.MonkeyPatch, asks: str, *, given: bool) -> SchoolScore:
    """The first school's score; it gave itself ``GIVEN``, or nothing."""
    of: OpenRound = asking(folder, monkeypatch, kitchen(asks))
    write(of, of.folder.returned / "a.xlsx")
    collect_round(of.folder.root)
    if given:
        filled(of, "一.xlsx", GIVEN)
        collect_self_assessment(of.folder.root, BY)
    made, _ = write_scores(of.folder.root)
    assert made is not None
    assert made.scores is not None
    schools = made.scores.rubrics["kitchen"].schools
    return next(it for it in schools if it.school.id == SCHOOLS[0].id)


@given(each=POSITIVE, free=AMOUNTS, limit=POSITIVE, apart=APART, both=st.booleans())
def test_each_point_beyond_what_is_free_costs(
    each: Decimal, free: Decimal, limit: Decimal, apart: Decimal, both: bool
) -> None:
    counts = "both" if both else "higher"
    asks = SelfAssessment(each=each, free=free, limit=limit, counts=counts)
    counted = abs(apart) if both else max(apart, Decimal(0))
    exact = Fraction(each) * max(Fraction(counted) - Fraction(free), Fraction(0))
    hundredths = (exact * 100 * 2 + 1) // 2
    assert cost(asks, to_units(apart)) == min(hundredths * 100, to_units(limit))


@given(steps=st.sets(POSITIVE, min_size=1, max_size=4), apart=APART)
def test_the_highest_step_that_is_passed_costs(steps: set[Decimal], apart: Decimal) -> None:
    asks = SelfAssessment(above={most: 2 * most for most in steps})
    passed = [most for most in steps if apart > most]
    assert cost(asks, to_units(apart)) == to_units(2 * max(passed, default=Decimal(0)))


@pytest.mark.parametrize(
    ("asks", "costs", "said"),
    [
        ("{step: 0.5, each: 0.5, limit: 3}", "0.5", "自评高 1 分，每 1 分扣 0.5 分，扣 0.5 分"),
        (
            "{step: 0.5, free: 0.3, each: 0.75, limit: 3}",
            "0.53",
            "自评高 1 分，超过 0.3 分的部分每 1 分扣 0.75 分，扣 0.53 分",
        ),
        ("{step: 0.5, each: 5, limit: 3}", "3", "自评高 1 分，每 1 分扣 5 分，扣 3 分（扣到上限）"),
        ("{step: 0.5, free: 2, each: 1, limit: 3}", "0", "自评高 1 分，没有超过 2 分，不扣分"),
        ("{step: 0.5, above: {0.5: 0.5, 3: 2}}", "0.5", "自评高 1 分，超过 0.5 分，扣 0.5 分"),
        ("{step: 0.5, above: {1: 2}}", "0", "自评高 1 分，没有超过 1 分，不扣分"),
        ("{step: 0.5, missing: 2}", "0", "交了自评表，不扣分"),
        ("{step: 0.5}", "0", ""),
    ],
)
def test_it_is_taken_off_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asks: str, costs: str, said: str
) -> None:
    free = scored(tmp_path / "free", monkeypatch, "{step: 0.5}", given=True)
    school = scored(tmp_path / "round", monkeypatch, asks, given=True)
    own = school.own
    assert own is not None
    assert own.own - own.review == to_units(Decimal(1))
    assert own.cost == to_units(Decimal(costs))
    assert charged_text(load(asks, tmp_path), own) == said
    assert school.penalty == free.penalty + own.cost
    assert school.exact is not None
    assert free.exact is not None
    assert school.exact.penalty == free.exact.penalty + own.cost
    assert school.earned == free.earned
    told, _ = explain_school(tmp_path / "round", SCHOOLS[0].id, "kitchen")
    assert told is not None
    lines = [it for it in told.rubrics[0].steps if it.name == "附加扣分" and it.because == said]
    assert [it.value for it in lines] == ([costs] if said else [])
    assert school.total is not None
    assert free.total is not None
    assert abs(free.total - school.total - own.cost) <= 500  # one decimal is published


def test_handing_nothing_in_costs_where_the_rubric_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = "{step: 0.5, each: 1, limit: 5, missing: 2}"
    school = scored(tmp_path / "round", monkeypatch, asks, given=False)
    assert school.own is not None
    assert school.own.cost == to_units(Decimal(2))
    assert charged_text(load(asks, tmp_path), school.own) == "没有交自评表，扣 2 分"


def load(asks: str, folder: Path) -> Rubric:
    path = folder / "kitchen.yaml"
    path.write_text(kitchen(asks), encoding="utf-8")
    made, problems = load_rubric(path)
    assert made is not None, problems
    return made


@pytest.mark.parametrize(
    "wrong",
    [
        {"each": 1},
        {"limit": 1},
        {"each": 1, "limit": 1, "above": {1: 1}},
        {"free": 1},
        {"each": 0, "limit": 1},
        {"counts": "both"},
        {"above": {1: 2, 3: 1}},
        {"above": {1: 0}},
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SelfAssessment.model_validate(wrong)
