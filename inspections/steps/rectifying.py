"""Putting right: what goes to schools and comes back, what is decided of it, how it stands."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import all_cases, latest
from inspections.records.rectification import Move
from inspections.rectification.collecting import Replies, books_of, collect_replies
from inspections.rectification.deciding import Decided, decide_items
from inspections.rectification.decision_book import FILE, decided_in, decision_book
from inspections.rectification.elsewhere import Added, add_list, blank_list
from inspections.rectification.reminding import FOLDER, reminders
from inspections.rectification.reply_book import sent_name
from inspections.rectification.states import Standing, standings
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.row_workbook import read_rows, rows_data, write_rows
from inspections.steps.opening import items_at_work, open_with_ledger
from rubrics.messages.output import clear_leftovers, remove, write_whole
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.messages.watching import NOBODY, Watcher

TEMPLATE = "其他来源的整改事项.xlsx"


@dataclass(frozen=True, slots=True)
class Sent:
    """``files`` that were written, a school each; ``folder`` where they lie."""

    folder: Path
    files: tuple[Path, ...]
    items: int


@dataclass(frozen=True, slots=True)
class Took:
    """What was taken in. ``book``: where what awaits a decision lies; None where nothing does."""

    opened: OpenRound
    replies: Replies
    book: Path | None


@dataclass(frozen=True, slots=True)
class RectifyStatus:
    """How all items stand on ``day``; ``reminders``: the folder of texts, None where none is."""

    opened: OpenRound
    day: date
    stands: tuple[Standing, ...]
    reminders: Path | None


def send_rectification(
    folder: Path, day: date, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Sent | None, list[Problem]]:
    """Writes into ``rectify/sent/`` a workbook for every school that has something to put right.

    Those of schools that have nothing left are removed. The same items give the same bytes. None
    where there are no items. Codes: those of ``open_with_ledger`` and ``write_whole``,
    rectify-none.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        home = opened.folder.rectify / "sent"
        clear_leftovers(home)
        due = {home / sent_name(book): book for book in books_of(opened, cases, day).values()}
        for path in sorted(set(home.glob("*.xlsx")) - due.keys()):
            problems += remove(path, opened.folder.name(path))
        for path, book in due.items():
            problems += write_rows(path, book, opened.folder.name(path))
        items = sum(len(book.rows) for book in due.values())
        return Sent(home, tuple(due), items), problems


def collect_rectification(
    folder: Path, day: date, by: By, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Took | None, list[Problem]]:
    """Reads ``rectify/returned/`` into the ledger, and writes what awaits a decision.

    Replies that are formally incomplete go back at once, with the reason; all others wait for
    somebody to decide, in ``rectify/整改审核.xlsx`` or by ``scoring rectify decide``. None where
    there are no items. Codes: those of ``open_with_ledger`` and ``collect_replies``, rectify-none.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        (opened.folder.rectify / "returned").mkdir(parents=True, exist_ok=True)
        replies = collect_replies(opened, day, by)
        problems += replies.problems
        book, met = _write_decisions(opened, day)
        return Took(opened, replies, book), [*problems, *met]


def decide_rectification(
    folder: Path,
    decided: Decided,
    day: date,
    by: By,
    *,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[tuple[Move, ...] | None, list[Problem]]:
    """Adds one decision on an item, as of ``day``; None where nothing was decided.

    Codes: those of ``open_with_ledger`` and ``decide_items``.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        # The reason can be erased; the act does not repeat it.
        own = By(by.who) if by.why == decided.reason else by
        moves, wrong = decide_items(opened, [decided], day, own)
        _, met = _write_decisions(opened, day)
        return (tuple(moves) if moves else None), [*problems, *wrong, *met]


def decide_many(
    folder: Path, path: Path, day: date, by: By, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[tuple[Move, ...] | None, list[Problem]]:
    """Adds all decisions of a workbook 整改审核, as of ``day``; None where it cannot be read.

    Codes: those of ``open_with_ledger``, ``read_rows`` and ``decide_items``.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        book = decision_book(opened, standings(cases, day), latest(cases) or 1)
        read, met = read_rows(path, [book], path.name)
        if read is None:
            return None, [*problems, *met]
        moves, wrong = decide_items(opened, decided_in(read), day, by)
        _, unwritten = _write_decisions(opened, day)
        return tuple(moves), [*problems, *met, *wrong, *unwritten]


def rectify_status(
    folder: Path,
    day: date,
    *,
    school: str = "",
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[RectifyStatus | None, list[Problem]]:
    """Returns how all items (of a ``school``) stand, and writes whom to remind of what.

    None where there are no items, or no such school. Codes: those of ``open_with_ledger`` and
    ``find_target``, rectify-none.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        stands = standings(cases, day)
        problems += _write_reminders(opened, reminders(opened, stands))
        home = opened.folder.reminders / FOLDER
        if school:
            target, wrong = find_target(opened.roster, opened.rubrics, school)
            if target is None:
                return None, [*problems, *wrong]
            stands = [one for one in stands if one.item.school == target.school.id]
        there = home if home.is_dir() else None
        return RectifyStatus(opened, day, tuple(stands), there), problems


def add_rectification(
    folder: Path, path: Path, day: date, by: By, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[Added | None, list[Problem]]:
    """Adds items that came from elsewhere, from a list that the bureau filled in.

    None where it cannot be read. Codes: those of ``open_with_ledger`` and ``add_list``.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_with_ledger(folder, ledger)
        if opened is None:
            return None, problems
        added, met = add_list(opened, path, day, by)
        return added, [*problems, *met]


def rectify_template(folder: Path, *, ledger: str = "") -> tuple[Path | None, list[Problem]]:
    """Writes a blank list for items from elsewhere into ``rectify/``; returns where.

    None where one is there already, or there is no round. Codes: those of ``open_with_ledger``
    and ``write_whole``, template-exists.
    """
    opened, problems = open_with_ledger(folder, ledger)
    if opened is None:
        return None, problems
    path = opened.folder.rectify / TEMPLATE
    if path.exists():
        name = opened.folder.name(path)
        return None, [*problems, problem("template-exists", Place(name), name=name)]
    met = write_rows(path, blank_list(opened), opened.folder.name(path))
    return (None if has_errors(met) else path), [*problems, *met]


def _write_decisions(opened: OpenRound, day: date) -> tuple[Path | None, list[Problem]]:
    """Writes what awaits a decision now; nothing lies there where nothing does."""
    with ledger_of(opened) as held:
        cases = all_cases(held)
    book = decision_book(opened, standings(cases, day), latest(cases) or 1)
    path = opened.folder.rectify / FILE
    name = opened.folder.name(path)
    if not book.rows:
        return None, list(remove(path, name)) if path.exists() else []
    return path, list(write_whole(path, rows_data(book), name))


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
