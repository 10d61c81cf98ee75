"""Follows the chain from the first act to the last, and names the first fact that breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, Engine, RowMapping, func, select
from sqlalchemy.exc import DatabaseError

from inspections.ledger.bodies.forms import KIND_WORDS, NOTHING, decode
from inspections.ledger.breaks import Break, Verified
from inspections.ledger.chain import FIRST, act_digest, content_digest, fact_digest
from inspections.ledger.damaged import DAMAGED, fails_on_text, readable
from inspections.ledger.erasing import WHOLE, erased_facts
from inspections.ledger.indexing import BATCH, index_row
from inspections.ledger.leaves import NO_LEAVES, Leaf, read_leaves, write_leaves
from inspections.ledger.old.agreeing import disagreement
from inspections.ledger.old.erasing import has_first_form
from inspections.ledger.old.verifying import verify_old
from inspections.ledger.tables import acts, facts, index


def verify(ledger: Engine, head: str = "") -> Verified:
    """Returns what following the chain from its first act finds.

    ``head``: the (beginning of the) digest of an act as it was noted down elsewhere. Only with it
    can one tell that the last acts have not been cut off, or the whole ledger written anew. In a
    ledger that once had the first form what is left of that is followed too, and compared.
    Rows that are no text, or no Unicode, are breaks like any other.
    """
    with ledger.connect() as connection:
        before = verify_old(connection) if has_first_form(connection) else None
        if isinstance(before, Break):
            return Verified(0, 0, FIRST, before, not head)
        found = _Follower(connection, erased_facts(connection)).follow(head)
        if before is None or found.broken:
            return found
        # What was noted down before the upgrade is the digest of an act of then.
        met = found.met or any(digest.startswith(head) for digest in before[1:])
        return replace(found, broken=disagreement(connection, before[-1]), met=met)


def verify_since(ledger: Engine, acts_done: int, facts_done: int, head: str) -> Verified:
    """Returns the same from behind an act on, up to which all was found right before.

    ``head``: the digest of that act; it, and all before it, is not looked at.
    """
    with ledger.connect() as connection:
        follower = _Follower(connection, erased_facts(connection), facts_done + 1)
        return follower.follow("", acts_done, head)


NOT_THERE: Final = "这一条不见了"
NOT_ADDED: Final = "这一条没有记账"
CHANGED: Final = "这一条被改过"
SPEAKS: Final = "这一条已删除，又有了内容"
ACT_CHANGED: Final = "这一笔的时间、经手人、事由或内容目录被改过"
ASTRAY: Final = "查找用的目录里，这一条被改过"


@dataclass(slots=True)
class _Follower:
    """``erased``: what was blanked, by fact. ``next``: the fact that comes next."""

    connection: Connection
    erased: Mapping[int, frozenset[str]]
    next: int = 1

    def follow(self, head: str, done: int = 0, previous: str = FIRST) -> Verified:
        met, wanted = not head, select(acts)
        for id in self.connection.execute(select(acts.c.id).order_by(acts.c.id)).scalars().all():
            if id <= done:
                continue
            try:
                act = self.connection.execute(wanted.where(acts.c.id == id)).mappings().one()
                broken = self._act(act, done + 1, previous)
            except (DatabaseError, TypeError, ValueError) as error:  # no text, no number
                if isinstance(error, DatabaseError) and not fails_on_text(self.connection):
                    raise
                broken = Break(done + 1, "", 0, ACT_CHANGED)
            if broken:
                return Verified(done, self.next - 1, previous, broken, met)
            done, previous = done + 1, act["digest"]
            met = met or previous.startswith(head)
        return Verified(done, self.next - 1, previous, self._added(done), met)

    def _act(self, act: RowMapping, number: int, previous: str) -> Break | None:
        if act["id"] != number:
            return Break(number, "", 0, "这一笔不见了")
        if act["previous"] != previous:
            return Break(number, "", 0, "与上一笔接不上")
        if act["digest"] != act_digest(act):
            return Break(number, "", 0, ACT_CHANGED)
        if act["first"] != self.next:
            return Break(number, self._kind(self.next), self.next, NOT_ADDED)
        digests: list[str] = []
        end = act["first"] + act["count"]
        for row in self._facts(act["first"], end):
            if row is None:
                return Break(number, "", self.next, CHANGED)
            if row["id"] != self.next:
                break
            if wrong := self._wrong(row, number):
                kind = row["kind"] if row["kind"] in KIND_WORDS else ""
                return Break(number, kind, self.next, wrong)
            digests.append(row["digest"])
            self.next += 1
        if self.next < end:
            return Break(number, "", self.next, NOT_THERE)
        if content_digest(digests) != act["content"]:
            return Break(number, "", 0, "这一笔里有内容连同校验码一起被改过")
        return None

    def _facts(self, first: int, end: int) -> Iterator[RowMapping | None]:
        """The facts of an act with what the index says of them, a few at a time; None in place of
        one that cannot be read.
        """
        said = [column.label(f"index_{column.name}") for column in index.c]
        joined = select(facts, *said).outerjoin(index, index.c.fact == facts.c.id)
        for start in range(first, end, BATCH):
            yield from readable(self.connection, joined, start, min(start + BATCH, end))

    def _wrong(self, row: RowMapping, act: int) -> str:
        """What is wrong with a fact; empty where nothing is."""
        id, kind, form, body = row["id"], row["kind"], row["form"], row["body"]
        try:
            leaves = read_leaves(row["leaves"])
            if write_leaves(leaves) != row["leaves"]:
                return CHANGED
            gone = self.erased.get(id)
            if gone == WHOLE:
                if (body, row["salt"], row["leaves"]) != (NOTHING, "", NO_LEAVES):
                    return SPEAKS
            else:
                if gone and any(leaf[0] in gone and len(leaf) != 2 for leaf in leaves):
                    return SPEAKS
                if any(len(leaf) == 2 and leaf[0] not in (gone or ()) for leaf in leaves):
                    return CHANGED
                head = (id, row["act"], kind, form)
                if fact_digest(head, row["salt"], body, leaves) != row["digest"]:
                    return CHANGED
            if row["act"] != act:
                return CHANGED
            return "" if _found(row, leaves) else ASTRAY
        except DAMAGED:  # it is no JSON any more, or no text
            return SPEAKS if id in self.erased else CHANGED

    def _kind(self, id: int) -> str:
        wanted = select(facts.c.kind).where(facts.c.id == id)
        return self.connection.execute(wanted).scalar_one_or_none() or ""

    def _added(self, last: int) -> Break | None:
        """The first fact that no act accounts for."""
        wanted = select(func.min(facts.c.id)).where((facts.c.id >= self.next) | (facts.c.id < 1))
        id = self.connection.execute(wanted).scalar_one_or_none()
        return None if id is None else Break(last, self._kind(id), id, NOT_ADDED)


def _found(row: RowMapping, leaves: list[Leaf]) -> bool:
    """Whether the index says what follows from the fact."""
    texts = {leaf[0]: leaf[2] for leaf in leaves if len(leaf) == 3}
    body = decode(row["kind"], row["form"], row["body"])
    due = index_row(row["id"], row["kind"], body, texts)
    return all(row[f"index_{name}"] == value for name, value in due.items())
