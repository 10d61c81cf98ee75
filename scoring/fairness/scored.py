"""A round's scores, corrected for the severity of inspectors where its settings say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.severity import HeldSeverity, standing_severity
from inspections.records.record import Record
from inspections.records.record_list import as_list
from inspections.round.opened import OpenRound
from inspections.round.round import Round
from inspections.round.school import Assignment, Roster
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from scoring.fairness.corrections import Corrections
from scoring.results.before import FoundBefore
from scoring.results.own_scores import Given
from scoring.results.rounds import NOTHING_FOUND, score_round
from scoring.results.scores import Scores

NOTHING_STANDS: Final[Mapping[str, HeldSeverity]] = MappingProxyType({})


def scored_round(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    plan: Sequence[Assignment],
    visits: Iterable[Record],
    *,
    before: FoundBefore = NOTHING_FOUND,
    own: Mapping[tuple[str, str], Given] | None = None,
    stands: Mapping[str, HeldSeverity] = NOTHING_STANDS,
    open_records: bool = False,
) -> tuple[Scores, list[Problem]]:
    """Returns what :func:`scoring.results.rounds.score_round` does, with the corrections that the
    round's own records tell, or those that stand (``stands``). Problems: those of both.
    """
    held = as_list(visits)
    corrections = corrections_of(settings, rubrics, roster, held, before, stands)
    scores, problems = score_round(
        settings,
        rubrics,
        roster,
        plan,
        held,
        before=before,
        own=own,
        corrections=corrections.given,
        open_records=open_records,
    )
    return replace(scores, holding=corrections.holding), [*corrections.problems, *problems]


def corrections_of(
    settings: Round,
    rubrics: Mapping[str, Rubric],
    roster: Roster,
    visits: Iterable[Record],
    before: FoundBefore = NOTHING_FOUND,
    stands: Mapping[str, HeldSeverity] = NOTHING_STANDS,
) -> Corrections:
    """Returns the corrections of a round; nothing, and SciPy is not loaded, where it asks for none.

    Codes: those of :func:`scoring.fairness.standing_corrections.standing_corrections`.
    """
    if settings.severity_correction is None:
        return Corrections()
    from scoring.fairness.severity_correction import measured_corrections
    from scoring.fairness.standing_corrections import standing_corrections

    measured = measured_corrections(settings, rubrics, roster, visits, before=before)
    return standing_corrections(settings.id, measured, stands)


def standing_of(opened: OpenRound) -> dict[str, HeldSeverity]:
    """Returns the corrections that stand in a ledger; none where the round asks for none."""
    if opened.round.severity_correction is None or not has_ledger(opened):
        return {}
    with ledger_of(opened) as ledger:
        return standing_severity(ledger)
