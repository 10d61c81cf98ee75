"""Indicators of every school, all records combined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from inspections.round.round import Combining
from rubrics.language.rubric import Rubric
from rubrics.rules import PeriodLength
from rubrics.values.points import IntArray, to_units
from scoring.engine.columns import Columns
from scoring.engine.combining import combine
from scoring.engine.excused import combined_states
from scoring.engine.records import Entries, Records, entries_of, score_all
from scoring.engine.states import CHECKED, StateArray


@dataclass(frozen=True, slots=True)
class Items:
    """Schools x indicators: states, and units that are ``earned`` and ``lost`` where checked.

    ``points`` is P of each. ``lost`` is what P lacks, or the demerits. ``records`` and ``entries``
    are what was combined: records x indicators.
    """

    points: IntArray
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
    entries = {item.id: entries_of(columns, item, elapsed) for item in rubric.indicators}
    records = score_all(rubric, entries, columns.rows)
    demerits = rubric.scale == "demerits"
    earned, checked = combine(
        records.earned, records.states == CHECKED, columns, combining, demerits=demerits
    )
    return Items(
        points,
        combined_states(columns, records.states, checked),
        earned,
        earned if demerits else (points - earned) * checked,
        records,
        entries,
    )


def unproved(rubric: Rubric, items: Items, columns: Columns, combining: Combining) -> IntArray:
    """Returns schools x indicators: the lost units that come back if no evidence ever does."""
    records = items.records
    if rubric.pending == "full" or not records.pending.any():
        return np.zeros_like(items.earned)
    demerits = rubric.scale == "demerits"
    standing = np.where(records.pending, 0 if demerits else items.points, records.earned)
    kept, _ = combine(standing, records.states == CHECKED, columns, combining, demerits=demerits)
    return items.earned - kept if demerits else kept - items.earned
