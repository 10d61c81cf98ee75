"""Somebody else's rules as data: three scores of the UK's food hygiene rating, fewer is better."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from rubrics.checking import check
from rubrics.files.loading import load_rubric
from rubrics.language.rubric import Rubric
from rubrics.language.slots import rubric_slots
from tests.rubrics.spoken import earned

FILE = Path(__file__).with_name("hygiene_uk.yaml")

# hygiene, structure, confidence in management -> rating, by hand from the published table
BY_HAND = [
    ((0, 0, 0), 5),
    ((5, 5, 5), 5),
    ((10, 0, 0), 4),  # a sum of 10 would do for 5, a single 10 does not
    ((5, 5, 10), 4),
    ((10, 10, 5), 3),
    ((10, 10, 10), 3),
    ((15, 0, 0), 2),  # a sum of 15, but a single 15
    ((15, 15, 10), 2),
    ((0, 0, 20), 1),
    ((20, 15, 10), 1),
    ((20, 10, 20), 1),
    ((25, 0, 0), 0),
    ((0, 0, 30), 0),
    ((20, 15, 20), 0),
    ((25, 25, 30), 0),
]


@pytest.fixture(scope="module")
def scheme() -> Rubric:
    made, problems = load_rubric(FILE)
    assert not problems
    assert made is not None
    return made


def test_check_finds_nothing(scheme: Rubric) -> None:
    assert check(scheme) == []
    assert scheme.scale == "demerits"


def test_only_the_published_scores_can_be_given(scheme: Rubric) -> None:
    given = {owner: [int(value) for value in slot.values] for owner, slot in rubric_slots(scheme)}
    assert given == {
        "H1": [0, 5, 10, 15, 20, 25],
        "H2": [0, 5, 10, 15, 20, 25],
        "H3": [0, 5, 10, 20, 30],
    }


@pytest.mark.parametrize(("scores", "rating"), BY_HAND)
def test_the_grades_are_the_published_ratings(
    scheme: Rubric, scores: tuple[int, ...], rating: int
) -> None:
    for item, score in zip(scheme.indicators, scores, strict=True):
        assert earned(scheme, item, str(score), {}) == str(score)
    total, largest = Decimal(sum(scores)), max(scores)
    reached = next(
        band.grade
        for band in scheme.grades
        if (band.range.high is None or total <= band.range.high)
        and (band.largest_at_most is None or largest <= band.largest_at_most)
    )
    assert reached.startswith(str(rating))
