"""All that a round's records say of fairness: rubric by rubric, and over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from inspections.ledger.severity import HeldSeverity
from inspections.records.record import Record
from inspections.records.record_list import as_list
from inspections.round.elapsed import elapsed_periods
from inspections.round.round import Round
from inspections.round.school import Roster
from rubrics.language.confidential import confidential
from rubrics.language.facts import rests_on_facts
from rubrics.language.rubric import Rubric
from rubrics.values.points import SCALE
from scoring.engine.columns import columns_of
from scoring.fairness.agreement import Agreement, agreement
from scoring.fairness.differing_facts import DifferingFact, differing_facts
from scoring.fairness.facets import Facets, facets
from scoring.fairness.group_ranks import GroupRanks, group_ranks
from scoring.fairness.measured_error import MeasuredError
from scoring.fairness.patterns.correcting import Tried
from scoring.fairness.patterns.looking import patterns_of
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats, Ratings, ratings_of
from scoring.fairness.rubric_study import RubricStudy, rubric_study
from scoring.fairness.scored import NOTHING_STANDS, corrections_of
from scoring.fairness.severity import Severity, severity
from scoring.results.before import FoundBefore
from scoring.results.figures import Figures, score_columns
from scoring.results.own_scores import Given, own_points


@dataclass(frozen=True, slots=True)
class MeasuredRubric:
    """What the records under one rubric say; ``differing``: facts seen differently at a visit.

    ``error`` and ``groups``: how far totals are off, and how sure the places of each group are.
    ``facets``: severities of what is judged in levels; ``study``: of the rubric itself;
    ``secret``: the ids of confidential indicators; ``published``: by school the total, points, nan
    where it has none; ``corrected``: these totals are corrected for severity.
    """

    sheets: Sheets
    agreement: Agreement
    severity: Severity
    differing: tuple[DifferingFact, ...]
    error: MeasuredError
    groups: tuple[GroupRanks, ...]
    facets: Facets
    study: RubricStudy
    secret: frozenset[str]
    published: Floats
    corrected: bool

    @property
    def rubric(self) -> Rubric:
        """The rubric that the records are of."""
        return self.sheets.ratings.rubric


@dataclass(frozen=True, slots=True)
class Measured:
    """A round as measured. ``rubrics``: those with records, by id; ``seed``: of what was drawn."""

    rubrics: Mapping[str, MeasuredRubric]
    patterns: Tried
    seed: int


def measured(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    visits: Iterable[Record],
    *,
    before: FoundBefore = MappingProxyType({}),
    own: Mapping[tuple[str, str], Given] | None = None,
    stands: Mapping[str, HeldSeverity] = NOTHING_STANDS,
    seed: int = 2026,
) -> Measured:
    """Returns all that can be measured of a round; the same records and seed give the same.

    ``visits``: all records that count, open ones: texts are compared too, and none is returned.
    ``before`` and ``own`` as in :func:`scoring.results.rounds.score_round`; ``stands``: corrections
    for severity that stand.
    """
    schools = tuple(roster.schools.values())
    elapsed = elapsed_periods(settings)
    held = as_list(visits)
    corrections = corrections_of(settings, rubrics, roster, held, before, stands).given
    found: dict[str, MeasuredRubric] = {}
    for name, rubric in rubrics.items():
        columns, records = columns_of(rubric, schools, held, settings.occasions)
        ratings = ratings_of(rubric, columns, elapsed)
        if not len(ratings):
            continue
        figures = score_columns(
            rubric,
            columns,
            combining=settings.combining,
            ranking=settings.ranking,
            unchecked=settings.unchecked,
            elapsed=elapsed,
            again=before.get(name, {}).keys(),
            own=None if own is None else own_points(own, name),
            correction=corrections.get(name),
        )
        error, groups = group_ranks(figures, ratings)
        secret = frozenset(item.id for item in rubric.indicators if confidential(item))
        found[name] = MeasuredRubric(
            Sheets(ratings, columns, records),
            agreement(ratings, seed=seed),
            severity(ratings),
            differing_facts(rubric, columns, records, elapsed, secret),
            error,
            groups,
            facets(_of_judgement(ratings)),
            rubric_study(figures, ratings),
            secret,
            _published(figures),
            name in corrections,
        )
    patterns = patterns_of([one.sheets for one in found.values()], seed)
    return Measured(found, patterns, seed)


def _of_judgement(ratings: Ratings) -> Ratings:
    """Returns the ratings of what inspectors judge, alone: of facts there is one truth, on which
    they agree the better the more they looked, so that whoever judges differently would not fit.
    Ballots are facts too, by whatever method they are taken.
    """
    judged = np.array([not rests_on_facts(item) for item in ratings.rubric.indicators], bool)
    return replace(ratings, there=ratings.there & judged)


def _published(figures: Figures) -> Floats:
    """By school: its total in points, nan where it has none; demerits below 0, as everywhere."""
    there = figures.standing.graded & ~figures.withheld
    return np.where(there, np.asarray(figures.total, np.float64) / SCALE, np.nan)
