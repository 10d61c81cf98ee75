"""All that a round says of the rubric itself, and what more inspectors or visits would buy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.fairness.generalisability import Decision, Study, study_of_totals
from scoring.fairness.items import FEWEST, ItemStudy, Repeat, item_studies, repeats
from scoring.fairness.judgement import Rests, rests
from scoring.fairness.ratings import Ratings
from scoring.fairness.weights import EffectiveWeight, Moves, effective_weights, moves
from scoring.results.figures import Figures


@dataclass(frozen=True, slots=True)
class Buying:
    """What a total errs by as things are, and with one more: inspector at each visit, visit of each
    school. ``now``: as most schools are inspected; None where that cannot be known, and then
    ``study`` says why.
    """

    study: Study
    now: Decision | None
    inspector: Decision | None
    visit: Decision | None


@dataclass(frozen=True, slots=True)
class RubricStudy:
    """A rubric after a round: each of its indicators, those that repeat each other, what its
    dimensions really weigh, how places hang on the weights, what points rest on, and what one more
    inspector or visit would buy. ``ranked``: how many schools have a place; of few, weights and
    places are chance.
    """

    ranked: int
    items: tuple[ItemStudy, ...]
    repeats: tuple[Repeat, ...]
    weights: tuple[EffectiveWeight, ...]
    moves: tuple[Moves, ...]
    rests: Rests
    buying: Buying

    @property
    def comparable(self) -> bool:
        """Whether enough schools have a place to say what weighs and what moves them."""
        return self.ranked >= FEWEST


def rubric_study(figures: Figures, ratings: Ratings) -> RubricStudy:
    """Returns what a round says of its rubric; ``figures`` and ``ratings`` of the same records."""
    return RubricStudy(
        int((figures.ranked.rank > 0).sum()),
        item_studies(figures),
        repeats(figures),
        effective_weights(figures),
        moves(figures),
        rests(figures, ratings),
        buying(ratings),
    )


def buying(ratings: Ratings) -> Buying:
    """Returns what one more inspector or one more visit buys.

    How many there are now: the median of visits that were made, and of schools that were seen.

    >>> buying(ratings).inspector.error  # doctest: +SKIP
    1.31
    """
    rows = np.isfinite(ratings.total)
    visit, school = ratings.visit[rows], ratings.school[rows]
    if not len(visit):
        return Buying(study_of_totals(ratings), None, None, None)
    first = np.unique(visit, return_index=True)[1]
    people, visits = (_usual(labels) for labels in (visit, school[first]))
    study = study_of_totals(ratings, max(4, visits + 1), max(5, people + 1))

    def plan(visits: int, inspectors: int) -> Decision | None:
        try:
            return study.plan(visits, inspectors)
        except KeyError:
            return None

    now, another = plan(visits, people), plan(visits, people + 1)
    return Buying(study, now, another, plan(visits + 1, people))


def _usual(labels: np.ndarray) -> int:
    """How often a label comes: the middle one of those that come, the lower of two."""
    counts = np.sort(np.unique(labels, return_counts=True)[1])
    return int(counts[(len(counts) - 1) // 2])
