"""What a school has to put right, and what happens to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Term(StrEnum):
    """How long a school has (类别)."""

    AT_ONCE = "at-once"
    DAYS = "days"
    LONG = "long-term"


class Verb(StrEnum):
    """What can happen to an item. The last four are what a follow-up (回头看) finds."""

    REPORT = "report"
    PROGRESS = "progress"
    RETURN = "return"
    CLOSE = "close"
    EXTEND = "extend"
    KEEP = "keep"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    DONE = "found-done"
    NOT_DONE = "not-done"
    RELAPSE = "relapse"
    FALSE = "false"

    @property
    def word(self) -> str:
        """What it is called in Chinese."""
        return _WORDS[self]


_WORDS = {
    Verb.REPORT: "报送",
    Verb.PROGRESS: "进展",
    Verb.RETURN: "退回",
    Verb.CLOSE: "销号",
    Verb.EXTEND: "延期",
    Verb.KEEP: "长期坚持",
    Verb.AMEND: "更正",
    Verb.WITHDRAW: "撤回",
    Verb.REOPEN: "重新立项",
    Verb.DONE: "复查销号",
    Verb.NOT_DONE: "未改",
    Verb.RELAPSE: "反弹",
    Verb.FALSE: "虚报",
}
FOUND = frozenset({Verb.DONE, Verb.NOT_DONE, Verb.RELAPSE, Verb.FALSE})
"""The verdicts of a follow-up."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a school has to put right. ``number`` is 0 until the ledger has given one.

    ``source``: 督导, 巡察, 信访, 自查, 审计. ``school`` by its code; ``rubric`` and ``owner``: of
    the indicator, red line or penalty, empty where it came from elsewhere. ``key``: by what the
    same thing is known when it comes again, among the school's. ``title``: of the indicator.
    ``opened``: the day from which the term is counted; ``days`` of it, only working days where
    ``working``; ``due``: the last of them, None for what is kept up in the long run. ``found``:
    when it was found. ``spot``: when it was put right on the spot, and ``done`` what was done then.
    ``reference``: the paper that says it. ``amount``: how much money an audit found amiss, in yuan;
    None where nothing was said. ``fact``: its place in the ledger.
    """

    school: str
    key: str
    demand: str
    opened: date
    source: str = "督导"
    kind: Term = Term.DAYS
    days: int = 0
    working: bool = False
    due: date | None = None
    found: date | None = None
    rubric: str = ""
    owner: str = ""
    title: str = ""
    described: str = ""
    quantity: str = ""
    evidence: tuple[str, ...] = ()
    basis: str = ""
    office: str = ""
    reference: str = ""
    spot: date | None = None
    done: str = ""
    remark: str = ""
    amount: int | None = None
    number: int = 0
    who: str = ""
    at: str = ""
    fact: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Move:
    """What happened to the item of a number. ``who``, ``why`` and ``at`` are the act's.

    ``day``: when, as told; ``done``: when the school had it done. ``measures``, ``leader`` (责任
    领导), ``person`` (责任人), ``result``, ``proof`` (names of evidence), ``signed`` (自查签字):
    what a school reports. ``until``: a new deadline, ``approved``: by whom it was given.
    ``reason``: why it was returned, extended, withdrawn. ``consulted``: an office that had to be
    asked. ``rules`` and ``handled``: how many rules of its own the school has made, and how many
    persons it has dealt with, None where nothing was said. ``checked_by``: who looked again.
    ``file``: the digest of the workbook in which it came.
    ``says``: what an amended item says now, by the names of its fields.
    """

    item: int
    verb: Verb
    day: date | None = None
    measures: str = ""
    leader: str = ""
    person: str = ""
    done: date | None = None
    progress: int | None = None
    result: str = ""
    proof: tuple[str, ...] = ()
    signed: str = ""
    asked: date | None = None
    until: date | None = None
    approved: str = ""
    reason: str = ""
    consulted: str = ""
    checked_by: str = ""
    remark: str = ""
    rules: int | None = None
    handled: int | None = None
    file: str = ""
    says: tuple[tuple[str, str], ...] = ()
    who: str = ""
    why: str = ""
    at: str = ""
    fact: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Case:
    """An item with its moves, in the order in which they were made."""

    item: Item
    moves: tuple[Move, ...] = ()

    @property
    def number(self) -> int:
        """The item's."""
        return self.item.number

    def last(self, *verbs: Verb) -> Move | None:
        """Returns the latest move of these kinds; None where there was none."""
        return next((one for one in reversed(self.moves) if one.verb in verbs), None)
