"""Keeps in the ledger what lies in ``evidence/``."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from inspections.evidence.looking import look
from inspections.evidence.owning import owners_of, school_of_file
from inspections.ledger.chain import By
from inspections.ledger.finding import known_contents, last_look, record_look
from inspections.round.known_digests import KnownDigests
from inspections.round.opened import OpenRound


def keep_evidence(
    ledger: Engine,
    opened: OpenRound,
    by: By,
    known: KnownDigests,
    progress: Callable[[int, int], None],
    computer: str = "",
) -> None:
    """Looks through ``evidence/`` and adds what is new in it.

    Every file is digested that is not ``known``; one whose content is known to the ledger is not
    looked into again. ``progress`` is told how many of how many files are done.
    """
    owners = owners_of(opened)
    while True:
        since = last_look(ledger, computer)
        files = look(opened.folder.evidence, known_contents(ledger), known, progress)
        found = [(item, school_of_file(item, owners)) for item in files]
        if record_look(ledger, found, since, by, computer):
            return
