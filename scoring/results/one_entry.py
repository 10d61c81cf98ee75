"""One observation, scored by the same arithmetic as whole columns: a column of length one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from inspections.records.record import Observation, State
from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.slots import slots
from rubrics.rules import Entry, PeriodLength, RuleKind
from rubrics.rules.cells import Cells
from rubrics.rules.exact import plain_number, quotient
from rubrics.values.conditions import Condition, Traits, holds
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.codes import CODES, STATES, encoded
from scoring.engine.records import Entries, Records, score_records
from scoring.engine.scale import best, turned, worst
from scoring.engine.triggers import fails_on_any_loss, lowest, seen
from scoring.results.scores import IndicatorScore

VOID = "测评无效"


def score_observation(
    rubric: Rubric,
    indicator: Indicator,
    observation: Observation,
    *,
    day: date,
    elapsed: Mapping[PeriodLength, int],
    traits: Traits,
    again: bool = False,
) -> IndicatorScore:
    """Returns what one inspector's entry for one indicator comes to, with its reason in Chinese.

    Units of 1/10000 point, rounded (:func:`exact_score` does not); of a demerits rubric, the
    demerits. ``gain`` is what the entry costs by itself, before normalising. ``again``: it was
    found in a round before, and costs more.
    """
    found, cells = _scored(rubric, indicator, observation, day, elapsed, traits, again)
    state, earned = STATES[int(found.states[0])], plain_number(found.earned, 0)
    checked, pending = state is State.CHECKED, bool(found.pending[0])
    lost = best(rubric, indicator.points) - earned if checked else 0
    failed = False
    if checked and indicator.key is not None:
        if fails_on_any_loss(indicator):
            failed = lost > 0
        else:
            rule = indicator.rule_on(day)
            shown = bool(seen(indicator.key.triggers, rule, cells)[0])
            below = lowest(indicator.key.triggers)
            kept = earned - worst(rubric, indicator.points)
            failed = (shown and not (pending and rubric.pending == "full")) or (
                below is not None and kept < below
            )
    return IndicatorScore(
        indicator.id,
        state,
        to_units(indicator.points),
        quotient(turned(rubric, earned), 1),
        reason_of(rubric, indicator, observation, state, day=day, elapsed=elapsed, traits=traits),
        pending,
        failed,
        quotient(max(lost, 0), 1),
    )


def exact_score(
    rubric: Rubric,
    indicator: Indicator,
    observation: Observation,
    *,
    day: date,
    elapsed: Mapping[PeriodLength, int],
    traits: Traits,
    again: bool = False,
) -> Fraction | None:
    """Returns the units that one entry earns, before rounding; None where it is not checked."""
    found, _ = _scored(rubric, indicator, observation, day, elapsed, traits, again)
    checked = STATES[int(found.states[0])] is State.CHECKED
    return Fraction(turned(rubric, plain_number(found.earned, 0))) if checked else None


def _scored(
    rubric: Rubric,
    indicator: Indicator,
    observation: Observation,
    day: date,
    elapsed: Mapping[PeriodLength, int],
    traits: Traits,
    again: bool,
) -> tuple[Records, Cells]:
    cells = cells_of(indicator, observation, elapsed, traits)
    entries = Entries(
        cells,
        np.array([CODES[observation.state]], np.int8),
        np.array([bool(observation.evidence)]),
        np.array([day.toordinal()]),
        np.array([holds(indicator.when, traits)]),
        np.array([again]),
    )
    return score_records(rubric, indicator, entries), cells


def cells_of(
    indicator: Indicator,
    observation: Observation,
    elapsed: Mapping[PeriodLength, int],
    traits: Traits,
) -> Cells:
    """Returns one observation as columns of length one."""
    units: dict[str, IntArray] = {}
    given: dict[str, BoolArray] = {}
    for slot in slots(indicator):
        code = encoded(slot, observation.values.get(slot.key))
        units[slot.key] = np.array([code or 0], np.int64)
        given[slot.key] = np.array([code is not None])

    def applies(condition: Condition | None) -> BoolArray:
        return np.array([holds(condition, traits)])

    return Cells(units, given, 1, elapsed, applies)


def reason_of(
    rubric: Rubric,
    indicator: Indicator,
    observation: Observation,
    state: State,
    *,
    day: date,
    elapsed: Mapping[PeriodLength, int],
    traits: Traits,
) -> str:
    """Returns why one entry is excused or not checked, or how it lost points, in Chinese.

    ``state`` is what the arithmetic made of the entry.
    """
    rule = indicator.rule_on(day)
    if state is State.CHECKED:
        outright = rubric.scale == "demerits" and rule.demerits == "outright"
        best = Decimal(0) if outright else indicator.points
        return "；".join(rule.losses(best, Entry(observation.values, elapsed, traits)))
    if not holds(indicator.when, traits):
        return f"不适用（限{indicator.when}）"
    if observation.state is State.CHECKED:
        return _excuse(rule) if state is State.EXCUSED else VOID
    return observation.reason


def _excuse(rule: RuleKind) -> str:
    parts = rule.simple_parts(Decimal(0))
    return next((part.rule.excuse for part in parts if part.rule.excuse), "")
