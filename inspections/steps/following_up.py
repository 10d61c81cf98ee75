"""Following up (回头看): what is drawn, goes out, comes back, and how far it is."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from inspections.follow_up.books import books_of, sent_name
from inspections.follow_up.collecting import Checked, collect_checks
from inspections.follow_up.drawing import Wish, draw
from inspections.follow_up.finders import finders
from inspections.follow_up.progress import DrawnItem, drawn_items, unseen
from inspections.ledger.chain import By
from inspections.ledger.follow_up import Draw, add_draw, all_draws
from inspections.ledger.of_round import ledger_of
from inspections.ledger.recalling import sheets
from inspections.ledger.rectification import all_cases
from inspections.rectification.states import standings
from inspections.round.opened import OpenRound
from inspections.round.targets import find_target
from inspections.row_workbook import write_rows
from inspections.steps.opening import items_at_work
from rubrics.messages.output import clear_leftovers, remove
from rubrics.messages.plain_text import one_line
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.messages.watching import NOBODY, Watcher


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn. ``still_out``: items of earlier draws that nobody has looked at yet."""

    opened: OpenRound
    draw: Draw
    still_out: int = 0


@dataclass(frozen=True, slots=True)
class SentChecks:
    """``files`` that were written, one a team and school; ``folder`` where they lie."""

    folder: Path
    files: tuple[Path, ...]
    items: int


@dataclass(frozen=True, slots=True)
class TookChecks:
    """What was taken in, and how far the follow-up is after it."""

    opened: OpenRound
    checked: Checked
    items: tuple[DrawnItem, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """All draws, and how every drawn item stands."""

    opened: OpenRound
    draws: tuple[Draw, ...]
    items: tuple[DrawnItem, ...]


def draw_follow_up(
    folder: Path,
    day: date,
    by: By,
    *,
    share: int = 100,
    seed: str = "",
    schools: Sequence[str] = (),
    closed: bool = False,
    since: date | None = None,
    until: date | None = None,
    unannounced: bool = False,
    witness: str = "",
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[Drawn | None, list[Problem]]:
    """Draws what is looked at again, as of ``day``, and gives it to the teams of the roster.

    ``share``: per cent of what may be drawn; ``seed``: one is made and kept where none is given,
    and on one day a seed draws once in one way; ``schools``: all of whose items are drawn in any
    case, by name or code; ``closed``: also what was closed. ``since`` and ``until``: when the
    schools are visited, ``unannounced`` whether nobody tells them before, ``witness``: who was
    there; papers say so. None where nothing was drawn. Codes: those of ``open_with_ledger``,
    ``find_target`` and ``draw``, rectify-none, followup-drawn, followup-days.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        begins, ends = since or until, until or since
        if begins and ends and not day <= begins <= ends:
            said = {"day": day, "since": begins, "until": ends}
            return None, [*problems, problem("followup-days", Place(), **said)]
        always = set()
        for name in schools:
            target, wrong = find_target(opened.roster, opened.rubrics, name)
            if target is None:
                return None, [*problems, *wrong]
            always.add(target.school.id)
        wish = Wish(
            day, seed or secrets.token_hex(4), share, frozenset(always), closed, begins, ends,
            unannounced, one_line(witness),
        )  # fmt: skip
        with ledger_of(opened) as held:
            while True:
                made, met = _draw_once(opened, held, wish, by)
                if made is not None or has_errors(met):
                    return made, [*problems, *met]


def send_follow_up(
    folder: Path, day: date, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[SentChecks | None, list[Problem]]:
    """Writes into ``followup/sent/`` a workbook for every team and school with what is still to
    be looked at.

    Others that lie there are removed. None where nothing was drawn. Codes: those of
    ``open_with_ledger`` and ``write_whole``, rectify-none, followup-none.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        with ledger_of(opened) as held:
            draws = all_draws(held)
        if not draws:
            return None, [*problems, problem("followup-none", Place(opened.ledger_name))]
        waiting = unseen(draws, {case.number: case for case in cases})
        stands = {one.number: one for one in standings(cases, day) if one.number in waiting}
        last: dict[int, int] = {number: one.number for one in draws for number in one.teams}
        open_draws = [
            replace(
                one, teams={it: team for it, team in one.teams.items() if last[it] == one.number}
            )
            for one in draws
        ]
        home = opened.folder.follow_up / "sent"
        clear_leftovers(home)
        due = {home / sent_name(it): it for it in books_of(opened, open_draws, stands).values()}
        for path in sorted(set(home.glob("*.xlsx")) - due.keys()):
            problems += remove(path, opened.folder.name(path))
        for path, book in due.items():
            problems += write_rows(path, book, opened.folder.name(path))
        (opened.folder.follow_up / "returned").mkdir(parents=True, exist_ok=True)
        items = sum(len(book.rows) for book in due.values())
        return SentChecks(home, tuple(due), items), problems


def collect_follow_up(
    folder: Path, day: date, by: By, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[TookChecks | None, list[Problem]]:
    """Reads ``followup/returned/`` into the ledger: each verdict closes or reopens its item.

    None where nothing was drawn. Codes: those of ``open_with_ledger`` and ``collect_checks``,
    rectify-none, followup-none.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        with ledger_of(opened) as held:
            draws = all_draws(held)
        if not draws:
            return None, [*problems, problem("followup-none", Place(opened.ledger_name))]
        checked = collect_checks(opened, day, by)
        problems += checked.problems
        return TookChecks(opened, checked, tuple(_items(opened, draws))), problems


def follow_up_status(
    folder: Path, *, ledger: str = "", watcher: Watcher = NOBODY
) -> tuple[FollowUp | None, list[Problem]]:
    """Returns all draws and what was found; None where nothing was drawn.

    Codes: those of ``open_with_ledger``, rectify-none, followup-none.
    """
    with items_at_work(folder, ledger, watcher) as (opened, cases, problems):
        if opened is None or not cases:
            return None, problems
        with ledger_of(opened) as held:
            draws = all_draws(held)
        if not draws:
            return None, [*problems, problem("followup-none", Place(opened.ledger_name))]
        return FollowUp(opened, tuple(draws), tuple(_items(opened, draws))), problems


def _draw_once(
    opened: OpenRound, held: Engine, wish: Wish, by: By
) -> tuple[Drawn | None, list[Problem]]:
    """Draws from what the ledger says now; None without an error where it says more by then."""
    before, cases = all_draws(held), all_cases(held)
    busy = unseen(before, {case.number: case for case in cases})
    found_by = finders(opened, sheets(held))
    made, problems = draw(opened, standings(cases, wish.day), wish, found_by, busy)
    if made is None:
        return None, problems
    if again := next((it for it in before if _wished(it) == _wished(made)), None):
        said = {"day": wish.day, "seed": wish.seed, "number": again.number}
        return None, [problem("followup-drawn", Place(opened.ledger_name), **said)]
    seen = max((one.number for one in before), default=0)
    added = add_draw(held, made, by, seen=seen)
    return (Drawn(opened, added, len(busy)) if added else None), problems if added else []


def _wished(one: Draw) -> tuple[object, ...]:
    return one.day, one.seed, one.share, one.closed


def _items(opened: OpenRound, draws: Sequence[Draw]) -> list[DrawnItem]:
    with ledger_of(opened) as held:
        return drawn_items(draws, {case.number: case for case in all_cases(held)})
