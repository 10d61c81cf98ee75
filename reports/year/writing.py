"""Writes the papers of a year into its folder; what somebody edited there stays as it is."""

from __future__ import annotations

from pathlib import Path

from inspections.round.folder import Folder
from inspections.round.own_files import OwnFiles, Written, own_files
from inspections.round.school import School
from reports.bulletin.sidecar import sidecar
from reports.letter.naming import file_names
from reports.official.edited import put
from reports.official.rendering import render
from reports.type.archival import About
from reports.type.flow import typeset
from reports.type.fonts import open_fonts
from reports.year.book import BOOK, year_book
from reports.year.bulletin import BULLETIN, context, year_bulletin
from reports.year.page import PAPER, Own, about, page
from reports.year.subject import YearSubject
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import Progress
from scoring.explaining.bulletin import FILE as FIGURES

PAGES = "schools"
TEMPLATES = Path(__file__).parent / "templates"
_EDITED = "year-edited"


def write_papers(
    folder: Path,
    subject: YearSubject,
    template: Path | None,
    fonts: Path | None,
    progress: Progress,
) -> tuple[tuple[Path, ...], int, list[Problem]]:
    """Writes workbook, bulletin and a page for each school; returns files, pages, problems.

    ``template``: of the bulletin, in place of the one that ships. ``fonts``: a folder with licensed
    ones, for the pages. Same year, same bytes. A page of a school that has none any more is
    removed, unless somebody edited it. Codes: those of ``render``, ``open_fonts`` and
    ``write_whole``, year-edited, year-left.
    """
    clear_leftovers(folder, below=True)
    own = own_files(Folder(folder), folder)
    there: dict[str, Written] = {}
    problems = put(own, there, BOOK, year_book(subject), _EDITED)
    last = subject.year.rounds[-1]
    said = About(f"{subject.title}督导结果", last.bureau, "年度通报", last.until)
    name = str(template) if template else ""
    told = year_bulletin(subject)
    made, wrong = render(
        template or TEMPLATES / BULLETIN,
        context(subject, told),
        said,
        name,
        subject.words,
        subject.corrected,
    )
    problems += wrong
    if made is not None:
        kept = put(own, there, BULLETIN, made, _EDITED)
        # Of a bulletin that somebody edited it stays told what it was made from.
        figures = sidecar(told.title, told.told())
        problems += kept or put(own, there, FIGURES, figures, _EDITED)
        if kept and FIGURES in own.listed:
            there[FIGURES] = own.listed[FIGURES]
    else:
        there |= {path: own.listed[path] for path in (BULLETIN, FIGURES) if path in own.listed}
    with_fonts, met = open_fonts(fonts)
    problems += met
    schools = _by_school(subject)
    names = file_names(School(id, held[0][2].name, {}) for id, held in schools.items())
    for number, (id, held) in enumerate(schools.items(), 1):
        pdf = typeset(
            page(subject, held, with_fonts), with_fonts, about(subject, held[0][2].name), PAPER
        )
        problems += put(own, there, f"{PAGES}/{names[id]}", pdf, _EDITED)
        progress(number, len(schools))
    problems += _remove_old(own, there)
    problems += own.end(there)
    files = tuple(folder / one for one in (BOOK, BULLETIN) if one in there)
    return files, len(schools), problems


def _by_school(subject: YearSubject) -> dict[str, list[Own]]:
    """The schools that have figures in the year, each with the rubrics that apply to it."""
    found: dict[str, list[Own]] = {}
    for name, part in subject.named():
        for one in part.schools:
            found.setdefault(one.id, []).append((name, part, one))
    return found


def _remove_old(own: OwnFiles, there: dict[str, Written]) -> list[Problem]:
    met: list[Problem] = []
    for path in sorted(set(own.listed) - set(there)):
        now = own.there(path)
        if now and not own.holds(path, now):
            met.append(problem("year-left", Place(own.of.name(own.folder / path))))
        elif now and path.startswith(f"{PAGES}/"):
            met += own.remove(path)
    return met
