"""Reporting: from what a round's ledger holds to ``reports/``."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import collected
from inspections.collecting.publishing import published
from inspections.ledger.of_round import open_round
from inspections.round.folder import Folder
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from reports.kinds import REPORTS
from reports.ranking.previous import Previous, read_previous
from reports.written import report_paths, write_reports
from rubrics.messages.problems import Problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.results.rounds import score_round
from scoring.results.scores import Scores
from scoring.steps.scoring import nothing_to_score


@dataclass(frozen=True, slots=True)
class Reported:
    """The kinds of reports that were written, keys of ``REPORTS``: none where nothing counts."""

    folder: Folder
    kinds: tuple[str, ...]


def report_round(
    folder: Path,
    *,
    only: Collection[str] = (),
    previous: Path | None = None,
    fonts: Path | None = None,
    workers: int = 0,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[Reported | None, list[Problem]]:
    """Scores what the round in ``folder`` has collected, and writes its reports.

    ``only``: keys of ``REPORTS``, empty for all. ``previous``: the folder of last round, for the
    change against it. ``fonts``: a folder with licensed fonts. ``workers``: processes that write
    letters, 0 for as many as are of use. ``ledger``: the address of a shared ledger, in place of
    the round's. Returns the problems of opening and writing, not those of the records; None where
    there is no round to work with. Codes: those of ``open_round``, ``read_previous`` and
    ``write_reports``, nothing-to-score.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_round(folder, ledger)
        if opened is None:
            return None, problems
        held = collected(opened)
        if not held.visits:
            return Reported(opened.folder, ()), [*problems, nothing_to_score(opened)]
        scores, doubts = score_round(
            opened.round, opened.rubrics, opened.roster, opened.plan, held.visits
        )
        before, unread = _before(previous)
        problems += unread
        problems += publish_reports(
            opened,
            scores,
            [*problems, *held.problems, *doubts],
            only=only,
            previous=before,
            fonts=fonts,
            workers=workers,
            watcher=watcher,
        )
        kinds = tuple(kind for kind in REPORTS if not only or kind in only)
        return Reported(opened.folder, kinds), problems


def publish_reports(
    opened: OpenRound,
    scores: Scores,
    problems: Sequence[Problem],
    *,
    only: Collection[str] = (),
    previous: Previous | None = None,
    fonts: Path | None = None,
    workers: int = 0,
    watcher: Watcher,
) -> list[Problem]:
    """Writes and keeps in the ledger what was written, for whoever has the turn."""
    with watcher.stage("写报告") as told:
        met = write_reports(
            opened,
            scores,
            problems,
            only=only,
            previous=previous,
            fonts=fonts,
            workers=workers or min(2, os.cpu_count() or 1),
            progress=told,
        )
    published(opened, report_paths(opened.folder, only))
    return met


def _before(folder: Path | None) -> tuple[Previous | None, tuple[Problem, ...]]:
    if folder is None:
        return None, ()
    found, problems = read_previous(folder)
    return (None if problems else found), problems
