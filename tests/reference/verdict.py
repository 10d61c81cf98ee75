"""Key items, red lines and the grade, with everything that limits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from inspections.records.record import Record, State
from rubrics.language.rubric import Consequence, RedLine, Rubric, Trigger
from tests.reference.exact import NOTHING, exact, keeps_high_end, reaches_low_end
from tests.reference.nested import is_nested, shares_of
from tests.reference.records import Mark, repeat_rule, triggered
from tests.reference.results import Item, Result, kept, lost


def key_fails(rubric: Rubric, item: Item) -> bool:
    assert item.indicator.key is not None
    triggers = item.indicator.key.triggers
    return meets_any(rubric, item, triggers) if triggers else lost(rubric, item) > 0


def meets_any(rubric: Rubric, item: Item, triggers: Sequence[Trigger]) -> bool:
    """Whether the item sets off a trigger: in any record, or ``below`` in all together.

    Under ``pending: full`` a record that lacks its evidence sets off nothing.
    """
    limits = [exact(trigger.below) for trigger in triggers if trigger.below is not None]
    together = kept(rubric, item.indicator, item.earned)
    return any(together < limit for limit in limits) or any(
        triggered(trigger, item.indicator, made)
        for made in item.records
        if not in_doubt(rubric, made)
        for trigger in triggers
    )


def waits(rubric: Rubric, item: Item, triggers: Sequence[Trigger]) -> bool:
    """Whether a record that lacks its evidence would set off a trigger."""
    limits = [exact(trigger.below) for trigger in triggers if trigger.below is not None]
    doubted = [made for made in item.records if in_doubt(rubric, made)]
    alone = [kept(rubric, item.indicator, made.observed) for made in doubted]
    return any(figure < limit for figure in alone for limit in limits) or any(
        triggered(trigger, item.indicator, made) for made in doubted for trigger in triggers
    )


def in_doubt(rubric: Rubric, made: Mark) -> bool:
    return made.pending and rubric.pending == "full"


def red_lines(result: Result, visits: Sequence[Record]) -> Iterator[Consequence]:
    """Yields what the red lines in effect do, and lists them."""
    for item in result.items.values():
        if item.state is State.CHECKED:
            for line in item.indicator.red_lines:
                listed = (line.id or item.indicator.id, line.title)
                if meets_any(result.rubric, item, line.triggers):
                    result.red_lines.append(listed)
                    yield line.consequence
                elif waits(result.rubric, item, line.triggers):
                    result.pending_red_lines.append(listed)
    for line in result.rubric.red_lines:
        if any(flagged(line, visit) for visit in visits):
            result.red_lines.append((line.id or "", line.title))
            yield line.consequence


def flagged(line: RedLine, visit: Record) -> bool:
    seen = visit.observation(line.id or "")
    return (
        seen is not None
        and seen.state is State.CHECKED
        and any(seen.values.get(trigger.flag or "") == 1 for trigger in line.triggers)
    )


def first_grade(result: Result, given: str = "") -> str:
    """Best first; the last one takes what is left. ``given``: none better than this, by place."""
    rubric, total = result.rubric, result.total
    assert total is not None
    failing = tiers_failing(result)
    checked = [item for item in result.items.values() if item.state is State.CHECKED]
    names = [band.grade for band in rubric.grades]
    for band in rubric.grades[:-1]:
        fits = reaches_low_end if rubric.scale == "merits" else keeps_high_end
        if given and names.index(band.grade) < names.index(given):
            continue
        if not given and not fits(band.range, total):
            continue
        if band.key_failed_at_most is not None and len(result.key_failed) > band.key_failed_at_most:
            continue
        if any(failing.get(tier, 0) > most for tier, most in band.tier_failed_at_most.items()):
            continue
        if band.largest_at_most is not None and any(
            lost(rubric, item) > exact(band.largest_at_most) for item in checked
        ):
            continue
        if band.dimensions_at_least is not None and any(
            share < band.dimensions_at_least for share in dimension_shares(result).values()
        ):
            continue
        if band.dimensions_reach is not None:
            shares = dimension_shares(result).values()
            kept = [share for share in shares if share >= band.dimensions_reach.share]
            if len(kept) < min(band.dimensions_reach.at_least, len(shares)):
                continue
        if any(
            share is not None and share < band.at_least[name]
            for name in band.at_least
            for share in [share_of(result, name)]
        ):
            continue
        return band.grade
    return rubric.grades[-1].grade


def tiers_failing(result: Result) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in result.items.values():
        if item.state is State.CHECKED:
            keyed = item.indicator.key is not None
            if item.key_failed if keyed else lost(result.rubric, item) > 0:
                counts[item.indicator.tier] = counts.get(item.indicator.tier, 0) + 1
    return counts


def dimension_shares(result: Result) -> dict[str, Fraction]:
    """Dimension id -> kept share of the points checked in it; left out where nothing was."""
    shares = {}
    if is_nested(result.rubric):
        checked = [item for item in result.items.values() if item.state is State.CHECKED]
        known = {item.indicator.id: item.earned for item in checked}
        return {name: it.figure / it.due for name, it in shares_of(result.rubric, known).items()}
    for dimension in result.rubric.dimensions:
        items = [result.items[indicator.id] for indicator in dimension.indicators]
        checked = [item for item in items if item.state is State.CHECKED]
        possible = sum((exact(item.indicator.points) for item in checked), NOTHING)
        if possible:
            left = (kept(result.rubric, item.indicator, item.earned) for item in checked)
            shares[dimension.id] = sum(left, NOTHING) / possible
    return shares


def share_of(result: Result, name: str) -> Fraction | None:
    """The kept share of a dimension or an indicator; None where nothing of it was checked."""
    if name in {dimension.id for dimension in result.rubric.dimensions}:
        return dimension_shares(result).get(name)
    item = result.items[name]
    if item.state is not State.CHECKED:
        return None
    return kept(result.rubric, item.indicator, item.earned) / exact(item.indicator.points)


def limited(grade: str, result: Result, hits: Sequence[Consequence]) -> str:
    """The grade after key limits and red lines."""
    rubric = result.rubric
    failing = tiers_failing(result)
    for limit in rubric.key_limits:
        count = failing.get(limit.tier, 0) if limit.tier else len(result.key_failed)
        if count >= limit.failed:
            grade = worse(rubric, grade, limit.grade or limit.ceiling or grade)
    for name, item in result.items.items():
        repeat = repeat_rule(rubric, item.indicator)
        found = name in result.before and item.state is State.CHECKED and lost(rubric, item) > 0
        if found and repeat is not None and repeat.ceiling:
            grade = worse(rubric, grade, repeat.ceiling)
    for does in hits:
        for bound in (does.grade, does.ceiling):
            grade = worse(rubric, grade, bound or grade)
    if grade == rubric.ungraded:
        return grade
    names = [band.grade for band in rubric.grades]
    steps = sum(does.lower for does in hits)
    return names[min(len(names) - 1, names.index(grade) + steps)]


def worse(rubric: Rubric, one: str, other: str) -> str:
    """The worse of two grades; the verdict that there is no grade is final."""
    order: Mapping[str, int] = {
        name: number
        for number, name in enumerate([*(band.grade for band in rubric.grades), rubric.ungraded])
    }
    return max(one, other, key=lambda name: order[name])
