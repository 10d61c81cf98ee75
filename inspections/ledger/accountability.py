"""What rules propose (表彰, 约谈, 取消评优……) and what was decided; never changed, only added to.

Proposals are numbered by the ledger within the act that adds them: without gaps, never twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, Engine, func, select

from inspections.ledger.bodies import accountability as bodies
from inspections.ledger.chain import By, Said, act, acts_by_id
from inspections.ledger.facts import bodies_of
from inspections.ledger.tables import facts, index


class Verdict(StrEnum):
    """What can be decided on a proposal."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed"

    @property
    def word(self) -> str:
        """What it is called in Chinese."""
        return _WORDS[self]


_WORDS: Final = {
    Verdict.ACCEPTED: "同意",
    Verdict.REJECTED: "不同意",
    Verdict.CHANGED: "改为",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule proposes for a school. ``number`` is 0 until the ledger has given one.

    ``school`` by its code; ``rubric``: its id, ``composite``, or empty for the school as a whole.
    ``rule`` by its id, ``title`` as it is called. ``kind``: the measure; ``figures``: what
    triggered it; ``to``: whom it is referred to; ``years``, ``days``: 0 where there are none.
    ``day``: when it was proposed, ``fact``: its place in the ledger.
    """

    school: str
    rubric: str
    rule: str
    title: str
    kind: str
    figures: str
    basis: str
    office: str
    measure: str = ""
    to: str = ""
    years: int = 0
    days: int = 0
    number: int = 0
    withdrawn: bool = False
    day: date | None = field(default=None, compare=False)
    fact: int = field(default=0, compare=False, repr=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """By what the same proposal is known when it comes again."""
        return self.rule, self.rubric, self.school

    def says_same(self, other: Proposal) -> bool:
        """Whether it rests on the same figures and asks for the same."""
        return replace(self, number=0) == replace(other, number=0)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided on the proposal of a number. ``who`` and ``at`` are the act's.

    ``version``: the fact of the proposal as whoever decided saw it. ``kind`` and ``years``: what a
    changed one was changed to. ``decided_by``: an office or a post, no name is needed.
    ``document``: the number of the document, where the bureau gave one. ``file``: the digest of
    the workbook in which it came.
    """

    proposal: int
    version: int
    verdict: Verdict
    day: date
    decided_by: str
    reason: str = ""
    kind: str = ""
    years: int = 0
    document: str = ""
    file: str = field(default="", compare=False)
    who: str = field(default="", compare=False)
    at: str = field(default="", compare=False)
    fact: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ProposalCase:
    """A proposal as it was made and made again, and what was decided, each in order."""

    versions: tuple[Proposal, ...]
    rulings: tuple[Ruling, ...] = ()

    @property
    def number(self) -> int:
        """The proposal's."""
        return self.versions[-1].number

    @property
    def latest(self) -> Proposal:
        """As it was proposed last."""
        return self.versions[-1]

    @property
    def ruling(self) -> Ruling | None:
        """What was decided last."""
        return self.rulings[-1] if self.rulings else None

    def version(self, fact: int) -> Proposal:
        """Returns how it was proposed in a fact, or in the last one before."""
        return next((it for it in reversed(self.versions) if it.fact <= fact), self.versions[0])


_TEXTS = (
    "school",
    "rubric",
    "rule",
    "title",
    "kind",
    "figures",
    "basis",
    "office",
    "measure",
    "to",
)
_TEXTS_OF_RULING = ("kind", "reason", "decided_by", "document")


def keep_proposals(ledger: Engine, now: Iterable[Proposal], day: date, by: By) -> list[Proposal]:
    """Adds, in one act, what is new, what has other figures, and what holds no more (withdrawn).

    ``now``: all that the rules propose. Returns what was added, with its number.
    """
    with act(ledger, "propose", by) as doing:
        held = {one.latest.key: one.latest for one in _cases(doing.connection)}
        number = _last_number(doing.connection)
        added: list[Proposal] = []
        proposed = {one.key: one for one in now}
        for key, one in proposed.items():
            before = held.get(key)
            if before is not None and before.says_same(one):
                continue
            number += before is None
            own = number if before is None else before.number
            added.append(replace(one, number=own, day=day))
        for key, before in held.items():
            if key not in proposed and not before.withdrawn:
                added.append(replace(before, withdrawn=True, day=day))
        doing.add("proposal", map(_said, added))
    return added


def add_rulings(ledger: Engine, made: Sequence[Ruling], by: By) -> list[Ruling]:
    """Adds what was decided, in one act; returns what was added.

    What says the same as the last ruling on the same version is not added again.
    """
    with act(ledger, "rule", by) as doing:
        cases = {one.number: one for one in _cases(doing.connection)}
        fresh = [one for one in made if one.proposal in cases and cases[one.proposal].ruling != one]
        schools = {number: one.latest.school for number, one in cases.items()}
        doing.add("ruling", (_said_of_ruling(one, schools[one.proposal]) for one in fresh))
    return fresh


def proposal_cases(ledger: Engine) -> list[ProposalCase]:
    """Returns every proposal that was not erased, with what was decided, by number."""
    with ledger.connect() as connection:
        acts = acts_by_id(connection)
        wanted = select(facts.c.id, facts.c.act).where(facts.c.kind == "ruling")
        act_of = {id: acts[act] for id, act in connection.execute(wanted)}
        return [
            replace(
                case,
                rulings=tuple(
                    replace(one, who=act_of[one.fact].who, at=act_of[one.fact].at)
                    for one in case.rulings
                ),
            )
            for case in _cases(connection)
        ]


def _cases(connection: Connection) -> list[ProposalCase]:
    versions: dict[int, list[Proposal]] = {}
    for id, body, texts in bodies_of(connection, "proposal"):
        if texts.get("school"):
            versions.setdefault(body.number, []).append(
                Proposal(
                    **{name: texts.get(name, "") for name in _TEXTS},
                    years=body.years,
                    days=body.days,
                    number=body.number,
                    withdrawn=body.withdrawn,
                    day=date.fromisoformat(body.day),
                    fact=id,
                )
            )
    rulings: dict[int, list[Ruling]] = {}
    for id, body, texts in bodies_of(connection, "ruling"):
        if texts.get("school"):
            rulings.setdefault(body.proposal, []).append(
                Ruling(
                    body.proposal,
                    body.version,
                    Verdict(body.verdict),
                    date.fromisoformat(body.day),
                    **{name: texts.get(name, "") for name in _TEXTS_OF_RULING},
                    years=body.years,
                    file=body.file,
                    fact=id,
                )
            )
    return [
        ProposalCase(tuple(held), tuple(rulings.get(number, ())))
        for number, held in sorted(versions.items())
    ]


def _said(one: Proposal) -> Said:
    assert one.day is not None
    body = bodies.Proposal(one.number, one.day.isoformat(), one.years, one.days, one.withdrawn)
    return Said(body, [(name, text) for name in _TEXTS if (text := getattr(one, name))])


def _said_of_ruling(one: Ruling, school: str) -> Said:
    body = bodies.Ruling(
        one.proposal, one.version, one.verdict.value, one.day.isoformat(), one.years, one.file
    )
    texts = [("school", school), *((name, getattr(one, name)) for name in _TEXTS_OF_RULING)]
    return Said(body, [(name, text) for name, text in texts if text])


def _last_number(connection: Connection) -> int:
    last = select(func.max(index.c.parent)).where(index.c.kind == "proposal")
    return connection.execute(last).scalar_one_or_none() or 0
