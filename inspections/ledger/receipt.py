"""How far the ledger had come when results were written: they carry it, beside them in a file.

It stands apart from the results, which are the same bytes wherever they are made: an act has its
time, and its digest is never that of another.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from msgspec import DecodeError, Struct, ValidationError, json
from sqlalchemy import Engine, func, select

from inspections.ledger.chain import FIRST, last_act
from inspections.ledger.tables import index
from rubrics.messages.output import write_whole

FILE: Final = "ledger.json"
"""In ``results/``."""


class Receipt(Struct, frozen=True):
    """The number of acts, the digest of the last of them, and how many decisions there were."""

    acts: int
    head: str
    decisions: int = 0


def receipt_of(ledger: Engine) -> Receipt:
    """Returns how far a ledger has come."""
    decided = select(func.count()).select_from(index).where(index.c.kind == "decision")
    with ledger.connect() as connection:
        last = last_act(connection)
        made = connection.execute(decided).scalar_one()
    return Receipt(last.id, last.digest, made) if last else Receipt(0, FIRST, made)


def keep_receipt(results: Path, receipt: Receipt) -> None:
    """Writes it into ``results/``, where it does not stand there already.

    Where that cannot be written, the results say no more than they did.
    """
    if read_receipt(results) != receipt:
        with contextlib.suppress(OSError):
            write_whole(results / FILE, json.format(json.encode(receipt), indent=1) + b"\n")


def read_receipt(results: Path) -> Receipt | None:
    """Returns what the results say; None where they do not, or nobody can read it."""
    try:
        return json.decode((results / FILE).read_bytes(), type=Receipt)
    except (OSError, DecodeError, ValidationError):
        return None
