"""How sure the places of each group of a round are, as far as its records tell."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rubrics.values.points import SCALE, IntArray
from scoring.fairness.corrected_errors import corrected_errors
from scoring.fairness.errors import Errors
from scoring.fairness.measured_error import MeasuredError, measured_error
from scoring.fairness.questionnaires import sampling_variance
from scoring.fairness.ranks import SureRanks, sure_ranks
from scoring.fairness.ratings import Ratings
from scoring.results.figures import Figures
from scoring.verdict.redlines import costs_rank


@dataclass(frozen=True, slots=True)
class GroupRanks:
    """One group: the ``schools`` that are ranked by their totals (places in the roster, in its
    order), and how sure that is; None where the errors cannot be known or there is nobody to
    compare. Schools that a red line puts last stand behind them, and are not in it.
    """

    group: str
    schools: IntArray
    ranks: SureRanks | None


def group_ranks(
    figures: Figures, ratings: Ratings, *, sure: float = 0.9, among: int = 10
) -> tuple[MeasuredError, tuple[GroupRanks, ...]]:
    """Returns the measured error of all schools, and each group's places.

    ``figures`` and ``ratings`` of the same rubric, schools and records. The errors are those of
    totals that are combined from independent records; ``unknown`` says what is not in them. Of
    groups whose totals are corrected for severity they are those of corrected totals; so are those
    of all schools where all groups are.
    """
    drawn = sampling_variance(figures.rubric, figures.columns, figures.elapsed, ratings)
    found = measured_error(ratings, figures.combining, drawn)
    red, _ = costs_rank(figures.red_lines, figures.ranking.red_line)
    by_total = (figures.ranked.rank > 0) & ~red
    step = 10.0**-figures.rubric.places
    errors_of = _errors(figures, ratings, found)
    if errors_of and len(set(map(id, errors_of.values()))) == 1:
        found = replace(found, errors=next(iter(errors_of.values())))
    groups = []
    for number, name in enumerate(figures.group_names):
        own = by_total & (figures.group == number)
        schools = np.flatnonzero(own)
        ranks = None
        if errors_of and len(schools) > 1:
            errors = errors_of[name].among(own)
            if np.isfinite(errors.own).all():
                totals = np.asarray(figures.total[schools], np.float64) / SCALE
                found_ranks = sure_ranks(totals, errors, sure=sure, among=among, step=step)
                ranks = found_ranks.as_printed(figures.ranked.rank[schools])
        groups.append(GroupRanks(name, schools, ranks))
    return found, tuple(groups)


def _errors(figures: Figures, ratings: Ratings, found: MeasuredError) -> dict[str, Errors]:
    """The errors of the totals of each group; nothing where they are not known."""
    if found.errors is None:
        return {}
    errors = dict.fromkeys(figures.group_names, found.errors)
    if figures.corrected is not None:
        given = figures.corrected.given
        less = corrected_errors(found.errors, ratings, given.inspectors)
        errors |= {name: less for name in errors if name in given.groups}
    return errors
