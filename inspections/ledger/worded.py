"""Values that stand among the words of a sheet: reasons that somebody wrote, and ballots."""

from __future__ import annotations

from rubrics.language.rubric import Rubric
from rubrics.language.slots import rubric_slots
from rubrics.rules import joined


def worded_slots(rubric: Rubric) -> frozenset[tuple[str, str]]:
    """Returns (owner, slot) of the values of a rubric that can be erased as words are."""
    reasons = ((owner, slot.key) for owner, slot in rubric_slots(rubric) if slot.entry == "reason")
    ballots = (
        (item.id, joined(part.id, slot.key))
        for item in rubric.indicators
        for part in item.rule.simple_parts(item.points)
        if part.rule.secret
        for slot in part.rule.slots(part.points)
    )
    return frozenset((*reasons, *ballots))
