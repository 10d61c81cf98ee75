"""Indicators of every school, all records combined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from inspections.round.round import Combining
from rubrics.language.rubric import Rubric
from rubrics.rules import PeriodLength
from rubrics.rules.exact import times
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.codes import CHECKED, EXCUSED, UNCHECKED, StateArray
from scoring.engine.columns import Columns
from scoring.engine.combining import combine, fineness
from scoring.engine.records import Entries, Records, entries_of, score_all
from scoring.engine.rounding import item_figures
from scoring.engine.scale import best


@dataclass(frozen=True, slots=True)
class Items:
    """Schools x indicators: states, and what is ``earned`` and ``lost`` where checked, exactly.

    ``points`` is P of each, ``best`` what is earned where nothing is lost (units); ``lost`` is
    what that lacks, 0 where it is more. ``fine``: so many of what is earned and lost make one
    unit. ``records`` and ``entries`` are what was combined: records x indicators, in units.
    """

    points: IntArray
    best: IntArray
    states: StateArray
    earned: IntArray
    lost: IntArray
    fine: int
    records: Records
    entries: Mapping[str, Entries]


def combined_items(
    rubric: Rubric, columns: Columns, combining: Combining, elapsed: Mapping[PeriodLength, int]
) -> Items:
    """Returns what all records together say of every indicator."""
    points = np.array([to_units(item.points) for item in rubric.indicators], np.int64)
    most = np.array([best(rubric, item.points) for item in rubric.indicators], np.int64)
    entries = {item.id: entries_of(columns, item, elapsed) for item in rubric.indicators}
    records = score_all(rubric, entries, columns.rows)
    fine = fineness(columns, combining)
    earned, checked = combine(records.earned, records.states == CHECKED, columns, combining)
    earned = item_figures(rubric, earned, fine.whole)
    lost = times(most, fine.whole) - earned
    if any(item.highest > item.points for item in rubric.indicators):
        lost = np.maximum(lost, 0)
    return Items(
        points,
        most,
        _combined_states(columns, records.states, checked),
        earned,
        lost * checked,
        fine.whole,
        records,
        entries,
    )


def points_in(states: StateArray, state: int, points: IntArray) -> IntArray:
    """Returns the points of each school's items in one state, in what ``points`` are in."""
    there, found = states == state, np.zeros(len(states), points.dtype)
    for place in np.flatnonzero(there.any(axis=0)):
        found += there[:, place].astype(points.dtype) * points[place]
    return found


def unproved(rubric: Rubric, items: Items, columns: Columns, combining: Combining) -> IntArray:
    """Returns schools x indicators: what is lost and comes back if no evidence ever does.

    In parts of a unit, as what is lost.
    """
    records = items.records
    if rubric.pending == "full" or not records.pending.any():
        return np.zeros_like(items.earned)
    standing = np.where(records.pending, np.maximum(items.best, records.earned), records.earned)
    kept, _ = combine(standing, records.states == CHECKED, columns, combining)
    return item_figures(rubric, kept, items.fine) - items.earned


def evidence_stake(
    rubric: Rubric, items: Items, columns: Columns, combining: Combining
) -> IntArray:
    """Returns schools x indicators: the units that hang on evidence that has not come.

    Where nothing is taken off before its evidence comes, that is what would be; else what comes
    back if none does.
    """
    records = items.records
    if rubric.pending != "full" or not records.pending.any():
        return unproved(rubric, items, columns, combining)
    return items.earned - proven_items(rubric, items, columns, combining)


def proven_items(rubric: Rubric, items: Items, columns: Columns, combining: Combining) -> IntArray:
    """Returns schools x indicators: what is earned if all evidence comes, in parts of a unit."""
    records = items.records
    if not records.pending.any():
        return items.earned
    observed = np.where(records.pending, records.observed, records.earned)
    kept, _ = combine(observed, records.states == CHECKED, columns, combining)
    return item_figures(rubric, kept, items.fine)


def _combined_states(columns: Columns, states: StateArray, checked: BoolArray) -> StateArray:
    """Returns schools x items: excused only where every record says so.

    ``states``: records x items; ``checked`` (schools x items): some record was checked. A school
    without records is unchecked.
    """
    visited = np.zeros(len(columns.schools), bool)
    visited[columns.school] = True
    found = np.where(visited[:, np.newaxis] & ~checked, np.int8(EXCUSED), np.int8(CHECKED))
    refused = columns.any_record(states == UNCHECKED) | ~visited[:, np.newaxis]
    np.copyto(found, UNCHECKED, where=refused & ~checked)
    return found
