"""Keeps in the ledger what stands in ``results/`` and ``reports/`` after they were written, and in
``results/`` how far the ledger had come.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from inspections.collecting.returned_files import file_digest
from inspections.ledger.chain import By, by_user
from inspections.ledger.computers import are_several
from inspections.ledger.of_round import ledger_of
from inspections.ledger.publishing import ever_published, keep_published, last_published
from inspections.ledger.receipt import keep_receipt, receipt_of
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Place, Problem, problem


def published(opened: OpenRound, written: Iterable[Path], by: By | None = None) -> None:
    """Adds to the ledger the files that were just written, and those in folders among them."""
    paths = (path for place in written for path in _files(place))
    files = {opened.folder.name(path): file_digest(path) for path in paths}
    with ledger_of(opened) as ledger:
        keep_published(ledger, files, by or by_user())
        keep_receipt(opened.folder.results, receipt_of(ledger))


def edited(opened: OpenRound) -> list[Problem]:
    """Returns what somebody has changed or removed since it was written. Code: published-edited.

    Where several computers share the ledger, a file may have been written on another one: it is no
    matter that it is not here, or stands here as it was written before.
    """
    with ledger_of(opened) as ledger:
        held = last_published(ledger)
        with ledger.connect() as connection:
            several = are_several(connection)
        before = ever_published(ledger) if several else {}

    def stands(name: str, digest: str) -> bool:
        path = opened.folder.root / name
        if several and not path.exists():
            return True
        here = file_digest(path)
        return here == digest or here in before.get(name, ())

    return [
        problem("published-edited", Place(name))
        for name, digest in sorted(held.items())
        if not stands(name, digest)
    ]


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    found = (path for path in sorted(place.rglob("*")) if path.is_file())
    return [path for path in found if not path.name.startswith((".", "~$"))]
