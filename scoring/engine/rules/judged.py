"""Rules on judgement and opinion: points, deductions at discretion, levels, votes, surveys."""

from __future__ import annotations

from math import gcd

import numpy as np

from rubrics.rules.model import Discretionary, EnteredPoints, Grade, Survey, Votes
from rubrics.values.points import SCALE, half_up, to_units
from scoring.engine.rules.cells import Cells, Outcome
from scoring.engine.rules.quotients import compared, portion


def entered_points(rule: EnteredPoints, points: int, cells: Cells) -> Outcome:
    """The points as entered, from 0 to P."""
    del rule
    return Outcome(np.clip(cells.reading(), 0, points))


def discretionary(rule: Discretionary, points: int, cells: Cells) -> Outcome:
    """P - the deduction."""
    most = min(to_units(rule.most), points)
    return Outcome(points - np.clip(cells.reading(), 0, most))


def grade(rule: Grade, points: int, cells: Cells) -> Outcome:
    """P x the coefficient of the level."""
    worth = [half_up(points * to_units(share), SCALE) for share in rule.levels.values()]
    return Outcome(np.array(worth, np.int64)[cells.reading()])


def votes(rule: Votes, points: int, cells: Cells) -> Outcome:
    """P x sum(n x coefficient) / valid ballots; void below the quorum.

    With ``trim_from`` valid ballots or more, one of the highest and one of the lowest are left out.
    """
    names = sorted(rule.options, key=lambda name: -rule.options[name])
    counted = {name: cells.count(name) for name in names}
    valid = sum(counted.values(), cells.full(0))
    over, under = compared(valid, cells.count("entitled"), rule.quorum)
    void = (over < under) | (valid == 0)
    kept = valid
    if rule.trim_from is not None:
        trimmed = valid >= rule.trim_from
        kept = valid - 2 * trimmed
        for order in (names, names[::-1]):
            left = trimmed
            for name in order:
                taken = left & (counted[name] > 0)
                counted[name] = counted[name] - taken
                left = left & ~taken
    weight = {name: to_units(share) for name, share in rule.options.items()}
    common = gcd(*weight.values(), SCALE)
    total = sum((counted[name] * (weight[name] // common) for name in names), cells.full(0))
    return Outcome(portion(points, total, SCALE // common, kept), void=void)


def survey(rule: Survey, points: int, cells: Cells) -> Outcome:
    """P x min(1, satisfied / returned / full); excused where the sample is too small."""
    satisfied, returned = cells.count("satisfied"), cells.count("returned")
    over, under = compared(returned, cells.count("sent"), rule.min_rate)
    small = (returned < rule.min_returned) | (over < under)
    over, under = compared(satisfied, returned, rule.full)
    part = portion(points * rule.full.denominator, satisfied, rule.full.numerator, returned)
    return Outcome(np.where(over >= under, points, part), excused=small)
