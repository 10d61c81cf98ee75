"""What is found again in another round: it costs more, record by record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeAlias

import numpy as np

from inspections.round.school import School
from rubrics.language.repeat import Repeat
from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules.exact import clipped
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.scale import best

Again: TypeAlias = Collection[tuple[str, str]]
"""(school, indicator) that was found before, as the rubric's ``repeat`` asks."""


def found_before(rubric: Rubric, schools: Sequence[School], again: Again) -> BoolArray | None:
    """Returns schools x indicators: it was found before. None where nothing was."""
    if not again:
        return None
    found = np.zeros((len(schools), len(rubric.indicators)), bool, "F")
    places = {item.id: place for place, item in enumerate(rubric.indicators)}
    rows = {school.id: row for row, school in enumerate(schools)}
    for school, indicator in again:
        if school in rows and indicator in places:
            found[rows[school], places[indicator]] = True
    return found if found.any() else None


def raised(
    rubric: Rubric, indicator: Indicator, earned: IntArray, again: BoolArray | None
) -> IntArray:
    """Returns what records earn (more is better) where what was found ``again`` costs more.

    What is lost counts ``times`` over, up to ``most`` and to all there is to lose; what is lost
    beyond ``most`` by itself stays lost.
    """
    repeat = repeat_of(rubric, indicator)
    if again is None or repeat is None or repeat.times is None or not again.any():
        return earned
    top = best(rubric, indicator.points)
    lost = top - earned
    most = most_lost(repeat, indicator)
    dearer = (lost > 0) & (lost < most)
    more = np.where(dearer, clipped(lost * repeat.times, high=most), lost)
    return np.where(again, top - more, earned)


def most_lost(repeat: Repeat, indicator: Indicator) -> int:
    """Returns how many units an indicator may lose by what is found again."""
    whole = to_units(indicator.points - indicator.lowest)
    return whole if repeat.most is None else min(whole, to_units(repeat.most))
