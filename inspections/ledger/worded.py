"""Values that stand among the words of a sheet: reasons that somebody wrote, and ballots."""

from __future__ import annotations

from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import rubric_slots, rule_slots
from rubrics.rules.model import Composite, Votes


def worded_slots(rubric: Rubric) -> frozenset[tuple[str, str]]:
    """Returns (owner, slot) of the values of a rubric that can be erased as words are."""
    reasons = ((owner, slot.key) for owner, slot in rubric_slots(rubric) if slot.entry == "reason")
    ballots = ((item.id, key) for item in rubric.indicators for key in _ballots(item))
    return frozenset((*reasons, *ballots))


def _ballots(item: Indicator) -> list[str]:
    if not isinstance(item.rule, Composite):
        voted = isinstance(item.rule, Votes)
        return [slot.key for slot in rule_slots(item.rule, item.points)] if voted else []
    return [
        f"{part.id}.{slot.key}"
        for part in item.rule.parts
        if isinstance(part.rule, Votes)
        for slot in rule_slots(part.rule, item.points)
    ]
