"""How much of a rubric rests on what inspectors think, not on what they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from rubrics.language.rubric import Indicator, Rubric
from rubrics.language.worth import rates, worths
from scoring.engine.codes import CHECKED
from scoring.fairness.ratings import Floats, Ratings
from scoring.results.figures import Figures


@dataclass(frozen=True, slots=True)
class Judged:
    """Shares (of 1) of a rubric's points: that rest on ``judgement`` of inspectors, that ``others``
    gave (ballots, which are counted), and on ``facts``; 1 together.
    """

    judgement: Fraction
    others: Fraction
    facts: Fraction


@dataclass(frozen=True, slots=True)
class Shift:
    """Two versions of a rubric, and the ``indicators`` whose points rest on judgement in one of
    them to another extent than in the other, by id, with the points before and after.
    """

    before: Judged
    after: Judged
    indicators: tuple[tuple[str, Fraction, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The same of what a round came to: shares of 1, together 1; nan where there was nothing. Of
    differences one may be below 0: there what rests on it goes against the whole.
    """

    judgement: float
    others: float
    facts: float


@dataclass(frozen=True, slots=True)
class Rests:
    """What a rubric's points rest on: of full marks (``before``), of what schools ``lost``, of what
    schools' totals differ by (``schools``), of what inspectors of one visit differ by
    (``inspectors``).
    """

    before: Judged
    lost: Outcome
    schools: Outcome
    inspectors: Outcome


def rests(figures: Figures, ratings: Ratings) -> Rests:
    """Returns what points rest on, before a round and after it.

    Of an indicator in parts each part is taken to lose as the whole does. Differences are shares of
    covariance with the whole (as ``weights.effective_weights``): between schools that are ranked,
    and within visits.
    """
    rubric, items = figures.rubric, figures.items
    rate = np.array([float(it) for it in rates(rubric)])
    there = np.asarray(items.states == CHECKED)
    lost = np.where(there, np.asarray(items.lost, np.float64), 0) * rate
    earned = np.where(there, np.asarray(items.earned, np.float64), 0) * rate
    due = (there * np.asarray(items.points, np.float64)) @ rate * items.fine
    if rubric.scale == "demerits":
        due = np.full_like(due, 1.0)
    kept = (earned / np.where(due > 0, due, 1)[:, np.newaxis])[figures.ranked.rank > 0]
    given = np.where(ratings.there, ratings.points, 0.0) * rate
    whole = (ratings.there * ratings.worth) @ rate
    if rubric.scale != "demerits":
        given = given / np.where(whole > 0, whole, 1)[:, np.newaxis]
    shares = [_of_indicator(rubric, item) for item in rubric.indicators]
    return Rests(
        judged(rubric),
        _split(lost.sum(axis=0), shares),
        _split(_covariance(kept, np.zeros(len(kept), np.int64)), shares),
        _split(_covariance(given, ratings.visit), shares),
    )


def _covariance(values: Floats, block: np.ndarray) -> Floats:
    """By column: its sum of products with the sum of all, within blocks."""
    if not len(values):
        return np.zeros(values.shape[1])
    _, own = np.unique(block, return_inverse=True)
    size = np.bincount(own)
    mean = np.stack([np.bincount(own, column) for column in values.T], axis=1)
    left = values - (mean / size[:, np.newaxis])[own]
    return np.asarray(left.T @ left.sum(axis=1))


def _split(parts: Floats, shares: Sequence[tuple[Fraction, Fraction]]) -> Outcome:
    """What of the sum of ``parts`` (by indicator) rests on what."""
    whole = float(parts.sum())
    if not whole > 1e-18:
        return Outcome(*[float("nan")] * 3)
    mine = float(parts @ np.array([float(own) for own, _ in shares])) / whole
    theirs = float(parts @ np.array([float(own) for _, own in shares])) / whole
    return Outcome(mine, theirs, 1 - mine - theirs)


def judged(rubric: Rubric) -> Judged:
    """Returns what a rubric's points rest on, composites part by part.

    The parts of a composite share its points as their own points do; an indicator all of whose
    methods are judgement is judged, whatever its rule.

    >>> judged(rubric).judgement  # doctest: +SKIP
    Fraction(7, 50)
    """
    whole = sum(worths(rubric), Fraction(0)) or Fraction(1)
    own = others = Fraction(0)
    for item, worth in zip(rubric.indicators, worths(rubric), strict=True):
        mine, theirs = _of_indicator(rubric, item)
        own += worth * mine
        others += worth * theirs
    return Judged(own / whole, others / whole, 1 - (own + others) / whole)


def shift(before: Rubric, after: Rubric) -> Shift:
    """Returns how a change of a rubric moved points between judgement and facts."""
    old, new = _points(before), _points(after)
    apart = [
        (name, old.get(name, Fraction(0)), new.get(name, Fraction(0)))
        for name in dict.fromkeys((*old, *new))
        if old.get(name, 0) != new.get(name, 0)
    ]
    return Shift(judged(before), judged(after), tuple(apart))


def _points(rubric: Rubric) -> dict[str, Fraction]:
    """By indicator: how many points rest on judgement."""
    pairs = zip(rubric.indicators, worths(rubric), strict=True)
    return {item.id: worth * _of_indicator(rubric, item)[0] for item, worth in pairs}


def _of_indicator(rubric: Rubric, item: Indicator) -> tuple[Fraction, Fraction]:
    """Shares of an indicator that inspectors judge, and that others do."""
    own_methods = [rubric.methods.get(name) for name in item.method]
    if own_methods and all(method and method.judgement for method in own_methods):
        return Fraction(1), Fraction(0)
    parts = item.rule.simple_parts(item.points)
    points = [Fraction(part.points) for part in parts]
    whole = sum(points, Fraction(0))
    if not whole:
        points, whole = [Fraction(1)] * len(parts), Fraction(len(parts))
    mine = theirs = Fraction(0)
    for part, share in zip(parts, points, strict=True):
        if part.rule.judgement and part.rule.counted:
            theirs += share / whole
        elif part.rule.judgement:
            mine += share / whole
    return mine, theirs
