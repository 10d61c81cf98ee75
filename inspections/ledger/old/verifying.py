"""Follows the chain of the first form by its own rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sqlalchemy import Connection, RowMapping, Table, func, select

from inspections.ledger.breaks import Break
from inspections.ledger.chain import FIRST, compact
from inspections.ledger.old.erasing import erased_since, erased_then
from inspections.ledger.old.tables import (
    NOTHING,
    PREFIX,
    TABLES,
    acts,
    name_then,
    said_columns,
    texts,
)

_BATCH: Final = 2000


class _Odd(NamedTuple):
    row: int
    detail: str


def verify_old(connection: Connection) -> Break | list[str]:
    """Returns the digests of the acts in order, ``FIRST`` before them, or where the chain breaks.

    Breaks name the tables as they are called now.
    """
    erased = erased_then(connection)
    for name, ids in erased_since(connection).items():
        erased.setdefault(name, set()).update(ids)
    return _Follower(connection, erased).follow()


@dataclass(slots=True)
class _Follower:
    """``next``: the id that comes next in each table."""

    connection: Connection
    erased: Mapping[str, Set[int]]
    next: dict[str, int] = field(
        default_factory=lambda: {name: 1 for name in TABLES if name != "acts"}
    )

    def follow(self) -> Break | list[str]:
        followed = [FIRST]
        for act in self.connection.execute(select(acts).order_by(acts.c.id)).mappings().all():
            if broken := self._act(act, len(followed), followed[-1]):
                return broken
            followed.append(act["digest"])
        return self._added(len(followed) - 1) or followed

    def _act(self, act: RowMapping, number: int, previous: str) -> Break | None:
        if act["id"] != number:
            return Break(number, "", 0, "旧台账的这一笔不见了")
        if act["previous"] != previous:
            return Break(number, "", 0, "旧台账的这一笔与上一笔接不上")
        if act["digest"] != _act_digest(act):
            return Break(number, "", 0, "旧台账的这一笔的时间、经手人、事由或内容目录被改过")
        whole = hashlib.sha256()
        for name, (first, count) in json.loads(act["rows"]).items():
            found = self._rows(name, first, count)
            if isinstance(found, _Odd):
                return Break(number, PREFIX + name, found.row, found.detail)
            whole.update("".join(found).encode())
            self.next[name] = first + count
        if whole.hexdigest() != act["content"]:
            return Break(number, "", 0, "旧台账的这一笔里有行连同校验码一起被改过")
        return None

    def _rows(self, name: str, first: int, count: int) -> list[str] | _Odd:
        """The digests of the rows that an act added, or the first that is not right."""
        if first != self.next[name]:
            return _Odd(self.next[name], "这一行没有记账")
        table = TABLES[name]
        names, blank = said_columns(table), texts(table)
        erased = self.erased.get(name, ())
        digests: list[str] = []
        for row in self._between(table, first, first + count):
            expected = first + len(digests)
            if row["id"] != expected:
                return _Odd(expected, "这一行不见了")
            if expected in erased:
                if any(row[name] != NOTHING.get(name, "") for name in blank):
                    return _Odd(expected, "这一行已删除，又有了内容")
            elif _row_digest(table, names, row) != row["digest_of_row"]:
                return _Odd(expected, "这一行被改过")
            digests.append(row["digest_of_row"])
        if len(digests) < count:
            return _Odd(first + len(digests), "这一行不见了")
        return digests

    def _between(self, table: Table, first: int, end: int) -> Iterable[RowMapping]:
        for start in range(first, end, _BATCH):
            within = (table.c.id >= start) & (table.c.id < min(start + _BATCH, end))
            wanted = select(table).where(within).order_by(table.c.id)
            yield from self.connection.execute(wanted).mappings()

    def _added(self, last: int) -> Break | None:
        """The first row that no act accounts for."""
        for name, expected in self.next.items():
            id = TABLES[name].c.id
            wanted = select(func.min(id)).where((id >= expected) | (id < 1))
            row = self.connection.execute(wanted).scalar_one_or_none()
            if row is not None:
                return Break(last, PREFIX + name, row, "这一行没有记账")
        return None


def _row_digest(table: Table, names: Iterable[str], row: RowMapping) -> str:
    said = [name_then(table), row["id"], row["salt"], *(row[name] for name in names)]
    return hashlib.sha256(compact(said).encode()).hexdigest()


def _act_digest(act: RowMapping) -> str:
    names = [column.name for column in acts.c if column.name != "digest"]
    return hashlib.sha256(compact([act[name] for name in names]).encode()).hexdigest()
