"""How often a school was held to account within a year, in this round and in those before.

Whoever is held to account twice or more often within a year is treated more severely
(教育督导问责办法); whether it is so, whoever decides says. What was decided on one day counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from inspections.accountability.measures import (
    AWARD_LOST,
    CRITICISM,
    PROCEEDINGS,
    SUMMONS,
    last_day_of,
)
from inspections.accountability.states import Decided
from inspections.ledger.accountability import Verdict, proposal_cases
from inspections.ledger.of_round import has_ledger, ledger_of, open_round
from inspections.round.days import day_text
from inspections.round.folder import SETTINGS
from inspections.round.opened import OpenRound
from rubrics.messages.plain_text import one_line
from rubrics.messages.problems import Place, Problem, problem, words_kept

COUNTED: Final = frozenset({SUMMONS, CRITICISM, AWARD_LOST, PROCEEDINGS})
"""Measures that hold a school to account; a talk that reminds and a term to mend do not yet."""


@dataclass(frozen=True, slots=True)
class HeldTo:
    """That a school was held to account, by what and when; ``round``: empty for this one."""

    school: str
    kind: str
    day: date
    round: str = ""


def held_before(opened: OpenRound) -> tuple[list[HeldTo], list[Problem]]:
    """Returns what was decided in the rounds that a round ``follows``. Code: accountability-former.

    Figures of a round that is over do not change any more: what was decided on the latest ones is
    taken to hold.
    """
    found: list[HeldTo] = []
    problems: list[Problem] = []
    for name in opened.round.follows:
        with words_kept():
            former, _ = open_round(opened.folder.root / name)
        if former is None:
            place = Place(SETTINGS, "", "follows")
            problems.append(problem("accountability-former", place, name=name))
        elif former.round.id != opened.round.id and has_ledger(former):
            found += _held(former)
    return found, problems


def _held(former: OpenRound) -> Iterator[HeldTo]:
    with ledger_of(former) as ledger:
        cases = proposal_cases(ledger)
    for case in cases:
        ruling, latest = case.ruling, case.latest
        if ruling is None or latest.withdrawn or ruling.verdict is Verdict.REJECTED:
            continue
        kind = ruling.kind or latest.kind
        if kind in COUNTED and case.version(ruling.version).says_same(latest):
            yield HeldTo(latest.school, kind, ruling.day, former.round.title)


def within_year(one: Decided, decided: Iterable[Decided], before: Iterable[HeldTo]) -> list[HeldTo]:
    """Returns how the school of ``one`` was held to account in the year before that, by day.

    ``decided``: of the same round; ``before``: of earlier ones.
    """
    own = (HeldTo(it.school, it.kind, it.day) for it in decided if it.kind in COUNTED)
    found = {
        it
        for it in (*own, *before)
        if it.school == one.school and it.day < one.day <= last_day_of(it.day, 1)
    }
    return sorted(found, key=lambda it: (it.day, it.kind, it.round))


def times(held: Iterable[HeldTo]) -> int:
    """Returns how often that was: what was decided on one day is once."""
    return len({it.day for it in held})


def told(held: Sequence[HeldTo]) -> str:
    """Returns how often, and what: ``1次：2026年5月20日约谈``; empty where there was nothing."""
    if not held:
        return ""
    each = (
        f"{day_text(it.day)}{it.kind}" + (f"（{one_line(it.round)}）" if it.round else "")
        for it in held
    )
    return f"{times(held)}次：{'；'.join(each)}"
