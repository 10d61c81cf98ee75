"""Grades, numbered from the best: the first band that the total reaches, then what limits it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import DimensionsReach, GradeBand, Rubric
from rubrics.rules.exact import LIMIT, compared, times, unit_ends
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.dimensions import Dimensions
from scoring.engine.items import Items
from scoring.engine.scale import turned, worst
from scoring.verdict.redlines import RedLines

NONE = -1
"""The number of no grade at all; that of no verdict (不评定) comes after the rubric's last."""


@dataclass(frozen=True, slots=True)
class Graded:
    """Grades of schools, step by step, so that each step can be told.

    ``by_total``: by the total alone; ``by_conditions``: with the bands' conditions;
    ``by_keys``: after key limits; ``by_repeats``: after what was found again; ``final``: after red
    lines.
    """

    by_total: IntArray
    by_conditions: IntArray
    by_keys: IntArray
    by_repeats: IntArray
    final: IntArray


def grade_names(rubric: Rubric) -> list[str]:
    """Returns the grades by number; the last is the verdict that there is none."""
    return [*(band.grade for band in rubric.grades), rubric.ungraded]


def graded(
    rubric: Rubric,
    total: IntArray,
    items: Items,
    parts: Dimensions,
    red_lines: RedLines,
    again: BoolArray | None = None,
    given: IntArray | None = None,
) -> Graded:
    """Returns the grades of all schools, as if each had a total.

    ``again``: schools x indicators that were found in a round before. ``given``: the grade that
    somebody has in place of the one by its total; ``NONE`` where it is that.
    """
    last = len(rubric.grades) - 1
    by_total = np.full(len(total), last, np.int64)
    by_conditions = by_total.copy()
    for number in range(last - 1, -1, -1):
        band = rubric.grades[number]
        there = reached(rubric, band, total)
        if given is not None:
            there = np.where(given == NONE, there, number >= given)
        by_total[there] = number
        met = there & ~np.any(list(unmet(rubric, band, items, parts, red_lines)), axis=0)
        by_conditions[met] = number
    names = grade_names(rubric)
    by_keys = by_conditions.copy()
    for limit in rubric.key_limits:
        bound = names.index(limit.grade or limit.ceiling or names[0])
        failed = failing(rubric, red_lines, limit.tier) >= limit.failed
        by_keys[failed] = np.maximum(by_keys[failed], bound)
    by_repeats = np.maximum(by_keys, ceilings(rubric, items, again))
    final, steps = by_repeats.copy(), np.zeros_like(by_keys)
    for place, line in enumerate(red_lines.lines):
        hit, does = red_lines.hits[:, place], line.line.consequence
        for name in (does.grade, does.ceiling):
            if name is not None:
                final[hit] = np.maximum(final[hit], names.index(name))
        steps[hit] += does.lower
    final = np.where(final > last, final, np.minimum(final + steps, last))
    return Graded(by_total, by_conditions, by_keys, by_repeats, final)


def ceilings(rubric: Rubric, items: Items, again: BoolArray | None) -> IntArray:
    """Returns the number of the best grade that what was found again leaves to each school."""
    found = np.zeros(len(items.states), np.int64)
    for place, indicator in enumerate(rubric.indicators if again is not None else ()):
        assert again is not None
        repeat = repeat_of(rubric, indicator)
        if repeat is not None and repeat.ceiling is not None:
            hit = again[:, place] & (items.lost[:, place] > 0)
            bound = grade_names(rubric).index(repeat.ceiling)
            found[hit] = np.maximum(found[hit], bound)
    return found


def reached(rubric: Rubric, band: GradeBand, total: IntArray) -> BoolArray:
    """Returns whose total reaches a band: of merits its lower end, of demerits its upper end."""
    low, high = unit_ends(band.range)
    end = high if rubric.scale == "demerits" else low
    return np.ones(total.shape, bool) if end is None else total >= turned(rubric, end)


def unmet(
    rubric: Rubric,
    band: GradeBand,
    items: Items,
    parts: Dimensions,
    red_lines: RedLines,
) -> list[BoolArray]:
    """Returns who fails each of the band's conditions; first a column of none."""
    found = [np.zeros(len(items.states), bool)]
    if band.key_failed_at_most is not None:
        found.append(failing(rubric, red_lines) > band.key_failed_at_most)
    for tier, most in band.tier_failed_at_most.items():
        found.append(failing(rubric, red_lines, tier) > most)
    if band.largest_at_most is not None:
        most_lost = to_units(band.largest_at_most) * items.fine
        found.append(np.asarray((items.lost > most_lost).any(axis=1)))
    for name, least in band.at_least.items():
        kept, due = kept_of(rubric, name, items, parts)
        over, under = compared(kept, due, least)
        found.append(np.asarray((due > 0) & (over < under)))
    if band.dimensions_at_least is not None:
        over, under = compared(parts.kept, parts.due, band.dimensions_at_least)
        found.append(np.asarray(((parts.due > 0) & (over < under)).any(axis=1)))
    if band.dimensions_reach is not None:
        reached_in, there = reaching(band.dimensions_reach, parts)
        found.append(np.asarray(reached_in < np.minimum(band.dimensions_reach.at_least, there)))
    return found


def reaching(asked: DimensionsReach, parts: Dimensions) -> tuple[IntArray, IntArray]:
    """Returns in how many dimensions each school keeps the share, and how many apply to it."""
    over, under = compared(parts.kept, parts.due, asked.share)
    there = parts.due > 0
    kept = np.asarray(there & (over >= under))
    return kept.sum(axis=1), np.asarray(there.sum(axis=1))


def kept_of(
    rubric: Rubric, name: str, items: Items, parts: Dimensions
) -> tuple[IntArray, IntArray]:
    """Returns what each school kept of a dimension or an indicator, and out of how much.

    Both in the same parts of a unit; 0 of 0 where nothing of it was checked.
    """
    for place, dimension in enumerate(rubric.dimensions):
        if dimension.id == name:
            return parts.kept[:, place], parts.due[:, place]
    place = [item.id for item in rubric.indicators].index(name)
    there = (items.states[:, place] == CHECKED).astype(np.int64)
    none = worst(rubric, rubric.indicators[place].points) * items.fine
    earned = items.earned[:, place]
    if abs(none) >= LIMIT:  # numpy's own integers do not hold such fine parts of a unit
        earned = earned.astype(object)
    return times(earned - none, there), times(there, int(items.points[place]) * items.fine)


def failing(rubric: Rubric, red_lines: RedLines, tier: str | None = None) -> IntArray:
    """Returns how many key items of each school fail, or how many items of a tier."""
    counted = [
        item.key is not None if tier is None else item.tier == tier for item in rubric.indicators
    ]
    return np.asarray(red_lines.failing[:, counted].sum(axis=1))
