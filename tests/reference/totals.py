"""From items to the published total: normalisation, bonus and penalty, one rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from inspections.records.record import Record, State
from inspections.round.round import Round
from rubrics.language.rubric import Extras, Indicator, Rubric
from rubrics.rules import Bonus
from tests.reference.combining import combined
from tests.reference.exact import NOTHING, exact, half_up
from tests.reference.records import Mark, extra_points
from tests.reference.results import Part, Result, lost


def add_up(result: Result, visits: Sequence[Record], of: Round) -> None:
    rubric = result.rubric
    checked = [item for item in result.items.values() if item.state is State.CHECKED]
    result.earned = sum((item.earned for item in checked), NOTHING)
    result.applicable = sum((exact(item.indicator.points) for item in checked), NOTHING)
    result.bonus = extras(rubric.bonus, result, visits, of)
    result.penalty = extras(rubric.penalty, result, visits, of)
    add_up_dimensions(result)
    if not result.applicable:
        return
    figure = score(result, visits, of)
    result.normalised = half_up(figure, rubric.places)
    result.by_points = result.total = with_extras(result, figure)
    for name, item in result.items.items():
        if item.state is State.CHECKED and lost(rubric, item) > 0:
            better = with_extras(result, score(result, visits, of, mended=name))
            gain = better - result.total
            result.gains[name] = gain if rubric.scale == "merits" else -gain


def with_extras(result: Result, figure: Fraction) -> Fraction:
    """Bonus and penalty, then the one rounding."""
    change = result.bonus - result.penalty
    if result.rubric.scale == "demerits":
        change = -change
    return half_up(figure + change, result.rubric.places)


def add_up_dimensions(result: Result) -> None:
    for dimension in result.rubric.dimensions:
        items = [result.items[indicator.id] for indicator in dimension.indicators]
        checked = [item for item in items if item.state is State.CHECKED]
        earned = sum((item.earned for item in checked), NOTHING)
        possible = sum((exact(item.indicator.points) for item in checked), NOTHING)
        share = half_up(earned / possible) if possible else None
        result.dimensions[dimension.id] = Part(earned, possible, share)


def score(result: Result, visits: Sequence[Record], of: Round, mended: str = "") -> Fraction:
    """What is normalised, not yet rounded; with the indicator ``mended`` as good as can be."""
    rubric = result.rubric
    if of.combining.level == "total":
        return score_of_records(result, visits, of, mended)
    earned = result.earned
    if mended:
        item = result.items[mended]
        earned += best(rubric, item.indicator) - item.earned
    if rubric.scale == "demerits":
        return earned
    return earned / result.applicable * exact(rubric.points)


def best(rubric: Rubric, indicator: Indicator) -> Fraction:
    return exact(indicator.points) if rubric.scale == "merits" else NOTHING


def score_of_records(result: Result, visits: Sequence[Record], of: Round, mended: str) -> Fraction:
    """Each record's own figure, then combined."""
    rubric = result.rubric
    merits = rubric.scale == "merits"
    figures = []
    for visit in visits:
        earned = possible = NOTHING
        for indicator in rubric.indicators:
            made = mark_in(result, indicator, visit)
            if made.state is State.CHECKED:
                possible += exact(indicator.points)
                earned += best(rubric, indicator) if indicator.id == mended else made.earned
        if possible:
            figure = half_up(earned / possible * exact(rubric.points)) if merits else earned
            figures.append((visit, figure))
    return combined(figures, visits, of, more_is_better=merits)


def mark_in(result: Result, indicator: Indicator, visit: Record) -> Mark:
    seen = visit.observation(indicator.id)
    found = (made for made in result.items[indicator.id].records if made.observation is seen)
    return Mark(State.UNCHECKED) if seen is None else next(found, Mark(State.UNCHECKED))


def extras(section: Extras | None, result: Result, visits: Sequence[Record], of: Round) -> Fraction:
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
