"""Letters bound for print: all that one school receives, or those of all schools."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from inspections.round.folder import Folder
from inspections.round.own_files import Written, own_files
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter.content import LetterParts
from reports.letter.due import Work, about_of, gathered, letter_of, mark_of, stage_of
from reports.letter.earlier import clear_away
from reports.letter.numbering import Numbering
from reports.letter.on_demand import ALL_LETTERS, ENVELOPES
from reports.letter.photographs import photographs
from reports.type.blocks import Block
from reports.type.flow import typeset_all
from reports.type.fonts import open_fonts
from rubrics.messages.problems import Problem
from scoring.results.scores import Scores


def write_bundles(
    folder: Folder,
    settings: Round,
    scores: Scores,
    roster: Roster,
    *,
    fonts: Path | None = None,
    schools: Collection[str] = (),
    envelopes: bool = False,
    together: bool = False,
    numbering: Numbering | None = None,
) -> list[Problem]:
    """Writes letters bound for print, each beginning on a sheet of its own.

    ``envelopes``: ``reports/envelopes/SCHOOL.pdf``, all that one school receives. ``together``:
    ``reports/envelopes/全部意见书.pdf``, school by school. ``fonts``, ``schools``: as
    ``write_letters`` has them, which tells what is wrong with a letter. Problem:
    ``output-locked``.
    """
    work = gathered(folder, settings, scores, roster, fonts, schools, numbering)
    own = own_files(folder, folder.reports / ENVELOPES[stage_of(work)])
    drawn, order = open_fonts(fonts)[0], {code: n for n, code in enumerate(roster.schools)}
    by_school: dict[str, list[int]] = {}
    for number, (_, score) in enumerate(work.letters):
        by_school.setdefault(score.school.id, []).append(number)
    codes = sorted(by_school, key=lambda code: order.get(code, len(order)))
    bound = {work.names[code]: by_school[code] for code in codes} if envelopes else {}
    if together:
        bound[ALL_LETTERS] = [number for code in codes for number in by_school[code]]
    problems: list[Problem] = []
    there = {}
    for place, numbers in bound.items():
        about = about_of(letter_of(work, numbers[0]), place.removesuffix(".pdf"))
        pdf = typeset_all((_bound(work, number) for number in numbers), drawn, about)
        locked = own.write(place, pdf)
        problems += locked
        if not locked:
            there[place] = Written(hashlib.sha256(pdf).hexdigest())
    keep = {*there, *own.listed} if schools else {*bound}
    return problems + clear_away(own, there, keep)


def _bound(work: Work, number: int) -> list[Block]:
    """The blocks of a letter with its photographs, as many as can be shown."""
    letter = letter_of(work, number)
    parts = LetterParts(letter.showing(photographs(letter, work.folder.root)[0]))
    return parts.blocks(mark_of(work, parts))
