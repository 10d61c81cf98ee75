"""From items to the published total: normalisation, bonus and penalty, one rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from inspections.records.record import Record, State
from inspections.round.round import Round
from rubrics.language.rubric import Extras, Indicator, Rubric
from rubrics.rules import Bonus
from tests.reference.combining import combined
from tests.reference.correcting import Given, correction, moved
from tests.reference.exact import NOTHING, exact, half_up
from tests.reference.nested import is_nested, normalised, shares_of
from tests.reference.records import Mark, extra_points
from tests.reference.results import Item, Part, Result, lost


def add_up(
    result: Result,
    visits: Sequence[Record],
    of: Round,
    charged: Fraction,
    given: Given | None = None,
) -> None:
    """``charged``: taken off beside the items; ``given``: corrections by inspector."""
    rubric = result.rubric
    checked = [item for item in result.items.values() if item.state is State.CHECKED]
    result.earned = added(rubric, {item.indicator.id: item.earned for item in checked})
    result.applicable = sum((exact(item.indicator.points) for item in checked), NOTHING)
    if checked and is_nested(rubric):
        known = {item.indicator.id: item.earned for item in checked}
        result.earned = half_up(normalised(rubric, known), rubric.places)
        result.applicable = exact(rubric.points)
    result.bonus = extras(rubric.bonus, result, visits, of)
    result.penalty = extras(rubric.penalty, result, visits, of) + charged
    add_up_dimensions(result)
    if not result.applicable:
        return
    figure = score(result, visits, of)
    result.normalised = half_up(figure, rubric.places)
    result.plain = with_extras(result, figure)
    by = NOTHING
    if given is not None and result.group in given.groups:
        found = [one for one in visits if anything_checked(result, one)]
        by = correction(rubric, given, found, visits, of)
    result.by_points = result.total = moved(rubric, result.plain, by)
    for name, item in result.items.items():
        if item.state is State.CHECKED and lost(rubric, item) > 0:
            better = with_extras(result, score(result, visits, of, mended=name))
            better = moved(rubric, better, by)
            gain = better - result.total
            result.gains[name] = gain if rubric.scale == "merits" else -gain


def anything_checked(result: Result, visit: Record) -> bool:
    """Whether a record has an item that counts points."""
    return any(
        item.points and mark_in(result, item, visit).state is State.CHECKED
        for item in result.rubric.indicators
    )


def with_extras(result: Result, figure: Fraction) -> Fraction:
    """Bonus and penalty, then the one rounding."""
    change = result.bonus - result.penalty
    if result.rubric.scale == "demerits":
        change = -change
    total = half_up(figure + change, result.rubric.places)
    low, high = result.rubric.floor, result.rubric.cap
    total = total if low is None else max(total, exact(low))
    return total if high is None else min(total, exact(high))


def added(rubric: Rubric, earned: Mapping[str, Fraction]) -> Fraction:
    """What is earned, by indicator, added up; rounded before where the rubric says so."""
    return sum(by_dimension(rubric, earned), NOTHING)


def by_dimension(rubric: Rubric, earned: Mapping[str, Fraction]) -> list[Fraction]:
    found = []
    for dimension in rubric.dimensions:
        own = [earned[item.id] for item in dimension.indicators if item.id in earned]
        if rubric.rounding == "items":
            own = [half_up(each, rubric.places) for each in own]
        whole = sum(own, NOTHING)
        found.append(half_up(whole, rubric.places) if rubric.rounding == "dimensions" else whole)
    return found


def add_up_dimensions(result: Result) -> None:
    known = {name: item.earned for name, item in result.items.items() if is_checked(item)}
    if is_nested(result.rubric):
        nested_dimensions(result, known)
        return
    sums = by_dimension(result.rubric, known)
    for dimension, earned in zip(result.rubric.dimensions, sums, strict=True):
        items = [result.items[indicator.id] for indicator in dimension.indicators]
        checked = [item for item in items if is_checked(item)]
        possible = sum((exact(item.indicator.points) for item in checked), NOTHING)
        result.dimensions[dimension.id] = part_of(earned, possible, earned, possible)


def nested_dimensions(result: Result, known: Mapping[str, Fraction]) -> None:
    """What each dimension counts in the total, where what is missing is shared as it should be."""
    shares = shares_of(result.rubric, known)
    whole = sum((it.due * it.by for it in shares.values()), NOTHING)
    for dimension in result.rubric.dimensions:
        part = part_of(NOTHING, NOTHING, NOTHING, NOTHING)
        if own := shares.get(dimension.id):
            full = exact(result.rubric.points) * own.by / whole
            part = part_of(own.figure * full, own.due * full, own.figure, own.due)
        result.dimensions[dimension.id] = part


def part_of(earned: Fraction, applicable: Fraction, over: Fraction, under: Fraction) -> Part:
    share = over / under if under else None
    percent, fine = (None if share is None else half_up(share, places) for places in (3, 4))
    return Part(earned, applicable, percent, fine)


def is_checked(item: Item) -> bool:
    return item.state is State.CHECKED


def score(result: Result, visits: Sequence[Record], of: Round, mended: str = "") -> Fraction:
    """What is normalised, not yet rounded; with the indicator ``mended`` as good as can be."""
    rubric = result.rubric
    if of.combining.level == "total":
        return score_of_records(result, visits, of, mended)
    known = {name: item.earned for name, item in result.items.items() if is_checked(item)}
    if mended:
        known[mended] = best(rubric, result.items[mended].indicator)
    if is_nested(rubric):
        return normalised(rubric, known)
    earned = added(rubric, known)
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
        known: dict[str, Fraction] = {}
        possible = NOTHING
        for indicator in rubric.indicators:
            made = mark_in(result, indicator, visit)
            if made.state is State.CHECKED:
                possible += exact(indicator.points)
                mend = indicator.id == mended
                known[indicator.id] = made.earned
                if mend:
                    better = max if merits else min
                    known[indicator.id] = better(made.earned, best(rubric, indicator))
        if possible:
            earned = added(rubric, known)
            figure = earned / possible * exact(rubric.points) if merits else earned
            if is_nested(rubric):
                figure = normalised(rubric, known)
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
    caps = {item.id: item.bonus_cap for item in result.rubric.dimensions}
    under: dict[str | None, list[Fraction]] = {}
    families: dict[tuple[str | None, str], list[Fraction]] = {}
    for extra in section.items:
        bonus = isinstance(extra.rule, Bonus)
        found = [(visit, extra_points(result.rubric, extra, visit)) for visit in visits]
        figures = [(visit, points) for visit, points in found if points is not None]
        if not figures:
            continue
        points = combined(figures, visits, of, more_is_better=bonus)
        name = extra.rule.dimension if isinstance(extra.rule, Bonus) else None
        if isinstance(extra.rule, Bonus) and extra.rule.family:
            families.setdefault((name, extra.rule.family), []).append(points)
        else:
            under.setdefault(name, []).append(points)
    for (name, _), points_of_one in families.items():
        under.setdefault(name, []).append(max(points_of_one))
    total = NOTHING
    for name, found_there in under.items():
        cap = caps.get(name or "")
        inside = sum(found_there, NOTHING)
        total += inside if cap is None else min(inside, exact(cap))
    return min(exact(section.cap), total)
