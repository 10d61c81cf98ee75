"""What the bureau has decided about records: kept beside what inspectors entered, never over it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies import office
from inspections.ledger.chain import By, Said, act, acts_by_id, compact
from inspections.ledger.facts import bodies_of
from inspections.ledger.tables import facts, index


class Verdict(StrEnum):
    """What can be decided. Later decisions go before earlier ones."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    EXCUSE = "excuse"
    REVOKE = "revoke"

    @property
    def word(self) -> str:
        """What it is called in Chinese."""
        return _WORDS[self]


_WORDS = {
    Verdict.ACCEPT: "采用",
    Verdict.REJECT: "不采用",
    Verdict.CORRECT: "更正",
    Verdict.EXCUSE: "合理缺项",
    Verdict.REVOKE: "撤销",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``number`` is 0 until it stands in the ledger; so are ``who`` and ``at``.

    Accepting and rejecting are about the record on one sheet of a file, told by the file's
    ``digest`` (``sheet`` empty: all of them). Correcting and excusing are about an item of a
    school's records (``occasion`` and ``inspector`` empty: all of them): ``owner``, and for a
    correction ``slot`` and the ``value`` as it would be typed. ``revokes``: the number of the
    decision that is over. ``fact``: its fact in the ledger; what was read before has a lower one.
    ``changes``: what was and what is now, record by record, and ``notes``: what is to be known of
    it, as told to whoever decides; they are not stored.
    """

    verdict: Verdict
    file: str = ""
    digest: str = ""
    sheet: str = ""
    school: str = ""
    rubric: str = ""
    occasion: str = ""
    inspector: str = ""
    owner: str = ""
    slot: str = ""
    value: str = ""
    revokes: int = 0
    number: int = 0
    who: str = ""
    why: str = ""
    at: str = ""
    fact: int = field(default=0, compare=False, repr=False)
    changes: tuple[str, ...] = field(default=(), compare=False, repr=False)
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)


_ADDED = ("number", "who", "why", "at", "fact", "changes", "notes")
ABOUT = [
    name for name in Decision.__dataclass_fields__ if name not in ("verdict", "revokes", *_ADDED)
]
"""What stands in the leaf of a decision's fact, so that it can be erased."""


def decide(ledger: Engine, made: list[Decision], by: By) -> list[int]:
    """Adds decisions in one act; returns their numbers."""
    with act(ledger, "decide", by) as doing:
        first = _last_number(doing.connection) + 1
        numbers = list(range(first, first + len(made)))
        doing.add(
            "decision", (decision(number, one) for number, one in zip(numbers, made, strict=True))
        )
    return numbers


def decision(number: int, one: Decision) -> Said:
    """Returns what the fact of a decision says."""
    about = {name: value for name in ABOUT if (value := getattr(one, name))}
    body = office.Decision(number, one.verdict.value, one.revokes)
    return Said(body, [("about", compact(about))])


def _last_number(connection: Connection) -> int:
    last = select(func.max(index.c.parent)).where(index.c.kind == "decision")
    return connection.execute(last).scalar_one_or_none() or 0


def all_decisions(ledger: Engine) -> list[Decision]:
    """Returns every decision in the order in which they were made, revoked ones among them."""
    with ledger.connect() as connection:
        acts = acts_by_id(connection)
        wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == "decision")
        act_of = {id: acts[act] for id, act in connection.execute(wanted)}
        return [
            Decision(
                Verdict(body.verdict),
                **json.loads(texts.get("about", "{}")),
                revokes=body.revokes,
                number=body.number,
                who=act_of[id].who,
                why=act_of[id].why,
                at=act_of[id].at,
                fact=id,
            )
            for id, body, texts in bodies_of(connection, "decision")
        ]


def in_force(made: Iterable[Decision]) -> list[Decision]:
    """Returns the decisions that nobody has revoked, revocations among them; ``made`` in order.

    A revocation may be revoked too.
    """
    standing: list[Decision] = []
    over: set[int] = set()
    for one in sorted(made, key=lambda one: one.number, reverse=True):
        if one.number not in over:
            standing.insert(0, one)
            over |= {one.revokes} if one.verdict is Verdict.REVOKE else set()
    return standing
