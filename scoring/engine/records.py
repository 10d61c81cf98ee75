"""What every record earns on every indicator: the rule in force, then evidence that is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import slots
from rubrics.rules import Cells, Outcome, PeriodLength, RuleKind
from rubrics.rules.fraction_columns import side_by_side
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.codes import CHECKED, EXCUSED, UNCHECKED, StateArray
from scoring.engine.columns import Columns
from scoring.engine.repeats import raised
from scoring.engine.scale import best, turned, worst
from scoring.engine.triggers import flags, seen


@dataclass(frozen=True, slots=True)
class Entries:
    """All records of one indicator: its cells, and what stands beside them.

    ``days`` are ordinals of the visits' dates; ``applies``: the indicator applies to the school.
    ``again``: it was found there in a round before; None where it was nowhere, or does not count.
    """

    cells: Cells
    states: StateArray
    evidence: BoolArray
    days: IntArray
    applies: BoolArray
    again: BoolArray | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """What records come to: of one indicator (columns) or of all (records x indicators).

    ``observed``: units by the rule, and what was found again costs more by it, exactly;
    ``earned``: as they count while evidence is missing. From here on more is better: demerits
    stand below 0.
    """

    states: StateArray
    observed: IntArray
    earned: IntArray
    pending: BoolArray


def entries_of(
    columns: Columns, indicator: Indicator, elapsed: Mapping[PeriodLength, int]
) -> Entries:
    """Returns one indicator's part of the matrices."""
    place = columns.owners[indicator.id]
    cells = columns.cells(indicator.id, [slot.key for slot in slots(indicator)], elapsed)
    return Entries(
        cells,
        columns.states[:, place],
        columns.evidence[:, place],
        columns.days,
        cells.applies(indicator.when),
        columns.again_of(place),
    )


def score_all(rubric: Rubric, entries: Mapping[str, Entries], rows: int) -> Records:
    """Returns what all records come to: records x indicators, in the rubric's order."""
    shape = (rows, len(rubric.indicators))
    all_found = [score_records(rubric, item, entries[item.id]) for item in rubric.indicators]
    states, pending = np.empty(shape, np.int8, "F"), np.empty(shape, bool, "F")
    for place, found in enumerate(all_found):
        states[:, place] = found.states
        pending[:, place] = found.pending
    observed = earned = side_by_side([found.observed for found in all_found])
    if any(found.earned is not found.observed for found in all_found):
        earned = side_by_side([found.earned for found in all_found])
    return Records(states, observed, earned, pending)


def score_records(rubric: Rubric, indicator: Indicator, entries: Entries) -> Records:
    """Returns what all records of one indicator come to."""
    outcome = _by_date(rubric, indicator, entries)
    states = entries.states.copy()
    np.copyto(states, EXCUSED, where=~entries.applies)
    if outcome.void is not False:
        states[(states == CHECKED) & outcome.void] = UNCHECKED
    if outcome.excused is not False:
        # After void: what was not validly asked cannot be said not to apply.
        states[(states == CHECKED) & outcome.excused] = EXCUSED
    checked = states == CHECKED
    observed = turned(rubric, outcome.earned * checked)
    again = None if entries.again is None else entries.again & checked
    observed = raised(rubric, indicator, observed, again)
    lost = checked & (observed < best(rubric, indicator.points))
    accused = lost | (checked & seen(flags(indicator), None, entries.cells))
    pending = _pending(indicator, checked, accused, entries.evidence)
    return Records(states, observed, _settled(rubric, indicator, observed, pending), pending)


def versions(indicator: Indicator, days: IntArray) -> list[tuple[RuleKind, BoolArray]]:
    """Returns every rule in force on some of the days (ordinals), with the rows it governs."""
    found: list[tuple[RuleKind, BoolArray]] = []
    for day in np.unique(days):
        rule, rows = indicator.rule_on(date.fromordinal(int(day))), days == day
        for number, (known, there) in enumerate(found):
            if known is rule:
                found[number] = (known, there | rows)
                break
        else:
            found.append((rule, rows))
    return found


def _by_date(rubric: Rubric, indicator: Indicator, entries: Entries) -> Outcome:
    cells, points = entries.cells, to_units(indicator.points)
    demerits = rubric.scale == "demerits"
    if not indicator.effective:
        return indicator.rule.score(points, cells, demerits=demerits)
    earned = cells.full(0)
    excused, void = np.zeros(cells.rows, bool), np.zeros(cells.rows, bool)
    for rule, rows in versions(indicator, entries.days):
        part = rule.score(points, cells, demerits=demerits)
        earned = np.where(rows, part.earned, earned)
        excused |= rows & part.excused
        void |= rows & part.void
    return Outcome(earned, excused, void)


def _pending(
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


def _settled(
    rubric: Rubric, indicator: Indicator, observed: IntArray, pending: BoolArray
) -> IntArray:
    """Returns the units that count until the evidence comes, as the rubric says.

    ``full`` counts as nothing lost, ``zero`` as all lost; what is above P, or below 0, stands.
    """
    if rubric.pending == "as_observed" or not pending.any():
        return observed
    until: int | IntArray
    if rubric.pending == "full":
        until = best(rubric, indicator.points)
        until = np.maximum(observed, until) if indicator.highest > indicator.points else until
    else:
        until = worst(rubric, indicator.points)
        until = np.minimum(observed, until) if indicator.lowest < 0 else until
    return np.where(pending, until, observed)
