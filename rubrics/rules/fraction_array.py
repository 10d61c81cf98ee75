"""Arrays of exact fractions that are as fast as floats: near each of them, and itself when asked.

Beside every number stands how far off it may be. What is compared or rounded is looked at there
first; only where that cannot tell, at a tie say, is the fraction itself worked out, by the same
arithmetic on Python's own numbers. So nothing that is decided here rests on a float.

What numpy is asked of such an array and is not written here, it gets done on an array of objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.lib.mixins import NDArrayOperatorsMixin

from rubrics.values.points import IntArray, half_up

Floats: TypeAlias = "npt.NDArray[np.float64]"
Objects: TypeAlias = "npt.NDArray[np.object_]"
Exact: TypeAlias = Callable[[IntArray], Objects]
"""Gives the numbers at some places of the flattened array."""

EPSILON = 2.0**-52
"""One operation is off by less than this share of what it gives."""

PARTS = 64
"""Multiples of 1/64 below ``MOST`` are added, and multiplied by whole numbers, without error."""

MOST = 2.0**46

WHOLE = 2**53
"""Floats hold every whole number up to here."""

SLACK = 1.0001
"""Errors are sums of floats themselves."""


class FractionArray(NDArrayOperatorsMixin):
    """``near`` each number, off by at most ``error``: by 0 only where it is the number itself, and
    a multiple of 1/64. ``exact`` works some of the numbers out.
    """

    def __init__(self, near: Floats, error: Floats, exact: Exact) -> None:
        self.near, self.error, self._exact = near, error, exact

    shape = property(lambda self: self.near.shape)
    size = property(lambda self: self.near.size)
    ndim = property(lambda self: self.near.ndim)
    dtype = np.dtype(object)

    @property
    def T(self) -> FractionArray:  # noqa: N802 - numpy's name
        """The transposed array."""
        return self.moved(np.transpose)

    def at(self, places: IntArray) -> Objects:
        """Returns the numbers at some places of the flattened array."""
        return self._exact(places)

    @cached_property
    def objects(self) -> Objects:
        """All numbers, as Python's own."""
        return self.at(np.arange(self.size)).reshape(self.shape)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Objects:
        return self.objects.astype(object if dtype is None else dtype)

    def astype(self, dtype: Any) -> npt.NDArray[Any]:
        """As numpy's."""
        return self.objects.astype(dtype)

    def tolist(self) -> Any:
        """As numpy's."""
        return self.objects.tolist()

    def item(self) -> Any:
        """As numpy's."""
        return self.objects.item()

    def copy(self) -> FractionArray:
        """Returns itself: it is never changed in place."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return np.array, (self.tolist(), object)

    def __len__(self) -> int:
        return len(self.near)

    def __iter__(self) -> Iterator[Any]:
        return (self[place] for place in range(len(self)))

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, (int, np.integer)):
            return self._row(range(len(self))[key])
        if isinstance(key, tuple) and len(key) == self.ndim and all(type(it) is int for it in key):
            place = np.ravel_multi_index(tuple(np.mod(key, self.shape)), self.shape)
            return self.at(np.array([place])).item()
        return self.moved(lambda held: held[key])

    def _row(self, number: int) -> Any:
        near, error = self.near[number], self.error[number]
        if not near.shape:
            return self.at(np.array([number])).item()
        first = number * near.size
        return FractionArray(near, error, lambda at: self.at(at + first))

    def reshape(self, *shape: Any) -> FractionArray:
        """As numpy's."""
        return self.moved(lambda held: held.reshape(*shape))

    def transpose(self, *axes: int) -> FractionArray:
        """As numpy's."""
        return self.moved(lambda held: held.transpose(*axes))

    def clip(self, low: Any = None, high: Any = None) -> FractionArray:
        """As numpy's."""
        found = self if low is None else np.maximum(self, low)
        return found if high is None else np.minimum(found, high)

    def sum(self, axis: int) -> FractionArray:
        """As numpy's."""
        near, error = self.near.sum(axis), self.error.sum(axis)
        size = np.abs(self.near).sum(axis)
        error = error + size * (EPSILON * self.shape[axis]) * ((error > 0) | (size >= MOST))
        return FractionArray(near, error, self._along(axis, np.sum))

    def max(self, axis: int) -> FractionArray:
        """As numpy's."""
        return FractionArray(self.near.max(axis), self.error.max(axis), self._along(axis, np.max))

    def min(self, axis: int) -> FractionArray:
        """As numpy's."""
        return FractionArray(self.near.min(axis), self.error.max(axis), self._along(axis, np.min))

    def rounded(self, under: Any) -> IntArray:
        """Returns each number / ``under`` (whole, above 0), half-up: int64."""
        under = np.broadcast_to(np.asarray(under), self.shape)
        if under.dtype == object:
            return np.reshape(_half_up(self.objects.ravel(), under.ravel()), self.shape)
        size = np.abs(self.near) / under
        error = self.error / under + size * (2 * EPSILON)
        down = np.floor(size)
        found: IntArray = (np.sign(self.near) * np.floor(size + 0.5)).astype(np.int64)
        unsure = np.abs(size - down - 0.5) <= error * SLACK
        if not unsure.any():
            return found
        plain = unsure & (self.error == 0) & (np.abs(self.near) < MOST) & (under < 2**50)
        parts = (self.near[plain] * PARTS).astype(np.int64)
        found[plain] = half_up(parts, under[plain].astype(np.int64) * PARTS)
        rest = unsure & ~plain
        if rest.any():
            places = np.flatnonzero(rest)
            found[rest] = _half_up(self.at(places), under[rest])
        return found

    def divided(self, under: Any) -> FractionArray:
        """Returns each number / ``under`` (whole, above 0)."""
        one, other = as_fractions(self), as_fractions(np.asarray(under))
        near = one.near / other.near
        error = one.error / other.near + np.abs(near) * (2 * EPSILON)
        error = error + np.abs(near) * (other.error / other.near) * 2
        return FractionArray(near, error, each(shares, near.shape, one, other))

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **more: Any) -> Any:
        held = [it for it in inputs if isinstance(it, FractionArray)]
        if method == "__call__" and not more and held:
            from rubrics.rules import fraction_operations

            done = fraction_operations.done(ufunc)
            if done is not None:
                return done(*inputs)
        if more.get("out") is not None:
            raise TypeError("an array of fractions is not changed in place")
        return getattr(ufunc, method)(*map(_objects, inputs), **more)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from rubrics.rules import fraction_operations

        if func in fraction_operations.FUNCTIONS:
            return fraction_operations.FUNCTIONS[func](*args, **kwargs)
        return func(*map(_objects, args), **{key: _objects(it) for key, it in kwargs.items()})

    def moved(self, how: Callable[[npt.NDArray[Any]], npt.NDArray[Any]]) -> FractionArray:
        """Returns the same numbers, or some of them, in other places."""
        places: list[IntArray] = []

        def exact(at: IntArray) -> Objects:
            if not places:
                places.append(how(np.arange(self.size).reshape(self.shape)).ravel())
            return self.at(places[0][at])

        return FractionArray(how(self.near), how(self.error), exact)

    def _along(self, axis: int, how: Any) -> Exact:
        """What becomes of the numbers along one axis."""
        rows = self.moved(lambda held: np.moveaxis(held, axis, -1))
        depth = self.shape[axis]
        known: dict[int, Any] = {}

        def exact(at: IntArray) -> Objects:
            fresh = np.array([it for it in set(at.tolist()) if it not in known], np.int64)
            if len(fresh):
                places = fresh[:, np.newaxis] * depth + np.arange(depth)
                numbers = rows.at(places.ravel()).reshape(places.shape)
                known.update(zip(fresh.tolist(), how(numbers, axis=1), strict=True))
            found = np.empty(len(at), object)
            found[:] = [known[it] for it in at.tolist()]
            return found

        return exact


