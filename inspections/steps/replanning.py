"""Replanning: brings the plan of a round in step with its rosters, after a look at what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inspections.collecting.collecting import collected
from inspections.ledger.of_round import open_round
from inspections.round.locking import turn
from inspections.round.opened import OpenRound, standing
from inspections.round.plan import plan_text, planned_lines
from inspections.round.replanning import Replan, not_drawn, replan
from inspections.round.targets import find_target
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class Replanned:
    """What becomes of the plan of a round; ``written``: whether it has become so."""

    opened: OpenRound
    replan: Replan
    written: bool


def replan_round(
    folder: Path, schools: Sequence[str] = (), *, write: bool = False, watcher: Watcher = NOBODY
) -> tuple[Replanned | None, list[Problem]]:
    """Returns how the plan of the round in ``folder`` follows its rosters as they are now.

    ``schools``, as people name them: only these are added. Nothing is changed without ``write``.
    None where there is no round to work with, or a school is not known. Codes: those of
    ``open_round``, ``find_target``, ``standing`` and ``write_whole``.

    >>> made, problems = replan_round(Path("demo"))
    >>> made.replan.changes, made.written
    (False, False)
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_round(folder)
        if opened is None:
            return None, problems
        only = []
        for named in schools:
            target, unknown = find_target(opened.roster, opened.rubrics, named)
            if target is None:
                return None, unknown
            only.append(target.school.id)
        held = planned_lines(
            opened.folder.plan, opened.folder.name(opened.folder.plan), opened.words
        )
        done = _done(opened) if any(it.left for it in opened.roster.inspectors.values()) else ()
        made = replan(opened.round, opened.rubrics, opened.roster, held, only, done)
        told = [*standing(replace(opened, plan=made.plan)), *not_drawn(opened, only, held)]
        if not write or not made.changes:
            return Replanned(opened, made, written=False), [*problems, *told]
        # What the old plan says wrong is over.
        path = opened.folder.plan
        text = plan_text(made.plan, opened.roster, opened.words)
        met = write_whole(path, text.encode("utf-8-sig"), opened.folder.name(path))
        return Replanned(opened, made, written=not met), [*met, *told]


def _done(opened: OpenRound) -> set[tuple[str, str, str]]:
    """The visits of which a sheet has come."""
    keys = (item.key for item in collected(opened).filled)
    return {(key.school, key.rubric, key.occasion) for key in keys}
