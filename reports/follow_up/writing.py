"""Writes the papers in ``reports/回头看/``; what somebody edited there stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from inspections.ledger.follow_up import Draw
from inspections.records.rectification import Case
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.own_files import own_files
from reports.follow_up import notice
from reports.follow_up.before_after import corrected_note
from reports.follow_up.drawn import drawn
from reports.follow_up.paper import Subject, about, context
from reports.official.edited import put
from reports.official.rendering import render
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Problem

FOLDER: Final = "回头看"
PAPER: Final = "回头看报告.docx"
TEMPLATE: Final = Path(__file__).parent / "templates" / PAPER


NOTICE: Final = "回头看通知.docx"
RECORD: Final = "抽取记录.docx"


def write_announced(
    opened: OpenRound, draws: Iterable[Draw], cases: Mapping[int, Case]
) -> tuple[list[Path], list[Problem]]:
    """Writes the notice and the record of each draw; returns where they are, and what went wrong.

    Codes: those of ``render`` and ``write_whole``, followup-edited.
    """
    target = opened.folder.reports / FOLDER
    clear_leftovers(target)
    own = own_files(opened.folder, target)
    there = dict(own.listed)
    written: list[Path] = []
    problems: list[Problem] = []
    for one in draws:
        for name, filled in ((NOTICE, notice.notice), (RECORD, drawn)):
            stem = Path(name).stem
            path = f"{stem}（第{one.number}次）.docx"
            told = notice.about(opened, one, stem.removeprefix("回头看"))
            data, wrong = render(
                TEMPLATE.parent / name, filled(opened, one, cases), told, "", opened.words
            )
            problems += wrong
            if data is not None:
                problems += put(own, there, path, data, "followup-edited")
                written.append(target / path)
    problems += own.end(there)
    return written, problems


def write_paper(
    folder: Folder, subject: Subject, template: Path | None = None
) -> tuple[Path, list[Problem]]:
    """Writes the report as a Word file; returns where it is, and what went wrong.

    ``template``: edited by the bureau. Codes: those of ``render`` and ``write_whole``,
    followup-edited.
    """
    target = folder.reports / FOLDER
    path = target / PAPER
    clear_leftovers(target)
    own = own_files(folder, target)
    name = str(template) if template else ""
    words = subject.opened.words
    note = words.said(corrected_note(subject.scores))
    told = context(subject), about(subject)
    data, wrong = render(template or TEMPLATE, *told, name, words, note)
    problems = list(wrong)
    there = dict(own.listed)
    if data is not None:
        problems += put(own, there, PAPER, data, "followup-edited")
    problems += own.end(there)
    return path, problems
