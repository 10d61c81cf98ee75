"""A round's scores: from visits to every school's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from inspections.records.record import Record
from inspections.records.record_list import Head, as_list
from inspections.round.elapsed import elapsed_periods
from inspections.round.plan import asked_for
from inspections.round.round import Round
from inspections.round.school import Assignment, Roster
from inspections.round.scope import scope_of
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from scoring.engine.columns import columns_of
from scoring.engine.severity_correction import Correction
from scoring.results.before import FoundBefore
from scoring.results.composite import composite
from scoring.results.figures import score_columns
from scoring.results.findings import findings
from scoring.results.indicators import NOTHING_BEFORE
from scoring.results.own_scores import Given, own_points
from scoring.results.rows import SchoolRows
from scoring.results.scores import RubricScores, Scores

NOTHING_FOUND: FoundBefore = MappingProxyType({})
NOT_CORRECTED: Mapping[str, Correction] = MappingProxyType({})


def score_round(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    plan: Sequence[Assignment],
    visits: Iterable[Record],
    *,
    before: FoundBefore = NOTHING_FOUND,
    own: Mapping[tuple[str, str], Given] | None = None,
    corrections: Mapping[str, Correction] = NOT_CORRECTED,
    open_records: bool = False,
) -> tuple[Scores, list[Problem]]:
    """Returns the scores of all schools under all rubrics, and what has to be looked at.

    A pure function of its arguments; the order of visits does not matter. A school that the plan
    does not name under a rubric is not due there (:mod:`inspections.round.scope`); without any line
    of a plan all are. The records that scores
    carry are redacted (:mod:`inspections.records.redacting`), and may leave the bureau;
    ``open_records`` leaves them as they were typed, for its own eyes. ``before``: what was found in
    rounds before (:mod:`.former`), and costs more where it was found again. ``own``: what
    schools gave themselves, by (school, rubric); None where nobody was asked, as in a trial.
    ``corrections``: by rubric, of totals for the severity of inspectors, as they were measured.
    Problems: as
    :func:`scoring.results.findings.findings`, rubric by rubric.
    """
    schools = tuple(roster.schools.values())
    elapsed = elapsed_periods(settings)
    visits = as_list(visits)
    found: dict[str, RubricScores] = {}
    all_figures = []
    back = frozenset(head.key for head in visits.heads)
    due = list(asked_for(plan, settings, roster, back))
    scope = scope_of(settings, plan, roster)
    problems: list[Problem] = []
    unsettled = {}
    for name, rubric in rubrics.items():
        columns, ordered = columns_of(rubric, schools, visits, settings.occasions)
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
            scope=scope,
        )
        all_figures.append(figures)
        owed = _owed(name, due, ordered.heads, roster)
        rows = SchoolRows(
            figures,
            ordered,
            roster.inspectors,
            owed,
            open_records=open_records,
            ballots_from=settings.ballots_from,
            before=before.get(name, NOTHING_BEFORE),
            own=own,
            filled=columns if settings.ranking.certainty else None,
        )
        found[name] = RubricScores(rubric, rows, corrections.get(name))
        unsettled[name] = rows.unsettled
        problems += findings(figures, ordered, roster.inspectors, open_records=open_records)
    return Scores(found, composite(all_figures, settings.weights, unsettled)), problems


def _owed(
    rubric: str,
    due: Iterable[tuple[Assignment, str]],
    heads: Iterable[Head],
    roster: Roster,
) -> dict[str, tuple[str, ...]]:
    """Whose sheets have not come of visits of which others have: school -> names.

    Of a visit that nobody has told of nothing is owed here; it has not taken place.
    """
    back: dict[tuple[str, str], set[str]] = {}
    for head in heads:
        back.setdefault((head.key.school, head.key.occasion), set()).add(head.key.inspector)
    found: dict[str, tuple[str, ...]] = {}
    for item, whose in due:
        there = back.get((item.school, item.occasion))
        # A sheet that the team filled together stands for all of it.
        if item.rubric == rubric and there and not there & {whose, item.team}:
            person = roster.inspectors.get(whose)
            if person is not None:
                found[item.school] = (*found.get(item.school, ()), person.name)
    return found
