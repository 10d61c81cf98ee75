"""Severity, difficulty and ability on one scale, from graded items: the many-facet Rasch model.

Points add up only roughly: who is strict takes more from a school in the middle than from one that
gets the best everywhere. For levels (A, B, C; yes or no) the model of Linacre (1989) is right, and
says besides whose ratings do not fit it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from rubrics.language.rubric import Indicator
from rubrics.values.points import IntArray
from scoring.fairness.categories import Rated, estimable, rated
from scoring.fairness.chances import holm
from scoring.fairness.facet_estimates import Estimates, estimates, expected, places, warm
from scoring.fairness.facet_fit import Fit, fits, most_surprising
from scoring.fairness.islands import Islands, islands_of
from scoring.fairness.rating_scale import chances_of, steps_of
from scoring.fairness.ratings import Floats, Ratings
from scoring.fairness.severity import Same

FALSE_ALARM: Final = 0.05
"""How often anybody at all is named where all are equally strict."""

TOLERANCE: Final = 0.1
"""Logits that inspectors may be apart from the mean, and nobody asks: some 2 of 100 points."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """One rating that the model does not expect: of the record ``row``, on the indicator in the
    column ``indicator`` of the ratings; ``apart``: by how many standard deviations it is better
    than expected, worse below 0.
    """

    row: int
    indicator: int
    apart: float


@dataclass(frozen=True, slots=True)
class InspectorFacet:
    """One inspector. ``severity`` in logits, above 0 stricter than the mean of the island, with its
    standard error and interval; nan where it cannot be known: on an island of one, or where all
    ratings were the best, or the worst.

    ``cost``: what it takes from the schools that the inspector saw, on average, of 1 of the points
    of these indicators; below 0 it gives. ``chance``: how probable a severity so far off is for one
    within the tolerance, corrected for all inspectors (Holm). ``ratings``: those that it rests on.
    ``surprises``: of one who does not fit, the most surprising ratings, farthest first.
    """

    inspector: str
    island: int
    ratings: int
    severity: float
    error: float
    low: float
    high: float
    cost: float
    chance: float
    fit: Fit
    surprises: tuple[Surprise, ...] = ()

    @property
    def named(self) -> bool:
        """Whether severity lies farther from the mean of the island than is tolerated."""
        return self.chance <= FALSE_ALARM


@dataclass(frozen=True, slots=True)
class IndicatorFacet:
    """One indicator: ``difficulty`` in logits, above 0 harder than the mean, with its standard
    error; ``thresholds`` of its levels from the worst up (``levels``: what each earns, of 1), which
    sum to 0. nan where all schools got the same.
    """

    indicator: Indicator
    ratings: int
    difficulty: float
    error: float
    levels: tuple[float, ...]
    thresholds: tuple[float, ...]
    fit: Fit


@dataclass(frozen=True, slots=True)
class SchoolFacet:
    """One visit, or school: ``ability`` in logits, at inspectors of mean severity and indicators of
    mean difficulty, with its standard error; nan on an island of one inspector.

    ``extreme``: all of its ratings are the best, or the worst, so that ability is a guess inward.
    """

    school: int
    visit: int
    island: int
    ability: float
    error: float
    extreme: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """The model of a rubric's indicators with few levels; ``left_out`` have more levels, or one.

    ``found``: the estimation came to an end; it has none where ratings are so few that some lie
    beyond all others, and then all figures are nan. Inspectors are linked where they rated the same
    indicator of the same visit; ``islands`` are named, and never compared.
    """

    same: Same
    inspectors: tuple[InspectorFacet, ...]
    indicators: tuple[IndicatorFacet, ...]
    schools: tuple[SchoolFacet, ...]
    islands: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]
    found: bool


def facets(
    ratings: Ratings, *, same: Same = "visit", level: float = 0.95, tolerance: float = TOLERANCE
) -> Facets:
    """Returns the many-facet rating scale model of a rubric.

    ``same``: as in :func:`scoring.fairness.severity.severity`. Taken are indicators that came to
    two to six different shares of their points. How it is estimated, and why so, is told in
    ``facet_estimates``. Intervals are normal, for one figure each.
    """
    of = ratings.visit if same == "visit" else ratings.school
    held, first, unit = np.unique(of, return_index=True, return_inverse=True)
    everything, taken = rated(ratings, unit, len(held))
    data = estimable(everything)
    names = [item.id for item in ratings.rubric.indicators]
    left_out = tuple(name for place, name in enumerate(names) if place not in taken)
    found = estimates(data)
    came_to_an_end = found.found
    if not came_to_an_end:
        data = data.only(np.zeros(len(data), bool))
        found = estimates(data)
    islands = islands_of(
        np.unique(data.unit * data.items + data.item, return_inverse=True)[1],
        data.inspector,
        len(data),
        data.inspectors,
    )
    of_items = islands_of(
        np.unique(data.unit * data.inspectors + data.inspector, return_inverse=True)[1],
        data.item,
        len(data),
        data.items,
    )
    means = _means(data, islands, of_items)
    inspectors = _inspectors(ratings, data, found, islands, means, level, tolerance)
    surprised = _surprised(ratings, data, found, inspectors, unit, taken)
    return Facets(
        same,
        surprised,
        _indicators(ratings, data, taken, found, means),
        _schools(ratings, everything, data, found, islands, means, first),
        tuple(
            tuple(one.inspector for one in inspectors if one.island == number)
            for number in range(len(islands))
        ),
        left_out,
        came_to_an_end,
    )


@dataclass(frozen=True, slots=True)
class _Means:
    """What is subtracted, as rows on the others: ``severity`` by inspector, ``difficulty`` by item.

    The mean of a scale's thresholds (``step``, by item) belongs to difficulty.
    """

    severity: Floats
    difficulty: Floats
    step: Floats


def _means(data: Rated, islands: Islands, of_items: Islands) -> _Means:
    size = data.inspectors + data.items + int(steps_of(data)[-1])
    first = steps_of(data) + data.inspectors + data.items
    step = np.zeros((data.items, size))
    for item, scale in enumerate(data.scale.tolist()):
        if first[scale + 1] > first[scale]:
            own = slice(int(first[scale]), int(first[scale + 1]))
            step[item, own] = 1 / (first[scale + 1] - first[scale])
    severity = np.zeros((data.inspectors, size))
    severity[:, : data.inspectors] = _same(islands.inspector)
    difficulty = step.copy()
    difficulty[:, data.inspectors : data.inspectors + data.items] = np.eye(data.items)
    return _Means(severity, _same(of_items.inspector) @ difficulty, step)


def _same(island: IntArray) -> Floats:
    """Rows that take the mean of all on the same island."""
    together = (island[:, np.newaxis] == island) & (island >= 0)
    found: Floats = together / np.maximum(together.sum(axis=1, keepdims=True), 1)
    return found


def _inspectors(
    ratings: Ratings,
    data: Rated,
    found: Estimates,
    islands: Islands,
    means: _Means,
    level: float,
    tolerance: float,
) -> tuple[InspectorFacet, ...]:
    from scipy.special import ndtr, ndtri

    rows = np.eye(data.inspectors, len(found.others)) - means.severity
    known = np.isin(islands.inspector, islands.comparable)
    severity = np.where(known, rows @ found.others, np.nan)
    error = np.where(known, _errors(rows, found.spread), np.nan)
    reach = float(ndtri((1 + level) / 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        far = np.maximum(np.abs(severity) - tolerance, 0) / error
    chances = holm(2 * ndtr(-far))
    count = np.bincount(data.inspector, minlength=data.inspectors)
    own = fits(data, expected(data, found.ability, found.others), data.inspector, data.inspectors)
    cost = _costs(data, found, np.nan_to_num(severity))
    return tuple(
        InspectorFacet(
            ratings.inspectors[place],
            int(islands.inspector[place]),
            int(count[place]),
            float(severity[place]),
            float(error[place]),
            float(severity[place] - reach * error[place]),
            float(severity[place] + reach * error[place]),
            float(cost[place]) if known[place] else np.nan,
            float(chances[place]),
            own[place],
        )
        for place in np.unique(ratings.inspector).tolist()
    )


def _surprised(
    ratings: Ratings,
    data: Rated,
    found: Estimates,
    inspectors: tuple[InspectorFacet, ...],
    unit: IntArray,
    taken: tuple[int, ...],
) -> tuple[InspectorFacet, ...]:
    """Gives those who do not fit the ratings by which they do not; ``unit``: of each record."""
    if not any(one.fit.named for one in inspectors):
        return inspectors
    own = expected(data, found.ability, found.others)
    made = []
    for one in inspectors:
        told = []
        if one.fit.named:
            place = ratings.inspectors.index(one.inspector)
            for at, apart in most_surprising(data, own, data.inspector == place):
                records = (unit == data.unit[at]) & (ratings.inspector == place)
                row = int(np.flatnonzero(records)[0])
                told.append(Surprise(row, taken[int(data.item[at])], apart))
        made.append(replace(one, surprises=tuple(told)))
    return tuple(made)


def _costs(data: Rated, found: Estimates, severity: Floats) -> Floats:
    """What severities take from the levels earned, of 1, on average over an inspector's ratings."""
    place, taken = places(data, found.ability, found.others), np.zeros(len(data))
    first = steps_of(data) + data.inspectors + data.items
    scale = data.scale[data.item]
    for number, levels in enumerate(data.levels):
        rows = np.flatnonzero(scale == number)
        steps = found.others[first[number] : first[number + 1]]
        here, strict = place[rows], severity[data.inspector[rows]]
        gone = chances_of(here + strict, steps) - chances_of(here, steps)
        if len(rows):
            taken[rows] = gone @ np.array(levels)
    count = np.maximum(np.bincount(data.inspector, minlength=data.inspectors), 1)
    return np.asarray(np.bincount(data.inspector, taken, minlength=data.inspectors) / count)


