"""The analysis of fairness: from what a round's ledger holds to its papers."""

from __future__ import annotations

from pathlib import Path

from inspections.collecting.collecting import collected
from inspections.collecting.publishing import published
from inspections.records.record_list import RecordList
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.steps.opening import open_trusted
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.fairness.scored import standing_of
from scoring.results.former import former_of
from scoring.results.own_scores import own_scores_of
from scoring.steps.scoring import nothing_to_score


def report_fairness(
    folder: Path, *, inspector: str = "", ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes ``reports/公平性/`` of the round in ``folder``; returns the files, none if none was.

    ``inspector``: a code; then the page of that one alone. Codes: those of ``open_trusted``,
    ``collected`` and ``write_fairness``, nothing-to-score, fairness-unknown-person.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return (), problems
        held = collected(opened)
        if not held.visits:
            return (), [*problems, *held.problems, nothing_to_score(opened)]
        written, met = report_opened(opened, held.visits, inspector=inspector, watcher=watcher)
        return written, [*problems, *met]


def report_opened(
    opened: OpenRound, visits: RecordList, *, inspector: str = "", watcher: Watcher
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Does so for whoever has the turn; ``visits``: the records that count."""
    # SciPy takes long to load.
    from reports.fairness.subject import Subject
    from reports.fairness.writing import FOLDER, write_fairness
    from scoring.fairness.measuring import measured

    with watcher.stage("看评分公不公平") as tell:
        tell(0, 2)
        former = former_of(opened)
        problems = [*former.problems]
        if not former.usable:
            return (), problems
        found = measured(
            opened.round,
            opened.rubrics,
            opened.roster,
            visits,
            before=former.found,
            own=own_scores_of(opened).said,
            stands=standing_of(opened),
        )
        known = {it.inspector for one in found.rubrics.values() for it in one.severity.inspectors}
        if inspector and inspector not in known:
            said = {"inspector": inspector, "known": "、".join(sorted(known))}
            return (), [*problems, problem("fairness-unknown-person", Place(), **said)]
        tell(1, 2)
        written, met = write_fairness(Subject(opened, found), inspector)
        tell(2, 2)
    published(opened, [opened.folder.reports / FOLDER])
    return written, [*problems, *met]
