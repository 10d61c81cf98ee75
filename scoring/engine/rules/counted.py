"""Rules that count: faults, missing things, conditions not met, meetings not held."""

from __future__ import annotations

import numpy as np

from rubrics.rules.model import AllOrNone, Checklist, Deduct, Fault, Quota
from rubrics.values.points import IntArray, to_units
from scoring.engine.rules.cells import Cells, Outcome
from scoring.engine.rules.quotients import priced


def deduct(rule: Deduct, points: int, cells: Cells) -> Outcome:
    """max(0, P - sum of the faults' costs)."""
    cost = cells.full(0)
    for fault in rule.faults:
        cost += fault_cost(fault, points, cells.count(fault.id or ""))
    return Outcome(np.maximum(points - cost, 0))


def fault_cost(fault: Fault, points: int, count: IntArray) -> IntArray:
    """Returns what ``count`` faults cost, in units; exact up to P, at least P beyond."""
    if fault.repeat_from is None or fault.repeat_each is None:
        cost = priced(count, to_units(fault.each), points)
    else:
        before = fault.repeat_from - 1
        cost = priced(np.minimum(count, before), to_units(fault.each), points)
        cost = cost + priced(np.maximum(count - before, 0), to_units(fault.repeat_each), points)
    return cost if fault.limit is None else np.minimum(cost, to_units(fault.limit))


def checklist(rule: Checklist, points: int, cells: Cells) -> Outcome:
    """max(0, P - what the missing things cost)."""
    cost = cells.full(0)
    for item in rule.items:
        price = rule.each if item.points is None else item.points
        cost += (cells.reading(item.id) == 0) * np.int64(to_units(price or 0))
    return Outcome(np.maximum(points - cost, 0))


def all_or_none(rule: AllOrNone, points: int, cells: Cells) -> Outcome:
    """P where every requirement is met, else 0."""
    met = np.ones(cells.rows, bool)
    for key in [item.id for item in rule.requirements] or [""]:
        met &= cells.reading(key) != 0
    return Outcome(np.where(met, points, 0))


def quota(rule: Quota, points: int, cells: Cells) -> Outcome:
    """max(0, P - missing x each); required = times x whole periods that have passed."""
    required = rule.times * cells.elapsed.get(rule.per, 0)
    missing = np.maximum(required - cells.count(), 0)
    return Outcome(np.maximum(points - priced(missing, to_units(rule.each), points), 0))
