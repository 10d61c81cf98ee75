"""Opens a round together with its ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DatabaseError

from inspections.ledger.binding import is_others, is_unproven
from inspections.ledger.opening import file_url, ledger_exists, open_ledger, shared_url
from inspections.ledger.planning import has_draw
from inspections.ledger.receipt import read_receipt
from inspections.ledger.settings_versions import other_round
from inspections.ledger.stopping import stopped
from inspections.ledger.verified_before import Bookmark
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound, read_round
from inspections.round.regular_files import opened as regular_file
from inspections.round.regular_files import whole_digest
from rubrics.messages.extras import missing_extra
from rubrics.messages.problems import Place, Problem, problem

_PASSWORD = re.compile(r"(?<=:)(?!//)[^:@]*(?=@)")
"""What stands where an address that cannot be read has its password."""

_LOOKED_INTO = 20
"""Files that came back which tell whose a ledger is."""


def open_round(
    root: Path, ledger: str = "", *, to_restore: bool = False
) -> tuple[OpenRound | None, list[Problem]]:
    """Returns the round in a folder; None where there is none, or one that cannot be worked with.

    ``ledger``: the address of a shared ledger, in place of what the settings say; ``to_restore``:
    for whoever writes again what was drawn, a round whose plan is lost will do. Codes: those of
    ``read_round`` and ``ledger_problems``.
    """
    opened, problems = read_round(root, ledger)
    if opened is None:
        return None, problems
    wrong = ledger_problems(opened)
    if not wrong:
        return opened, problems
    if not to_restore or any(one.code != "draw-file-missing" for one in wrong):
        return None, wrong
    # What the plan says wrong follows from what is lost.
    plan = opened.folder.name(opened.folder.plan)
    return opened, [one for one in problems if one.place.file != plan]


def ledger_problems(opened: OpenRound) -> list[Problem]:
    """Returns why nothing can be done with a round and its ledger.

    Codes: ledger-address, extra-missing, ledger-unreadable, ledger-unreachable, ledger-foreign,
    ledger-other-round, ledger-unproven, ledger-misplaced, draw-file-missing.
    """
    if wrong := address_problems(opened.shared):
        return wrong
    try:
        if not has_ledger(opened):
            return []
        with ledger_of(opened) as held:
            return _not_ours(opened, held) or _lost(opened, held)
    except DatabaseError as error:
        return [stopped(error) or ledger_unusable(opened)]


def _lost(opened: OpenRound, ledger: Engine) -> list[Problem]:
    """What a draw wrote and is not there any more: without it nobody knows who goes where."""
    folder = opened.folder
    gone = [folder.name(it) for it in (folder.drawn_teams, folder.plan) if not it.is_file()]
    if not gone or not has_draw(ledger):
        return []
    return [problem("draw-file-missing", Place(gone[0]), files="、".join(gone))]


def _not_ours(opened: OpenRound, ledger: Engine) -> list[Problem]:
    """Why a ledger is not this round's: it is bound to another, or nothing shows whose; one in
    the folder, where it has the settings of other rounds and not of this one.
    """
    where = Place(opened.ledger_name)
    if not opened.shared:
        id = opened.round.id
        other = other_round(ledger, id)
        return [problem("ledger-misplaced", where, other=other, id=id)] if other else []
    if is_others(ledger, opened):
        return [problem("ledger-other-round", where, id=opened.round.id)]
    if is_unproven(ledger, opened, lambda: _noted(opened)):
        return [problem("ledger-unproven", where, id=opened.round.id)]
    return []


def _noted(opened: OpenRound) -> tuple[set[str], set[str]]:
    """Digests of acts that this folder has seen, and those of the files that came back here."""
    told, before = read_receipt(opened.folder.results), bookmark_of(opened).read()
    heads = {one.head for one in (told, before) if one and one.acts}
    digests = set()
    for path in sorted(opened.folder.returned.rglob("*"))[:_LOOKED_INTO]:
        with suppress(OSError), regular_file(path) as file:
            digests.add(whole_digest(file))
    return heads, digests


@contextmanager
def ledger_of(opened: OpenRound) -> Iterator[Engine]:
    """Gives the round's ledger, made if it is not there: a file, or one that is shared.

    Raises ``sqlalchemy.exc.DatabaseError`` where it cannot be used.
    """
    with (
        bookmark_of(opened).moving_on() as at,
        open_ledger(_url(opened), opened.round.id) as engine,
    ):
        at.ledger = engine
        yield engine


def bookmark_of(opened: OpenRound) -> Bookmark:
    """Returns where it is remembered how far the round's ledger was verified."""
    return Bookmark(opened.folder, _url(opened), opened.round.id)


def has_ledger(opened: OpenRound) -> bool:
    """Returns whether there is a ledger; it is not made."""
    return ledger_exists(_url(opened), opened.round.id)


def ledger_unusable(opened: OpenRound) -> Problem:
    """Returns the problem of a ledger that cannot be used now."""
    code = "ledger-unreachable" if opened.shared else "ledger-unreadable"
    return problem(code, Place(opened.ledger_name))


def address_problems(typed: str) -> list[Problem]:
    """Returns what is wrong with the address of a shared ledger, and with what it needs.

    Codes: ledger-address, extra-missing.
    """
    if not typed:
        return []
    if shared_url(typed) is None:
        told = _PASSWORD.sub("***", typed)
        return [problem("ledger-address", Place(SETTINGS, "", "ledger"), value=told)]
    return missing_extra("postgresql")


def without_password(typed: str) -> str:
    """Returns the address of a shared ledger as it may stand in round.yaml; empty for none."""
    url = shared_url(typed) if typed else None
    return url.set(password=None).render_as_string() if url else ""


def _url(opened: OpenRound) -> URL:
    shared = shared_url(opened.shared) if opened.shared else None
    return file_url(opened.folder.ledger) if shared is None else shared
