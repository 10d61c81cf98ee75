"""A round's scores, corrected for the severity of inspectors where its settings say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from inspections.records.record import Record
from inspections.records.record_list import as_list
from inspections.round.round import Round
from inspections.round.school import Assignment, Roster
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from scoring.engine.severity_correction import Correction
from scoring.results.before import FoundBefore
from scoring.results.own_scores import Given
from scoring.results.rounds import NOTHING_FOUND, score_round
from scoring.results.scores import Scores


def scored_round(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    plan: Sequence[Assignment],
    visits: Iterable[Record],
    *,
    before: FoundBefore = NOTHING_FOUND,
    own: Mapping[tuple[str, str], Given] | None = None,
    open_records: bool = False,
) -> tuple[Scores, list[Problem]]:
    """Returns what :func:`scoring.results.rounds.score_round` does, with the corrections that the
    round's own records tell. Problems: those of both.
    """
    held = as_list(visits)
    corrections, told = corrections_of(settings, rubrics, roster, held, before)
    scores, problems = score_round(
        settings,
        rubrics,
        roster,
        plan,
        held,
        before=before,
        own=own,
        corrections=corrections,
        open_records=open_records,
    )
    return scores, [*told, *problems]


def corrections_of(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    visits: Iterable[Record],
    before: FoundBefore = NOTHING_FOUND,
) -> tuple[dict[str, Correction], list[Problem]]:
    """Returns the corrections of a round; nothing, and SciPy is not loaded, where it asks for none.

    Codes: those of :func:`scoring.fairness.severity_correction.severity_corrections`.
    """
    if settings.severity_correction is None:
        return {}, []
    from scoring.fairness.severity_correction import severity_corrections

    return severity_corrections(settings, rubrics, roster, visits, before=before)
