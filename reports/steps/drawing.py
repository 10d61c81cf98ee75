"""Drawing schools and inspectors, and what is written of it."""

from __future__ import annotations

from pathlib import Path

from inspections.collecting.publishing import published
from inspections.round.locking import turn
from inspections.steps.planning import Drawn
from reports.drawing.writing import write_drawn
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Watcher


def announce_draw(
    folder: Path, done: Drawn, *, watcher: Watcher = NOBODY
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the record of a draw and its lists into ``reports/双随机/``. Codes: those of
    ``write_drawn``.
    """
    with turn(folder, watcher.waiting):
        paths, problems = write_drawn(done)
        if paths:
            published(done.opened, paths)
        return tuple(paths), problems
