"""What of a rubric are facts, on which inspectors agree, and what is judgement."""

from __future__ import annotations

from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import extra_slots, red_line_slots, slots
from rubrics.rules import RuleKind, Slot, joined


def fact_slots(indicator: Indicator) -> dict[str, Slot]:
    """Returns the slots by key that hold facts: counts, readings, checks, quotas, ratios.

    Ballots are counts too, whatever people judge by them. What is left is the inspectors' own
    judgement. Whether something was established (the flags of key items and red lines) is a fact
    under every kind.
    """
    judged = {
        joined(part.id, slot.key)
        for part in indicator.rule.simple_parts(indicator.points)
        if _judged(part.rule)
        for slot in part.rule.slots(part.points)
    }
    return {slot.key: slot for slot in slots(indicator) if slot.key not in judged}


def rests_on_facts(indicator: Indicator) -> bool:
    """Whether no part of an indicator is judged by the inspectors."""
    parts = indicator.rule.simple_parts(indicator.points)
    return not any(_judged(part.rule) for part in parts)


def _judged(rule: RuleKind) -> bool:
    return rule.judgement and not rule.counted


def facts_of(rubric: Rubric) -> dict[str, dict[str, Slot]]:
    """Returns the facts of a whole rubric by owner: indicators, red lines of their own, extras."""
    found = {item.id: fact_slots(item) for item in rubric.indicators}
    found |= {
        line.id or "": {slot.key: slot for slot in red_line_slots(line)}
        for line in rubric.red_lines
    }
    found |= {item.id: {slot.key: slot for slot in extra_slots(item)} for item in rubric.extras}
    return found
