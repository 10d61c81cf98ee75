"""A month of a round: what was done in it, and so far, as everything stood at its end.

What came after the month counts in nothing, so that the same month asked later gives the same
figures. The day of a thing is that which was told of it, or else that of the act that wrote it
down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from inspections.accountability.measures import (
    AWARD_LOST,
    COMMENDATION,
    CRITICISM,
    PROCEEDINGS,
    REFERRAL,
    SUMMONS,
    TALK_REMINDER,
    TERM,
)
from inspections.ledger.accountability import ProposalCase, Ruling, Verdict
from inspections.records.on_site import minutes_on_site
from inspections.records.record_list import Head
from inspections.records.rectification import Case, Move, Term, Verb
from inspections.rectification.states import Standing, State, standing


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> Month:
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)


@dataclass(frozen=True, slots=True)
class Visited:
    """One record: its head, and who made it."""

    head: Head
    inspectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a month is counted from."""

    visits: Sequence[Visited] = ()
    cases: Sequence[Case] = ()
    proposals: Sequence[ProposalCase] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """What was done: each a count, ``minutes`` minutes.

    ``visits``: of a team to a school under a rubric; ``school_days``: schools times days
    (检查校次); ``schools``: different ones; ``person_days``: inspectors times days (出动人次).
    ``faults``: items that were opened, of which ``at_once``, ``termed`` and ``long_term`` are all;
    ``on_spot``: those that were put right before the inspectors' eyes. ``closed``, ``extended``,
    ``returned``, ``relapsed``: items to which that happened, as they stand by the end;
    ``overdue``: items that are overdue by the end, in a month those that became so in it.
    ``talks`` (约谈), ``reminders`` (谈话提醒), ``notices`` (通报批评), ``awards_lost``, ``terms``
    (限期整改), ``referrals`` (移送), ``proceedings`` (提请问责), ``commended`` (表彰): decided.
    """

    visits: int = 0
    school_days: int = 0
    schools: int = 0
    person_days: int = 0
    minutes: int = 0
    faults: int = 0
    at_once: int = 0
    on_spot: int = 0
    termed: int = 0
    long_term: int = 0
    closed: int = 0
    overdue: int = 0
    extended: int = 0
    returned: int = 0
    relapsed: int = 0
    talks: int = 0
    reminders: int = 0
    notices: int = 0
    awards_lost: int = 0
    terms: int = 0
    referrals: int = 0
    proceedings: int = 0
    commended: int = 0


MEASURES = {
    SUMMONS: "talks",
    TALK_REMINDER: "reminders",
    CRITICISM: "notices",
    AWARD_LOST: "awards_lost",
    TERM: "terms",
    REFERRAL: "referrals",
    PROCEEDINGS: "proceedings",
    COMMENDATION: "commended",
}
"""Measure of accountability -> field of :class:`Counts`."""


@dataclass(frozen=True, slots=True)
class Both:
    """Figures of the month, and so far (本月、累计)."""

    month: Counts
    so_far: Counts

    @property
    def empty(self) -> bool:
        """Whether nothing was ever done."""
        return self.so_far == Counts()


def as_of(facts: Facts, day: date) -> Facts:
    """Returns what was there on the evening of a day."""
    cases = [
        replace(case, moves=tuple(one for one in case.moves if _day_of_move(one) <= day))
        for case in facts.cases
        if case.item.opened <= day
    ]
    proposals = [
        replace(case, rulings=tuple(one for one in case.rulings if one.day <= day))
        for case in facts.proposals
    ]
    visits = [one for one in facts.visits if one.head.day <= day]
    return Facts(visits, cases, proposals)


def counted(facts: Facts, month: Month) -> Both:
    """Returns the figures of a month and so far."""
    held = as_of(facts, month.last)
    return Both(_counts(held, month, month.first), _counts(held, month, date.min))


