"""Handing out: writes the blank workbooks that inspectors take to the schools."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import collected
from inspections.ledger.of_round import open_round
from inspections.planning.as_drawn import altered, as_drawn, pending
from inspections.planning.known_draws import told_of
from inspections.round.folder import Folder
from inspections.round.key_file import move_key
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.self_assessment.standing import held_assessments
from inspections.workbook.drawing.blank import Layout, write_blank_workbooks
from inspections.workbook.drawing.writing import Workbooks
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Progress, Watcher


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The workbooks that were written, in the folder of a round."""

    folder: Folder
    written: tuple[Path, ...]


def write_workbooks(
    folder: Path, layout: Layout = "visit", *, watcher: Watcher = NOBODY
) -> tuple[HandedOut | None, list[Problem]]:
    """Writes the blank workbooks of the round in ``folder``, by its plan, into ``workbooks/``.

    ``layout``: a workbook for every visit, or one for all visits of an inspector or team. None
    where there is no round to work with, or a promised draw is still to come. Codes: those of
    ``open_round``, ``pending``, ``altered``, ``move_key`` and ``write_blank_workbooks``.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_round(folder)
        if opened is None:
            return None, problems
        draws = told_of(opened)
        problems += [*pending(opened, draws), *altered(opened, as_drawn(opened, draws))]
        if draws.waiting is not None:
            return None, problems
        with watcher.stage("写检查表") as told:
            written, more = draw_workbooks(opened, layout, told)
        return HandedOut(opened.folder, tuple(written)), problems + more


def draw_workbooks(
    opened: OpenRound, layout: Layout, progress: Progress, workbooks: Workbooks | None = None
) -> tuple[list[Path], list[Problem]]:
    """Writes them, for whoever has the turn in the folder. ``workbooks``: what has written others
    of the round, and keeps what schools share.
    """
    # What has come matters to those alone who took somebody's place.
    replaced = any(person.replaces for person in opened.roster.inspectors.values())
    moved = move_key(opened.folder)
    written, problems = write_blank_workbooks(
        opened.folder.workbooks,
        opened.round,
        opened.rubrics,
        opened.roster,
        opened.plan,
        layout,
        progress,
        {item.key for item in collected(opened).filled} if replaced else frozenset(),
        workbooks,
        {key: one.scores for key, one in held_assessments(opened).items()},
    )
    return written, [*moved, *problems]
