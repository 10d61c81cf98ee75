"""The index: where facts are found. It follows from the facts; where it is lost it is made anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from msgspec import MsgspecError
from sqlalchemy import Connection, Text, delete, func, insert, select

from inspections.ledger.bodies.files import File, Problems, Published, Sweep
from inspections.ledger.bodies.forms import decode, encode, storable
from inspections.ledger.bodies.office import Decision, Erasure, Evidence, Look, Upgrade, Version
from inspections.ledger.bodies.sheets import Layout, Pictures, Sheet, Words
from inspections.ledger.leaves import spoken
from inspections.ledger.tables import facts, index

IndexRow: TypeAlias = dict[str, str | int]

BATCH: Final = 500
"""Facts that are taken at once."""

_BLANK: Final[IndexRow] = {
    column.name: "" if isinstance(column.type, Text) else 0 for column in index.c
} | {"count": 1}


def index_row(id: int, kind: str, body: Any, texts: Mapping[str, str]) -> IndexRow:
    """Returns what the index says of a fact; ``body`` is None where it was erased.

    ``texts``: what its leaves say, by address.
    """
    found = _found_by(body, texts)
    said = {
        name: storable(value) if isinstance(value, str) else value for name, value in found.items()
    }
    return {**_BLANK, "fact": id, "kind": kind, **said}


def _found_by(body: Any, texts: Mapping[str, str]) -> IndexRow:
    match body:
        case File():
            return {"name": texts.get("name", ""), "digest": body.digest, "basis": body.basis}
        case Sheet():
            return {
                "parent": body.file,
                "name": body.sheet,
                "school": body.school,
                "rubric": body.rubric,
                "occasion": body.occasion,
                "inspector": body.inspector,
                "day": body.day,
                "arrived": body.arrived,
                "left": body.left,
                "corrects": encode(body.corrects) if body.corrects else "",
            }
        case Words():
            return {"parent": body.sheet, "digest": body.layout}
        case Pictures():
            return {"parent": body.sheet}
        case Problems():
            return {"parent": body.file, "count": len(body.problems)}
        case Layout():
            return {"digest": layout_digest(body)}
        case Sweep():
            return {"basis": body.basis, "count": len(body.files)}
        case Look():
            return {"count": len(body.evidence)}
        case Evidence():
            return {"name": body.path, "digest": body.contents, "school": body.school}
        case Version():
            return {"name": body.name, "digest": body.digest}
        case Decision():
            about = json.loads(texts.get("about", "{}"))
            return {"parent": body.number, "school": about.get("school", "")}
        case Published():
            return {"count": len(body.digests)}
        case Erasure():
            return {"count": body.count}
        case Upgrade():
            return {"count": body.acts, "digest": body.head}
    return {}


def layout_digest(layout: Layout) -> str:
    """Returns the SHA-256 (hex) by which sheets name their layout."""
    return hashlib.sha256(encode(layout).encode()).hexdigest()


def rows_of(connection: Connection, first: int, end: int) -> Iterator[IndexRow]:
    """Yields what the index must say of the facts from ``first`` to before ``end``, by id.

    It says nothing of a fact that somebody has damaged; verifying names that.
    """
    wanted = select(*facts.c["id", "kind", "form", "body", "leaves"])
    within = wanted.where(facts.c.id >= first, facts.c.id < end).order_by(facts.c.id)
    for id, kind, form, body, leaves in connection.execute(within):
        try:
            said, texts = decode(kind, form, body), spoken(leaves)
        except MsgspecError:
            said, texts = None, {}
        yield index_row(id, kind, said, texts)


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
