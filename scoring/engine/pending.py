"""Deductions without their evidence: neither struck out nor standing, but pending (待核)."""

from __future__ import annotations

import numpy as np

from rubrics.language.rubric import Extra, Indicator, Rubric
from rubrics.rules import Bonus
from rubrics.values.points import BoolArray, IntArray


def pending_of(
    indicator: Indicator, checked: BoolArray, accused: BoolArray, evidence: BoolArray
) -> BoolArray:
    """Returns which records are pending: evidence is needed, and there is none.

    ``accused``: points are lost, or a key item or red line is said to be established.
    """
    match indicator.evidence:
        case "required":
            return checked & ~evidence
        case "on_deduction":
            return accused & ~evidence
        case "none":
            return np.zeros_like(checked)


def settled(rubric: Rubric, points: int, observed: IntArray, pending: BoolArray) -> IntArray:
    """Returns the units that count until the evidence comes, as the rubric says.

    ``full`` counts as nothing lost, ``zero`` as all lost; of demerits that is 0 and P.
    """
    if rubric.pending == "as_observed" or not pending.any():
        return observed
    best = (rubric.pending == "full") != (rubric.scale == "demerits")
    return np.where(pending, points if best else 0, observed)


def settled_extra(
    rubric: Rubric, extra: Extra, amount: IntArray, evidence: BoolArray
) -> tuple[IntArray, BoolArray]:
    """Returns what a bonus or penalty counts, and where it is pending.

    What is pending earns no bonus unless it counts as observed; a penalty waits under ``full``.
    """
    wanted = extra.evidence != "none"
    pending = (amount > 0) & ~evidence & wanted
    waits = rubric.pending == "full" or (rubric.pending == "zero" and isinstance(extra.rule, Bonus))
    return (np.where(pending, 0, amount) if waits else amount), pending
