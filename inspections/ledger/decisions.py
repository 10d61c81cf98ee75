"""What the bureau has decided about records: kept beside what inspectors entered, never over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine, select

from inspections.ledger.chain import By, act, acts_of
from inspections.ledger.tables import decisions


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
    decision that is over.
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


_ADDED = ("number", "who", "why", "at")
_PLAIN = [name for name in Decision.__dataclass_fields__ if name not in ("verdict", *_ADDED)]


def decide(ledger: Engine, made: list[Decision], by: By) -> list[int]:
    """Adds decisions in one act; returns their numbers."""
    with act(ledger, "decide", by) as doing:
        names = ("verdict", *_PLAIN)
        return doing.add(decisions, ({name: getattr(one, name) for name in names} for one in made))


def all_decisions(ledger: Engine) -> list[Decision]:
    """Returns every decision in the order in which they were made, revoked ones among them."""
    with ledger.connect() as connection:
        made = {
            id: {name: getattr(row, name) for name in ("who", "why", "at")}
            for id, row in acts_of(connection, decisions).items()
        }
        rows = connection.execute(select(decisions).order_by(decisions.c.id)).mappings()
        return [
            Decision(
                Verdict(row["verdict"]),
                **{name: row[name] for name in _PLAIN},
                number=row["id"],
                **made[row["id"]],
            )
            for row in rows
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
