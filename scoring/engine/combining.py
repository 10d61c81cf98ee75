"""Several records become one: first the inspectors of a visit, then the visits of a school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from inspections.round.round import Combining
from rubrics.values.points import BoolArray, IntArray, half_up, to_units
from scoring.engine.columns import Columns
from scoring.engine.medians import BEYOND, median

FEW = 4
"""Dividing a column by one number is that much faster than by another column."""


@dataclass(frozen=True, slots=True)
class Seats:
    """Where every record and every visit goes.

    Record ``r`` is the ``seat[r]``-th of visit ``visit[r]``; visits are of ``school`` on
    ``occasion``, their latest day is ``day`` (ordinal).
    """

    visit: IntArray
    seat: IntArray
    school: IntArray
    occasion: IntArray
    day: IntArray


def seats(columns: Columns) -> Seats:
    """Returns the visits of sorted records: those of one school and occasion are one visit."""
    if not columns.rows:
        none = np.zeros(0, np.int64)
        return Seats(none, none, none, none, none)
    fresh = np.ones(columns.rows, bool)
    fresh[1:] = (np.diff(columns.school) != 0) | (np.diff(columns.occasion) != 0)
    starts = np.flatnonzero(fresh)
    visit = np.cumsum(fresh) - 1
    return Seats(
        visit,
        np.arange(columns.rows) - starts[visit],
        columns.school[starts],
        columns.occasion[starts],
        np.maximum.reduceat(columns.days, starts),
    )


def combine(
    earned: IntArray, counts: BoolArray, columns: Columns, combining: Combining
) -> tuple[IntArray, BoolArray]:
    """Returns schools x items from records x items: units, and where anything counted.

    Only what ``counts`` is combined; the rest of ``earned`` is 0. Each of the two steps rounds
    half-up to 1/10000.
    """
    places = seats(columns)
    visits, there = _inspectors(earned, counts, places, combining)
    names, schools = columns.occasions, len(columns.schools)
    if len(names) <= 1:
        return _spread(visits, there, places.school, schools)
    deep, present = _layers(visits, there, places.occasion, places.school, len(names), schools)
    days = np.zeros((len(names), schools), np.int64)
    days[places.occasion, places.school] = places.day
    return of_visits(deep, present, combining, names, days), _any(present)


def of_inspectors(deep: IntArray, present: BoolArray, combining: Combining) -> IntArray:
    """Returns one figure of what the inspectors of a visit say, who are the first axis."""
    match combining.inspectors:
        case "mean":
            return mean(deep, present)
        case "median":
            return median(deep, present)
        case "trimmed":
            return trimmed(deep, present, combining.trim_from)
        case "worst":
            return worst(deep, present)


def of_visits(
    deep: IntArray, present: BoolArray, combining: Combining, names: Sequence[str], days: IntArray
) -> IntArray:
    """Returns one figure of several visits, on the occasions ``names``, which are the first axis.

    ``days``: occasions x schools, ordinals.
    """
    match combining.visits:
        case "mean":
            return mean(deep, present)
        case "median":
            return median(deep, present)
        case "worst":
            return worst(deep, present)
        case "weighted":
            weights = [to_units(combining.weights.get(name, 0)) for name in names]
            return weighted(deep, present, np.array(weights, np.int64))
        case "latest":
            return latest(deep, present, days)


def mean(deep: IntArray, present: BoolArray) -> IntArray:
    """Returns the mean over the first axis of what is present, half-up."""
    total = _total(deep)
    if present.all():
        return half_up(total, len(deep))
    if len(deep) > FEW:
        return half_up(total, np.maximum(present.sum(axis=0), 1))
    count = _total(present.view(np.int8))
    for number in range(2, len(deep) + 1):
        total = np.where(count == number, half_up(total, number), total)
    return total


def trimmed(deep: IntArray, present: BoolArray, least: int) -> IntArray:
    """Returns the mean without one highest and one lowest, where ``least`` or more are present."""
    count = present.sum(axis=0)
    total = _total(deep)
    ends = np.where(present, deep, -BEYOND).max(axis=0) + np.where(present, deep, BEYOND).min(
        axis=0
    )
    cut = count >= least
    return half_up(np.where(cut, total - ends, total), np.maximum(count - 2 * cut, 1))


def worst(deep: IntArray, present: BoolArray) -> IntArray:
    """Returns the lowest over the first axis of what is present; 0 where nothing is."""
    return np.where(_any(present), np.where(present, deep, BEYOND).min(axis=0), 0)


def weighted(deep: IntArray, present: BoolArray, weights: IntArray) -> IntArray:
    """Returns the mean by weights, shared among what is present.

    Where nothing that is present has a weight, it is the plain mean.
    """
    common = np.gcd.reduce(weights) or 1
    heavy = np.where(present, (weights // common)[:, np.newaxis, np.newaxis], 0)
    weight = heavy.sum(axis=0)
    found = half_up((heavy * deep).sum(axis=0), np.maximum(weight, 1))
    return np.where(weight > 0, found, mean(deep, present))


def latest(deep: IntArray, present: BoolArray, days: IntArray) -> IntArray:
    """Returns what is present on the latest day; of equal days, the later occasion."""
    found = np.zeros(deep.shape[1:], np.int64)
    reached = np.full(deep.shape[1:], -1, np.int64)
    for layer, there, day in zip(deep, present, days, strict=True):
        newer = there & (day[:, np.newaxis] >= reached)
        found = np.where(newer, layer, found)
        reached = np.where(newer, day[:, np.newaxis], reached)
    return found


def _total(deep: npt.NDArray[np.integer]) -> npt.NDArray[Any]:
    # Layer by layer: the layers are many rows and few in number.
    return reduce(np.add, deep)


def _any(present: BoolArray) -> BoolArray:
    return reduce(np.logical_or, present)


def _inspectors(
    earned: IntArray, counts: BoolArray, places: Seats, combining: Combining
) -> tuple[IntArray, BoolArray]:
    most = int(places.seat.max(initial=0)) + 1
    visits = len(places.school)
    if most == 1:
        return earned, counts
    deep, present = _layers(earned, counts, places.seat, places.visit, most, visits)
    return of_inspectors(deep, present, combining), _any(present)


def _layers(
    values: IntArray, counts: BoolArray, layer: IntArray, row: IntArray, depth: int, rows: int
) -> tuple[IntArray, BoolArray]:
    """Lays rows into layers: the result's [layer, row] is the row given; others are absent."""
    width = values.shape[1]
    if len(row) == depth * rows:
        # All layers of a row stand together: then the matrix is laid into layers as it is.
        whole = np.arange(depth * rows)
        if (row == whole // depth).all() and (layer == whole % depth).all():
            shape = (width, rows, depth)
            return (
                values.T.reshape(shape).transpose(2, 1, 0),
                counts.T.reshape(shape).transpose(2, 1, 0),
            )
    # Column-major within a layer, as the matrices are.
    deep = np.zeros((depth, width, rows), np.int64).transpose(0, 2, 1)
    present = np.zeros((depth, width, rows), bool).transpose(0, 2, 1)
    for number in range(depth):
        own = np.flatnonzero(layer == number)
        deep[number, row[own]] = values[own]
        present[number, row[own]] = counts[own]
    return deep, present


def _spread(
    values: IntArray, counts: BoolArray, row: IntArray, rows: int
) -> tuple[IntArray, BoolArray]:
    deep, present = _layers(values, counts, np.zeros_like(row), row, 1, rows)
    return deep[0], present[0]
