"""Drawing schools and inspectors, and what is written of it."""

from __future__ import annotations

from pathlib import Path

from inspections.collecting.publishing import published
from inspections.planning.going import as_it_stands
from inspections.planning.inputs import of_round
from inspections.planning.known_draws import told_of
from inspections.round.locking import turn
from inspections.round.opened import OpenRound, read_with_notes
from inspections.steps.planning import Drawn
from inspections.steps.redrawing import Redrawn
from reports.drawing.found import FoundAt
from reports.drawing.writing import write_drawn, write_redrawn
from reports.steps.found import found_now
from reports.steps.reporting import scored_now
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.results.last_result import read_last_result


def announce_draw(
    folder: Path, done: Drawn, *, watcher: Watcher = NOBODY
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes what is announced before a draw, or its record and its lists, into
    ``reports/双随机/``. Codes: those of ``write_drawn``.
    """
    with turn(folder, watcher.waiting):
        return announce_opened(done)


def announce_opened(done: Drawn) -> tuple[tuple[Path, ...], list[Problem]]:
    """Does so for whoever has the turn."""
    fresh, _ = read_with_notes(done.opened.folder.root)
    now = as_it_stands(of_round(fresh), fresh.plan) if fresh and fresh.roster.drawn else None
    paths, problems = write_drawn(done, now, _found(fresh) if fresh and now else {})
    if paths:
        published(done.opened, paths)
    return tuple(paths), problems


def announce_change(
    folder: Path, done: Redrawn, *, watcher: Watcher = NOBODY
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the lists of a plan that was changed. Codes: those of ``write_drawn``."""
    with turn(folder, watcher.waiting):
        told, opened = told_of(done.opened), done.opened
        last = told.draws[-1] if told.draws else None
        found = _found(opened) if last else {}
        paths, problems = write_redrawn(
            opened, of_round(opened), last, done.now, told.of_last, found
        )
        published(opened, paths)
        return tuple(paths), problems


def _found(opened: OpenRound) -> FoundAt:
    """What was found, of scores that were published and still hold."""
    if read_last_result(opened.folder.results) is None:
        return {}
    scores, _, _, other = scored_now(opened)
    return {} if scores is None or other else found_now(opened, scores)
