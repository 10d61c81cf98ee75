"""Why points were lost, or an item was not counted, in a few Chinese words; made when asked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from rubrics.rules import Entry, PeriodLength, RuleKind, Values
from rubrics.values.conditions import Traits

VOID = "测评无效"


def loss(
    rule: RuleKind,
    points: Decimal,
    values: Values,
    elapsed: Mapping[PeriodLength, int],
    traits: Traits,
    *,
    demerits: bool = False,
) -> str:
    """Returns in which entries points were lost, or nothing where none were.

    ``demerits``: the rubric counts demerits, so the best that an entry can be is 0.
    """
    best = Decimal(0) if demerits and rule.demerits == "outright" else points
    return "；".join(rule.losses(best, Entry(values, elapsed, traits)))


def not_counted(rule: RuleKind) -> str:
    """Returns why a checked item could not be counted after all."""
    parts = rule.simple_parts(Decimal(0))
    return next((part.rule.excuse for part in parts if part.rule.excuse), "")
