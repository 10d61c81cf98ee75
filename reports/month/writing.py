"""Writes a month's report into ``reports/月报/``; what somebody edited there stays as it is."""

from __future__ import annotations

from pathlib import Path

from inspections.round.folder import Folder
from inspections.round.own_files import own_files
from reports.bulletin.sidecar import sidecar
from reports.month.book import month_book
from reports.month.paper import about, context, told
from reports.month.subject import MonthSubject
from reports.official.edited import put
from reports.official.rendering import render
from rubrics.messages.output import clear_leftovers, write_whole
from rubrics.messages.problems import Problem
from scoring.explaining.bulletin import of_month

FOLDER = "月报"
TEMPLATE = Path(__file__).parent / "templates" / "月报.docx"


def write_month(
    folder: Folder, subject: MonthSubject, template: Path | None
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes ``2026年11月月报.docx`` and ``.xlsx``; returns them and what went wrong.

    Those of other months stay. Codes: those of ``render`` and ``write_whole``, month-edited.
    """
    target = folder.reports / FOLDER
    clear_leftovers(target)
    own = own_files(folder, target)
    name = str(template) if template else ""
    paper, wrong = render(
        template or TEMPLATE, context(subject), about(subject), name, subject.opened.words
    )
    problems = list(wrong)
    made = {f"{subject.name}月报.xlsx": month_book(subject)}
    if paper is not None:
        made[f"{subject.name}月报.docx"] = paper
        name = of_month(subject.month.year, subject.month.number)
        data = sidecar(f"{subject.name}月报", told(subject))
        problems += write_whole(folder.results / name, data, folder.name(folder.results / name))
    there = dict(own.listed)
    for path, data in made.items():
        problems += put(own, there, path, data, "month-edited")
    problems += own.end(there)
    return tuple(target / path for path in made), problems