def broken_down(
    facts: Facts,
    month: Month,
    *,
    of_visit: Callable[[Head], str] | None,
    of_item: Callable[[Case], str],
) -> dict[str, Both]:
    """Returns the figures of visits and items by what they belong to, by name; None: no visits.

    The figures of items add up to those of all; a school or an inspector may count in several.
    """
    kept: dict[str, tuple[list[Visited], list[Case]]] = {}
    if of_visit is not None:
        for visit in facts.visits:
            kept.setdefault(of_visit(visit.head), ([], []))[0].append(visit)
    for case in facts.cases:
        kept.setdefault(of_item(case), ([], []))[1].append(case)
    made = {name: counted(Facts(*held), month) for name, held in sorted(kept.items())}
    return {name: both for name, both in made.items() if not both.empty}


def due_next(facts: Facts, month: Month) -> list[Standing]:
    """Returns the items that are due in the month after, as they stand at the end of this one."""
    held = as_of(facts, month.last)
    stands = [standing(case, month.last) for case in held.cases]
    then = month.following
    due = [
        one for one in stands
        if not one.finished and one.due is not None and then.first <= one.due <= then.last
    ]  # fmt: skip
    return sorted(due, key=lambda one: (one.due or date.max, one.number))


def written_later(facts: Facts, month: Month) -> int:
    """Returns how many moves and items of the month or before were written down after it."""
    held = as_of(facts, month.last)
    acts = [case.item.at for case in held.cases]
    acts += [one.at for case in held.cases for one in case.moves]
    return sum(bool(at) and _local(at) > month.last for at in acts)


def _counts(held: Facts, month: Month, since: date) -> Counts:
    found = dict.fromkeys((one.name for one in fields(Counts)), 0)
    visits = [one for one in held.visits if one.head.day >= since]
    found |= _on_site(visits)
    for case in held.cases:
        now = standing(case, month.last)
        if now.state is State.WITHDRAWN:
            continue
        for name, day in _happened(case, now):
            found[name] += day >= since
    for proposal in held.proposals:
        ruling = proposal.ruling
        if ruling and ruling.verdict is not Verdict.REJECTED and ruling.day >= since:
            name = MEASURES.get(_measure(proposal, ruling), "")
            if name:
                found[name] += 1
    return Counts(**found)


def _on_site(visits: Sequence[Visited]) -> Mapping[str, int]:
    heads = [one.head for one in visits]
    keys = [head.key for head in heads]
    return {
        "visits": len({(key.school, key.rubric, key.occasion) for key in keys}),
        "school_days": len({(head.key.school, head.day) for head in heads}),
        "schools": len({key.school for key in keys}),
        "person_days": len({(who, one.head.day) for one in visits for who in one.inspectors}),
        "minutes": minutes_on_site(heads),
    }


_TERMS = {Term.AT_ONCE: "at_once", Term.DAYS: "termed", Term.LONG: "long_term"}


def _happened(case: Case, now: Standing) -> Iterable[tuple[str, date]]:
    """What an item counts in, each with its day."""
    item = case.item
    yield "faults", item.opened
    yield _TERMS[item.kind], item.opened
    if item.spot:
        yield "on_spot", item.opened
    if now.state is State.CLOSED:
        yield "closed", _closed_on(case)
    if now.state is State.OVERDUE and now.due is not None:
        yield "overdue", now.due + timedelta(days=1)
    for name, verbs in (
        ("extended", (Verb.EXTEND,)),
        ("returned", (Verb.RETURN, Verb.NOT_DONE, Verb.FALSE)),
        ("relapsed", (Verb.RELAPSE,)),
    ):
        move = case.last(*verbs)
        if move:
            yield name, _day_of_move(move)


def _closed_on(case: Case) -> date:
    """The day since which an item is closed; a follow-up that finds it done closes it no second
    time.
    """
    since = case.item.opened if case.item.spot else None
    for move in case.moves:
        if move.verb in (Verb.CLOSE, Verb.DONE):
            since = since or _day_of_move(move)
        elif move.verb not in (Verb.AMEND, Verb.PROGRESS):
            since = None
    return since or case.item.opened


def _measure(case: ProposalCase, ruling: Ruling) -> str:
    return ruling.kind or case.version(ruling.version).kind


def _day_of_move(move: Move) -> date:
    return move.day or (_local(move.at) if move.at else date.min)


def _local(at: str) -> date:
    return datetime.fromisoformat(at).astimezone().date()
