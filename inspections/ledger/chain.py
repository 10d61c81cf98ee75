"""The chain: every act carries the digest of the act before, and of all facts that it added.

A fact's digest covers its number, its act, its kind and form, a salt, its body and the digests of
its leaves; an act's digest covers who, when, why, the digests of its facts, and the digest of the
act before. So no fact can be changed, removed, added or moved without a break that
:mod:`inspections.ledger.verifying` finds. The salt keeps an erased fact's digest from telling what
the fact said.
"""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from msgspec import Struct
from sqlalchemy import Column, Connection, Engine, RowMapping, func, insert, select
from sqlalchemy import Row as SqlRow

from inspections.ledger.bodies.forms import CURRENT, encode
from inspections.ledger.indexing import index_row
from inspections.ledger.leaves import Leaf, leaf_digest, new_leaves, new_salts, write_leaves
from inspections.ledger.tables import acts, facts, index

FIRST: Final = "0" * 64
"""What the first act carries in place of a digest."""


class By(NamedTuple):
    """Who does it, and why."""

    who: str
    why: str = ""


def by_user(why: str = "") -> By:
    """Returns whoever is logged in on this computer."""
    try:
        return By(getpass.getuser(), why)
    except (OSError, KeyError):  # no such user, as in some containers
        return By("", why)


class Said(NamedTuple):
    """What a fact is to say. ``leaves``: (address, text) that can be erased one by one."""

    body: Struct
    leaves: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class Act:
    """An act while it is being written. ``digests``: of its facts, in order."""

    connection: Connection
    number: int
    first: int
    digests: list[str] = field(default_factory=list)

    def add(self, kind: str, said: Iterable[Said]) -> list[int]:
        """Adds facts of one kind, and where they are found; returns their ids, one after another.

        They are written in the kind's newest form.
        """
        items = list(said)
        if not items:
            return []
        form = CURRENT[kind]
        start = self.first + len(self.digests)
        rows, found = [], []
        for number, item in enumerate(items):
            id, body, leaves = start + number, encode(item.body), new_leaves(item.leaves)
            (salt,) = new_salts(1)
            digest = fact_digest((id, self.number, kind, form), salt, body, leaves)
            self.digests.append(digest)
            rows.append(
                {
                    "id": id,
                    "act": self.number,
                    "kind": kind,
                    "form": form,
                    "salt": salt,
                    "digest": digest,
                    "body": body,
                    "leaves": write_leaves(leaves),
                }
            )
            texts = {address: text for address, _, text in leaves}
            found.append(index_row(id, kind, item.body, texts))
        self.connection.execute(insert(facts), rows)
        self.connection.execute(insert(index), found)
        return list(range(start, start + len(items)))

    def close(self, kind: str, by: By, at: str = "") -> None:
        """Writes the act itself, if it added anything; it was done now, or ``at`` (ISO 8601)."""
        if not self.digests:
            return
        last = last_act(self.connection)
        whole = {
            "id": self.number,
            "kind": kind,
            "at": at or datetime.now().astimezone().isoformat(timespec="seconds"),
            "who": by.who,
            "why": by.why,
            "first": self.first,
            "count": len(self.digests),
            "content": content_digest(self.digests),
            "previous": last.digest if last else FIRST,
        }
        whole["digest"] = act_digest(whole)
        self.connection.execute(insert(acts), whole)


def new_act(connection: Connection) -> Act:
    """Returns the act that comes next; the transaction must be a writing one."""
    return Act(connection, _next(connection, acts.c.id), _next(connection, facts.c.id))


@contextmanager
def act(ledger: Engine, kind: str, by: By) -> Iterator[Act]:
    """One act, whole or not at all; without facts it leaves no trace."""
    with ledger.execution_options(writing=True).begin() as connection:
        doing = new_act(connection)
        yield doing
        doing.close(kind, by)


def last_act(connection: Connection, *, without: str = "") -> SqlRow[Any] | None:
    """Returns the latest act, of those of another kind than ``without``; None where none is."""
    wanted = select(acts).where(acts.c.kind != without).order_by(acts.c.id.desc()).limit(1)
    return connection.execute(wanted).first()


def acts_by_id(connection: Connection) -> dict[int, SqlRow[Any]]:
    """Returns every act by its number, in order."""
    return {row.id: row for row in connection.execute(select(acts).order_by(acts.c.id))}


def fact_digest(
    head: tuple[int, int, str, int], salt: str, body: str, leaves: Iterable[Leaf]
) -> str:
    """Returns the SHA-256 (hex) of a fact; ``head``: its id, act, kind and form."""
    text = "\n".join((*map(str, head), salt, body, *map(leaf_digest, leaves)))
    return hashlib.sha256(text.encode()).hexdigest()


def content_digest(digests: Iterable[str]) -> str:
    """Returns the SHA-256 (hex) of the digests of an act's facts."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


_OF_ACT: Final = [column.name for column in acts.c if column.name != "digest"]


def act_digest(act: Mapping[str, Any] | RowMapping) -> str:
    """Returns the SHA-256 (hex) of an act."""
    return hashlib.sha256(compact([act[name] for name in _OF_ACT]).encode()).hexdigest()


def _next(connection: Connection, id: Column[int]) -> int:
    return (connection.execute(select(func.max(id))).scalar_one_or_none() or 0) + 1


def compact(value: object) -> str:
    """Returns JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
