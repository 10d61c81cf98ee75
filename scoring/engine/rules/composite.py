"""The composite rule: parts with rules of their own, added, the lowest, or their losses."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rubrics.rules.model import Composite, SimpleRule
from rubrics.values.points import to_units
from scoring.engine.rules.cells import Cells, Outcome
from scoring.engine.rules.quotients import portion

ScoreSimple = Callable[[SimpleRule, int, Cells], Outcome]


def composite(rule: Composite, points: int, cells: Cells, score: ScoreSimple) -> Outcome:
    """The parts that count, combined; never below 0 or above P.

    A part whose ``when`` does not hold, or that its own arithmetic excuses, drops out: the sum is
    then scaled to P; all dropped excuses the indicator. A void part makes it void.
    """
    earned, worth = cells.full(0), cells.full(0)
    lowest, losses = cells.full(points), cells.full(0)
    dropped = np.zeros(cells.rows, bool)
    none = np.ones(cells.rows, bool)
    void = np.zeros(cells.rows, bool)
    for part in rule.parts:
        share = points if part.points is None else to_units(part.points)
        outcome = score(part.rule, share, cells.part(part.id))
        counts = cells.applies(part.when)
        if outcome.void is not None:
            void |= counts & outcome.void
        if outcome.excused is not None:
            counts = counts & ~outcome.excused
        dropped |= ~counts
        none &= ~counts
        earned += np.where(counts, outcome.earned, 0)
        worth += np.where(counts, share, 0)
        losses += np.where(counts, share - outcome.earned, 0)
        scaled = outcome.earned if share == points else portion(points, outcome.earned, share)
        lowest = np.minimum(lowest, np.where(counts, scaled, points))
    match rule.combine:
        case "sum":
            result = np.where(dropped, portion(points, earned, 1, worth), earned)
        case "min":
            result = lowest
        case "losses":
            result = points - losses
    return Outcome(np.clip(result, 0, points), excused=none, void=void)
