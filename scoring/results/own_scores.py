"""What schools gave themselves before the visit (自评), beside what the visit gave them (复评)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from inspections.records.record import State
from inspections.records.self_assessment import OwnScore
from inspections.round.opened import OpenRound
from inspections.self_assessment.standing import held_assessments
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import self_assessed
from rubrics.messages.csv_text import harmless, literal
from rubrics.values.conditions import Traits
from rubrics.values.points import SCALE, fixed, number_text, round_units, to_units
from scoring.engine.own_scores import OwnPoints
from scoring.results.published import points_places, points_text
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


def own_points(said: Mapping[tuple[str, str], Given], rubric: str) -> OwnPoints:
    """Returns what schools gave themselves under one rubric, as the engine takes it."""
    return {
        school: {name: it.points for name, it in given.items()}
        for (school, of), given in said.items()
        if of == rubric
    }


def comparable(item: IndicatorScore, given: OwnScore | None) -> bool:
    """Whether an indicator has both: the school gave itself points, and it was checked."""
    both = given is not None and given.points is not None
    return both and item.state is State.CHECKED and not item.band


def own_total(
    rubric: Rubric, traits: Traits, items: Iterable[IndicatorScore], given: Given | None, cost: int
) -> OwnTotal | None:
    """Returns a school's own points beside those of the visit, over what has both.

    None where the rubric asks no school to score itself. ``traits``: the school's;
    ``given`` is None where it has handed nothing in; ``cost``: what it costs, in units.
    """
    if rubric.self_assessment is None:
        return None
    asked = {item.id for item in self_assessed(rubric, traits)}
    if given is None:
        return OwnTotal(False, len(asked), cost=cost)
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
    points = {name: OwnScore(own.points) for name, own in given.items()}
    return OwnTotal(True, len(asked), tuple(parts), cost, points)


def as_printed(rubric: Rubric, own: OwnTotal) -> tuple[int, int, int]:
    """Returns what the school gave itself, what the visit gave it and the difference, in units, as
    they are printed.
    """
    places = points_places(rubric)
    mine, theirs = round_units(own.own, places), round_units(own.review, places)
    return mine, theirs, mine - theirs


def told_text(rubric: Rubric, score: SchoolScore) -> str:
    """Returns what is said of a school's own score in a table: what it costs, or why there is
    nothing to compare.
    """
    own = score.own
    if own is None or not own.asked:
        return ""
    charged = charged_text(rubric, own) if score.visits else ""
    if own.handed_in and not own.count:
        return "没有检查过，或两边没有都有分的指标"
    return charged or ("" if own.handed_in else "没有交自评表")


def charged_text(rubric: Rubric, own: OwnTotal) -> str:
    """Returns what a school's own score costs it and how that is worked out, in words:
    ``自评高 4.6 分，超过 3 分的部分每 1 分扣 0.2 分，扣 0.32 分``. Empty where it can cost nothing.
    """
    asks = rubric.self_assessment
    if asks is None or not asks.scored or not own.asked:
        return ""
    paid = f"扣 {points_text(own.cost)} 分" if own.cost else "不扣分"
    if not own.handed_in:
        return f"没有交自评表，{paid}"
    if not own.count or not asks.deviation_costs:
        return "交了自评表，不扣分"
    places = points_places(rubric)
    difference = as_printed(rubric, own)[2]
    if not difference:
        return f"自评与复评相同，{paid}"
    apart = f"自评{'高' if difference > 0 else '低'} {points_text(abs(difference), places)} 分"
    if difference < 0 and asks.counts == "higher":
        return f"{apart}，{paid}"
    if asks.each is None:
        size = abs(difference)
        passed = [most for most in asks.above if size > to_units(most)]
        least = max(passed, default=min(asks.above))
        return f"{apart}，{'超过' if passed else '没有超过'} {number_text(least)} 分，{paid}"
    free = f"超过 {number_text(asks.free)} 分的部分" if asks.free else ""
    if asks.free and abs(difference) <= to_units(asks.free):
        return f"{apart}，没有超过 {number_text(asks.free)} 分，{paid}"
    beyond = abs(difference) - to_units(asks.free)
    cut_off = beyond * to_units(asks.each) >= (own.cost + 50) * SCALE
    most = "（扣到上限）" if cut_off else ""
    return f"{apart}，{free}每 1 分扣 {number_text(asks.each)} 分，{paid}{most}"


def own_rows(one: RubricScores) -> Iterator[tuple[str, ...]]:
    """Yields the rows of self_assessment.csv of one rubric: every indicator that a school was
    asked for. Points have four decimals; ``review`` and ``apart`` are empty where there is nothing
    to compare, ``own`` where nothing was handed in.
    """
    of = {item.id: part.id for part in one.rubric.dimensions for item in part.indicators}
    for score in one.schools:
        asked = {item.id for item in self_assessed(one.rubric, score.school.traits)}
        given = score.own.given if score.own else {}
        for item in score.indicators:
            if item.indicator in asked and item.state is not State.INAPPLICABLE:
                own_score = given.get(item.indicator)
                yield _row(one.rubric, of[item.indicator], score, item, own_score)


def _row(
    rubric: Rubric, dimension: str, score: SchoolScore, item: IndicatorScore, given: OwnScore | None
) -> tuple[str, ...]:
    own = review = apart = ""
    if given is not None:
        own = given.text
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
