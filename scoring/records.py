"""What one record earns on one indicator: the rule in force, then evidence and pending points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from rubrics.points import IntArray, to_units
from rubrics.rubric import Indicator, Rubric
from rubrics.rules import Rule
from scoring.rules import Outcome, score_rule
from scoring.rules.cells import BoolArray, Cells
from scoring.states import CHECKED, EXCUSED, UNCHECKED, StateArray


@dataclass(frozen=True, slots=True)
class Entries:
    """All records of one indicator: its cells, and what stands beside them.

    ``days`` are ordinals of the visits' dates; ``applies``: the indicator applies to the school.
    """

    cells: Cells
    states: StateArray
    evidence: BoolArray
    days: IntArray
    applies: BoolArray


@dataclass(frozen=True, slots=True)
class Records:
    """What every record of one indicator comes to.

    ``observed``: units by the rule alone; ``earned``: after evidence that is missing.
    """

    states: StateArray
    observed: IntArray
    earned: IntArray
    pending: BoolArray


def score_records(rubric: Rubric, indicator: Indicator, entries: Entries) -> Records:
    """Returns the states and units of all records of ``indicator``."""
    points, demerits = to_units(indicator.points), rubric.scale == "demerits"
    outcome = _by_date(indicator, points, entries, demerits)
    states = np.where(entries.applies, entries.states, EXCUSED).astype(np.int8)
    checked = states == CHECKED
    if outcome.void is not None:
        states[checked & outcome.void] = UNCHECKED
    if outcome.excused is not None:
        # A void part is the graver: what was not validly asked cannot be said not to apply.
        states[(states == CHECKED) & outcome.excused] = EXCUSED
    checked = states == CHECKED
    observed = np.where(checked, outcome.earned, 0)
    lost = checked & lossy(observed, points, demerits)
    match indicator.evidence:
        case "required":
            pending = checked & ~entries.evidence
        case "on_deduction":
            pending = lost & ~entries.evidence
        case "none":
            pending = np.zeros_like(checked)
    earned = observed
    if rubric.pending != "as_observed":
        favourable = (rubric.pending == "full") != demerits
        earned = np.where(pending, points if favourable else 0, observed)
    return Records(states, observed, earned, pending)


def lossy(earned: IntArray, points: int, demerits: bool) -> BoolArray:
    """Returns where anything is lost: less than P, or any demerits."""
    return earned > 0 if demerits else earned < points


def versions(indicator: Indicator, days: IntArray) -> list[tuple[Rule, BoolArray]]:
    """Returns every rule in force on some of the days (ordinals), with the rows it governs."""
    found: list[tuple[Rule, BoolArray]] = []
    for day in np.unique(days):
        rule, rows = indicator.rule_on(date.fromordinal(int(day))), days == day
        for number, (known, there) in enumerate(found):
            if known is rule:
                found[number] = (known, there | rows)
                break
        else:
            found.append((rule, rows))
    return found


def _by_date(indicator: Indicator, points: int, entries: Entries, demerits: bool) -> Outcome:
    cells = entries.cells
    if not indicator.effective:
        return score_rule(indicator.rule, points, cells, demerits=demerits)
    earned = cells.full(0)
    excused, void = np.zeros(cells.rows, bool), np.zeros(cells.rows, bool)
    for rule, rows in versions(indicator, entries.days):
        part = score_rule(rule, points, cells, demerits=demerits)
        earned = np.where(rows, part.earned, earned)
        if part.excused is not None:
            excused |= rows & part.excused
        if part.void is not None:
            void |= rows & part.void
    return Outcome(earned, excused, void)
