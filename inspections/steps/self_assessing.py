"""Schools score themselves before the visit: what goes out, comes back, and who is missing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inspections.ledger.chain import By
from inspections.round.folder import SETTINGS
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.row_workbook import write_rows
from inspections.self_assessment.book import books_of, sent_name
from inspections.self_assessment.collecting import Assessments, collect_assessments
from inspections.self_assessment.standing import (
    FOLDER,
    OwnStanding,
    held_assessments,
    own_standings,
    reminders,
)
from inspections.steps.opening import open_trusted
from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class SentForms:
    """``files`` that were written, one a school and rubric; ``folder`` where they lie."""

    folder: Path
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class TookAssessments:
    """What was taken in, and how all schools stand after it."""

    opened: OpenRound
    assessments: Assessments
    stands: tuple[OwnStanding, ...]


@dataclass(frozen=True, slots=True)
class SelfAssessmentStatus:
    """How all schools stand; ``reminders``: the folder of texts, None where none is."""

    opened: OpenRound
    stands: tuple[OwnStanding, ...]
    reminders: Path | None


def send_self_assessment(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[SentForms | None, list[Problem]]:
    """Writes into ``selfassess/sent/`` a workbook for every school and rubric that asks it.

    What a school has handed in stands in it again. Others that lie there are removed. None where
    no rubric asks. Codes: those of ``open_trusted`` and ``write_whole``, selfassess-none.
    """
    with _asking(folder, ledger, watcher) as (opened, problems):
        if opened is None:
            return None, problems
        home = opened.folder.self_assessment / "sent"
        clear_leftovers(home)
        books = books_of(opened, held_assessments(opened))
        due = {home / sent_name(opened, *key): book for key, book in books.items()}
        for path in sorted(set(home.glob("*.xlsx")) - due.keys()):
            problems += remove(path, opened.folder.name(path))
        for path, book in due.items():
            problems += write_rows(path, book, opened.folder.name(path))
        (opened.folder.self_assessment / "returned").mkdir(parents=True, exist_ok=True)
        return SentForms(home, tuple(due)), problems


def collect_self_assessment(
    folder: Path, by: By, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[TookAssessments | None, list[Problem]]:
    """Reads ``selfassess/returned/`` into the ledger; the latest of each school counts.

    None where no rubric asks. Codes: those of ``open_trusted`` and ``collect_assessments``,
    selfassess-none.
    """
    with _asking(folder, ledger, watcher) as (opened, problems):
        if opened is None:
            return None, problems
        took = collect_assessments(opened, by)
        stands = own_standings(opened, held_assessments(opened))
        problems += took.problems
        return TookAssessments(opened, took, tuple(stands)), problems


def self_assessment_status(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[SelfAssessmentStatus | None, list[Problem]]:
    """Returns how all schools stand, and writes whom to remind of what.

    None where no rubric asks. Codes: those of ``open_trusted`` and ``write_whole``,
    selfassess-none.
    """
    with _asking(folder, ledger, watcher) as (opened, problems):
        if opened is None:
            return None, problems
        stands = own_standings(opened, held_assessments(opened))
        problems += _write_reminders(opened, reminders(opened, stands))
        home = opened.folder.reminders / FOLDER
        there = home if home.is_dir() else None
        return SelfAssessmentStatus(opened, tuple(stands), there), problems


@contextmanager
def _asking(
    folder: Path, ledger: str, watcher: Watcher
) -> Iterator[tuple[OpenRound | None, list[Problem]]]:
    """Gives a round of which some rubric asks schools to score themselves."""
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened and not any(one.self_assessment for one in opened.rubrics.values()):
            place = Place(SETTINGS, "", "rubrics")
            yield None, [*problems, problem("selfassess-none", place)]
        else:
            yield opened, problems


def _write_reminders(opened: OpenRound, made: Mapping[str, str]) -> list[Problem]:
    home = opened.folder.reminders / FOLDER
    problems: list[Problem] = []
    for path in sorted(set(home.glob("*.txt")) - {home / name for name in made}):
        problems += remove(path, opened.folder.name(path))
    for name, text in made.items():
        path = home / name
        # Notepad on Windows takes a file without a mark for the local encoding.
        problems += write_whole(path, text.encode("utf-8-sig"), opened.folder.name(path))
    for empty in (home, opened.folder.reminders):
        with contextlib.suppress(OSError):  # it is not empty, or not there
            empty.rmdir()
    return problems
