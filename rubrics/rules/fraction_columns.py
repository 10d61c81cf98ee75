"""Columns of exact fractions: made from quotients, and put side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from rubrics.rules.fraction_array import (
    EPSILON,
    MOST,
    PARTS,
    FractionArray,
    Objects,
    as_fractions,
    shares,
)
from rubrics.values.points import IntArray


def quotients(over: IntArray, under: IntArray, whole: IntArray, rest: IntArray) -> FractionArray:
    """Returns ``over / under``, given both results of ``divmod``; all of one shape."""
    near = whole + rest / under
    small = (under < 2**50) & (np.abs(near) < MOST)
    fits = small & (rest * PARTS % under == 0)
    error = np.where(fits, 0.0, (np.abs(near) + 1) * (4 * EPSILON))

    def exact(at: IntArray) -> Objects:
        return shares(*(it.ravel()[at].astype(object) for it in (over, under)))

    return FractionArray(near, error, exact)


def side_by_side(columns: Sequence[Any]) -> Any:
    """Returns columns (rows) as a matrix, rows x columns: int64 where all of them are."""
    if not any(isinstance(it, FractionArray) for it in columns):
        whole = all(it.dtype != object for it in columns)
        found = np.empty((len(columns[0]), len(columns)), np.int64 if whole else object, "F")
        for place, column in enumerate(columns):
            found[:, place] = column
        return found
    shape = (len(columns[0]), len(columns))
    near, error = np.empty(shape, np.float64, "F"), np.zeros(shape, np.float64, "F")
    own = [as_fractions(column) for column in columns]
    for place, column in enumerate(own):
        near[:, place], error[:, place] = column.near, column.error

    def exact(at: IntArray) -> Objects:
        rows, places = np.divmod(at, len(columns))
        found = np.empty(len(at), object)
        for place in np.unique(places).tolist():
            there = places == place
            found[there] = own[place].at(rows[there])
        return found

    return FractionArray(near, error, exact)
