"""How far inspectors of one visit agree, over all and indicator by indicator."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from rubrics.language.facts import rests_on_facts
from rubrics.language.rubric import Indicator
from rubrics.values.points import BoolArray, IntArray
from scoring.fairness.chances import at_least, holm
from scoring.fairness.intraclass import Intraclass, one_way, two_way
from scoring.fairness.kappa import Kappa, table_of, weighted_kappa
from scoring.fairness.krippendorff import Alpha, Level, alpha
from scoring.fairness.ratings import Floats, Ratings

FALSE_ALARM: Final = 0.05
"""How often any indicator at all is named where none is worse than the others."""

WIDELY: Final = 0.25
"""Which part of an indicator's points two records must lie apart to differ widely."""

_FEWEST: Final = 30
"""Pairs that the standard error of kappa needs."""


@dataclass(frozen=True, slots=True)
class IndicatorAgreement:
    """How inspectors agree on one indicator, over visits in which two or more checked it.

    ``same``: the share of visits (of 1) in which all records earn the same; ``apart``: how far the
    highest and the lowest of a visit lie apart, points, on average. ``intraclass`` is of points,
    one-way; ``alpha`` is ordinal where levels are chosen, else of intervals. ``kappa``: where the
    same two inspectors made all visits and chose between levels.

    ``widely``: in how many visits they lay apart by a quarter of its points or more; ``expected``:
    in how many they would, if it were no worse than the other indicators of the same visits that
    are judged as it is, or are facts as it is; ``chance``: how probable so many are then, corrected
    for all indicators that were tried (Holm). ``named``: inspectors disagree more on it than on
    others of its kind.
    """

    indicator: Indicator
    visits: int
    same: float
    apart: float
    intraclass: Intraclass
    alpha: Alpha
    kappa: Kappa | None
    widely: int
    expected: float
    chance: float

    @property
    def named(self) -> bool:
        """Whether its wording is to be looked at."""
        return self.chance <= FALSE_ALARM


@dataclass(frozen=True, slots=True)
class Agreement:
    """How inspectors agree on a rubric, over ``visits`` with two records or more, 0 where none is:
    then all figures are nan, and only visits by two inspectors each would make them known.

    ``total``: the correlation of records' own totals, one-way: severity counts as disagreement, as
    it does for a school that gets one team of many. ``same_inspectors``: one and the same team made
    all these visits; then ``agreed`` (severity told apart, ICC 2) and ``ordered`` (severity left
    out, ICC 3) are there too. ``error``: the standard deviation of one record's total within a
    visit, points of the normalised score. ``alpha``: Krippendorff's, of the same totals.
    """

    visits: int
    records: int
    inspectors: int
    same_inspectors: bool
    total: Intraclass
    agreed: Intraclass | None
    ordered: Intraclass | None
    error: float
    alpha: Alpha
    indicators: tuple[IndicatorAgreement, ...]


def agreement(ratings: Ratings, *, resamples: int = 1000, seed: int = 0) -> Agreement:
    """Returns how far the inspectors of a visit agree under a rubric.

    ``resamples`` and ``seed`` are those of alpha's bootstrap interval. The test that names
    indicators is exact: within a visit, each indicator that equally many checked is as probable as
    the others of its kind (judged, or facts, which are settled together) to be one of those on
    which they differ widely, whatever the school and the team
    (Cochran 1950, without his approximation). All of a rubric are one family: in at most 5 of 100
    rounds in which none is worse than others, one is named.
    """
    rows, visit, seat = _shared(ratings)
    inspector = ratings.inspector[rows]
    visits, records = int(visit.max(initial=-1)) + 1, len(rows)
    _, number = np.unique(inspector, return_inverse=True)
    people = int(number.max(initial=-1)) + 1
    fixed = visits > 0 and records == visits * people
    place = number if fixed else seat

    def table(values: Floats) -> Floats:
        found = np.full((visits, int(place.max(initial=-1)) + 1), np.nan)
        found[visit, place] = values[rows]
        return found

    sums = table(ratings.total)
    agreed = ordered = None
    if fixed:
        agreed, ordered = two_way(sums)
    spare = np.isfinite(sums).sum(axis=1) - 1
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(sums, axis=1) / np.maximum(spare + 1, 1)
        error = np.sqrt(
            np.nansum(np.square(sums - mean[:, np.newaxis])) / np.maximum(spare, 0).sum()
        )
    shares = ratings.shares
    tables = [table(shares[:, column]) for column in range(shares.shape[1])]
    return Agreement(
        visits,
        records,
        people,
        fixed,
        one_way(ratings.total[rows], visit),
        agreed,
        ordered,
        float(error),
        alpha(sums, "interval", resamples=resamples, seed=seed),
        _indicators(ratings, tables, fixed and people == 2, resamples, seed),
    )


