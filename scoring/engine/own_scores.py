"""What it costs a school to have scored itself apart from the visit, or not at all (自评)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import self_assessed
from rubrics.language.self_assessment import SelfAssessment
from rubrics.rules.exact import quotient
from rubrics.values.points import SCALE, IntArray, half_up, round_units, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.items import Items

OwnPoints: TypeAlias = Mapping[str, Mapping[str, Decimal | None]]
"""What schools gave themselves: points by indicator (None: does not apply), by school. A school
that handed nothing in has none.
"""

POINTS = 2
"""Decimals of the difference that is charged: as many as are printed, more only where the rubric
publishes more.
"""


def own_costs(rubric: Rubric, columns: Columns, items: Items, own: OwnPoints) -> IntArray:
    """Returns units by school. Charged is the difference as it is printed, so that a school can
    work it out: the sums of what both have, each rounded, over the indicators that it was asked
    for, gave itself points for, and was checked by.
    """
    found = np.zeros(len(columns.schools), np.int64)
    asks = rubric.self_assessment
    if asks is None or not asks.scored:
        return found
    earned = quotient(items.earned, items.fine)
    checked = items.states == CHECKED
    column = {item.id: place for place, item in enumerate(rubric.indicators)}
    for row, school in enumerate(columns.schools):
        asked = self_assessed(rubric, school.traits)
        if not asked or not checked[row].any():
            continue
        given = own.get(school.id)
        if given is None:
            found[row] = to_units(asks.missing)
            continue
        pairs = [
            (to_units(points), int(earned[row, place]))
            for item in asked
            if (points := given.get(item.id)) is not None and checked[row, place := column[item.id]]
        ]
        found[row] = cost(asks, apart(rubric, pairs))
    return found


def apart(rubric: Rubric, pairs: Sequence[tuple[int, int]]) -> int:
    """Returns what a school gave itself less what the visit gave it, as it is printed, in units."""
    places = max(POINTS, rubric.places)
    mine, theirs = (sum(pair[side] for pair in pairs) for side in (0, 1))
    return round_units(mine, places) - round_units(theirs, places)


def cost(asks: SelfAssessment, difference: int) -> int:
    """Returns what a difference costs, in units: to two decimals of a point, rounded half-up."""
    size = abs(difference) if asks.counts == "both" else max(difference, 0)
    if asks.each is not None and asks.limit is not None:
        beyond = max(size - to_units(asks.free), 0)
        hundredths = half_up(beyond * to_units(asks.each), SCALE * 100)
        return min(hundredths * 100, to_units(asks.limit))
    passed = [to_units(it) for most, it in asks.above.items() if size > to_units(most)]
    return max(passed, default=0)
