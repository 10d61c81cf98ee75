"""Takes facts out of the ledger, in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from inspections.ledger.bodies.forms import NOTHING, decode
from inspections.ledger.bodies.office import Erasure
from inspections.ledger.damaged import DAMAGED, readable
from inspections.ledger.indexing import BATCH
from inspections.ledger.leaves import spoken
from inspections.ledger.tables import facts, index

_BODY = facts.c["id", "kind", "form", "body"]


def bodies(connection: Connection, ids: Iterable[int]) -> Iterator[tuple[int, Any]]:
    """Yields (id, body) of facts, batch by batch in the order of ``ids``, by id within a batch.

    Facts that were erased are left out.
    """
    for batch in _batches(ids):
        wanted = select(*_BODY).where(facts.c.id.in_(batch), facts.c.body != NOTHING)
        for id, kind, form, body in connection.execute(wanted.order_by(facts.c.id)):
            yield id, decode(kind, form, body)


def bodies_of(connection: Connection, *kinds: str) -> Iterator[tuple[int, Any, dict[str, str]]]:
    """Yields (id, body, texts of the leaves) of all facts of these kinds, by id.

    ``body`` is None where the fact was erased.
    """
    wanted = (
        select(*facts.c["id", "kind", "form", "body", "leaves"])
        .where(facts.c.kind.in_(kinds))
        .order_by(facts.c.id)
    )
    for id, kind, form, body, leaves in connection.execute(wanted):
        yield id, decode(kind, form, body), spoken(leaves)


def beside(
    connection: Connection, kind: str, parents: Iterable[int]
) -> Iterator[tuple[int, Any, dict[str, str]]]:
    """Yields (parent, body, texts of the leaves) of the facts that belong to ``parents``.

    ``parents``: sheets, for words and pictures; files, for problems.
    """
    for parent, form, body, leaves in written_beside(connection, kind, parents):
        yield parent, decode(kind, form, body), spoken(leaves)


def written_beside(
    connection: Connection, kind: str, parents: Iterable[int]
) -> Iterator[tuple[int, int, str, str]]:
    """Yields (parent, form, body, leaves) as they are written; not all of it need be read."""
    for batch in _batches(parents):
        wanted = (
            select(index.c.parent, facts.c.form, facts.c.body, facts.c.leaves)
            .join(index, index.c.fact == facts.c.id)
            .where(index.c.kind == kind, index.c.parent.in_(batch))
            .order_by(facts.c.id)
        )
        yield from map(tuple, connection.execute(wanted))


def erasure_bodies(connection: Connection) -> Iterator[Erasure]:
    """Yields what was erased; what somebody has damaged is passed over, verifying names it."""
    ids = connection.execute(select(facts.c.id).where(facts.c.kind == "erasure")).scalars()
    for id in sorted(ids):
        for row in readable(connection, select(*_BODY), id, id + 1):
            if row is not None:
                with suppress(*DAMAGED):
                    yield decode(row["kind"], row["form"], row["body"])


def last_body(connection: Connection, kind: str) -> Any:
    """Returns the body of the latest fact of a kind; None where there is none."""
    wanted = select(*_BODY).where(facts.c.kind == kind).order_by(facts.c.id.desc()).limit(1)
    row = connection.execute(wanted).first()
    return decode(row.kind, row.form, row.body) if row else None


def _batches(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
