"""Rule arithmetic: how a column of observations becomes a column of points."""

from __future__ import annotations

from rubrics.rules.model import (
    AllOrNone,
    Bands,
    Checklist,
    Composite,
    Deduct,
    Discretionary,
    EnteredPoints,
    Grade,
    Linear,
    Quota,
    Ratio,
    Rule,
    SimpleRule,
    Survey,
    Threshold,
    Votes,
)
from scoring.engine.rules.cells import Cells, Outcome
from scoring.engine.rules.composite import composite
from scoring.engine.rules.counted import all_or_none, checklist, deduct, quota
from scoring.engine.rules.judged import discretionary, entered_points, grade, survey, votes
from scoring.engine.rules.measured import bands, linear, ratio, threshold

__all__ = ["Cells", "Outcome", "score_rule"]

DIRECT = (EnteredPoints, Grade, Bands, Linear)
"""Kinds that say demerits outright where a rubric counts demerits; others say what is lost."""


def score_rule(rule: Rule, points: int, cells: Cells, *, demerits: bool = False) -> Outcome:
    """Returns what each record earns by ``rule``, from 0 to ``points`` (units).

    ``demerits``: the rubric counts demerits, so that the column holds those, also up to P.
    """
    if isinstance(rule, Composite):
        outcome = composite(rule, points, cells, score_simple)
    else:
        outcome = score_simple(rule, points, cells)
    if demerits and not isinstance(rule, DIRECT):
        return Outcome(points - outcome.earned, outcome.excused, outcome.void)
    return outcome


def score_simple(rule: SimpleRule, points: int, cells: Cells) -> Outcome:
    """Returns what each record earns by a rule that has no parts."""
    match rule:
        case Deduct():
            return deduct(rule, points, cells)
        case Checklist():
            return checklist(rule, points, cells)
        case AllOrNone():
            return all_or_none(rule, points, cells)
        case EnteredPoints():
            return entered_points(rule, points, cells)
        case Discretionary():
            return discretionary(rule, points, cells)
        case Grade():
            return grade(rule, points, cells)
        case Threshold():
            return threshold(rule, points, cells)
        case Bands():
            return bands(rule, points, cells)
        case Linear():
            return linear(rule, points, cells)
        case Ratio():
            return ratio(rule, points, cells)
        case Quota():
            return quota(rule, points, cells)
        case Votes():
            return votes(rule, points, cells)
        case Survey():
            return survey(rule, points, cells)
