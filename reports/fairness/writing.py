"""Writes the analysis into ``reports/公平性/``: for the bureau, and a page for one inspector."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from inspections.round.own_files import Written, own_files
from inspections.workbook.form.naming import file_name
from reports.fairness.book import fairness_book
from reports.fairness.checks import checks_of
from reports.fairness.own_page import own_blocks
from reports.fairness.paper import LENGTHS, bureau_blocks
from reports.fairness.styles import PAPER
from reports.fairness.subject import Subject
from reports.official.edited import put
from reports.type.archival import About
from reports.type.flow import page_count, typeset
from reports.type.fonts import open_fonts
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Problem

FOLDER: Final = "公平性"
_MOST_PAGES: Final = 4


def write_fairness(
    subject: Subject, inspector: str = "", fonts: Path | None = None
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the bureau's paper and workbook, or the page of one ``inspector`` (a code) alone.

    Codes: those of ``open_fonts`` and ``write_whole``, fairness-edited.
    """
    folder = subject.opened.folder
    target = folder.reports / FOLDER
    clear_leftovers(target)
    faces, told = open_fonts(fonts)
    problems = list(told)
    author = subject.opened.round.bureau
    checks = checks_of(subject)
    if inspector:
        name = file_name(f"{inspector}的评分情况")
        page = typeset(own_blocks(subject, inspector, checks), faces, About(name, author), PAPER)
        made = {f"{name}.pdf": page}
    else:
        lengths = (bureau_blocks(subject, checks, length) for length in LENGTHS)
        fit = (blocks for blocks in lengths if page_count(blocks, faces, PAPER) <= _MOST_PAGES)
        blocks = next(fit, None) or bureau_blocks(subject, checks, LENGTHS[-1])
        paper = typeset(blocks, faces, About("评分公平性分析", author), PAPER)
        made = {"评分公平性分析.pdf": paper, "评分公平性分析.xlsx": fairness_book(subject, checks)}
    own = own_files(folder, target)
    there: dict[str, Written] = dict(own.listed)
    for path, data in made.items():
        problems += put(own, there, path, data, "fairness-edited")
    problems += own.end(there)
    return tuple(target / path for path in made), problems
