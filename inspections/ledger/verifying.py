"""Follows the chain from the first act to the last, and names the first row that breaks it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, Engine, RowMapping, Table, func, select

from inspections.ledger.chain import FIRST, act_digest, content_digest, row_digest, said_columns
from inspections.ledger.erasing import NOTHING, erased_rows, texts
from inspections.ledger.tables import acts, metadata


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain breaks first: in which act, table and row, and how, in Chinese.

    ``table`` is empty where the act itself is meant.
    """

    act: int
    table: str
    row: int
    detail: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The chain as it was followed: how many acts and rows are right, the digest of the last act.

    ``broken`` is None where all is as it was written. ``met``: whether a digest that was asked
    for is that of one of the acts.
    """

    acts: int
    rows: int
    head: str
    broken: Break | None = None
    met: bool = True


def verify(ledger: Engine, head: str = "") -> Verified:
    """Returns what following the chain finds.

    ``head``: the (beginning of the) digest of an act as it was noted down elsewhere. Only with it
    can one tell that the last acts have not been cut off, or the whole ledger written anew.
    """
    with ledger.connect() as connection:
        follower = _Follower(connection, erased_rows(connection))
        return follower.follow(head)


_ADDED_TO: Final = [table for table in metadata.sorted_tables if table is not acts]


@dataclass(slots=True)
class _Follower:
    """``erased``: ids of blanked rows by table. ``next``: the id that comes next in each table."""

    connection: Connection
    erased: Mapping[str, Set[int]]
    next: dict[Table, int] = field(default_factory=lambda: dict.fromkeys(_ADDED_TO, 1))
    rows: int = 0

    def follow(self, head: str) -> Verified:
        done, previous, met = 0, FIRST, not head
        broken = None
        for act in self.connection.execute(select(acts).order_by(acts.c.id)).mappings().all():
            broken = self._act(act, done + 1, previous)
            if broken:
                return Verified(done, self.rows, previous, broken, met)
            done, previous = done + 1, act["digest"]
            met = met or previous.startswith(head)
        return Verified(done, self.rows, previous, self._added(done), met)

    def _act(self, act: RowMapping, number: int, previous: str) -> Break | None:
        if act["id"] != number:
            return Break(number, "", 0, "这一笔不见了")
        if act["previous"] != previous:
            return Break(number, "", 0, "与上一笔接不上")
        if act["digest"] != act_digest(act):
            return Break(number, "", 0, "这一笔的时间、经手人、事由或内容目录被改过")
        digests = []
        for name, (first, count) in json.loads(act["rows"]).items():
            table = metadata.tables[name]
            found = self._rows(table, first, count)
            if isinstance(found, _Odd):
                return Break(number, name, found.row, found.detail)
            digests.append(found)
            self.next[table] = first + count
            self.rows += count
        if content_digest(digests) != act["content"]:
            return Break(number, "", 0, "这一笔里有行连同校验码一起被改过")
        return None

    def _rows(self, table: Table, first: int, count: int) -> list[str] | _Odd:
        """The digests of the rows that an act added, or the first that is not right."""
        if first != self.next[table]:
            return _Odd(self.next[table], "这一行没有记账")
        names, blank = said_columns(table), texts(table)
        wanted = select(table).where(table.c.id >= first, table.c.id < first + count)
        digests: list[str] = []
        for row in self.connection.execute(wanted.order_by(table.c.id)).mappings():
            expected = first + len(digests)
            if row["id"] != expected:
                return _Odd(expected, "这一行不见了")
            if expected in self.erased.get(table.name, ()):
                if any(row[name] != NOTHING.get(name, "") for name in blank):
                    return _Odd(expected, "这一行已删除，又有了内容")
            elif row_digest(table, names, dict(row)) != row["digest_of_row"]:
                return _Odd(expected, "这一行被改过")
            digests.append(row["digest_of_row"])
        if len(digests) < count:
            return _Odd(first + len(digests), "这一行不见了")
        return digests

    def _added(self, last: int) -> Break | None:
        """The first row that no act accounts for."""
        for table, expected in self.next.items():
            wanted = select(func.min(table.c.id)).where((table.c.id >= expected) | (table.c.id < 1))
            row = self.connection.execute(wanted).scalar_one_or_none()
            if row is not None:
                return Break(last, table.name, row, "这一行没有记账")
        return None


@dataclass(frozen=True, slots=True)
class _Odd:
    row: int
    detail: str