def _indicators(
    ratings: Ratings, data: Rated, taken: tuple[int, ...], found: Estimates, means: _Means
) -> tuple[IndicatorFacet, ...]:
    rows = means.step - means.difficulty
    rows[:, data.inspectors : data.inspectors + data.items] += np.eye(data.items)
    count = np.bincount(data.item, minlength=data.items)
    difficulty, error = rows @ found.others, _errors(rows, found.spread)
    own = fits(data, expected(data, found.ability, found.others), data.item, data.items)
    first = steps_of(data) + data.inspectors + data.items
    made = []
    for place, column in enumerate(taken):
        scale = int(data.scale[place])
        steps = found.others[first[scale] : first[scale + 1]]
        known = bool(count[place])
        made.append(
            IndicatorFacet(
                ratings.rubric.indicators[column],
                int(count[place]),
                float(difficulty[place]) if known else np.nan,
                float(error[place]) if known else np.nan,
                data.levels[scale],
                tuple((steps - steps.mean()).tolist()) if known else (),
                own[place],
            )
        )
    return tuple(made)


def _schools(
    ratings: Ratings,
    everything: Rated,
    data: Rated,
    found: Estimates,
    islands: Islands,
    means: _Means,
    first: IntArray,
) -> tuple[SchoolFacet, ...]:
    """Abilities of all units, those at an end too, from ratings by whom and on what is known."""
    here = np.isin(everything.inspector, np.flatnonzero(islands.inspector >= 0))
    here &= np.bincount(data.item, minlength=data.items)[everything.item] > 0
    whole = everything.only(here)
    if whole.levels != data.levels:
        # A level that only those at an end were given has no threshold: as in the estimation.
        whole = data
    ability, information = warm(whole, found.others, found.ability)
    weight = 1 / np.maximum(np.bincount(whole.unit, minlength=whole.units), 1)[whole.unit]
    by_inspector = np.zeros((whole.units, data.inspectors))
    by_item = np.zeros((whole.units, data.items))
    np.add.at(by_inspector, (whole.unit, whole.inspector), weight)
    np.add.at(by_item, (whole.unit, whole.item), weight)
    shift = by_inspector @ means.severity + by_item @ means.difficulty
    slope = _slopes(whole, ability, found.others) - shift
    error = np.sqrt(1 / information + np.square(_errors(slope, found.spread)))
    island = np.full(whole.units, -1)
    island[whole.unit] = islands.inspector[whole.inspector]
    known = np.isin(island, islands.comparable)
    inside = np.bincount(data.unit, minlength=data.units) > 0
    made = ability - shift @ found.others
    return tuple(
        SchoolFacet(
            int(ratings.school[first[place]]),
            int(ratings.visit[first[place]]),
            int(island[place]),
            float(made[place]) if known[place] else np.nan,
            float(error[place]) if known[place] else np.nan,
            not inside[place],
        )
        for place in range(whole.units)
    )


def _slopes(data: Rated, ability: Floats, others: Floats) -> Floats:
    """How abilities move with the others: units x others."""
    own = expected(data, np.nan_to_num(ability), others)
    base = data.inspectors + data.items
    slope = np.zeros((data.units, len(others)))
    np.add.at(slope, (data.unit, data.inspector), own.variance)
    np.add.at(slope, (data.unit, data.inspectors + data.item), own.variance)
    for part in own.steps:
        for step, covariance in enumerate(part.with_category.T):
            own_unit = data.unit[part.rows]
            slope[:, base + part.first + step] += np.bincount(
                own_unit, covariance, minlength=data.units
            )
    information = np.bincount(data.unit, own.variance, minlength=data.units)
    return slope / np.maximum(information, 1e-12)[:, np.newaxis]


def _errors(rows: Floats, spread: Floats) -> Floats:
    """Standard errors of sums of the others, ``rows`` being their weights."""
    found: Floats = np.sqrt(np.maximum(((rows @ spread) * rows).sum(axis=1), 0))
    return found
