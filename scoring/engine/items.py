"""Indicators of every school, all records combined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from inspections.round.round import Combining
from rubrics.language.rubric import Rubric
from rubrics.rules import PeriodLength
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.codes import CHECKED, EXCUSED, UNCHECKED, StateArray
from scoring.engine.columns import Columns
from scoring.engine.combining import combine
from scoring.engine.records import Entries, Records, entries_of, score_all
from scoring.engine.scale import best


@dataclass(frozen=True, slots=True)
class Items:
    """Schools x indicators: states, and units that are ``earned`` and ``lost`` where checked.

    ``points`` is P of each, ``best`` the most that can be earned; ``lost`` is what that lacks.
    ``records`` and ``entries`` are what was combined: records x indicators.
    """

    points: IntArray
    best: IntArray
    states: StateArray
    earned: IntArray
    lost: IntArray
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
    earned, checked = combine(records.earned, records.states == CHECKED, columns, combining)
    return Items(
        points,
        most,
        _combined_states(columns, records.states, checked),
        earned,
        (most - earned) * checked,
        records,
        entries,
    )


def points_in(states: StateArray, state: int, points: IntArray) -> IntArray:
    """Returns the points of each school's items in one state, in units."""
    there, found = states == state, np.zeros(len(states), np.int64)
    for place in np.flatnonzero(there.any(axis=0)):
        found += there[:, place] * points[place]
    return found


def unproved(rubric: Rubric, items: Items, columns: Columns, combining: Combining) -> IntArray:
    """Returns schools x indicators: the lost units that come back if no evidence ever does."""
    records = items.records
    if rubric.pending == "full" or not records.pending.any():
        return np.zeros_like(items.earned)
    standing = np.where(records.pending, items.best, records.earned)
    kept, _ = combine(standing, records.states == CHECKED, columns, combining)
    return kept - items.earned


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
    observed = np.where(records.pending, records.observed, records.earned)
    kept, _ = combine(observed, records.states == CHECKED, columns, combining)
    return items.earned - kept


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
