"""Writes the letters of a round, on several processes where there are many."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing.context import BaseContext
from pathlib import Path

from inspections.collecting.workers import starting, working
from inspections.round.folder import Folder
from inspections.round.known_digests import KnownDigests
from inspections.round.own_files import OwnFiles, Written, own_files
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter import drawing
from reports.letter.content import letter_blocks
from reports.letter.drawing import Desk, Done, Draft, begin, draw, draw_shared, failed, printed
from reports.letter.earlier import clear_away
from reports.letter.glyphs import unprintable
from reports.letter.naming import file_names
from reports.letter.origin import drawn_by, origin
from reports.letter.peers import Peers, peers
from reports.letter.photographs import photographs, placeholders
from reports.letter.subject import Letter
from reports.type.archival import About
from reports.type.blocks import Block
from reports.type.flow import typeset, typeset_all
from reports.type.fonts import open_fonts
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from rubrics.messages.watching import Progress
from scoring.results.scores import SchoolScore, Scores

# Below this many letters further processes cost more than they save.
_MANY = 60

ALL_LETTERS = "全部意见书.pdf"
"""Letters of all schools in one file."""

_AHEAD = 4
"""Letters a process that are made ready before they can be drawn."""


@dataclass(frozen=True, slots=True)
class _Work:
    """The letters to be written, and what they share.

    ``due``: where all letters stand that are due. ``drawing``: what draws them, as
    ``drawn_by`` has it.
    """

    folder: Folder
    own: OwnFiles
    known: KnownDigests
    drawing: str
    round: Round
    roster: Roster
    fonts: Path | None
    rubrics: Mapping[str, Rubric]
    peers: Mapping[str, Mapping[str, Peers]]
    names: Mapping[str, str]
    letters: Sequence[tuple[str, SchoolScore]]
    due: Collection[str]


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
    work = _work(folder, settings, scores, roster, fonts, schools)
    problems = list(open_fonts(fonts)[1]) if fonts else []
    there = {}
    for number, (written, more) in enumerate(_written(work, workers)):
        problems += more
        if written:
            there[_place(work, number)] = written
        progress(number + 1, len(work.letters))
    return problems + clear_away(work.own, there, work.due)


def letter_pdf(letter: Letter, fonts: Path | None = None) -> bytes:
    """Returns one letter as a PDF: the same bytes for the same letter."""
    return typeset(letter_blocks(letter), open_fonts(fonts)[0], _about(letter))


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
) -> list[Problem]:
    """Writes letters bound for print, each beginning on a sheet of its own.

    ``envelopes``: ``reports/envelopes/SCHOOL.pdf``, all that one school receives. ``together``:
    ``reports/envelopes/全部意见书.pdf``, school by school. ``fonts``, ``schools``: as
    ``write_letters`` has them, which tells what is wrong with a letter. Problem:
    ``output-locked``.
    """
    work = _work(folder, settings, scores, roster, fonts, schools)
    own = own_files(folder, folder.reports / "envelopes")
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
        about = _about(_letter(work, numbers[0]), place.removesuffix(".pdf"))
        pdf = typeset_all((_bound(work, number) for number in numbers), drawn, about)
        locked = own.write(place, pdf)
        problems += locked
        if not locked:
            there[place] = Written(hashlib.sha256(pdf).hexdigest())
    keep = {*there, *own.listed} if schools else {*bound}
    return problems + clear_away(own, there, keep)


def _bound(work: _Work, number: int) -> list[Block]:
    """The blocks of a letter with its photographs, as many as can be shown."""
    letter = _letter(work, number)
    return letter_blocks(letter.showing(photographs(letter, work.folder.root)[0]))


def _about(letter: Letter, title: str = "") -> About:
    return About(
        title or f"{letter.rubric.letter_title}（{letter.score.school.name}）",
        letter.round.bureau,
        f"{letter.round.title}　{letter.rubric.title}",
        letter.round.letters.day or letter.round.window.until,
    )


def _work(
    folder: Folder,
    settings: Round,
    scores: Scores,
    roster: Roster,
    fonts: Path | None,
    wanted: Collection[str],
) -> _Work:
    rubrics, groups, letters = {}, {}, []
    known = dict(roster.schools)
    for name, held in scores.rubrics.items():
        schools = tuple(held.schools)
        rubrics[name] = held.rubric
        groups[name] = peers(schools)
        known |= {score.school.id: score.school for score in schools}
        letters += [(name, score) for score in schools if score.visits]
    names = file_names(known.values())
    chosen = [it for it in letters if not wanted or it[1].school.id in wanted]
    return _Work(
        folder=folder,
        own=own_files(folder, folder.reports / "letters"),
        known=KnownDigests(folder),
        drawing=drawn_by(fonts),
        round=settings,
        roster=roster,
        fonts=fonts,
        rubrics=rubrics,
        peers=groups,
        names=names,
        letters=chosen,
        due={f"{name}/{names[score.school.id]}" for name, score in letters},
    )


def _place(work: _Work, number: int) -> str:
    """Where a letter stands in the folder of letters."""
    rubric, score = work.letters[number]
    return f"{rubric}/{work.names[score.school.id]}"


def _written(work: _Work, workers: int) -> Iterator[Done]:
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


def _finished(work: _Work, number: int, given: Future[Done | None] | Done | None) -> Done:
    done = given.result() if isinstance(given, Future) else given
    return done or _whole(work, number)


def _letter(work: _Work, number: int) -> Letter:
    rubric, score = work.letters[number]
    # Records are made when they are looked at; here each is, many times.
    score = replace(score, visits=tuple(score.visits))
    group = work.peers[rubric].get(score.group, Peers())
    return Letter(work.round, work.rubrics[rubric], score, work.roster, group)


def _draft(work: _Work, number: int) -> Draft | Done | None:
    """A letter ready to be drawn, or what is there of it.

    None where a photograph is not as it was collected.
    """
    place, school = _place(work, number), work.letters[number][1].school.name
    try:
        letter = _letter(work, number)
        planned = placeholders(letter, work.known, work.folder.root)
        if planned is None:
            return None
        shown = {digest: picture for digest, (picture, _) in planned.items()}
        blocks, about = letter_blocks(letter.showing(shown)), _about(letter)
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


def _whole(work: _Work, number: int) -> Done:
    """Draws a letter of whose contents there is something to say."""
    place, school = _place(work, number), work.letters[number][1].school.name
    try:
        letter = _letter(work, number)
        shown, problems = photographs(letter, work.folder.root)
        blocks, (fonts, _) = letter_blocks(letter.showing(shown)), open_fonts(work.fonts)
        names = work.folder.name(work.folder.schools), work.folder.name(work.own.folder / place)
        problems += unprintable(letter, blocks, fonts, *names)
        # It is drawn again next time, and told again.
        there, locked = printed(place, blocks, _about(letter), fonts, work.own, "")
        return there, [*problems, *locked]
    except OSError:
        raise
    except Exception as error:
        return None, [failed(work.own, place, school, error)]
