"""What numpy does to arrays of exact fractions, near each of them first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from rubrics.rules.fraction_array import (
    EPSILON,
    MOST,
    SLACK,
    FractionArray,
    Objects,
    as_fractions,
    each,
    spread_to,
)
from rubrics.values.points import IntArray

_COMPARISONS = {np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal}


def _compared(ufunc: Any, one: FractionArray, other: FractionArray) -> Any:
    found = np.asarray(ufunc(one.near, other.near))
    error = (one.error + other.error) * SLACK
    unsure = np.asarray((error > 0) & (np.abs(one.near - other.near) <= error))
    if unsure.any():
        places = np.flatnonzero(unsure)
        found[unsure] = each(ufunc, found.shape, one, other)(places).astype(bool)
    return found


def _sum(ufunc: Any, one: FractionArray, other: FractionArray) -> FractionArray:
    near = ufunc(one.near, other.near)
    error, size = one.error + other.error, np.abs(near)
    error = error + size * EPSILON * ((error > 0) | (size >= MOST))
    return FractionArray(near, error, each(ufunc, near.shape, one, other))


def _product(one: Any, other: Any) -> FractionArray:
    whole = _is_whole(one) or _is_whole(other)
    one, other = as_fractions(one), as_fractions(other)
    near = one.near * other.near
    size = np.abs(near)
    error = np.abs(one.near) * other.error + np.abs(other.near) * one.error
    error = error + one.error * other.error
    loose = (error > 0) | (size >= MOST) if whole else size > 0
    return FractionArray(
        near, error + size * EPSILON * loose, each(np.multiply, near.shape, one, other)
    )


def _is_whole(held: Any) -> bool:
    return isinstance(held, int) or getattr(held, "dtype", np.dtype(object)).kind in "biu"


def _outer(ufunc: Any, one: FractionArray, other: FractionArray) -> FractionArray:
    near = ufunc(one.near, other.near)
    error = np.maximum(one.error, other.error)
    return FractionArray(near, error, each(ufunc, near.shape, one, other))


def _turned(ufunc: Any, one: FractionArray) -> FractionArray:
    return FractionArray(ufunc(one.near), one.error, each(ufunc, one.shape, one))


_NEAR: dict[Any, Callable[..., FractionArray]] = {
    np.add: lambda one, other: _sum(np.add, as_fractions(one), as_fractions(other)),
    np.subtract: lambda one, other: _sum(np.subtract, as_fractions(one), as_fractions(other)),
    np.multiply: _product,
    np.maximum: lambda one, other: _outer(np.maximum, as_fractions(one), as_fractions(other)),
    np.minimum: lambda one, other: _outer(np.minimum, as_fractions(one), as_fractions(other)),
    np.negative: lambda one: _turned(np.negative, one),
    np.absolute: lambda one: _turned(np.absolute, one),
}


def done(ufunc: Any) -> Callable[..., Any] | None:
    """Returns what does one of numpy's functions of an element; None where it is not done here."""
    if ufunc in _COMPARISONS:
        return lambda one, other: _compared(ufunc, as_fractions(one), as_fractions(other))
    return _NEAR.get(ufunc)


def _where(mask: Any, yes: Any, no: Any) -> FractionArray:
    mask, one, other = np.asarray(mask), as_fractions(yes), as_fractions(no)
    near = np.where(mask, one.near, other.near)
    error = np.where(mask, one.error, other.error)
    spread = np.broadcast_to(mask, near.shape)

    def exact(at: IntArray) -> Objects:
        chosen, found = spread.ravel()[at], np.empty(len(at), object)
        for held, there in ((one, chosen), (other, ~chosen)):
            found[there] = each(np.positive, near.shape, held)(at[there])
        return found

    return FractionArray(near, error, exact)


def _sort(held: FractionArray, axis: int) -> FractionArray:
    error = np.broadcast_to(held.error.max(axis, keepdims=True), held.shape)
    lines = held.moved(lambda it: np.moveaxis(it, axis, -1))
    depth = held.shape[axis]

    def exact(at: IntArray) -> Objects:
        line, place = np.divmod(at, depth)
        numbers = lines.at((line[:, np.newaxis] * depth + np.arange(depth)).ravel())
        ordered = np.sort(numbers.reshape(len(at), depth), axis=1)
        return np.asarray(ordered[np.arange(len(at)), place], object)

    shape = lines.shape
    moved = FractionArray(
        np.moveaxis(np.sort(held.near, axis), axis, -1), np.moveaxis(error, axis, -1), exact
    )
    assert moved.shape == shape
    return moved.moved(lambda it: np.moveaxis(it, -1, axis))


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.where: _where,
    np.sort: _sort,
    np.take_along_axis: lambda held, at, axis: held.moved(
        lambda it: np.take_along_axis(it, at, axis)
    ),
    np.broadcast_to: spread_to,
    np.zeros_like: lambda held: np.zeros(held.shape, np.int64),
}
"""numpy's functions of whole arrays, as they are done here."""
