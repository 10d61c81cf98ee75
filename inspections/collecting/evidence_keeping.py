"""Keeps in the ledger what lies in ``evidence/``."""

from __future__ import annotations

from sqlalchemy import Engine

from inspections.evidence.looking import look
from inspections.evidence.owning import owners_of, school_of_file
from inspections.ledger.chain import By
from inspections.ledger.finding import known_contents, last_look, record_look
from inspections.round.opened import OpenRound


def keep_evidence(ledger: Engine, opened: OpenRound, by: By) -> None:
    """Looks through ``evidence/`` and adds what is new in it.

    Every file is digested; one whose content is known is not looked into again.
    """
    known = owners_of(opened)
    while True:
        since = last_look(ledger)
        files = look(opened.folder.evidence, known_contents(ledger))
        if record_look(ledger, [(x, school_of_file(x, known)) for x in files], since, by):
            return
