"""How a proposal stands: it follows from what the rules say now and what was decided.

A ruling holds as long as the proposal says what it said to whoever decided. Once figures change it
stays on record, and counts for nothing until somebody decides again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspections.ledger.accountability import Proposal, ProposalCase, Ruling, Verdict


class State(StrEnum):
    """How a proposal stands, as it is called in Chinese."""

    OPEN = "待决定"
    ACCEPTED = "已同意"
    CHANGED = "已改定"
    REJECTED = "未同意"
    OUTDATED = "数据已变"
    GONE = "不再成立"


_AFTER = {
    Verdict.ACCEPTED: State.ACCEPTED,
    Verdict.CHANGED: State.CHANGED,
    Verdict.REJECTED: State.REJECTED,
}


@dataclass(frozen=True, slots=True)
class ProposalStanding:
    """How a proposal stands. ``now``: as the rules say it now, None where they do not any more.

    ``flagged``: something was decided, and does not hold any more.
    """

    case: ProposalCase
    state: State
    now: Proposal | None
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided and holds: what bulletins, lists and papers may tell of.

    ``kind`` and ``years``: as decided. No person is named here: ``decided_by`` is a post.
    """

    number: int
    school: str
    rubric: str
    kind: str
    title: str
    figures: str
    basis: str
    office: str
    measure: str
    to: str
    years: int
    days: int
    decided_by: str
    day: date
    document: str


def proposal_standings(
    cases: Iterable[ProposalCase], now: Iterable[Proposal]
) -> list[ProposalStanding]:
    """Returns how all proposals in the ledger stand; ``now``: what the rules propose now."""
    by_key = {one.key: one for one in now}
    return [_standing(case, by_key.get(case.latest.key)) for case in cases]


def in_force(standings: Iterable[ProposalStanding]) -> list[Decided]:
    """Returns what was accepted or changed and still holds, by number."""
    return [
        _decided(one.case.latest, one.case.ruling)
        for one in standings
        if one.state in (State.ACCEPTED, State.CHANGED) and one.case.ruling is not None
    ]


def _standing(case: ProposalCase, now: Proposal | None) -> ProposalStanding:
    ruling = case.ruling
    if now is None:
        return ProposalStanding(case, State.GONE, None, ruling is not None)
    if ruling is not None and case.version(ruling.version).says_same(now):
        return ProposalStanding(case, _AFTER[ruling.verdict], now)
    if not case.latest.says_same(now):
        return ProposalStanding(case, State.OUTDATED, now, ruling is not None)
    return ProposalStanding(case, State.OPEN, now, ruling is not None)


def _decided(one: Proposal, ruling: Ruling) -> Decided:
    changed = ruling.verdict is Verdict.CHANGED and ruling.kind not in ("", one.kind)
    years = ruling.years or (0 if changed else one.years)
    return Decided(
        number=one.number,
        school=one.school,
        rubric=one.rubric,
        kind=ruling.kind or one.kind,
        title=one.title,
        figures=one.figures,
        basis=one.basis,
        office=one.office,
        measure="" if changed else one.measure,
        to="" if changed else one.to,
        years=years,
        days=0 if changed else one.days,
        decided_by=ruling.decided_by,
        day=ruling.day,
        document=ruling.document,
    )
