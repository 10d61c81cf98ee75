"""Writes the papers of what was decided into ``reports/问责/``; what fell since is removed.

Cases, commendations and lists are for everybody and name schools alone. Summons, notices, records
and letters go to one school or office; they name nobody either, and leave blank who is to be there.
Reasons that whoever decided typed stay in the ledger: a name might stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from inspections.accountability import measures
from inspections.accountability.proposal_book import school_name
from inspections.accountability.states import Decided
from inspections.accountability.within_year import HeldTo, within_year
from inspections.round.opened import OpenRound
from inspections.round.own_files import OwnFiles, Written, own_files
from inspections.workbook.form.naming import file_name
from reports.accountability import drafts, public, to_one
from reports.accountability.clues import Found
from reports.bulletin.case import case_context, commendation_context
from reports.bulletin.drafts import CASE, COMMENDATION
from reports.bulletin.writing import TEMPLATES as OF_BULLETINS
from reports.official.edited import put
from reports.official.rendering import render
from reports.official.values import Context
from reports.type.archival import About
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Place, Problem, problem
from scoring.accountability.places import Tie

FOLDER: Final = "问责"
_TEMPLATES: Final = Path(__file__).parent / "templates"
_SHIPPED: Final = {
    **{name: _TEMPLATES / name for name in drafts.DRAFTS},
    **{name: OF_BULLETINS / name for name in (CASE, COMMENDATION)},
}
TEMPLATES: Final = tuple(_SHIPPED)
"""The names that templates of the bureau's own go by."""

FoundAt: TypeAlias = Mapping[tuple[str, str], Found]
"""(school, rubric) -> what was found there and what proves it."""


def write_papers(
    opened: OpenRound,
    decided: Sequence[Decided],
    found: FoundAt,
    templates: Path | None = None,
    ties: Mapping[str, Sequence[Tie]] | None = None,
    before: Sequence[HeldTo] = (),
) -> tuple[list[Path], list[Problem]]:
    """Writes the papers; returns what was written, and what went wrong.

    ``templates``: a folder with some of the bureau's own. ``ties``: by the title of a rule, those
    who are equal at the edge of its places. ``before``: what was decided in earlier rounds. Each
    fault of a template is told once. Codes: those of
    ``render`` and ``write_whole``, output-locked, template-unused, template-folder,
    accountability-paper-edited.
    """
    folder = opened.folder.reports / FOLDER
    clear_leftovers(folder, below=True)
    ours = own_files(opened.folder, folder)
    now: dict[str, Written] = {}
    problems: list[Problem] = list(unused_templates(templates))
    for path, template, context in _papers(opened, decided, found, ties or {}, before):
        own = templates / template if templates else None
        used = own if own is not None and own.is_file() else _SHIPPED[template]
        day = public.stands_for_the_clock(decided)
        about = About(Path(path).stem, opened.round.bureau, day=day)
        data, met = render(
            used, context, about, str(used) if used is own else used.name, opened.words
        )
        problems += (one for one in met if one not in problems)
        # One that could not be made now is not left as it was for what it is not.
        if data is not None:
            problems += put(ours, now, path, data, "accountability-paper-edited")
    problems += _remove_old(ours, now)
    problems += ours.end(now)
    return [folder / path for path in now], problems


def unused_templates(templates: Path | None) -> Iterator[Problem]:
    """Yields which files of the bureau's folder no paper is made from: a .doc, another name.

    Codes: template-folder, template-unused.
    """
    if templates is None:
        return
    if not templates.is_dir():
        yield problem("template-folder", Place(str(templates)))
        return
    for path in sorted(templates.iterdir()):
        word = path.suffix.casefold() in (".doc", ".docx", ".dotx", ".wps", ".odt")
        if word and path.name not in _SHIPPED and not path.name.startswith(("~", ".")):
            known = "、".join(_SHIPPED)
            yield problem("template-unused", Place(str(path)), name=path.name, known=known)


def _remove_old(ours: OwnFiles, now: dict[str, Written]) -> Iterator[Problem]:
    """What we wrote before and nothing stands behind; what somebody edited stays."""
    for path in {*ours.listed, *ours.begun} - set(now):
        digest = ours.there(path)
        if digest and ours.holds(path, digest):
            yield from ours.remove(path)


def _papers(
    opened: OpenRound,
    decided: Sequence[Decided],
    found: FoundAt,
    ties: Mapping[str, Sequence[Tie]],
    before: Sequence[HeldTo],
) -> Iterator[tuple[str, str, Context]]:
    """(path, template, what fills it) of every paper."""
    for one in decided:
        own = found.get((one.school, one.rubric), Found())
        for template, context in _of_one(opened, one, decided, own, before):
            # One paper a decision: a school may be talked to for two things.
            name = file_name(school_name(opened, one.school), str(one.number))
            yield f"{Path(template).stem}/{name}.docx", template, context
    best = [one for one in decided if one.kind == measures.COMMENDATION]
    lost = [one for one in decided if one.kind == measures.AWARD_LOST]
    for title, held in public.by_rule(best).items():
        made = public.commendation_of(opened, title, held, found, ties.get(title, ()))
        path = f"{Path(COMMENDATION).stem}/{file_name(title)}.docx"
        yield path, COMMENDATION, commendation_context(made)
    if lost:
        yield drafts.AWARD_LOST, drafts.AWARD_LOST, public.award_lost(opened, lost, found)
    if best:
        yield drafts.COMMENDED, drafts.COMMENDED, public.commended(opened, best, found, ties)


def _of_one(
    opened: OpenRound,
    one: Decided,
    decided: Sequence[Decided],
    found: Found,
    before: Sequence[HeldTo],
) -> Iterator[tuple[str, Context]]:
    held = within_year(one, decided, before)
    match one.kind:
        case measures.SUMMONS:
            yield drafts.SUMMONS, to_one.summons(opened, one, found, held)
            yield drafts.INTERVIEW, to_one.interview(opened, one, found, held)
        case measures.TALK_REMINDER:
            yield drafts.TALK, to_one.talk(opened, one, found)
        case measures.TERM:
            yield drafts.TERM, to_one.term(opened, one, found)
        case measures.REFERRAL:
            yield drafts.REFERRAL, to_one.referral(opened, one, found)
        case measures.PROCEEDINGS:
            yield drafts.PROCEEDINGS, to_one.proceedings(opened, one, decided, found, held)
        case measures.CRITICISM:
            yield CASE, case_context(public.case_of(opened, one, decided, found))
