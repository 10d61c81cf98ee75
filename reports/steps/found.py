"""What was found at schools that were drawn: into the list that is made public."""

from __future__ import annotations

from inspections.collecting.collecting import collected
from inspections.collecting.publishing import published
from inspections.planning.going import as_it_stands
from inspections.planning.inputs import of_round
from inspections.planning.known_draws import told_of
from inspections.round.opened import OpenRound
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
    told = told_of(opened)
    if not (told.draws and opened.roster.drawn):
        return []
    now = as_it_stands(of_round(opened), opened.plan)
    found = found_now(opened, scores)
    paths, problems = write_found(opened, told.draws[-1], now, told.of_last, found)
    published(opened, paths)
    return problems
