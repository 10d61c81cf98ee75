"""Items that leave the denominator, and the limit beyond which there is no verdict."""

from __future__ import annotations

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.columns import Columns
from scoring.engine.states import CHECKED, EXCUSED, UNCHECKED, StateArray


def combined_states(columns: Columns, states: StateArray, checked: BoolArray) -> StateArray:
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


def points_in(states: StateArray, state: int, points: IntArray) -> IntArray:
    """Returns the points of each school's items in one state, in units."""
    there, found = states == state, np.zeros(len(states), np.int64)
    for place in np.flatnonzero(there.any(axis=0)):
        found += there[:, place] * points[place]
    return found


def beyond_limit(rubric: Rubric, excused: IntArray) -> BoolArray:
    """Returns where more points are excused than the rubric allows; such schools get no verdict."""
    return np.asarray(excused > to_units(rubric.excused_limit))
