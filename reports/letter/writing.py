"""Writes the letters of a round, on several processes where there are many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from inspections.collecting.workers import serve_parent, starting, working
from inspections.round.folder import Folder
from inspections.round.known_digests import KnownDigests
from inspections.round.own_files import OwnFiles, Written, own_files
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter.content import letter_blocks
from reports.letter.earlier import clear_away
from reports.letter.glyphs import unprintable
from reports.letter.naming import file_names
from reports.letter.origin import drawn_by, origin
from reports.letter.peers import Peers, peers
from reports.letter.photographs import photographs, placeholders
from reports.letter.subject import Letter
from reports.type.archival import About
from reports.type.flow import typeset
from reports.type.fonts import open_fonts
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import Progress
from scoring.results.scores import SchoolScore, Scores

# Below this many letters further processes cost more than they save.
_MANY = 60


_Done = tuple[Written | None, list[Problem]]
"""A letter that is there now, if it is, and what went wrong."""


@dataclass(frozen=True, slots=True)
class _Work:
    """All letters to be written, and what they share; handed to every process once.

    ``drawing``: what draws them, as ``drawn_by`` has it.
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


def write_letters(
    folder: Folder,
    settings: Round,
    scores: Scores,
    roster: Roster,
    *,
    fonts: Path | None = None,
    workers: int = 1,
    progress: Progress = lambda done, due: None,
) -> list[Problem]:
    """Writes ``reports/letters/RUBRIC/SCHOOL.pdf`` for every school that was visited.

    A letter that is there as we wrote it is not drawn again while all of which it is drawn is the
    same. Letters of an earlier run whose school gets none now are removed, unless somebody changed
    them. The same inputs give the same bytes on any number of ``workers`` (processes). ``fonts``:
    a folder with licensed fonts. A letter that fails costs no other. Problems: ``glyph-missing``,
    ``picture-unreadable``, ``picture-changed``, ``output-locked``, ``letter-failed``, and those of
    ``open_fonts``.
    """
    work = _work(folder, settings, scores, roster, fonts)
    _, found = open_fonts(fonts)
    problems = list(found)
    there = {}
    for number, (written, more) in enumerate(_written(work, workers)):
        problems += more
        if written:
            there[_place(work, number)] = written
        progress(number + 1, len(work.letters))
    due = {_place(work, number) for number in range(len(work.letters))}
    return problems + clear_away(work.own, there, due)


def letter_pdf(letter: Letter, fonts: Path | None = None) -> bytes:
    """Returns one letter as a PDF: the same bytes for the same letter."""
    return typeset(letter_blocks(letter), open_fonts(fonts)[0], _about(letter))


def _about(letter: Letter) -> About:
    return About(
        f"{letter.rubric.letter_title}（{letter.score.school.name}）",
        letter.round.bureau,
        f"{letter.round.title}　{letter.rubric.title}",
        letter.round.letters.day or letter.round.window.until,
    )


def _work(
    folder: Folder, settings: Round, scores: Scores, roster: Roster, fonts: Path | None
) -> _Work:
    rubrics, groups, letters = {}, {}, []
    known = dict(roster.schools)
    for name, held in scores.rubrics.items():
        schools = tuple(held.schools)
        rubrics[name] = held.rubric
        groups[name] = peers(schools)
        known |= {score.school.id: score.school for score in schools}
        letters += [(name, score) for score in schools if score.visits]
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
        names=file_names(known.values()),
        letters=letters,
    )


def _place(work: _Work, number: int) -> str:
    """Where a letter stands in the folder of letters."""
    rubric, score = work.letters[number]
    return f"{rubric}/{work.names[score.school.id]}"


def _written(work: _Work, workers: int) -> Iterator[_Done]:
    count = len(work.letters)
    if workers < 2 or count < _MANY:
        for number in range(count):
            yield _write(work, number)
        return
    # Drawn before processes part, so that they share the glyphs that it needed.
    yield _write(work, 0)
    with working(ProcessPoolExecutor(workers, initializer=_begin, initargs=(work,))) as pool:
        with starting():
            done = pool.map(_write_shared, range(1, count), chunksize=4)
        yield from done


_shared: list[_Work] = []


def _begin(work: _Work) -> None:
    serve_parent()
    _shared[:] = [work]


def _write_shared(number: int) -> _Done:
    return _write(_shared[0], number)


def _write(work: _Work, number: int) -> _Done:
    rubric, score = work.letters[number]
    place = _place(work, number)
    name = work.folder.name(work.own.folder / place)
    group = work.peers[rubric].get(score.group, Peers())
    try:
        # Records are made when they are looked at; here each is, many times.
        score = replace(score, visits=tuple(score.visits))
        letter = Letter(work.round, work.rubrics[rubric], score, work.roster, group)
        return _make(work, letter, place, name)
    except OSError:  # a full disk: nothing further can be written
        raise
    except Exception as error:
        told = {"school": score.school.name, "detail": f"{type(error).__name__}: {error}"}
        return None, [problem("letter-failed", Place(name), **told)]


def _make(work: _Work, letter: Letter, place: str, name: str) -> _Done:
    planned = placeholders(letter, work.known, work.folder.root)
    blocks = letter_blocks(letter.showing(planned or {}))
    made_from = origin(blocks, _about(letter), work.drawing) if planned is not None else ""
    held = work.own.listed.get(place)
    if made_from and held == Written(work.own.there(place), made_from):
        return held, []
    shown, problems = photographs(letter, work.folder.root)
    if planned or shown:
        blocks = letter_blocks(letter.showing(shown))
    fonts, _ = open_fonts(work.fonts)
    problems += unprintable(letter, blocks, fonts, work.folder.name(work.folder.schools), name)
    pdf = typeset(blocks, fonts, _about(letter))
    locked = work.own.write(place, pdf)
    # What something is wrong with is drawn again next time, and told again.
    written = Written(hashlib.sha256(pdf).hexdigest(), "" if problems else made_from)
    return None if locked else written, [*problems, *locked]
