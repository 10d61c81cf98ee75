"""What schools of the sample object to their first opinions, and how the bureau answers.

One is right, one is right in part, one has no new facts, and one comes too late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Final

from inspections.collecting.collecting import collected
from inspections.demo.county import county
from inspections.demo.photographs import Artist
from inspections.ledger.objections import Outcome
from inspections.round.opened import OpenRound
from rubrics.language.slots import address, slots
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem
from rubrics.rules import Deduct

FOLDER: Final = "异议"
"""A folder in the school's, in ``evidence/``."""


@dataclass(frozen=True, slots=True)
class Protest:
    """What a school objects to: ``count`` of one fault, in ``item`` of a rubric.

    ``stays``: what of it the bureau finds to be so. ``outcome``, ``text`` and ``reasons``: what
    the school says, and what it is told.
    """

    school: str
    rubric: str
    item: str
    fault: str
    unit: str
    count: int
    stays: int
    outcome: Outcome = Outcome.REJECTED
    text: str = ""
    reasons: str = ""

    @property
    def paper(self) -> str:
        """The name of what the school sends with it."""
        return f"{self.item}情况说明.pdf"


_TOLD: Final = (
    (
        Outcome.ACCEPTED,
        (
            "初步意见写“{fault} {count} {unit}”。我校查对原始记录，这 {count} {unit}当日已经办理"
            "并登记，检查时记录本在分管人员处，没有出示。现附记录复印件，请予核减。"
        ),
        "到校核对了原始记录，学校所说属实，这一项不再扣分",
    ),
    (
        Outcome.PARTLY,
        "初步意见写“{fault} {count} {unit}”。其中 1 {unit}有记录可查，附复印件，请予核减。",
        "有记录可查的 1 {unit}属实，予以核减；其余 {stays} {unit}没有材料证明，维持",
    ),
    (
        Outcome.REJECTED,
        "“{fault}”一项，我校认为属于个别现象，当天已经提醒有关人员，请不予扣分。",
        "事实清楚，学校也没有否认；细则没有个别现象不扣分的规定",
    ),
    (
        Outcome.REJECTED,
        "“{fault}”一项扣分偏重，请酌情减少。",
        "超过了陈述申辩的期限，也没有提出新的事实和证据",
    ),
)


def protests(opened: OpenRound) -> tuple[Protest, ...]:
    """Returns what is objected, each by another school, in the order in which it comes in.

    Fewer where a small county has no such faults.
    """
    found = list(_faults(opened))
    county().chance("protests").shuffle(found)
    made: list[Protest] = []
    for outcome, text, reasons in _TOLD:
        least = 2 if outcome is not Outcome.REJECTED else 1
        met = {one.school for one in made}
        one = next((it for it in found if it.count >= least and it.school not in met), None)
        if one is None:
            continue
        stays = {Outcome.ACCEPTED: 0, Outcome.PARTLY: one.count - 1}.get(outcome, one.count)
        said = {"fault": one.fault, "count": one.count, "unit": one.unit, "stays": stays}
        told = text.format(**said), reasons.format(**said)
        made.append(replace(one, stays=stays, outcome=outcome, text=told[0], reasons=told[1]))
    return tuple(made)


def write_paper(opened: OpenRound, one: Protest, day: date) -> tuple[Path, list[Problem]]:
    """Puts the paper of an objection where a clerk would. Codes: those of ``write_whole``."""
    school = opened.roster.schools[one.school]
    path = opened.folder.evidence / school.name / FOLDER / one.paper
    data = Artist().draw(school, one.paper, datetime.combine(day, time(9)))
    return path, list(write_whole(path, data, opened.folder.name(path)))


def _faults(opened: OpenRound) -> Iterator[Protest]:
    """What was counted at a school, the same by all who were there, and costs points."""
    counts: dict[tuple[str, str, str], set[Decimal]] = {}
    told: dict[tuple[str, str, str], tuple[str, str]] = {}
    for record in collected(opened).visits:
        school, rubric = record.key.school, opened.rubrics[record.key.rubric]
        for indicator in rubric.indicators:
            seen = record.observation(indicator.id)
            if seen is None or not isinstance(indicator.rule, Deduct) or seen.decided:
                continue
            known = {fault.id or "": fault for fault in indicator.rule.faults}
            for slot in slots(indicator, opened.roster.schools[school].traits):
                value, fault = seen.values.get(slot.key), known.get(slot.key)
                if fault is None or not isinstance(value, Decimal):
                    continue
                whose = school, rubric.id, address(indicator.id, slot)
                counts.setdefault(whose, set()).add(value)
                told[whose] = fault.label, fault.unit
    for whose, values in sorted(counts.items()):
        (count, *others), (label, unit) = sorted(values), told[whose]
        if count and not others:
            yield Protest(*whose, label, unit, int(count), int(count))
