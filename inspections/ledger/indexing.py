"""The index: where facts are found. It follows from the facts; where it is lost it is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Text, delete, func, insert, select

from inspections.ledger.bodies.forms import decode
from inspections.ledger.damaged import DAMAGED, readable
from inspections.ledger.found_by import Found, found_by
from inspections.ledger.found_by import layout_digest as layout_digest
from inspections.ledger.leaves import spoken
from inspections.ledger.tables import facts, index

BATCH: Final = 500
"""Facts that are taken at once."""

_BLANK: Final[Found] = {
    column.name: "" if isinstance(column.type, Text) else 0 for column in index.c
} | {"count": 1}


def index_row(id: int, kind: str, body: Any, texts: Mapping[str, str]) -> Found:
    """Returns what the index says of a fact; ``body`` is None where it was erased.

    ``texts``: what its leaves say, by address.
    """
    return row_found_by(id, kind, found_by(body, texts))


def row_found_by(id: int, kind: str, found: Found) -> Found:
    """Returns the row of a fact that is found by ``found``."""
    return {**_BLANK, "fact": id, "kind": kind, **found}


def rows_of(connection: Connection, first: int, end: int) -> Iterator[Found]:
    """Yields what the index must say of the facts from ``first`` to before ``end``, by id.

    It says nothing of a fact that somebody has damaged; verifying names that.
    """
    wanted = select(*facts.c["id", "kind", "form", "body", "leaves"])
    for row in readable(connection, wanted, first, end):
        if row is None:
            continue
        try:
            said = decode(row["kind"], row["form"], row["body"])
            texts = spoken(row["leaves"])
        except DAMAGED:
            said, texts = None, {}
        yield index_row(row["id"], row["kind"], said, texts)


def indexed(connection: Connection) -> bool:
    """Returns whether the index has a row for every fact."""
    return _extent(connection, facts.c.id) == _extent(connection, index.c.fact)


def _extent(connection: Connection, id: Any) -> tuple[int, int]:
    count, last = connection.execute(select(func.count(), func.max(id)).select_from(id.table)).one()
    return count, last or 0


def make_index(connection: Connection) -> None:
    """Makes the index anew from the facts."""
    connection.execute(delete(index))
    _, last = _extent(connection, facts.c.id)
    for start in range(1, last + 1, BATCH):
        if rows := list(rows_of(connection, start, start + BATCH)):
            connection.execute(insert(index), rows)


def index_again(connection: Connection, ids: Iterable[int]) -> None:
    """Puts right what the index says of facts that were blanked."""
    for id in ids:
        connection.execute(delete(index).where(index.c.fact == id))
        connection.execute(insert(index), list(rows_of(connection, id, id + 1)))
