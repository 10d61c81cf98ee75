"""The faults of the final opinions -> what is to be put right, in the words of the letters.

One thing an item: what one fault asks for with several deadlines becomes several items. What waits
for evidence asks for nothing yet, and is only listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from inspections.records.rectification import Item, Term
from inspections.round.opened import OpenRound
from inspections.round.working_days import last_day
from reports.faults import Fault
from reports.letter import sentences
from reports.letter.fact import fact_told
from reports.letter.peers import Peers
from reports.letter.subject import Letter
from rubrics.messages.plain_text import one_line
from rubrics.rules import Rectify
from scoring.results.scores import Scores

_COUNTED: Final = re.compile(r"(?<![\d.])(\d[\d.]{0,9}) ?(\S{1,4}) × \d")
"""How many of what a measurement found, where each cost points: ``缺 11 节 × 1 分``."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fault that waits (待核): nothing is to be put right for it yet."""

    school: str
    rubric: str
    owner: str
    described: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the letters ask for. ``judged``: (school, rubric) of all letters, asking or not."""

    items: tuple[Item, ...]
    waiting: tuple[Waiting, ...]
    judged: frozenset[tuple[str, str]]


def found_in(
    opened: OpenRound,
    scores: Scores,
    day: date,
    numbers: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> Found:
    """Returns what the letters of a round ask for; terms are counted from ``day``.

    ``numbers``: of the letters that bear one, by (rubric, school); an item refers to its letter's.
    """
    items: list[Item] = []
    waiting: list[Waiting] = []
    judged = set()
    for name, held in scores.rubrics.items():
        for score in held.schools:
            if not score.visits:
                continue
            judged.add((score.school.id, name))
            # Records are made when they are looked at; here each is, many times.
            looked_at = replace(score, visits=tuple(score.visits))
            letter = Letter(opened.round, held.rubric, looked_at, opened.roster, Peers())
            items += _items(letter, name, day, numbers.get((name, score.school.id), ""))
            waiting += (
                Waiting(score.school.id, name, fault.owner, fact_told(letter, fault, waiting=True))
                for fault in letter.faults
                if fault.pending
            )
    return Found(tuple(items), tuple(waiting), frozenset(judged))


def _items(letter: Letter, rubric: str, day: date, number: str) -> Iterator[Item]:
    school = letter.score.school.id
    seen = max((visit.day for visit in letter.score.visits), default=None)
    for fault in letter.faults:
        if not fault.stands or fault.trifling:
            continue
        dimension = _dimension(letter, fault.owner)
        for days, demand in _by_days(letter, fault):
            at_once = days == 0
            term = letter.round.rectification.at_once_days if at_once else days
            working = at_once or letter.round.rectification.working
            yield Item(
                school=school,
                key=f"{rubric}/{fault.owner}/{days}",
                demand=demand,
                opened=day,
                kind=Term.AT_ONCE if at_once else Term.DAYS,
                days=term,
                working=working,
                due=last_day(day, term, working=working),
                found=seen,
                rubric=rubric,
                owner=fault.owner,
                title=fault.title,
                described=_described(letter, fault),
                quantity=_quantity(letter, fault),
                evidence=_evidence(letter, fault),
                basis="；".join(f"{it.marked_title}{it.clause}" for it in fault.basis),
                office=letter.round.rectification.office(rubric, dimension),
                reference=number or letter.round.letters.number,
                spot=seen if fault.put_right else None,
                done=one_line(fault.at_once),
            )


def _by_days(letter: Letter, fault: Fault) -> Iterator[tuple[int, str]]:
    """(days, all that is asked for within them); what names no demand goes with the report."""
    if not fault.demands:
        yield letter.round.letters.report_days, sentences.NO_DEMAND
        return
    by_days: dict[int, list[Rectify]] = {}
    for one in fault.demands:
        by_days.setdefault(one.days, []).append(one)
    for days, asked in by_days.items():
        yield days, "".join(one.demand for one in asked)


def _described(letter: Letter, fault: Fault) -> str:
    """What was found, as the letter tells it; the indicator has a column of its own."""
    label = letter.label(fault.owner)
    told = fact_told(letter, fault, waiting=False)
    rest = told.removeprefix(f"{label}：")
    if told.startswith(f"{label}（"):  # a red line stands in brackets behind the name
        rest = told.removeprefix(f"{label}（").replace("）（", "；").replace("）：", "；", 1)
        rest = rest.replace("）。", "。", 1) if "；" not in rest else rest
    return one_line(rest.rstrip("。"))


def _quantity(letter: Letter, fault: Fault) -> str:
    if letter.confidential(fault.owner) or fault.untold:
        return ""
    return "、".join(f"{n} {unit}" for n, unit in _COUNTED.findall(fault.measured))


def _evidence(letter: Letter, fault: Fault) -> tuple[str, ...]:
    if letter.confidential(fault.owner):
        return ()
    return tuple(one_line(item.name) for item in fault.evidence)


def _dimension(letter: Letter, owner: str) -> str:
    for dimension in letter.rubric.dimensions:
        if any(item.id == owner for item in dimension.indicators):
            return dimension.id
    return ""
