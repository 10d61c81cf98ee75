"""Writes the reports of voices into ``reports/问卷/``; what somebody edited there stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from inspections.round.own_files import Written, own_files
from inspections.workbook.form.naming import file_name
from reports.official.edited import put
from reports.type.archival import About
from reports.voices.book import voices_book
from reports.voices.counts import COUNTY
from reports.voices.paper import report_blocks
from reports.voices.subject import Subject
from reports.word.document import word_document
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Problem

FOLDER: Final = "问卷"


def write_voices(
    subject: Subject, progress: Callable[[int, int], None] = lambda done, due: None
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the county's paper and workbook, and a paper for each school; returns them.

    Codes: those of ``write_whole``, voices-report-edited.
    """
    folder = subject.opened.folder
    target = folder.reports / FOLDER
    clear_leftovers(target)
    own = own_files(folder, target)
    there: dict[str, Written] = {}
    problems: list[Problem] = []
    scopes = {COUNTY: "全县", **subject.schools}
    made: list[Path] = []
    for done, (school, name) in enumerate(scopes.items()):
        progress(done, len(scopes))
        about = About(f"{name}问卷和来访情况", subject.opened.round.bureau, "问卷")
        path = f"{file_name(name)}.docx"
        data = word_document(report_blocks(subject, school), about)
        problems += put(own, there, path, data, "voices-report-edited")
        made.append(target / path)
    path = "问卷和来访.xlsx"
    problems += put(own, there, path, voices_book(subject), "voices-report-edited")
    made.append(target / path)
    problems += own.end(there)
    progress(len(scopes), len(scopes))
    return tuple(made), problems
