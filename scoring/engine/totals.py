"""From indicators to the published total: normalisation, bonus and penalty, one rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inspections.round.round import Combining
from rubrics.language.rubric import Rubric
from rubrics.rules.exact import portion, quotient, times
from rubrics.values.points import BoolArray, IntArray, round_units, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.combining import combine
from scoring.engine.items import Items, points_in


@dataclass(frozen=True, slots=True)
class Totals:
    """Per school, in units. ``there``: something was applicable, so there is a total.

    ``earned`` counts out of ``base``: what is ``applicable``, or all points. ``normalised`` and
    ``total`` are rounded to the rubric's places, each from the exact value.
    """

    earned: IntArray
    applicable: IntArray
    base: IntArray
    normalised: IntArray
    total: IntArray
    there: BoolArray


def totals(rubric: Rubric, items: Items, change: IntArray) -> Totals:
    """Returns the totals of combined indicators.

    ``change``: bonus less penalty, in units.
    """
    got = np.asarray(items.earned.sum(axis=1))
    out_of = points_in(items.states, CHECKED, items.points)
    base = base_of(rubric, out_of)
    normalised = published(rubric, got, base, np.zeros_like(change))
    return Totals(got, out_of, base, normalised, published(rubric, got, base, change), out_of > 0)


def published(rubric: Rubric, earned: IntArray, base: IntArray, change: IntArray) -> IntArray:
    """Returns ``earned`` of ``base``, normalised and changed, rounded once, to the places."""
    step: int = 10 ** (4 - rubric.places)
    over = times(earned, to_units(rubric.points)) + times(change, base)
    return quotient(over, times(base, step)) * step


def base_of(rubric: Rubric, applicable: IntArray) -> IntArray:
    """Returns what earned units count out of: demerits are not normalised."""
    if rubric.scale == "demerits":
        return np.full_like(applicable, to_units(rubric.points))
    return applicable


def totals_of_records(
    rubric: Rubric,
    columns: Columns,
    items: Items,
    combining: Combining,
    change: IntArray,
    alone: Totals,
) -> Totals:
    """Returns the same where each record's own normalised score is combined, not its items.

    ``alone`` are the totals of combined indicators, whose earned and applicable units are shown.
    """
    full = to_units(rubric.points)
    records = items.records
    got = np.asarray(np.where(records.states == CHECKED, records.earned, 0).sum(axis=1))
    out_of = points_in(records.states, CHECKED, items.points)
    own = portion(full, got, 1, base_of(rubric, out_of))
    score, there = combine(own[:, np.newaxis], (out_of > 0)[:, np.newaxis], columns, combining)
    return rounded(rubric, score[:, 0], change, alone, there[:, 0])


def rounded(
    rubric: Rubric, score: IntArray, change: IntArray, alone: Totals, there: BoolArray
) -> Totals:
    """Returns totals from a normalised score that is already in units."""
    return Totals(
        alone.earned,
        alone.applicable,
        alone.base,
        round_units(score, rubric.places),
        round_units(score + change, rubric.places),
        there,
    )
