"""Reads past rows in which somebody has put what no program can read: verifying names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import MsgspecError
from sqlalchemy import Connection, Engine, RowMapping, Select
from sqlalchemy.exc import DatabaseError

from inspections.ledger.tables import facts

DAMAGED: Final = (MsgspecError, TypeError, ValueError, KeyError)
"""What comes of a fact that holds no text, no JSON, or is of no kind that there is."""


def fails_on_text(bind: Connection | Engine) -> bool:
    """Whether reading fails on a text that is no Unicode, as SQLite does.

    PostgreSQL takes none in: where reading fails there, the server is gone.
    """
    return bind.dialect.name == "sqlite"


def readable(
    connection: Connection, wanted: Select[Any], first: int, end: int
) -> Iterator[RowMapping | None]:
    """Yields the rows of the facts from ``first`` to before ``end``; None for one without text.

    SQLite keeps bytes that are no Unicode as a text, and fails when they are asked for.
    """
    ordered = wanted.order_by(facts.c.id)
    within = ordered.where(facts.c.id >= first, facts.c.id < end)
    try:
        yield from connection.execute(within).mappings().all()
    except DatabaseError:
        if not fails_on_text(connection):
            raise
        for id in range(first, end):
            try:
                yield from connection.execute(ordered.where(facts.c.id == id)).mappings().all()
            except DatabaseError:
                yield None
