"""The many-facet rating scale model: probabilities of levels, and their moments.

The log odds of a level against the one below it are the ability of the school, less the severity
of the inspector, less the difficulty of the indicator, less the threshold of the step (Linacre
1989; Andrich 1978 where indicators share a scale, Masters 1982 where each has its own).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.categories import Rated
from scoring.fairness.ratings import Floats


@dataclass(frozen=True, slots=True)
class Moments:
    """By rating: what is expected (category), and its 2nd, 3rd and 4th central moments.

    Of the steps of its own scale, in rows that ``steps`` gives by scale (rows, first column):
    ``passed``, the chance to reach it; ``with_category`` and ``with_square``: its covariance with
    the category, and with the squared deviation of that.
    """

    mean: Floats
    variance: Floats
    third: Floats
    fourth: Floats
    steps: tuple[Steps, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The ratings (``rows``) on one scale, whose steps begin at column ``first`` of all steps."""

    rows: IntArray
    first: int
    passed: Floats
    with_category: Floats
    with_square: Floats
    chances: Floats


def steps_of(data: Rated) -> IntArray:
    """Returns by scale where its steps begin among all steps; one more, how many there are."""
    return np.concatenate([[0], np.cumsum([max(len(own) - 1, 0) for own in data.levels])])


def chances_of(place: Floats, thresholds: Floats) -> Floats:
    """Returns the chance of each level: rows = ratings, columns = levels from the worst.

    ``place``: ability less severity less difficulty, ``thresholds`` of the steps; logits.

    >>> chances_of(np.array([0.0]), np.array([0.0, 0.0])).round(3).tolist()
    [[0.333, 0.333, 0.333]]
    """
    levels = np.arange(len(thresholds) + 1)
    sums = np.concatenate([[0.0], np.cumsum(thresholds)])
    logits = place[:, np.newaxis] * levels - sums
    logits -= logits.max(axis=1, keepdims=True)
    found: Floats = np.exp(logits)
    found /= found.sum(axis=1, keepdims=True)
    return found


def moments(
    data: Rated,
    rows_of: tuple[IntArray, ...],
    place: Floats,
    steps: Floats,
    *,
    of_steps: bool = True,
) -> Moments:
    """Returns the moments of all ratings; ``rows_of``: by scale, the ratings on it.

    ``of_steps``: with those of steps, which take most of the time.
    """
    mean, variance, third, fourth = (np.zeros(len(data)) for _ in range(4))
    first, parts = steps_of(data), []
    for number, rows in enumerate(rows_of):
        thresholds = steps[first[number] : first[number + 1]]
        chances = chances_of(place[rows], thresholds)
        levels = np.arange(chances.shape[1])
        mean[rows] = own = chances @ levels
        away = levels - own[:, np.newaxis]
        square = np.square(away)
        variance[rows] = own_variance = (chances * square).sum(axis=1)
        third[rows] = (chances * square * away).sum(axis=1)
        fourth[rows] = (chances * square * square).sum(axis=1)
        if not of_steps:
            continue
        passed = _from_top(chances)
        parts.append(
            Steps(
                rows,
                int(first[number]),
                passed,
                _from_top(chances * away),
                _from_top(chances * (square - own_variance[:, np.newaxis])),
                chances,
            )
        )
    return Moments(mean, variance, third, fourth, tuple(parts))


def _from_top(values: Floats) -> Floats:
    """Sums from each level to the best, for all levels but the worst."""
    return np.cumsum(values[:, :0:-1], axis=1)[:, ::-1]