def _shared(ratings: Ratings) -> tuple[IntArray, IntArray, IntArray]:
    """Records of visits with several: their rows, the visit's number from 0, the seat in it."""
    _, number, size = np.unique(ratings.visit, return_inverse=True, return_counts=True)
    rows = np.flatnonzero(size[number] > 1)
    _, visit = np.unique(ratings.visit[rows], return_inverse=True)
    order = np.argsort(visit, kind="stable")
    rows, visit = rows[order], visit[order]
    return rows, visit, np.arange(len(rows)) - np.searchsorted(visit, visit)


def _indicators(
    ratings: Ratings, tables: list[Floats], pair: bool, resamples: int, seed: int
) -> tuple[IndicatorAgreement, ...]:
    rubric = ratings.rubric
    spread, size = _spreads(tables)
    judged = np.array([not rests_on_facts(item) for item in rubric.indicators])
    widely, expected, chance = _worse(spread, size, judged)
    found = []
    for column, (item, own) in enumerate(zip(rubric.indicators, tables, strict=True)):
        several = size[:, column] > 1
        apart = spread[several, column]
        known = len(apart) > 0
        level: Level = "ordinal" if _levels(item) else "interval"
        kappa = None
        if pair and level == "ordinal":
            kappa = weighted_kappa(table_of(own[:, 0], own[:, 1]))
            kappa = kappa if kappa.pairs >= _FEWEST else None
        numbers = np.repeat(np.arange(len(own)), own.shape[1])
        found.append(
            IndicatorAgreement(
                item,
                len(apart),
                float((apart < 1e-9).mean()) if known else np.nan,
                float(apart.mean() * ratings.worth[column]) if known else np.nan,
                one_way(own.ravel(), numbers),
                alpha(own, level, resamples=resamples, seed=seed),
                kappa,
                int(widely[column]),
                float(expected[column]),
                float(chance[column]),
            )
        )
    return tuple(found)


def _spreads(tables: list[Floats]) -> tuple[Floats, IntArray]:
    """Visits x indicators: highest less lowest share, 0 where fewer than two; how many checked."""
    visits = len(tables[0]) if tables else 0
    spread, size = np.zeros((visits, len(tables))), np.zeros((visits, len(tables)), np.int64)
    for column, own in enumerate(tables):
        there = np.isfinite(own)
        size[:, column] = there.sum(axis=1)
        high = np.where(there, own, -np.inf).max(axis=1, initial=-np.inf)
        low = np.where(there, own, np.inf).min(axis=1, initial=np.inf)
        several = size[:, column] > 1
        spread[several, column] = (high - low)[several]
    return spread, size


def _worse(spread: Floats, size: IntArray, judged: BoolArray) -> tuple[IntArray, Floats, Floats]:
    """By indicator: visits in which they differ widely, how many are expected, Holm's chance.

    ``judged``: which are; facts are settled on the spot, judgement is each one's own.
    """
    wide = spread >= WIDELY - 1e-9
    likely = np.full(spread.shape, np.nan)
    for records, kind in product(np.unique(size[size > 1]).tolist(), (judged, ~judged)):
        alike = (size == records) & kind
        count = alike.sum(axis=1)
        share = (wide & alike).sum(axis=1) / np.maximum(count, 1)
        # Beside itself alone an indicator cannot be compared.
        comparable = alike & (count > 1)[:, np.newaxis]
        likely = np.where(comparable, share[:, np.newaxis], likely)
    tried = np.isfinite(likely)
    counts = (wide & tried).sum(axis=0)
    chances = np.full(spread.shape[1], np.nan)
    for column in np.flatnonzero(tried.any(axis=0)).tolist():
        chances[column] = at_least(int(counts[column]), likely[tried[:, column], column])
    return (wide & (size > 1)).sum(axis=0), np.nansum(likely, axis=0), holm(chances)


def _levels(item: Indicator) -> bool:
    """Whether an inspector chooses one of several levels."""
    parts = item.rule.simple_parts(item.points)
    return len(parts) == 1 and parts[0].rule.kind == "grade"
