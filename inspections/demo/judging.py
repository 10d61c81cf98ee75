"""What inspectors make of what they judge: the same school, seen by eyes of their own."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Final

from inspections.demo.answers import Answers, levels
from inspections.demo.county import county
from rubrics.rules import RuleKind, joined
from rubrics.values.conditions import Traits

_USUAL: Final = 0.1
"""By how many levels people differ from each other, all the time (standard deviation)."""

_ONCE: Final = 0.4
"""By how many levels one and the same person differs from time to time."""

_LEVELS: Final = 3
"""Of fewer levels none is chosen: something was found, or was not."""


def lenience(inspector: str) -> float:
    """Returns by how many levels somebody, by name, sees schools better than they are."""
    sample = county()
    known: dict[str, float] = sample.settings["lenient"]
    return known.get(inspector, sample.lasting(inspector, "lenience").gauss(0, _USUAL))


def as_judged(
    rule: RuleKind,
    points: Decimal,
    traits: Traits,
    found: Answers,
    lenient: float,
    chance: random.Random,
) -> Answers:
    """Returns what is typed by one who sees what is judged ``lenient`` levels better than it is.

    ``found``: how it is. Nobody sees facts better than they are: who goes together settles them on
    the spot.
    """
    seen = dict(found)
    for part in rule.simple_parts(points, traits):
        key = joined(part.id, "")
        best = levels(part.rule, part.points)
        if len(best) >= _LEVELS and key in found:
            at = best.index(found[key]) - round(chance.gauss(lenient, _ONCE))
            seen[key] = best[min(max(at, 0), len(best) - 1)]
    return seen
