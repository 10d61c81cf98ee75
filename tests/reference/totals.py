"""From items to the published total: normalisation, bonus and penalty, one rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from inspections.round import Round
from inspections.visit import State, Visit
from rubrics.rubric import Extras, Indicator
from rubrics.rules import Bonus
from tests.reference.combining import combined
from tests.reference.exact import NOTHING, exact, half_up
from tests.reference.records import Mark, extra_points
from tests.reference.results import Result


def add_up(result: Result, visits: Sequence[Visit], of: Round) -> None:
    rubric = result.rubric
    merits = rubric.scale == "merits"
    checked = [item for item in result.items.values() if item.state is State.CHECKED]
    result.earned = sum((item.earned for item in checked), NOTHING)
    result.applicable = sum((exact(item.indicator.points) for item in checked), NOTHING)
    result.bonus = extras(rubric.bonus, result, visits, of)
    result.penalty = extras(rubric.penalty, result, visits, of)
    if not result.applicable:
        return
    if of.combining.level == "total":
        figure = total_level(result, visits, of)
    elif merits:
        figure = result.earned / result.applicable * exact(rubric.points)
    else:
        figure = result.earned
    change = result.bonus - result.penalty
    result.normalised = half_up(figure, rubric.places)
    result.total = half_up(figure + (change if merits else -change), rubric.places)


def total_level(result: Result, visits: Sequence[Visit], of: Round) -> Fraction:
    """Each record's own figure, then combined."""
    rubric = result.rubric
    merits = rubric.scale == "merits"
    figures = []
    for visit in visits:
        marks = [
            (indicator, made)
            for indicator in rubric.indicators
            for made in [mark_in(result, indicator, visit)]
            if made.state is State.CHECKED
        ]
        possible = sum((exact(indicator.points) for indicator, _ in marks), NOTHING)
        earned = sum((made.earned for _, made in marks), NOTHING)
        if possible:
            figure = half_up(earned / possible * exact(rubric.points)) if merits else earned
            figures.append((visit, figure))
    return combined(figures, visits, of, more_is_better=merits)


def mark_in(result: Result, indicator: Indicator, visit: Visit) -> Mark:
    seen = visit.observation(indicator.id)
    item = result.items[indicator.id]
    for made in item.records:
        if made.observation is seen and seen is not None:
            return made
    return Mark(State.UNCHECKED)


def extras(section: Extras | None, result: Result, visits: Sequence[Visit], of: Round) -> Fraction:
    """Per item, then only the highest of a family, then the cap that all share."""
    if section is None:
        return NOTHING
    alone: list[Fraction] = []
    families: dict[str, list[Fraction]] = {}
    for extra in section.items:
        bonus = isinstance(extra.rule, Bonus)
        found = [(visit, extra_points(result.rubric, extra, visit)) for visit in visits]
        figures = [(visit, points) for visit, points in found if points is not None]
        if not figures:
            continue
        points = combined(figures, visits, of, more_is_better=bonus)
        if isinstance(extra.rule, Bonus) and extra.rule.family:
            families.setdefault(extra.rule.family, []).append(points)
        else:
            alone.append(points)
    highest = [max(points) for points in families.values()]
    return min(exact(section.cap), sum(alone + highest, NOTHING))
