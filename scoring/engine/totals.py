"""From indicators to the published total: normalisation, bonus and penalty, one rounding.

Then its floor and cap; red lines come after, in ``scoring.verdict``.
"""

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
from scoring.engine.rounding import added
from scoring.engine.scale import turned
from scoring.engine.weighing import Weighing, weighing


@dataclass(frozen=True, slots=True)
class Totals:
    """Per school. ``there``: something was applicable, so there is a total.

    ``earned`` is exact, in the items' parts of a unit; all else is in units. It counts out of
    what is ``applicable``, or of all points. ``normalised`` and ``total`` are rounded to the
    rubric's places, each from the exact value, and the total then kept within floor and cap.
    ``base``: out of what items count that are added up; ``weighed``: how, where not by points
    alone. What is earned is normalised then, and all points are applicable.
    """

    earned: IntArray
    applicable: IntArray
    base: IntArray
    normalised: IntArray
    total: IntArray
    there: BoolArray
    weighed: Weighing | None = None


def totals(rubric: Rubric, items: Items, change: IntArray) -> Totals:
    """Returns the totals of combined indicators.

    ``change``: bonus less penalty, in the items' parts of a unit.
    """
    weighed = weighing(rubric, items.states == CHECKED)
    got = added(rubric, items.earned, items.fine, weighed)
    out_of = points_in(items.states, CHECKED, items.points)
    base = base_of(rubric, out_of) if weighed is None else weighed.base
    normalised = published(rubric, items.fine, got, base, np.zeros_like(change))
    total = within(rubric, published(rubric, items.fine, got, base, change))
    there = base > 0 if weighed is not None else out_of > 0
    if weighed is not None:
        got = portion(to_units(rubric.points), got, 1, base)
        out_of = there * to_units(rubric.points)
    return Totals(got, out_of, base, normalised, total, there, weighed)


def published(
    rubric: Rubric, fine: int, earned: IntArray, base: IntArray, change: IntArray
) -> IntArray:
    """Returns ``earned`` of ``base``, normalised and changed, rounded once, to the places.

    ``fine`` parts of what is earned, and of the change, make a unit; ``base`` and the result are
    in units.
    """
    step: int = 10 ** (4 - rubric.places)
    over = times(earned, to_units(rubric.points)) + times(change, base)
    return quotient(over, times(base, step * fine)) * step


def within(rubric: Rubric, total: IntArray) -> IntArray:
    """Returns published totals, none beyond the rubric's floor or cap.

    Neither has more decimals than are published, so it does not matter that they are rounded.
    """
    low, high = rubric.floor, rubric.cap
    if rubric.scale == "demerits":
        low, high = high, low
    if low is not None:
        total = np.maximum(total, turned(rubric, to_units(low)))
    return total if high is None else np.minimum(total, turned(rubric, to_units(high)))


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
    records = items.records
    checked = records.states == CHECKED
    weighed = weighing(rubric, checked)
    got = added(rubric, np.where(checked, records.earned, 0), 1, weighed)
    out_of = points_in(records.states, CHECKED, items.points)
    base = base_of(rubric, out_of) if weighed is None else weighed.base
    own = portion(to_units(rubric.points), got, 1, base)
    score, there = combine(own[:, np.newaxis], (out_of > 0)[:, np.newaxis], columns, combining)
    return Totals(
        alone.earned,
        alone.applicable,
        alone.base,
        rounded(rubric, items.fine, score[:, 0]),
        within(rubric, rounded(rubric, items.fine, score[:, 0] + change)),
        there[:, 0],
        alone.weighed,
    )


def rounded(rubric: Rubric, fine: int, score: IntArray) -> IntArray:
    """Returns a normalised score, ``fine`` of which make a unit, in units, rounded to places."""
    step: int = 10 ** (4 - rubric.places)
    return quotient(score, fine * step) * step
