"""Reports of what many people said: from the ledger's answers to papers and a workbook."""

from __future__ import annotations

from pathlib import Path

from inspections.collecting.publishing import published
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.round.locking import turn
from inspections.steps.opening import open_trusted
from reports.voices.subject import subject_of
from reports.voices.writing import FOLDER, write_voices
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher


def report_voices(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes ``reports/问卷/`` of the round in ``folder``; returns the files, none if none was.

    Codes: those of ``open_trusted`` and ``write_voices``, voices-none, voices-provisional.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return (), problems
        none = problem("voices-none", Place(opened.ledger_name))
        if not has_ledger(opened):
            return (), [*problems, none]
        with ledger_of(opened) as held:
            subject = subject_of(opened, held)
        if not subject.surveys:
            return (), [*problems, none]
        for one in subject.surveys:
            for rule in one.voices.undecided:
                said = {"survey": one.name, "rule": rule.value}
                count = int(one.voices.answers.flags[rule].sum())
                where = Place(opened.ledger_name)
                problems.append(problem("voices-provisional", where, count=count, **said))
        with watcher.stage("写问卷报告") as told:
            written, met = write_voices(subject, told)
        published(opened, [opened.folder.reports / FOLDER])
        return written, [*problems, *met]
