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


def steps_of(data: Rated) -> IntArray:
    """Returns by scale where its steps begin among all steps; one more, how many there are."""
    return np.concatenate([[0], np.cumsum([max(len(own) - 1, 0) for own in data.levels])])


def chances_of(place: Floats, thresholds: Floats) -> Floats:
    """Returns the chance of each level: rows = ratings, columns = levels from the worst.

    ``place``: ability less severity less difficulty, ``thresholds`` of the steps; logits.

    >>> chances_of(np.array([0.0]), np.array([0.0, 0.0])).round(3).tolist()
    [[0.333, 0.333, 0.333]]
    """
    return _chances(place, thresholds).T


def _chances(place: Floats, thresholds: Floats) -> Floats:
    """The same with a row for each level, which is faster: levels are few."""
    levels = np.arange(len(thresholds) + 1)[:, np.newaxis]
    logits = place * levels
    logits -= np.concatenate([[0.0], np.cumsum(thresholds)])[:, np.newaxis]
    logits -= logits.max(axis=0)
    found: Floats = np.exp(logits, out=logits)
    found /= found.sum(axis=0)
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
        chances = _chances(place[rows], thresholds)
        levels = np.arange(len(chances))
        mean[rows] = own = levels @ chances
        away = levels[:, np.newaxis] - own
        square = np.square(away)
        once = chances * square
        variance[rows] = own_variance = once.sum(axis=0)
        third[rows] = (once * away).sum(axis=0)
        fourth[rows] = (once * square).sum(axis=0)
        if not of_steps:
            continue
        parts.append(
            Steps(
                rows,
                int(first[number]),
                _from_top(chances),
                _from_top(chances * away),
                _from_top(once - chances * own_variance),
            )
        )
    return Moments(mean, variance, third, fourth, tuple(parts))


def _from_top(values: Floats) -> Floats:
    """Ratings x steps: sums from each level (rows of ``values``) to the best, but for the worst."""
    found = values[1:].copy()
    for level in range(len(found) - 1, 0, -1):
        found[level - 1] += found[level]
    return found.T
