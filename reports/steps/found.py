"""What was found at schools that were drawn: into the list that is made public."""

from __future__ import annotations

from inspections.collecting.collecting import collected
from inspections.collecting.publishing import published
from inspections.planning.going import as_it_stands
from inspections.planning.inputs import of_round
from inspections.round.opened import OpenRound
from inspections.steps.planning import told_of
from reports.drawing.found import FoundAt, found_at
from reports.drawing.writing import write_found
from reports.letter.numbering import numbering
from rubrics.messages.problems import Problem
from scoring.results.scores import Scores


def found_now(opened: OpenRound, scores: Scores) -> FoundAt:
    """Returns what was found, as records, letters and objections are now."""
    letters = numbering(opened, scores, draft=True, issue=False)
    return found_at(opened, scores, collected(opened).visits, letters)


def publish_found(opened: OpenRound, scores: Scores) -> list[Problem]:
    """Writes the public list of the last draw again; nothing where none was drawn. Codes: those of
    ``write_drawn``.
    """
    draws = told_of(opened).draws
    if not (draws and opened.roster.drawn):
        return []
    now = as_it_stands(of_round(opened), opened.plan)
    paths, problems = write_found(opened, draws[-1], now, found_now(opened, scores))
    published(opened, paths)
    return problems
