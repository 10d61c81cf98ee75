"""Rectification: from the faults of the letters to items in the ledger, and to the book of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspections.collecting.publishing import published
from inspections.ledger.chain import By
from inspections.ledger.letters import FINAL, all_letters, standing
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import all_cases
from inspections.rectification.opening import Opening, open_found
from inspections.rectification.states import Standing, standings
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.round.working_days import provisional
from inspections.steps.opening import open_with_ledger
from reports.rectification.book import BOOK, rectification_book
from reports.rectification.found import Waiting, found_in
from reports.rectification.public_book import PUBLIC_BOOK, public_book
from reports.rectification.school_report import write_school_reports
from reports.steps.reporting import scored_now
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class OpenedItems:
    """What was opened. ``waiting``: faults that wait for evidence (待核), not opened yet.

    ``standing``: how many items the letters ask for in all.
    """

    opened: OpenRound
    done: Opening
    waiting: tuple[Waiting, ...]
    standing: int


def open_rectification(
    folder: Path,
    by: By,
    *,
    day: date | None = None,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[OpenedItems | None, list[Problem]]:
    """Opens an item for every fault of the letters that has something to put right.

    ``day``: from which terms are counted, the day of the letters where not given. What is open
    already stays as it is; what a correction has changed is amended, what is no fault any more is
    withdrawn, each as a move with its reason. None where nothing can be opened. Codes: those of
    ``open_with_ledger``, those of scoring where nothing counts or the results are outdated,
    rectify-undated, rectify-early, rectify-holidays.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        day = day or opened.round.letters.day
        if day is None:
            where = Place(opened.folder.name(opened.folder.settings), "", "letters.day")
            return None, [*problems, problem("rectify-undated", where)]
        scores, doubts, _, other = scored_now(opened)
        if scores is None:
            return None, [*problems, *doubts]
        if other:
            return None, [*problems, *other]
        with ledger_of(opened) as held:
            letters = standing(all_letters(held))
        numbers = {one.whose[1:]: one.number for one in letters.values() if one.stage == FINAL}
        found = found_in(opened, scores, day, numbers)
        seen = (item.found for item in found.items if item.found and item.found > day)
        if early := max(seen, default=None):
            problems.append(problem("rectify-early", Place(), day=day, found=early))
        done = open_found(opened, found.items, found.judged, by)
        last = max((one.due for one in found.items if one.due), default=day)
        if unknown := provisional(day, last):
            years = "、".join(map(str, unknown))
            problems.append(problem("rectify-holidays", Place(), years=years))
        return OpenedItems(opened, done, found.waiting, len(found.items)), problems


@dataclass(frozen=True, slots=True)
class WrittenBooks:
    """The books that were written, and how all items stand."""

    opened: OpenRound
    files: tuple[Path, ...]
    stands: tuple[Standing, ...]


def write_rectification(
    folder: Path, day: date, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[WrittenBooks | None, list[Problem]]:
    """Writes 整改台账.xlsx and its public version into ``reports/``, as all stands on ``day``.

    None where there are no items. Codes: those of ``open_with_ledger`` and ``write_whole``,
    rectify-none.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        with ledger_of(opened) as held:
            cases = all_cases(held)
        if not cases:
            return None, [*problems, problem("rectify-none", Place(opened.ledger_name))]
        stands = standings(cases, day)
        made = {
            opened.folder.reports / BOOK: rectification_book(opened, stands, day),
            opened.folder.reports / PUBLIC_BOOK: public_book(opened, stands, day),
        }
        for path, data in made.items():
            problems += write_whole(path, data, opened.folder.name(path))
        published(opened, made)
        return WrittenBooks(opened, tuple(made), tuple(stands)), problems


def write_reports_of_schools(
    folder: Path,
    day: date,
    *,
    school: str = "",
    template: Path | None = None,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[tuple[Path, ...] | None, list[Problem]]:
    """Writes the report that each school (or one ``school``) goes on with, as all stands on a day.

    None where there are no items, or no such school. Codes: those of ``open_with_ledger``,
    ``find_target`` and ``write_school_reports``, rectify-none.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        with ledger_of(opened) as held:
            stands = standings(all_cases(held), day)
        if school:
            target, wrong = find_target(opened.roster, opened.rubrics, school)
            if target is None:
                return None, [*problems, *wrong]
            stands = [one for one in stands if one.item.school == target.school.id]
        if not stands:
            return None, [*problems, problem("rectify-none", Place(opened.ledger_name))]
        written, met = write_school_reports(opened, stands, day, template)
        published(opened, written)
        return tuple(written), [*problems, *met]
