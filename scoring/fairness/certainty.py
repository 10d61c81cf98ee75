"""What is printed beside ranks of how sure they are: for each rubric, and over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from inspections.round.round import Round
from inspections.round.school import School
from rubrics.values.points import SCALE, BoolArray
from scoring.fairness.errors import Errors
from scoring.fairness.group_ranks import group_ranks
from scoring.fairness.measured_error import MeasuredError
from scoring.fairness.rank_sets import bracketed
from scoring.fairness.ranks import SureRanks, sure_ranks
from scoring.fairness.ratings import Floats, ratings_of
from scoring.fairness.true_totals import SEED
from scoring.results.certainty import NAMED, Certainty, PlaceCertainty
from scoring.results.figures import Figures
from scoring.results.rows import SchoolRows
from scoring.results.scores import CompositeScore, Scores
from scoring.verdict.redlines import costs_rank
from scoring.verdict.standing import INAPPLICABLE

_NEAREST = 2


def with_certainty(settings: Round, scores: Scores) -> Scores:
    """Returns the scores with how sure their ranks are, where the round asks for it; else as given.

    Measured of the records that the scores were made of, of nothing else; the same scores give the
    same. Only errors and ranks are worked out, by :func:`.group_ranks`, as the analysis of fairness
    has them.
    """
    if not settings.ranking.certainty:
        return scores
    found: dict[str, Certainty] = {}
    measured: list[tuple[Figures, MeasuredError]] = []
    for name, held in scores.rubrics.items():
        rows = held.schools
        if not isinstance(rows, SchoolRows) or rows.filled is None or not rows.filled.rows:
            continue
        figures = rows.figures
        ratings = ratings_of(figures.rubric, rows.filled, figures.elapsed)
        error, groups = group_ranks(figures, ratings)
        schools = figures.columns.schools
        places = {
            code: place
            for group in groups
            if group.ranks is not None
            for code, place in _places(group.ranks, [schools[at] for at in group.schools.tolist()])
        }
        found[name] = _certainty(places, [(figures, error)])
        measured.append((figures, error))
    whole = None
    if scores.composite:
        counted = [one for one in measured if settings.weights.get(one[0].rubric.id, 0) > 0]
        whole = _composite(counted, settings.weights, scores.composite)
    return replace(scores, certainty=found, composite_certainty=whole)


def _certainty(
    places: Mapping[str, PlaceCertainty],
    measured: Sequence[tuple[Figures, MeasuredError]],
    unknown: Mapping[str, str] | None = None,
) -> Certainty:
    """``unknown``: what is not known, with what would make it so; else that of the errors."""
    errors = [error for _, error in measured]
    if unknown is None:
        unknown = {
            what: remedy
            for error in errors
            for what, remedy in zip(error.unknown, error.remedy, strict=True)
        }
    return Certainty(
        places,
        unknown=tuple(unknown),
        remedy=tuple(unknown.values()),
        basis=tuple(dict.fromkeys(it for error in errors for it in error.basis)),
        missing=tuple(dict.fromkeys(it for error in errors for it in error.missing)),
        corrected=any(figures.corrected is not None for figures, _ in measured),
        seed=SEED,
    )


def _places(ranks: SureRanks, schools: Sequence[School]) -> Iterator[tuple[str, PlaceCertainty]]:
    """How sure the place of every school is, by its code; ``schools`` as ``ranks`` has them."""
    order = ranks.order
    first, last = bracketed(ranks.brackets(), len(order))
    printed, totals = ranks.rank[order], ranks.totals[order]
    several = len(order) > ranks.among
    for place, at in enumerate(order.tolist()):
        start, end = int(first[place]), int(last[place])
        near = _nearest(totals, place, start, end)
        yield (
            schools[at].id,
            PlaceCertainty(
                int(ranks.low[at]),
                int(ranks.high[at]),
                int(printed[start]),
                int(printed[end]),
                end - start,
                tuple(schools[int(order[one])] for one in near),
                float(ranks.first[at]) if several else None,
                float(ranks.last[at]) if several else None,
            ),
        )


def _nearest(totals: Floats, place: int, start: int, end: int) -> list[int]:
    """The places, of those from ``start`` to ``end``, whose totals are nearest, in their order."""
    if end - start <= NAMED:
        return [one for one in range(start, end + 1) if one != place]
    around = range(max(start, place - _NEAREST), min(end, place + _NEAREST) + 1)
    others = (one for one in around if one != place)
    return sorted(sorted(others, key=lambda one: abs(totals[one] - totals[place]))[:_NEAREST])


def _composite(
    counted: Sequence[tuple[Figures, MeasuredError]],
    weights: Mapping[str, Decimal],
    scores: Sequence[CompositeScore],
) -> Certainty:
    """How sure the places over all rubrics are.

    Errors of several rubrics add up by their weights, as if an inspector who is severe under one
    need not be so under another.
    """
    unknown: dict[tuple[str, str], list[str]] = {}
    known: list[tuple[Figures, Errors]] = []
    for figures, error in counted:
        for both in zip(error.unknown, error.remedy, strict=True):
            unknown.setdefault(both, []).append(f"《{figures.rubric.title}》")
        if error.errors is not None:
            known.append((figures, error.errors))
    places: dict[str, PlaceCertainty] = {}
    if len(known) == len(counted):
        red = np.zeros(len(scores), bool)
        for figures, _ in known:
            applies = figures.standing.status != INAPPLICABLE
            red |= applies & costs_rank(figures.red_lines, figures.ranking.red_line)[0]
        rank = np.array([one.rank or 0 for one in scores])
        names = np.array([one.group for one in scores])
        step = 10.0 ** -max(figures.rubric.places for figures, _ in known)
        for name in dict.fromkeys(names.tolist()):
            own = (rank > 0) & ~red & (names == name)
            schools = np.flatnonzero(own)
            if len(schools) < 2:
                continue
            errors = composite_errors(known, weights, own)
            if np.isfinite(errors.own).all():
                members = [scores[at] for at in schools.tolist()]
                totals = np.array([one.total or 0 for one in members]) / SCALE
                ranks = sure_ranks(totals, errors, step=step).as_printed(rank[schools])
                places |= _places(ranks, [one.school for one in members])
    told = {f"{''.join(titles)}{what}": to_do for (what, to_do), titles in unknown.items()}
    return _certainty(places, counted, told)


def composite_errors(
    known: Sequence[tuple[Figures, Errors]], weights: Mapping[str, Decimal], schools: BoolArray
) -> Errors:
    """Returns the errors of totals over several rubrics, of some ``schools``, in points out of 100.

    A rubric that does not apply to a school has no part in its error; the others have the more.
    """
    parts = [
        (figures.standing.status[schools] != INAPPLICABLE, float(weights[figures.rubric.id]),
         100 / float(figures.rubric.points), errors.among(schools))
        for figures, errors in known
    ]  # fmt: skip
    parts = [part for part in parts if part[0].any()]
    whole = np.sum([weight * applies for applies, weight, _, _ in parts], axis=0)
    own = np.zeros(int(schools.sum()))
    school, inspector, loads, people = [], [], [], 0
    for applies, weight, to_hundred, errors in parts:
        share = np.where(applies, weight * to_hundred / np.maximum(whole, 1e-12), 0)
        own += np.where(applies, errors.own, 0) * share**2
        school.append(errors.school)
        inspector.append(errors.inspector + people)
        loads.append(errors.weight * share[errors.school] * np.sqrt(errors.severity))
        people += int(errors.inspector.max(initial=-1)) + 1
    weight_of = np.concatenate(loads)
    return Errors(
        own,
        1.0 if weight_of.any() else 0.0,
        np.concatenate(school),
        np.concatenate(inspector),
        weight_of,
        min(errors.freedom for *_, errors in parts),
    )
