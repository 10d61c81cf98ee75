"""Items outside the points: each with its own limit, one of a family, a cap over all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rubrics.points import IntArray, to_units
from rubrics.rubric import Extra
from rubrics.rules import Bonus, Penalty
from scoring.rules.quotients import priced


def extra(rule: Bonus | Penalty, count: IntArray) -> IntArray:
    """Returns min(count x each, limit), in units."""
    limit = to_units(rule.limit)
    return np.minimum(priced(count, to_units(rule.each), limit), limit)


def counted(items: Sequence[Extra], earned: IntArray) -> IntArray:
    """Returns what counts of each item: of one family only the highest (就高不重复).

    ``earned``: rows = schools, columns = items; a tie within a family goes to the first item.
    """
    kept = earned.copy()
    families: dict[str, list[int]] = {}
    for column, item in enumerate(items):
        if isinstance(item.rule, Bonus) and item.rule.family is not None:
            families.setdefault(item.rule.family, []).append(column)
    for columns in families.values():
        best = np.argmax(earned[:, columns], axis=1)
        for place, column in enumerate(columns):
            kept[best != place, column] = 0
    return kept
