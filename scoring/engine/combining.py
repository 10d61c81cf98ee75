"""Several records become one: first the inspectors of a visit, then the visits of a school.

Nothing is rounded here. A mean of three is whole in thirds of a unit: :func:`fineness` says in
which parts of a unit every figure of a round comes out whole, and all are given in those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import lcm
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from inspections.round.round import Combining
from rubrics.rules.exact import LIMIT
from rubrics.values.points import SCALE, BoolArray, IntArray, to_units
from scoring.engine.columns import Columns
from scoring.engine.medians import BEYOND, median

WIDEST = 1024
"""Items of a rubric that may be summed, and counts that are looked up in a table."""


@dataclass(frozen=True, slots=True)
class Fineness:
    """Into how many parts each step cuts what it is given, so that what it gives is whole."""

    inspectors: int
    visits: int

    @property
    def whole(self) -> int:
        """Into how many parts both together cut a unit."""
        return self.inspectors * self.visits


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


def fineness(columns: Columns, combining: Combining) -> Fineness:
    """Returns the parts of a unit in which all that is combined under ``combining`` is whole."""
    places = seats(columns)
    most = int(places.seat.max(initial=0)) + 1
    names = columns.occasions
    weights = weights_of_seats(combining, columns, places)
    return Fineness(
        inspectors_parts(combining, most, weights),
        visits_parts(combining, names) if len(names) > 1 else 1,
    )


def weights_of_seats(combining: Combining, columns: Columns, places: Seats) -> IntArray | None:
    """Returns seats x visits: the weight of who sits there, in 1/10000; None where all are alike.

    A seat that is empty has none.
    """
    if combining.inspectors != "weighted":
        return None
    own = np.array(inspector_weights(combining, columns.inspectors), np.int64)
    found = np.zeros((int(places.seat.max(initial=0)) + 1, len(places.school)), np.int64)
    found[places.seat, places.visit] = (
        SCALE if columns.inspector is None else own[columns.inspector]
    )
    return found


def inspector_weights(combining: Combining, names: Sequence[str]) -> list[int]:
    """Returns the weight of each inspector, in 1/10000."""
    return [to_units(combining.inspector_weights.get(name, 1)) for name in names]


def inspectors_parts(combining: Combining, most: int, weights: IntArray | None = None) -> int:
    """Returns the parts in which a figure of up to ``most`` inspectors is whole.

    ``weights``: of inspectors x visits, where they have some.
    """
    match combining.inspectors:
        case "weighted":
            if weights is None or len(weights) < 2 or not weights.size:
                return 1
            common = int(np.gcd.reduce(weights, axis=None)) or 1
            teams = np.unique(np.sort(weights // common, axis=0), axis=1).T.tolist()
            return lcm(*(_weighted_parts(team) for team in teams))
        case "mean" | "trimmed":
            return lcm(*range(1, most + 1))
        case "median":
            return min(most, 2)
        case "worst":
            return 1


def visits_parts(combining: Combining, names: Sequence[str]) -> int:
    """Returns the parts in which a figure of visits on the occasions ``names`` is whole."""
    match combining.visits:
        case "mean" | "trimmed":
            return lcm(*range(1, len(names) + 1))
        case "median":
            return 2
        case "worst" | "latest":
            return 1
        case "weighted":
            weights = weights_of(combining, names)
            common = int(np.gcd.reduce(weights)) or 1
            return _weighted_parts([it // common for it in weights])


def _weighted_parts(weights: Sequence[int]) -> int:
    """The parts in which the mean of any of those with these weights is whole."""
    sums = reduce(lambda found, own: found | {it + own for it in found}, weights, {0})
    zeros = sum(it == 0 for it in weights)
    return lcm(*(it for it in sums if it), *range(1, zeros + 1))


def weights_of(combining: Combining, names: Sequence[str]) -> list[int]:
    """Returns the weight of each occasion, in 1/10000."""
    return [to_units(combining.weights.get(name, 0)) for name in names]


def combine(
    earned: IntArray, counts: BoolArray, columns: Columns, combining: Combining
) -> tuple[IntArray, BoolArray]:
    """Returns schools x items from records x items, and where anything counted.

    Only what ``counts`` is combined; the rest of ``earned`` is 0. What is given in units comes
    back in the parts of a unit that ``fineness`` says, exactly.
    """
    places = seats(columns)
    fine = fineness(columns, combining)
    if earned.dtype != object and fine.whole * int(abs(earned).max(initial=0)) * WIDEST >= LIMIT:
        earned = earned.astype(object)
    weights = weights_of_seats(combining, columns, places)
    visits, there = _inspectors(earned, counts, places, combining, fine.inspectors, weights)
    names, schools = columns.occasions, len(columns.schools)
    if len(names) <= 1:
        return _spread(visits, there, places.school, schools)
    deep, present = _layers(visits, there, places.occasion, places.school, len(names), schools)
    days = np.zeros((len(names), schools), np.int64)
    days[places.occasion, places.school] = places.day
    return of_visits(deep, present, combining, names, days, fine.visits), _any(present)


def of_inspectors(
    deep: IntArray,
    present: BoolArray,
    combining: Combining,
    parts: int,
    weights: IntArray | None = None,
) -> IntArray:
    """Returns one figure of what the inspectors of a visit say, who are the first axis.

    ``weights``: inspectors x visits; None is all alike. Each is given in ``parts`` of what it is
    of.
    """
    match combining.inspectors:
        case "mean":
            return mean(deep, present, parts)
        case "median":
            return median(deep, present, parts)
        case "trimmed":
            return trimmed(deep, present, combining.trim, combining.trim_from, parts)
        case "weighted":
            if weights is None:
                return mean(deep, present, parts)
            return weighted(deep, present, weights[:, :, np.newaxis], parts)
        case "worst":
            return worst(deep, present) * parts


def of_visits(
    deep: IntArray,
    present: BoolArray,
    combining: Combining,
    names: Sequence[str],
    days: IntArray,
    parts: int,
) -> IntArray:
    """Returns one figure of several visits, on the occasions ``names``, which are the first axis.

    ``days``: occasions x schools, ordinals. Each is given in ``parts`` of what it is of.
    """
    match combining.visits:
        case "mean":
            return mean(deep, present, parts)
        case "median":
            return median(deep, present, parts)
        case "worst":
            return worst(deep, present) * parts
        case "trimmed":
            ends = combining.trim_visits, combining.trim_visits_from
            return trimmed(deep, present, *ends, parts)
        case "weighted":
            own = np.array(weights_of(combining, names), np.int64)
            return weighted(deep, present, own[:, np.newaxis, np.newaxis], parts)
        case "latest":
            return latest(deep, present, days) * parts


def mean(deep: IntArray, present: BoolArray, parts: int) -> IntArray:
    """Returns the mean over the first axis of what is present, in ``parts``."""
    total = _total(deep)
    if present.all():
        return cast("IntArray", total * (parts // len(deep)))
    return cast("IntArray", total * _shares(parts, _total(present.view(np.int8))))


def trimmed(deep: IntArray, present: BoolArray, trim: int, least: int, parts: int) -> IntArray:
    """Returns the mean without the ``trim`` highest and lowest, where ``least`` are present."""
    count = present.sum(axis=0)
    cut = count >= least
    if trim == 1:
        total = _total(deep)
        high, low = np.where(present, deep, -BEYOND), np.where(present, deep, BEYOND)
        kept = np.where(cut, total - (high.max(axis=0) + low.min(axis=0)), total)
    else:
        # Those that are absent stand last, behind all that are present.
        ordered = np.sort(np.where(present, deep, BEYOND), axis=0)
        first, last = np.where(cut, trim, 0), np.where(cut, count - trim, count)
        layers = range(len(deep))
        kept = reduce(np.add, [np.where((n >= first) & (n < last), ordered[n], 0) for n in layers])
    return cast("IntArray", kept * _shares(parts, count - 2 * trim * cut))


def worst(deep: IntArray, present: BoolArray) -> IntArray:
    """Returns the lowest over the first axis of what is present; 0 where nothing is."""
    return np.where(_any(present), np.where(present, deep, BEYOND).min(axis=0), 0)


def weighted(deep: IntArray, present: BoolArray, weights: IntArray, parts: int) -> IntArray:
    """Returns the mean by ``weights`` (spread as ``deep``), shared among what is present, in
    ``parts``. Where nothing that is present has a weight, it is the plain mean.
    """
    own = weights // (np.gcd.reduce(weights, axis=None) or 1)
    heavy = np.where(present, own, 0)
    weight = heavy.sum(axis=0)
    found = (heavy * deep).sum(axis=0) * _shares(parts, weight)
    plain = ~(weight > 0)
    if plain.any():
        light = present & (own == 0)
        found = np.where(plain, _total(deep) * _shares(parts, light.sum(axis=0) * plain), found)
    return cast("IntArray", found)


def latest(deep: IntArray, present: BoolArray, days: IntArray) -> IntArray:
    """Returns what is present on the latest day; of equal days, the later occasion."""
    found = np.zeros(deep.shape[1:], np.int64)
    reached = np.full(deep.shape[1:], -1, np.int64)
    for layer, there, day in zip(deep, present, days, strict=True):
        newer = there & (day[:, np.newaxis] >= reached)
        found = np.where(newer, layer, found)
        reached = np.where(newer, day[:, np.newaxis], reached)
    return found


def _shares(parts: int, count: IntArray) -> npt.NDArray[Any]:
    """Returns what one of ``count`` is of ``parts``, everywhere; 1 where there is none."""
    most = int(count.max(initial=0))
    if most <= WIDEST:
        own = [parts // max(number, 1) for number in range(most + 1)]
        return np.array(own, object if parts >= LIMIT else np.int64)[count]
    counts, at = np.unique(count, return_inverse=True)
    own = [parts // max(number, 1) for number in counts.tolist()]
    return np.array(own, object if parts >= LIMIT else np.int64)[at].reshape(count.shape)


def _total(deep: npt.NDArray[np.integer]) -> npt.NDArray[Any]:
    # Layer by layer: the layers are many rows and few in number.
    return reduce(np.add, deep)


def _any(present: BoolArray) -> BoolArray:
    return reduce(np.logical_or, present)


def _inspectors(
    earned: IntArray,
    counts: BoolArray,
    places: Seats,
    combining: Combining,
    parts: int,
    weights: IntArray | None,
) -> tuple[IntArray, BoolArray]:
    most = int(places.seat.max(initial=0)) + 1
    visits = len(places.school)
    if most == 1:
        return earned, counts
    deep, present = _layers(earned, counts, places.seat, places.visit, most, visits)
    return of_inspectors(deep, present, combining, parts, weights), _any(present)


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
    if values.dtype == object:
        at, there = np.zeros((depth, rows), np.int64), np.zeros((depth, rows), bool)
        at[layer, row], there[layer, row] = np.arange(len(row)), True
        if not len(row):
            return np.zeros((depth, rows, width), np.int64), np.zeros((depth, rows, width), bool)
        there = there[:, :, np.newaxis]
        return np.where(there, values[at], 0), there & counts[at]
    # Column-major within a layer, as the matrices are.
    deep = np.zeros((depth, width, rows), values.dtype).transpose(0, 2, 1)
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
