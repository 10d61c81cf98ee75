"""A month: from what the ledger held at its end to a Word file and a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import collected
from inspections.collecting.publishing import published
from inspections.ledger.accountability import proposal_cases
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import all_cases
from inspections.round.locking import turn
from inspections.steps.opening import open_with_ledger
from reports.month.subject import MonthSubject, month_subject
from reports.month.writing import FOLDER, write_month
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.years.month import Facts, Month, Visited, written_later


@dataclass(frozen=True, slots=True)
class WrittenMonth:
    """What was told of the month, and the files that tell it."""

    subject: MonthSubject
    files: tuple[Path, ...]


def write_monthly(
    folder: Path,
    month: Month,
    *,
    template: Path | None = None,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[WrittenMonth | None, list[Problem]]:
    """Writes the monthly report of the round in ``folder`` into ``reports/月报/``.

    All stands as at the end of the month. ``template``: edited by the bureau. Codes: those of
    ``open_with_ledger`` and ``write_month``, month-none, month-late.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        with ledger_of(opened) as held:
            cases, proposals = all_cases(held), proposal_cases(held)
        records = collected(opened).visits
        visits = [
            Visited(head, record.inspectors)
            for head, record in zip(records.heads, records, strict=True)
        ]
        facts = Facts(visits, cases, proposals)
        subject = month_subject(opened, facts, month)
        if subject.all.empty:
            problems.append(problem("month-none", Place(), month=subject.name))
        if late := written_later(facts, month):
            problems.append(problem("month-late", Place(), month=subject.name, count=late))
        files, met = write_month(opened.folder, subject, template)
        published(opened, [opened.folder.reports / FOLDER])
        return WrittenMonth(subject, files), [*problems, *met]
