"""Writes the letters of a round, on several processes where there are many."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.context import BaseContext
from pathlib import Path

from inspections.records.record import Proof
from inspections.round.folder import Folder
from inspections.round.own_files import Written
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter import drawing
from reports.letter.content import LetterParts, letter_blocks
from reports.letter.drawing import (
    Desk,
    Done,
    Draft,
    begin,
    draw,
    draw_shared,
    failed,
    printed,
)
from reports.letter.due import Work, about_of, gathered, letter_of, mark_of, place_of
from reports.letter.earlier import clear_away
from reports.letter.glyphs import unprintable
from reports.letter.mark import Mark
from reports.letter.numbering import Numbering
from reports.letter.origin import origin
from reports.letter.photographs import photographs, placeholders
from reports.letter.subject import Letter
from reports.signing.key import Key
from reports.signing.signatory import Signatory
from reports.type.flow import typeset
from reports.type.fonts import open_fonts
from rubrics.apart.workers import starting, working
from rubrics.messages.problems import Place, Problem
from rubrics.messages.watching import Progress
from scoring.results.scores import Scores

# Below this many letters further processes cost more than they save.
_MANY = 60

_AHEAD = 4
"""Letters a process that are made ready before they can be drawn."""

_FIRST_AT_ONCE, _MOST_AT_ONCE = 16, 256
"""Letters that are given their numbers at once, first and at the most."""


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
    numbering: Numbering | None = None,
    signatory: Signatory | None = None,
) -> list[Problem]:
    """Writes ``reports/letters/RUBRIC/SCHOOL.pdf`` for every school that was visited.

    A letter that is there as we wrote it is not drawn again while all of which it is drawn is the
    same. Letters of an earlier run whose school gets none now are removed, unless somebody changed
    them. The same inputs give the same bytes on any number of ``workers`` (processes). ``fonts``:
    a folder with licensed fonts. ``schools``: codes of those whose letters are wanted, empty for
    all; the letters of others stay as they are. ``numbering``: gives them their numbers, and says
    at which stage they are; first opinions stand in a folder of their own. ``signatory``: signs
    those that bear a number; where there is no key they are neither numbered nor written. A letter
    that fails costs no other. Problems: ``glyph-missing``, ``picture-unreadable``,
    ``picture-changed``, ``output-locked``, ``letter-failed``, ``signing-failed``, and those of
    ``open_fonts`` and of ``Signatory``.
    """
    work = gathered(folder, settings, scores, roster, fonts, schools, numbering, signatory)
    problems = list(open_fonts(fonts)[1]) if fonts else []
    there = {}
    for number, (written, more) in enumerate(_written(work, workers)):
        problems += more
        if written:
            there[place_of(work, number)] = written
        progress(number + 1, len(work.letters))
    if signatory:
        problems += signatory.told(Place(folder.name(work.own.folder)))
    return problems + clear_away(work.own, there, work.due)


def letter_pdf(letter: Letter, fonts: Path | None = None) -> bytes:
    """Returns one letter as a PDF: the same bytes for the same letter."""
    return typeset(letter_blocks(letter), open_fonts(fonts)[0], about_of(letter))


def _written(work: Work, workers: int) -> Iterator[Done]:
    desk = Desk(replace(work.own, listed={}, begun={}), work.fonts)
    count = len(work.letters)
    if workers < 2 or count < _MANY:
        for number, found in _drafts(work):
            done = draw(found, desk) if isinstance(found, Draft) else found
            yield done or _whole(work, number)
        return
    with working(ProcessPoolExecutor(workers, _context(), begin, (desk,))) as pool:
        ahead = _AHEAD * workers + (_MOST_AT_ONCE if work.numbering else 0)
        waiting: deque[tuple[int, Future[Done | None] | Done | None]] = deque()
        for number, found in _drafts(work):
            with starting():
                given = pool.submit(draw_shared, found) if isinstance(found, Draft) else found
            waiting.append((number, given))
            while len(waiting) > ahead:
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


@dataclass(frozen=True, slots=True)
class _Begun:
    """A letter without its mark. ``planned``: what stands for its photographs."""

    parts: LetterParts
    planned: Mapping[bytes, Proof]


def _drafts(work: Work) -> Iterator[tuple[int, Draft | Done | None]]:
    """Yields every letter ready to be drawn, or what is there of it.

    They are given their numbers some at a time, more from one time to the next, so that drawing
    begins soon and the ledger is asked seldom. None where a photograph is not as it was collected.
    """
    for numbers in _batches(len(work.letters), work.numbering is not None):
        begun = [(number, _begun(work, number)) for number in numbers]
        begun = [(number, _signable(work, one)) for number, one in begun]
        waiting = [one.parts for _, one in begun if isinstance(one, _Begun)]
        asked = [(parts.letter, parts.digest) for parts in waiting] if work.numbering else []
        marks = iter(work.numbering.marks(asked) if work.numbering else [None] * len(waiting))
        for number, one in begun:
            yield number, _draft(work, number, one, next(marks)) if isinstance(one, _Begun) else one


def _batches(count: int, numbered: bool) -> Iterator[range]:
    start, size = 0, _FIRST_AT_ONCE if numbered else 1
    while start < count:
        yield range(start, min(start + size, count))
        start += size
        size = min(2 * size, _MOST_AT_ONCE) if numbered else 1


def _begun(work: Work, number: int) -> _Begun | Done | None:
    try:
        letter = letter_of(work, number)
        planned = placeholders(letter, work.known, work.folder.root)
        if planned is None:
            return None
        shown = {digest: picture for digest, (picture, _) in planned.items()}
        proofs = {picture.content: proof for picture, proof in planned.values()}
        return _Begun(LetterParts(letter.showing(shown)), proofs)
    except OSError:  # a full disk: nothing further can be written
        raise
    except Exception as error:
        return _failed(work, number, error)


def _draft(work: Work, number: int, begun: _Begun, mark: Mark | None) -> Draft | Done:
    place, school = place_of(work, number), work.letters[number][1].school.name
    try:
        blocks, about = begun.parts.blocks(mark), about_of(begun.parts.letter.marked(mark))
        # By which certificate is no part of it: a new one does not sign anew what was sent out.
        signs = work.signs(mark)
        made_from = origin(blocks, about, f"{work.drawing} signed" if signs else work.drawing)
        held = work.own.listed.get(place)
        if held == Written(work.own.there(place), made_from):
            return held, []
        key = _key(work) if signs else None
        if signs and key is None:
            return None, []
        return Draft(place, school, blocks, about, begun.planned, made_from, key)
    except OSError:
        raise
    except Exception as error:
        return _failed(work, number, error)


def _signable(work: Work, one: _Begun | Done | None) -> _Begun | Done | None:
    return (None, []) if isinstance(one, _Begun) and not _may_bear(work, one.parts) else one


def _may_bear(work: Work, parts: LetterParts) -> bool:
    """Whether a letter may be given a number: not where it has to be signed and cannot be."""
    if work.signatory is None or work.numbering is None:
        return True
    return not work.numbering.gives(parts.letter, parts.digest) or _key(work) is not None


def _key(work: Work) -> Key | None:
    """What a letter is signed with; counts it as refused where there is nothing."""
    if work.signatory is None:
        return None
    key = work.signatory.key()
    work.signatory.refused += key is None
    return key


def _failed(work: Work, number: int, error: Exception) -> Done:
    school = work.letters[number][1].school.name
    return None, [failed(work.own, place_of(work, number), school, error)]


def _whole(work: Work, number: int) -> Done:
    """Draws a letter of whose contents there is something to say."""
    place = place_of(work, number)
    try:
        letter = letter_of(work, number)
        shown, problems = photographs(letter, work.folder.root)
        parts, (fonts, _) = LetterParts(letter.showing(shown)), open_fonts(work.fonts)
        if not _may_bear(work, parts):
            return None, problems
        letter = letter.marked(mark_of(work, parts))
        blocks = parts.blocks(letter.mark)
        names = work.folder.name(work.folder.schools), work.folder.name(work.own.folder / place)
        problems += unprintable(letter, blocks, fonts, *names)
        # It is drawn again next time, and told again.
        key = partial(_key, work) if work.signs(letter.mark) else None
        there, met = printed(place, blocks, about_of(letter), fonts, work.own, "", key)
        return there, [*problems, *met]
    except OSError:
        raise
    except Exception as error:
        return _failed(work, number, error)
