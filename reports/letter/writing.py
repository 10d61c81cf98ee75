"""Writes the letters of a round, on several processes where there are many."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path

from inspections.round.folder import Folder
from inspections.round.own_files import Written
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter import drawing
from reports.letter.content import letter_blocks
from reports.letter.drawing import Desk, Done, Draft, begin, draw, draw_shared, failed, printed
from reports.letter.due import Work, about_of, gathered, letter_of, place_of
from reports.letter.earlier import clear_away
from reports.letter.glyphs import unprintable
from reports.letter.origin import origin
from reports.letter.photographs import photographs, placeholders
from reports.letter.subject import Letter
from reports.type.flow import typeset
from reports.type.fonts import open_fonts
from rubrics.apart.workers import starting, working
from rubrics.messages.problems import Problem
from rubrics.messages.watching import Progress
from scoring.results.scores import Scores

# Below this many letters further processes cost more than they save.
_MANY = 60

_AHEAD = 4
"""Letters a process that are made ready before they can be drawn."""


def write_letters(
    folder: Folder,
    settings: Round,
    scores: Scores,
    roster: Roster,
    *,
    fonts: Path | None = None,
    schools: Collection[str] = (),
    workers: int = 1,
    progress: Progress = lambda done, due: None,
) -> list[Problem]:
    """Writes ``reports/letters/RUBRIC/SCHOOL.pdf`` for every school that was visited.

    A letter that is there as we wrote it is not drawn again while all of which it is drawn is the
    same. Letters of an earlier run whose school gets none now are removed, unless somebody changed
    them. The same inputs give the same bytes on any number of ``workers`` (processes). ``fonts``:
    a folder with licensed fonts. ``schools``: codes of those whose letters are wanted, empty for
    all; the letters of others stay as they are. A letter that fails costs no other. Problems:
    ``glyph-missing``, ``picture-unreadable``, ``picture-changed``, ``output-locked``,
    ``letter-failed``, and those of ``open_fonts``.
    """
    work = gathered(folder, settings, scores, roster, fonts, schools)
    problems = list(open_fonts(fonts)[1]) if fonts else []
    there = {}
    for number, (written, more) in enumerate(_written(work, workers)):
        problems += more
        if written:
            there[place_of(work, number)] = written
        progress(number + 1, len(work.letters))
    return problems + clear_away(work.own, there, work.due)


def letter_pdf(letter: Letter, fonts: Path | None = None) -> bytes:
    """Returns one letter as a PDF: the same bytes for the same letter."""
    return typeset(letter_blocks(letter), open_fonts(fonts)[0], about_of(letter))


def _written(work: Work, workers: int) -> Iterator[Done]:
    desk = Desk(replace(work.own, listed={}, begun={}), work.fonts)
    count = len(work.letters)
    if workers < 2 or count < _MANY:
        for number in range(count):
            found = _draft(work, number)
            done = draw(found, desk) if isinstance(found, Draft) else found
            yield done or _whole(work, number)
        return
    with working(ProcessPoolExecutor(workers, _context(), begin, (desk,))) as pool:
        waiting: deque[tuple[int, Future[Done | None] | Done | None]] = deque()
        for number in range(count):
            found = _draft(work, number)
            with starting():
                given = pool.submit(draw_shared, found) if isinstance(found, Draft) else found
            waiting.append((number, given))
            if len(waiting) > _AHEAD * workers:
                yield _finished(work, *waiting.popleft())
        while waiting:
            yield _finished(work, *waiting.popleft())


def _context() -> BaseContext:
    """Processes that know nothing of scores: a copy of this one would hold all of them."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([drawing.__name__])
    return context


def _finished(work: Work, number: int, given: Future[Done | None] | Done | None) -> Done:
    done = given.result() if isinstance(given, Future) else given
    return done or _whole(work, number)


def _draft(work: Work, number: int) -> Draft | Done | None:
    """A letter ready to be drawn, or what is there of it.

    None where a photograph is not as it was collected.
    """
    place, school = place_of(work, number), work.letters[number][1].school.name
    try:
        letter = letter_of(work, number)
        planned = placeholders(letter, work.known, work.folder.root)
        if planned is None:
            return None
        shown = {digest: picture for digest, (picture, _) in planned.items()}
        blocks, about = letter_blocks(letter.showing(shown)), about_of(letter)
        made_from = origin(blocks, about, work.drawing)
        held = work.own.listed.get(place)
        if held == Written(work.own.there(place), made_from):
            return held, []
        proofs = {picture.content: proof for picture, proof in planned.values()}
        return Draft(place, school, blocks, about, proofs, made_from)
    except OSError:  # a full disk: nothing further can be written
        raise
    except Exception as error:
        return None, [failed(work.own, place, school, error)]


def _whole(work: Work, number: int) -> Done:
    """Draws a letter of whose contents there is something to say."""
    place, school = place_of(work, number), work.letters[number][1].school.name
    try:
        letter = letter_of(work, number)
        shown, problems = photographs(letter, work.folder.root)
        blocks, (fonts, _) = letter_blocks(letter.showing(shown)), open_fonts(work.fonts)
        names = work.folder.name(work.folder.schools), work.folder.name(work.own.folder / place)
        problems += unprintable(letter, blocks, fonts, *names)
        # It is drawn again next time, and told again.
        there, locked = printed(place, blocks, about_of(letter), fonts, work.own, "")
        return there, [*problems, *locked]
    except OSError:
        raise
    except Exception as error:
        return None, [failed(work.own, place, school, error)]