def as_fractions(held: Any) -> FractionArray:
    """Returns numbers of any kind as such an array."""
    if isinstance(held, FractionArray):
        return held
    if isinstance(held, (int, Fraction)):
        held = np.array(held, object) if isinstance(held, Fraction) else np.asarray(held)
    held = np.asarray(held)
    near = held.astype(np.float64)
    if held.dtype == object:
        error = (np.abs(near) + 1) * EPSILON
    elif held.size and held.dtype.kind in "iu" and np.abs(near).max() > WHOLE:
        exact = near.astype(object)
        error = np.where(exact == held.astype(object), 0.0, np.abs(near) * EPSILON)
    else:
        error = np.zeros(held.shape)
    return FractionArray(near, error, lambda at: held.ravel()[at].astype(object))


def _objects(held: Any) -> Any:
    if isinstance(held, FractionArray):
        return held.objects
    if isinstance(held, (list, tuple)):
        return type(held)(map(_objects, held))
    return held


def each(how: Any, shape: tuple[int, ...], *held: FractionArray) -> Exact:
    """Tells what becomes of numbers at one place of several arrays, each spread to a shape."""

    def exact(at: IntArray) -> Objects:
        numbers = []
        for one in held:
            spread = one if one.shape == shape else spread_to(one, shape)
            numbers.append(spread.at(at))
        return np.asarray(how(*numbers), object)

    return exact


def spread_to(held: Any, shape: tuple[int, ...]) -> FractionArray:
    """Returns numbers as they stand in an array of another shape."""
    return as_fractions(held).moved(lambda it: np.broadcast_to(it, shape))


def shares(over: Objects, under: Objects) -> Objects:
    """Returns each number / another, as Python's fractions."""
    found = np.empty(len(over), object)
    found[:] = [Fraction(n) / d for n, d in zip(over.tolist(), under.tolist(), strict=True)]
    return found


def _half_up(numbers: Objects, under: npt.NDArray[Any]) -> IntArray:
    pairs = zip(numbers.tolist(), under.tolist(), strict=True)
    return np.array([half_up(n.numerator, n.denominator * d) for n, d in pairs], np.int64)
