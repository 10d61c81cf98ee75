"""What sets off key items and red lines, record by record."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rubrics.language.rubric import Indicator, Trigger
from rubrics.rules import Rule, Votes
from rubrics.rules.cells import Cells
from rubrics.rules.exact import compared
from rubrics.values.points import BoolArray, to_units


def seen(triggers: Sequence[Trigger], rule: Rule | None, cells: Cells) -> BoolArray:
    """Returns the records in which an answer or a figure meets any of the triggers.

    ``below`` is not looked at: it asks for what all records together earned.
    """
    met = np.zeros(cells.rows, bool)
    for trigger in triggers:
        if trigger.flag is not None:
            met |= cells.filled(trigger.flag) & (cells.reading(trigger.flag) != 0)
        elif trigger.part is not None and trigger.at_least is not None:
            least = to_units(trigger.at_least.value)
            for key in _samples(cells, trigger.part):
                met |= cells.filled(key) & (cells.reading(key) >= least)
        elif trigger.part is not None and trigger.share_at_least is not None:
            options = rule.options if isinstance(rule, Votes) else [trigger.part]
            valid = sum((cells.count(name) for name in options), cells.full(0))
            over, under = compared(cells.count(trigger.part), valid, trigger.share_at_least)
            met |= cells.filled(trigger.part) & (valid > 0) & (over >= under)
    return met


def flags(indicator: Indicator) -> list[Trigger]:
    """Returns the questions that the inspector answers with 是 where something is established."""
    lines = [trigger for line in indicator.red_lines for trigger in line.triggers]
    triggers = [*(indicator.key.triggers if indicator.key else ()), *lines]
    return [trigger for trigger in triggers if trigger.flag is not None]


def lowest(triggers: Sequence[Trigger]) -> int | None:
    """Returns below how many units any of the triggers is met, or None."""
    limits = [to_units(trigger.below) for trigger in triggers if trigger.below is not None]
    return max(limits, default=None)


def fails_on_any_loss(indicator: Indicator) -> bool:
    """Whether losing any point fails the indicator: no triggers of its own are written."""
    return indicator.key is None or not indicator.key.triggers


def _samples(cells: Cells, part: str) -> list[str]:
    """A part that names a reading with several samples means any of them."""
    return [key for key in cells.units if key == part or _numbered(key, part)]


def _numbered(key: str, part: str) -> bool:
    head, dot, number = key.rpartition(".")
    return bool(dot) and head == part and number.isdigit()
