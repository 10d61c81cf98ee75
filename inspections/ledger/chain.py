"""The chain: every act carries the digest of the act before, and of all rows that it added.

A row's digest covers its table, its id, a salt and all it says; an act's digest covers who, when,
why, the digests of its rows, and the digest of the act before. So no row can be changed, removed,
added or moved without a break that :mod:`inspections.ledger.verifying` finds. The salt keeps an
erased row's digest from telling what the row said.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Engine, RowMapping, Table, Text, func, insert, select
from sqlalchemy import Row as SqlRow

from inspections.ledger.tables import acts

Row: TypeAlias = Mapping[str, str | int]

FIRST = "0" * 64
"""What the first act carries in place of a digest."""

_SALT = 8
"""Bytes."""


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
    """An act while it is being written. ``digests``: of its rows, by table, in order."""

    connection: Connection
    digests: dict[Table, list[str]] = field(default_factory=dict)
    first: dict[Table, int] = field(default_factory=dict)

    def add(self, table: Table, rows: Iterable[Row]) -> list[int]:
        """Adds rows to ``table``; returns their ids, which go up by one."""
        rows = list(rows)
        if not rows:
            return []
        if table not in self.first:
            self.first[table] = next_id(self.connection, table)
            self.digests[table] = []
        digests = self.digests[table]
        start = self.first[table] + len(digests)
        salts = secrets.token_hex(_SALT * len(rows))
        made = []
        names = said_columns(table)
        blank = {column.name: "" for column in table.c if isinstance(column.type, Text)}
        for number, row in enumerate(rows):
            at = 2 * _SALT * number
            whole = {**blank, **row, "id": start + number, "salt": salts[at : at + 2 * _SALT]}
            whole["digest_of_row"] = row_digest(table, names, whole)
            digests.append(str(whole["digest_of_row"]))
            made.append(whole)
        self.connection.execute(insert(table), made)
        return list(range(start, start + len(rows)))

    def close(self, kind: str, by: By) -> None:
        """Writes the act itself, if it added anything."""
        if not self.digests:
            return
        last = self.connection.execute(select(acts).order_by(acts.c.id.desc()).limit(1)).first()
        rows = {
            table.name: [self.first[table], len(digests)] for table, digests in self.digests.items()
        }
        whole = {
            "id": last.id + 1 if last else 1,
            "kind": kind,
            "at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "who": by.who,
            "why": by.why,
            "rows": compact(rows),
            "content": content_digest(self.digests.values()),
            "previous": last.digest if last else FIRST,
        }
        whole["digest"] = act_digest(whole)
        self.connection.execute(insert(acts), whole)


@contextmanager
def act(ledger: Engine, kind: str, by: By) -> Iterator[Act]:
    """One act, whole or not at all; without rows it leaves no trace."""
    with ledger.execution_options(writing=True).begin() as connection:
        doing = Act(connection)
        yield doing
        doing.close(kind, by)


def acts_of(connection: Connection, table: Table) -> dict[int, SqlRow[Any]]:
    """Returns the act that added each row of ``table``, by the row's id."""
    found: dict[int, SqlRow[Any]] = {}
    for row in connection.execute(select(acts).order_by(acts.c.id)):
        first, count = json.loads(row.rows).get(table.name, (0, 0))
        found |= dict.fromkeys(range(first, first + count), row)
    return found


def said_columns(table: Table) -> list[str]:
    """Returns the columns that a row's digest covers, beside its id and salt."""
    return [c.name for c in table.c if c.name not in ("id", "salt", "digest_of_row")]


def row_digest(table: Table, names: Iterable[str], row: dict[str, str | int]) -> str:
    """Returns the SHA-256 (hex) of a row.

    Texts that no database takes, NUL and halves of surrogate pairs, are put in another form in
    ``row`` itself.
    """
    try:
        text = _canonical(table, names, row)
        if "\\u0000" not in text:
            return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError:
        pass
    row |= {name: storable(value) for name, value in row.items() if isinstance(value, str)}
    return hashlib.sha256(_canonical(table, names, row).encode()).hexdigest()


def _canonical(table: Table, names: Iterable[str], row: Mapping[str, str | int]) -> str:
    return compact([table.name, row["id"], row["salt"], *(row[name] for name in names)])


def storable(text: str) -> str:
    """Returns text that every database takes."""
    return text.replace("\0", "␀").encode("utf-8", "backslashreplace").decode()


def content_digest(digests: Iterable[Iterable[str]]) -> str:
    """Returns the SHA-256 (hex) of the digests of an act's rows, table by table."""
    whole = hashlib.sha256()
    for table in digests:
        for digest in table:
            whole.update(digest.encode())
    return whole.hexdigest()


def act_digest(act: Mapping[str, Any] | RowMapping) -> str:
    """Returns the SHA-256 (hex) of an act."""
    names = [column.name for column in acts.c if column.name != "digest"]
    return hashlib.sha256(compact([act[name] for name in names]).encode()).hexdigest()


def next_id(connection: Connection, table: Table) -> int:
    """Returns the id that the next row of ``table`` gets."""
    last = connection.execute(select(func.max(table.c.id))).scalar_one_or_none()
    return (last or 0) + 1


def compact(value: object) -> str:
    """Returns JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
