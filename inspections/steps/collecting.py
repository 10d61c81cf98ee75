"""Collecting: what came back goes into the ledger, what is wrong comes out as lists and copies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import Collected, collect
from inspections.collecting.marked_copies import Marked, write_marked_copies
from inspections.collecting.problem_table import keep_problems
from inspections.planning.as_drawn import altered_since
from inspections.round.key_file import move_key
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.steps.opening import open_trusted
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a round has after collecting. ``marked``: its marked copies, None where not asked for.

    ``met``: what came up while the copies were written.
    """

    opened: OpenRound
    held: Collected
    marked: Marked | None
    met: tuple[Problem, ...] = ()


def collect_round(
    folder: Path,
    *,
    ledger: str = "",
    marks: bool = True,
    recheck: bool = False,
    watcher: Watcher = NOBODY,
) -> tuple[TakenIn | None, list[Problem]]:
    """Reads ``returned/`` and ``evidence/`` of the round in ``folder`` into its ledger.

    Writes ``results/problems.csv`` and, with ``marks``, a marked copy of every workbook with
    problems into ``marked/``. ``ledger``: the address of a shared ledger, in place of the
    round's. ``recheck``: files are digested anew even where they look as they did. Returns all
    problems that stand; None where there is no round to work with. Codes:
    those of ``open_trusted``, ``altered_since``, ``collect``, ``move_key``,
    ``write_marked_copies`` and ``write_table``.

    >>> taken, problems = collect_round(Path("demo"))
    >>> taken.held.files, taken.held.fresh, len(taken.held.visits), taken.marked.copies
    (315, 0, 305, 38)
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return None, problems
        problems += altered_since(opened)
        taken = take_in(opened, marks=marks, recheck=recheck, watcher=watcher)
        problems += taken.held.problems
        unkept = keep_problems(opened.folder.results, problems, taken.met, taken.held.visits)
        return taken, [*problems, *taken.met, *unkept]


def take_in(
    opened: OpenRound,
    *,
    marks: bool,
    recheck: bool = False,
    workers: int | None = None,
    watcher: Watcher,
) -> TakenIn:
    """Reads and marks, for whoever has the turn in the folder. ``workers``: as in ``collect``."""
    with watcher.stage("读检查表") as told, watcher.stage("看佐证") as looked:
        held = collect(opened, told, workers, looked=looked, recheck=recheck)
    moved = move_key(opened.folder)
    if not marks:
        return TakenIn(opened, held, None, tuple(moved))
    with watcher.stage("标出问题") as told:
        made, met = write_marked_copies(opened, held.problems, told)
    return TakenIn(opened, held, made, (*moved, *met))
