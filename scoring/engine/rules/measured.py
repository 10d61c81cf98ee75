"""Rules on readings: limits, bands, proportions."""

from __future__ import annotations

import numpy as np

from rubrics.rules.model import Bands, Linear, Ratio, Reading, Threshold
from rubrics.values.points import to_units
from scoring.engine.rules.cells import Cells, Outcome
from scoring.engine.rules.quotients import compared, inside, portion, priced, share_inside


def threshold(rule: Threshold, points: int, cells: Cells) -> Outcome:
    """max(0, P - each per failing sample); without ``each`` one failure costs P."""
    cost = cells.full(0)
    for reading in rule.readings:
        each = points if reading.each is None else min(to_units(reading.each), points)
        for key in sample_keys(reading):
            failed = cells.filled(key) & ~inside(reading.within, cells.reading(key))
            cost += failed * np.int64(each)
    return Outcome(np.maximum(points - cost, 0))


def sample_keys(reading: Reading) -> list[str]:
    """Returns the slot keys of a reading's samples."""
    base = reading.id or ""
    if reading.samples == 1:
        return [base]
    return [f"{base}.{n}" if base else str(n) for n in range(1, reading.samples + 1)]


def bands(rule: Bands, points: int, cells: Cells) -> Outcome:
    """The points of the band that holds the reading."""
    del points
    reading, earned = cells.reading(), cells.full(0)
    for band in rule.bands:
        np.copyto(earned, to_units(band.points), where=inside(band.range, reading))
    return Outcome(earned)


def linear(rule: Linear, points: int, cells: Cells) -> Outcome:
    """P x clamp((reading - zero) / (full - zero), 0, 1)."""
    zero, full = to_units(rule.zero), to_units(rule.full)
    reading = np.clip(cells.reading(), min(zero, full), max(zero, full))
    return Outcome(portion(points, np.abs(reading - zero), abs(full - zero)))


def ratio(rule: Ratio, points: int, cells: Cells) -> Outcome:
    """Linear, banded, or ``each`` per unit missing; excused where nothing was due."""
    have, due = cells.count("have"), cells.count("due")
    earned = cells.full(points)
    if rule.full is not None:
        over, under = compared(have, due, rule.full)
        part = portion(points * rule.full.denominator, have, rule.full.numerator, due)
        earned = np.where(over >= under, points, part)
    elif rule.each is not None:
        missing = np.maximum(due - have, 0)
        earned = np.maximum(points - priced(missing, to_units(rule.each), points), 0)
    else:
        for band in rule.bands:
            np.copyto(earned, to_units(band.points), where=share_inside(band.range, have, due))
    return Outcome(earned, excused=due == 0)
