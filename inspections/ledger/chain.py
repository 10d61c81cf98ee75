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
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sqlalchemy import Column, Connection, Engine, RowMapping, func, insert, select
from sqlalchemy import Row as SqlRow

from inspections.ledger.bodies.forms import CURRENT
from inspections.ledger.indexing import row_found_by
from inspections.ledger.leaves import Leaf, leaf_digests, new_salts
from inspections.ledger.moment import moment
from inspections.ledger.said import Ready, ready
from inspections.ledger.said import Said as Said
from inspections.ledger.said import compact as compact
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
        return self.add_ready(kind, map(ready, said))

    def add_ready(self, kind: str, made: Iterable[Ready]) -> list[int]:
        """Adds facts as :meth:`add` does, that somebody has made ready before."""
        items = list(made)
        if not items:
            return []
        form = CURRENT[kind]
        start = self.first + len(self.digests)
        rows, found = [], []
        for id, (salt, item) in enumerate(zip(new_salts(len(items)), items, strict=True), start):
            head = id, self.number, kind, form
            digest = _digest(head, salt, item.body, item.digests)
            self.digests.append(digest)
            whole = (*head, salt, digest, item.body, item.leaves)
            rows.append(dict(zip(_OF_FACT, whole, strict=True)))
            found.append(row_found_by(id, kind, item.found))
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
            "at": at or moment(),
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


def last_act(connection: Connection, *, without: Collection[str] = ()) -> SqlRow[Any] | None:
    """Returns the latest act, of those of other kinds than ``without``; None where none is."""
    wanted = select(acts).where(acts.c.kind.not_in(without)).order_by(acts.c.id.desc()).limit(1)
    return connection.execute(wanted).first()


def acts_by_id(connection: Connection) -> dict[int, SqlRow[Any]]:
    """Returns every act by its number, in order."""
    return {row.id: row for row in connection.execute(select(acts).order_by(acts.c.id))}


def fact_digest(
    head: tuple[int, int, str, int], salt: str, body: str, leaves: Iterable[Leaf]
) -> str:
    """Returns the SHA-256 (hex) of a fact; ``head``: its id, act, kind and form."""
    return _digest(head, salt, body, leaf_digests(leaves))


def _digest(head: tuple[int, int, str, int], salt: str, body: str, of_leaves: str) -> str:
    text = "\n".join((*map(str, head), salt, body))
    return hashlib.sha256((f"{text}\n{of_leaves}" if of_leaves else text).encode()).hexdigest()


def content_digest(digests: Iterable[str]) -> str:
    """Returns the SHA-256 (hex) of the digests of an act's facts."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


_OF_FACT: Final = facts.c.keys()
_OF_ACT: Final = [column.name for column in acts.c if column.name != "digest"]


def act_digest(act: Mapping[str, Any] | RowMapping) -> str:
    """Returns the SHA-256 (hex) of an act."""
    return hashlib.sha256(compact([act[name] for name in _OF_ACT]).encode()).hexdigest()


def _next(connection: Connection, id: Column[int]) -> int:
    return (connection.execute(select(func.max(id))).scalar_one_or_none() or 0) + 1
