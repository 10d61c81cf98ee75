"""From indicators to the published total: normalisation, bonus and penalty, one rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inspections.round.round import Combining
from rubrics.language.rubric import Rubric
from rubrics.rules.exact import portion, quotient, times
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.combining import combine
from scoring.engine.items import Items, points_in


@dataclass(frozen=True, slots=True)
class Totals:
    """Per school, in units. ``there``: something was applicable, so there is a total.

    ``normalised`` and ``total`` are rounded to the rubric's places, each from the exact value.
    """

    earned: IntArray
    applicable: IntArray
    normalised: IntArray
    total: IntArray
    there: BoolArray


def totals(rubric: Rubric, items: Items, change: IntArray) -> Totals:
    """Returns the totals of combined indicators.

    ``change``: bonus less penalty, in units. Demerits are not normalised, and a bonus takes some
    off.
    """
    full, step = to_units(rubric.points), 10 ** (4 - rubric.places)
    got = np.asarray(items.earned.sum(axis=1))
    out_of = points_in(items.states, CHECKED, items.points)
    if rubric.scale == "demerits":
        normalised = portion(1, got, step) * step
        total = portion(1, got - change, step) * step
    else:
        normalised = portion(full, got, step, out_of) * step
        over = times(got, full) + times(change, 1) * out_of
        total = quotient(over, times(out_of, step)) * step
    return Totals(got, out_of, normalised, total, out_of > 0)


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
    demerits = rubric.scale == "demerits"
    own = got if demerits else portion(full, got, 1, out_of)
    score, there = combine(
        own[:, np.newaxis], (out_of > 0)[:, np.newaxis], columns, combining, demerits=demerits
    )
    return rounded(rubric, score[:, 0], change, alone, there[:, 0])


def rounded(
    rubric: Rubric, score: IntArray, change: IntArray, alone: Totals, there: BoolArray
) -> Totals:
    """Returns totals from a normalised score that is already in units."""
    step = 10 ** (4 - rubric.places)
    total = score - change if rubric.scale == "demerits" else score + change
    return Totals(
        alone.earned,
        alone.applicable,
        portion(1, score, step) * step,
        portion(1, total, step) * step,
        there,
    )
