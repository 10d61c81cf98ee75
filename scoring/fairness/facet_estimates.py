"""Estimates of the many-facet model: abilities, severities, difficulties, thresholds.

All are estimated together (joint maximum likelihood), as Linacre's program does, because that
takes no distribution of schools for granted. A school has only some forty ratings, and joint
estimates of the other facets are biased outward by about one part in as many. The bias is taken
off by adding half the logarithm of each school's information to the likelihood, which makes it the
likelihood given the schools' raw scores up to terms of the square of that (Barndorff-Nielsen 1983,
the modified profile likelihood of an exponential family); with two ratings of a school the
correction is not enough, with ten nothing is left of the bias that one could see.

Schools are eliminated from Newton's equations as in ``additive``; standard errors are those of the
whole information matrix, not of its diagonal. Abilities are weighted likelihood estimates (Warm
1989), which are finite also where a school got the best everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from rubrics.values.points import BoolArray, IntArray
from scoring.fairness.categories import Rated
from scoring.fairness.rating_scale import Moments, Steps, moments, steps_of
from scoring.fairness.ratings import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_ROUNDS: Final = 200
_NEAR: Final = 1e-5
"""Logits by which the last step changed anything."""

_LONGEST: Final = 1.0
"""Logits of a step."""

_LEAST: Final = 1e-9
"""What part of the most information is none: rounding leaves so much."""

_FARTHEST: Final = 12.0
"""Logits beyond which there is no end: few ratings may be told apart without any error."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """Estimates in logits; what they have in common within an island is arbitrary.

    ``others``: of inspectors, then items, then steps; ``spread`` their covariance; zeros where
    there are no ratings. ``ability``: by unit, at which its expected score is the raw one; what is
    left over is judged against it. ``found``: the estimation came to an end.
    """

    ability: Floats
    others: Floats
    spread: Floats
    found: bool


@dataclass(frozen=True, slots=True)
class _Curve:
    """First and second derivatives of the likelihood. ``cross``: units x others, mostly nothing,
    as a unit has few inspectors.
    """

    unit_score: Floats
    unit_information: Floats
    score: Floats
    information: Floats
    cross: csr_array
    correction: Floats


@dataclass(frozen=True, slots=True)
class _Together:
    """Units with those of a facet: each pair once, as (``unit``, ``other``); ``pair``: by rating,
    which of them it is.
    """

    unit: IntArray
    other: IntArray
    pair: IntArray

    @classmethod
    def of(cls, unit: IntArray, other: IntArray) -> _Together:
        most = int(other.max(initial=0)) + 1
        names, pair = np.unique(unit * most + other, return_inverse=True)
        return cls(names // most, names % most, pair)


@dataclass(frozen=True, slots=True)
class _Arranged:
    """What stays the same from step to step. By scale, ``rows``: the ratings on it, ``units``: of
    which units they are.
    """

    rows: tuple[IntArray, ...]
    units: tuple[IntArray, ...]
    inspectors: _Together
    items: _Together


def arranged(data: Rated) -> _Arranged:
    """Returns how ratings lie."""
    rows = rows_by_scale(data)
    return _Arranged(
        rows,
        tuple(np.unique(data.unit[own]) for own in rows),
        _Together.of(data.unit, data.inspector),
        _Together.of(data.unit, data.item),
    )


def estimates(data: Rated) -> Estimates:
    """Returns the estimates of ratings, of which none is at an end (see ``estimable``).

    Sources: Linacre (1989), chapters 4 and 5; Barndorff-Nielsen (1983).
    """
    lie = arranged(data)
    there = np.bincount(data.unit, minlength=data.units) > 0
    ability, others = np.zeros(data.units), np.zeros(_size(data))
    curve = _curve(data, lie, ability, others, there)
    free = _undetermined(curve)
    found = False
    for _ in range(_ROUNDS):
        reduced, score = _reduced(curve)
        step = _solved(reduced, free, score + curve.correction)
        move = (curve.unit_score - curve.cross @ step) / curve.unit_information
        most = max(np.abs(step).max(initial=0), np.abs(move).max(initial=0))
        share = min(1.0, _LONGEST / most) if most else 1.0
        ability, others = ability + share * move, others + share * step
        if max(np.abs(others).max(initial=0), np.abs(ability).max(initial=0)) > _FARTHEST:
            break
        curve = _curve(data, lie, ability, others, there)
        if most < _NEAR:
            found = True
            break
    reduced, _ = _reduced(curve)
    return Estimates(
        ability,
        others,
        _solved(reduced, free, np.eye(len(reduced))),
        found,
    )


def rows_by_scale(data: Rated) -> tuple[IntArray, ...]:
    """Returns by scale the ratings on it."""
    scale = data.scale[data.item]
    return tuple(np.flatnonzero(scale == number) for number in range(len(data.levels)))


def places(data: Rated, ability: Floats, others: Floats) -> Floats:
    """Returns by rating the ability less severity and difficulty, logits."""
    severity, difficulty = others[: data.inspectors], others[data.inspectors :]
    found: Floats = ability[data.unit] - severity[data.inspector] - difficulty[data.item]
    return found


def warm(data: Rated, others: Floats, near: Floats) -> tuple[Floats, Floats]:
    """Returns abilities of units by weighted likelihood, and their information.

    ``near``: whence to look for them. nan without ratings. Source: Warm (1989).
    """
    there = np.bincount(data.unit, minlength=data.units) > 0
    ability, information = near, np.ones(data.units)
    rows_of, thresholds = rows_by_scale(data), _thresholds(data, others)
    for _ in range(_ROUNDS):
        place = places(data, ability, others)
        own = moments(data, rows_of, place, thresholds, of_steps=False)
        information = _sums(data.unit, own.variance, data.units)
        third = _sums(data.unit, own.third, data.units)
        information = np.where(there, np.maximum(information, 1e-9), 1.0)
        slope = _sums(data.unit, data.category - own.mean, data.units) + third / (2 * information)
        move = np.clip(slope / information, -_LONGEST, _LONGEST)
        ability = ability + move
        if np.abs(move).max(initial=0) < _NEAR:
            break
    return np.where(there, ability, np.nan), np.where(there, information, np.nan)


def _size(data: Rated) -> int:
    return data.inspectors + data.items + int(steps_of(data)[-1])


def _thresholds(data: Rated, others: Floats) -> Floats:
    return others[data.inspectors + data.items :]


def _sums(place: IntArray, values: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(place, values, minlength=size), np.float64)


def _curve(
    data: Rated,
    lie: _Arranged,
    ability: Floats,
    others: Floats,
    there: BoolArray,
) -> _Curve:
    from scipy.sparse import csr_array

    own = moments(data, lie.rows, places(data, ability, others), _thresholds(data, others))
    left = data.category - own.mean
    weight = own.variance
    information = np.where(there, _sums(data.unit, weight, data.units), 1.0)
    third = _sums(data.unit, own.third, data.units)
    people, items, size = data.inspectors, data.items, _size(data)
    score, correction = np.zeros(size), np.zeros(size)
    cross: list[tuple[Floats, IntArray, IntArray]] = []
    whole = np.zeros((size, size))

    # How the logarithm of the units' information moves, halved: by what changes it at once, and by
    # what follows from the abilities.
    one = 0.5 / information[data.unit]
    two = one * (third / information)[data.unit]
    for first, place, count, both in (
        (0, data.inspector, people, lie.inspectors),
        (people, data.item, items, lie.items),
    ):
        span = slice(first, first + count)
        score[span] = -_sums(place, left, count)
        correction[span] = _sums(place, two * weight - one * own.third, count)
        cross.append((-_sums(both.pair, weight, len(both.unit)), both.unit, first + both.other))
        whole[span, span] = np.diag(_sums(place, weight, count))
    crossed = _sums(data.inspector * items + data.item, weight, people * items)
    whole[:people, people : people + items] = crossed.reshape(people, items)
    whole[people : people + items, :people] = crossed.reshape(people, items).T
    for part, unit in zip(own.steps, lie.units, strict=True):
        _add_steps(data, part, unit, (one, two), score, correction, cross, whole)
    values, rows, columns = (np.concatenate(part) for part in zip(*cross, strict=True))
    table = csr_array((values, (rows, columns)), shape=(data.units, size))
    return _Curve(_sums(data.unit, left, data.units), information, score, whole, table, correction)


def _add_steps(
    data: Rated,
    part: Steps,
    unit: IntArray,
    shares: tuple[Floats, Floats],
    score: Floats,
    correction: Floats,
    cross: list[tuple[Floats, IntArray, IntArray]],
    whole: Floats,
) -> None:
    """Puts the steps of one scale into score, correction and information."""
    rows, base = part.rows, data.inspectors + data.items + part.first
    one, two = (share[rows] for share in shares)
    for step in range(part.passed.shape[1]):
        at, covariance = base + step, part.with_category[:, step]
        score[at] = -float(((data.category[rows] > step) - part.passed[:, step]).sum())
        correction[at] = float((two * covariance - one * part.with_square[:, step]).sum())
        moved = -_sums(data.unit[rows], covariance, data.units)
        cross.append((moved[unit], unit, np.full(len(unit), at)))
        for first, place, count in (
            (0, data.inspector[rows], data.inspectors),
            (data.inspectors, data.item[rows], data.items),
        ):
            own = _sums(place, covariance, count)
            whole[first : first + count, at] = own
            whole[at, first : first + count] = own
        for other in range(step, part.passed.shape[1]):
            both = part.passed[:, other] * (1 - part.passed[:, step])
            whole[at, base + other] = whole[base + other, at] = float(both.sum())


def _reduced(curve: _Curve) -> tuple[Floats, Floats]:
    """Information and score of the others, abilities eliminated."""
    from scipy.sparse import diags_array

    scaled = curve.cross.T @ diags_array(1 / curve.unit_information)
    known = curve.information - np.asarray((scaled @ curve.cross).toarray())
    return known, curve.score - scaled @ curve.unit_score


def _undetermined(curve: _Curve) -> Floats:
    """Directions (columns) in which nothing is known: what all of an island have in common."""
    from scipy.linalg import eigh

    reduced, _ = _reduced(curve)
    if not len(reduced):
        return np.zeros((0, 0))
    values, vectors = eigh(reduced)
    found: Floats = vectors[:, values < _LEAST * max(float(values[-1]), _LEAST)]
    return found


def _solved(reduced: Floats, free: Floats, right: Floats) -> Floats:
    """The inverse in all directions in which something is known, times ``right``."""
    from scipy.linalg import cho_factor, cho_solve

    if not len(reduced):
        return right
    size = float(np.trace(reduced)) / len(reduced)
    if size < _LEAST:  # Nothing is known in any: what is there is rounding, of either sign.
        size = 1.0
    fill = size * (free @ free.T)
    found: Floats = cho_solve(cho_factor(reduced + fill), right)
    return found - fill @ right / size**2


def expected(data: Rated, ability: Floats, others: Floats) -> Moments:
    """Returns the moments of ratings, given abilities of units and all others; logits."""
    place = places(data, ability, others)
    return moments(data, rows_by_scale(data), place, _thresholds(data, others))
