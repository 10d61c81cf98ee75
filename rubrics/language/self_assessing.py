"""By which indicators of a rubric a school scores itself."""

from __future__ import annotations

from typing import Final

from rubrics.language.confidential import confidential
from rubrics.language.rubric import Indicator, Rubric
from rubrics.values.conditions import Traits, holds

_SAID_BY_OTHERS: Final = frozenset({"votes", "survey"})
"""Kinds of rules that rest on what other people say, which no school can know."""


def can_be_asked(indicator: Indicator) -> bool:
    """Whether a school can score itself by an indicator at all.

    Not by what rests on ballots, surveys or talks in confidence: beside its own score the visit's
    would tell who said what. Nor by one of no points.
    """
    kinds = {part.rule.kind for part in indicator.rule.simple_parts(indicator.points)}
    return bool(indicator.points) and not confidential(indicator) and not kinds & _SAID_BY_OTHERS


def self_assessed(rubric: Rubric, traits: Traits | None = None) -> tuple[Indicator, ...]:
    """Returns by which indicators a school scores itself; none where the rubric does not ask.

    With ``traits`` those that do not apply to such a school are left out.
    """
    asks = rubric.self_assessment
    if asks is None:
        return ()
    return tuple(
        item
        for item in rubric.indicators
        if can_be_asked(item)
        and item.id not in asks.leave_out
        and (traits is None or holds(item.when, traits))
    )
