"""The letters of a round as Word files, for a bureau that goes on writing in them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

import reports.word
from inspections.round.folder import Folder
from inspections.round.own_files import OwnFiles, Written, own_files
from inspections.round.program import library_version
from inspections.round.regular_files import digest_there
from inspections.round.round import Round
from inspections.round.school import Roster
from reports.letter.content import LetterParts, letter_blocks
from reports.letter.drawing import Done, failed
from reports.letter.due import (
    Work,
    about_of,
    gathered,
    letter_of,
    mark_of,
    place_of,
    stage_of,
)
from reports.letter.earlier import clear_away
from reports.letter.numbering import Numbering
from reports.letter.on_demand import WORD
from reports.letter.origin import drawn_by, origin
from reports.letter.photographs import photographs, placeholders
from reports.word.document import word_document
from rubrics.messages.problems import Place, Problem, problem
from scoring.results.scores import Scores

_LIBRARIES = ("python-docx", "lxml", "pillow")


def write_word(
    folder: Folder,
    settings: Round,
    scores: Scores,
    roster: Roster,
    *,
    schools: Collection[str] = (),
    numbering: Numbering | None = None,
) -> list[Problem]:
    """Writes ``reports/word/RUBRIC/SCHOOL.docx``: the same letters as the PDF files, as numbered.

    They stand apart from these, which are what is published. A file that somebody has changed is
    never written over: where its letter is another one since, a problem says so. ``schools``, and
    what is removed: as ``write_letters`` has them, which tells what is wrong with a letter.
    Problems: ``word-edited``, ``output-locked``, ``letter-failed``.
    """
    work = gathered(folder, settings, scores, roster, None, schools, numbering)
    own = own_files(folder, folder.reports / WORD[stage_of(work)])
    drawing = "\n".join(_drawing())
    problems: list[Problem] = []
    there = {}
    for number in range(len(work.letters)):
        place = _in_word(place_of(work, number))
        written, met = _written(work, number, place, own, drawing)
        problems += met
        if written is not None:
            there[place] = written
    return problems + clear_away(own, there, {_in_word(place) for place in work.due})


def _in_word(place: str) -> str:
    return str(PurePosixPath(place).with_suffix(".docx"))


def _written(work: Work, number: int, place: str, own: OwnFiles, drawing: str) -> Done:
    """A letter that is there as it is to be, or is written now."""
    held, now = own.listed.get(place), own.there(place)
    try:
        letter = letter_of(work, number)
        letter = letter.marked(mark_of(work, LetterParts(letter)))
        about, made_from = about_of(letter), ""
        planned = placeholders(letter, work.known, work.folder.root)
        if planned is not None:
            stand_ins = {digest: picture for digest, (picture, _) in planned.items()}
            made_from = origin(letter_blocks(letter.showing(stand_ins)), about, drawing)
        same = held is not None and bool(made_from) and held.origin == made_from
        if now and not own.holds(place, now):
            file = Place(own.of.name(own.folder / place))
            return held, [] if same else [problem("word-edited", file)]
        if same and now:
            return held, []
        shown, wrong = photographs(letter, work.folder.root)
        made = word_document(letter_blocks(letter.showing(shown)), about)
        locked = own.write(place, made)
        # With a photograph that cannot be shown it is written again next time.
        kept = Written(hashlib.sha256(made).hexdigest(), "" if wrong else made_from)
        return held if locked else kept, [*locked]
    except OSError:  # a full disk: nothing further can be written
        raise
    except Exception as error:
        return held, [failed(own, place, work.letters[number][1].school.name, error)]


def _drawing() -> Iterator[str]:
    """What makes the files: our own code and the libraries."""
    yield drawn_by(None)
    for name in _LIBRARIES:
        yield f"{name} {library_version(name)}"
    for folder in reports.word.__path__:
        for source in sorted(Path(folder).glob("*.py")):
            yield f"{source.name} {digest_there(source)}"
