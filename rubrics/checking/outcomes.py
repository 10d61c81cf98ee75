"""Which totals a small rubric can come to at all, where every indicator has few outcomes."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from rubrics.language.rubric import Rubric
from rubrics.rules import AllOrNone, Bands, Checklist, EnteredPoints, Grade, RuleKind
from rubrics.values.points import to_units

_MOST: Final = 5_000
"""So many different totals are followed; a rubric with more leaves no gaps worth telling."""


def totals_of(rubric: Rubric) -> set[int] | None:
    """Returns all totals (units, more is better) of one record; None where they cannot be told.

    Bonus, penalty, excused items lead to any others, as does the mean of several inspectors where
    the rubric asks for several and they judge.
    """
    changed = rubric.bonus or rubric.penalty or rubric.rounding != "total"
    if changed or any(item.when or item.excusable for item in rubric.indicators):
        return None
    demerits = rubric.scale == "demerits"
    totals = {0}
    for item in rubric.indicators:
        rules = [item.rule, *(dated.rule for dated in item.effective)]
        found: set[int] = set()
        for rule in rules:
            own = _outcomes(rule, item.points, alone=rubric.visit.min_inspectors == 1)
            if own is None:
                return None
            outright = demerits and rule.demerits == "outright"
            lost = demerits and not outright
            units = {to_units(item.points - one if lost else one) for one in own}
            found |= {-one for one in units} if demerits else units
        totals = {total + one for total in totals for one in found}
        if len(totals) > _MOST:
            return None
    step = 10 ** (4 - rubric.places)
    return {(2 * total + step) // (2 * step) * step for total in totals}


def _outcomes(rule: RuleKind, points: Decimal, *, alone: bool) -> set[Decimal] | None:
    """What a rule can earn. ``alone``: nobody else's judgement is averaged with it."""
    match rule:
        case AllOrNone():
            return {Decimal(0), points}
        case Bands():
            return {band.points for band in rule.bands}
        case Checklist() if len(rule.items) <= 12:
            lost = {Decimal(0)}
            for item in rule.items:
                lost |= {one + rule.price(item) for one in lost}
            return {max(Decimal(0), points - one) for one in lost}
        case Grade() if alone:
            return {points * coefficient for coefficient in rule.levels.values()}
        case EnteredPoints() if alone and rule.values:
            return set(rule.values)
    return None
