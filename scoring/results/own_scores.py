"""What schools gave themselves before the visit (自评), beside what the visit gave them (复评)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from inspections.records.record import State
from inspections.records.self_assessment import INAPPLICABLE, OwnScore
from inspections.round.opened import OpenRound
from inspections.self_assessment.standing import held_assessments
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import self_assessed
from rubrics.messages.csv_text import harmless, literal
from rubrics.values.conditions import Traits
from rubrics.values.points import fixed, number_text, to_units
from scoring.results.scores import (
    IndicatorScore,
    OwnDimension,
    OwnTotal,
    RubricScores,
    SchoolScore,
)

FILE: Final = "self_assessment.csv"
COLUMNS: Final = (
    "school_id", "school", "rubric", "dimension", "indicator", "points", "own", "review", "apart",
)  # fmt: skip
_FINE: Final = 4

Given: TypeAlias = Mapping[str, OwnScore]
"""What a school gave itself, by indicator."""

NOBODY: Final[Mapping[tuple[str, str], Given]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OwnScores:
    """What schools gave themselves, by (school, rubric). ``digest``: of all of it, empty where no
    rubric asks.
    """

    said: Mapping[tuple[str, str], Given] = field(default_factory=dict)
    digest: str = ""


def own_scores_of(opened: OpenRound) -> OwnScores:
    """Returns what the schools of a round gave themselves, the latest of each."""
    if not any(rubric.self_assessment for rubric in opened.rubrics.values()):
        return OwnScores()
    held = held_assessments(opened)
    told = [
        [*key, [[name, str(it.points), it.note] for name, it in sorted(one.scores.items())]]
        for key, one in sorted(held.items())
    ]
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
    return OwnScores({key: one.scores for key, one in held.items()}, digest)


def comparable(item: IndicatorScore, given: OwnScore | None) -> bool:
    """Whether an indicator has both: the school gave itself points, and it was checked."""
    both = given is not None and given.points is not None
    return both and item.state is State.CHECKED and not item.band


def own_total(
    rubric: Rubric, traits: Traits, items: Iterable[IndicatorScore], given: Given | None
) -> OwnTotal | None:
    """Returns a school's own points beside those of the visit, over what has both.

    None where the rubric asks no school to score itself. ``traits``: the school's;
    ``given`` is None where it has handed nothing in.
    """
    if rubric.self_assessment is None:
        return None
    asked = {item.id for item in self_assessed(rubric, traits)}
    if given is None:
        return OwnTotal(False, len(asked))
    scored = {item.indicator: item for item in items if item.indicator in asked}
    parts = []
    for dimension in rubric.dimensions:
        both = [
            (to_units(own.points), scored[item.id].earned)
            for item in dimension.indicators
            if item.id in scored
            and comparable(scored[item.id], own := given.get(item.id))
            and own is not None
            and own.points is not None
        ]
        if both:
            own_units, review = (sum(column) for column in zip(*both, strict=True))
            parts.append(OwnDimension(dimension.id, own_units, review, len(both)))
    return OwnTotal(True, len(asked), tuple(parts))


def own_rows(one: RubricScores, own: Mapping[tuple[str, str], Given]) -> Iterator[tuple[str, ...]]:
    """Yields the rows of self_assessment.csv of one rubric: every indicator that a school was
    asked for. Points have four decimals; ``review`` and ``apart`` are empty where there is nothing
    to compare, ``own`` where nothing was handed in.
    """
    of = {item.id: part.id for part in one.rubric.dimensions for item in part.indicators}
    for score in one.schools:
        asked = {item.id for item in self_assessed(one.rubric, score.school.traits)}
        given = own.get((score.school.id, one.rubric.id), {})
        for item in score.indicators:
            if item.indicator in asked and item.state is not State.INAPPLICABLE:
                own_score = given.get(item.indicator)
                yield _row(one.rubric, of[item.indicator], score, item, own_score)


def _row(
    rubric: Rubric, dimension: str, score: SchoolScore, item: IndicatorScore, given: OwnScore | None
) -> tuple[str, ...]:
    own = review = apart = ""
    if given is not None:
        own = INAPPLICABLE if given.points is None else number_text(given.points)
    if item.state is State.CHECKED and not item.band:
        review = fixed(item.earned, _FINE)
    if given is not None and given.points is not None and comparable(item, given):
        apart = fixed(to_units(given.points) - item.earned, _FINE)
    return (
        literal(score.school.id),
        harmless(score.school.name),
        rubric.id,
        harmless(dimension),
        harmless(item.indicator),
        fixed(item.points, _FINE),
        own,
        review,
        apart,
    )
