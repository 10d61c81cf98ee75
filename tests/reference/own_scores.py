"""What it costs a school to have scored itself apart from the visit, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from inspections.records.record import State
from rubrics.language.self_assessing import can_be_asked
from rubrics.language.self_assessment import SelfAssessment
from tests.reference.conditions import applies
from tests.reference.exact import NOTHING, exact, half_up
from tests.reference.results import Result

Given = Mapping[str, Decimal | None]
"""What a school gave itself by indicator; None: does not apply."""


def charged(result: Result, given: Given | None) -> Fraction:
    """Points that are taken off; ``given`` is None where the school has handed nothing in."""
    rubric, asks = result.rubric, result.rubric.self_assessment
    if asks is None or not any(it.state is State.CHECKED for it in result.items.values()):
        return NOTHING
    asked = [
        item
        for item in rubric.indicators
        if can_be_asked(item)
        and item.id not in asks.leave_out
        and applies(item.when, result.school.traits)
    ]
    if not asked:
        return NOTHING
    if given is None:
        return exact(asks.missing)
    mine = theirs = NOTHING
    for item in asked:
        said, held = given.get(item.id), result.items[item.id]
        if said is not None and held.state is State.CHECKED:
            mine += exact(said)
            theirs += half_up(held.earned, 4)
    places = max(2, rubric.places)
    return by_words(asks, half_up(mine, places) - half_up(theirs, places))


def by_words(asks: SelfAssessment, apart: Fraction) -> Fraction:
    """What the words of the rubric say of a difference."""
    if apart < 0:
        apart = -apart if asks.counts == "both" else NOTHING
    if asks.above:
        return max((exact(it) for most, it in asks.above.items() if apart > most), default=NOTHING)
    if asks.each is None or asks.limit is None or apart <= exact(asks.free):
        return NOTHING
    cost = half_up((apart - exact(asks.free)) * exact(asks.each), 2)
    return min(cost, exact(asks.limit))
