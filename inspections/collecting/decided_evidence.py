"""Evidence that a decision of the bureau wants: its own matter, told once, never an inspector's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from inspections.collecting.deciding import NOTES, decision_place, find_item
from inspections.ledger.decisions import Decision, Verdict
from inspections.records.observing import question_of
from inspections.records.record import Observation, Record, State
from inspections.records.record_list import RecordList
from inspections.round.opened import OpenRound
from rubrics.language.facts import rests_on_facts
from rubrics.language.rubric import Extra, Indicator
from rubrics.messages.problems import Place, Problem, problem

_ASKED = frozenset(("evidence-missing", "evidence-not-found"))


def decided_evidence(
    opened: OpenRound,
    records: RecordList,
    made: Iterable[Decision],
    problems: Iterable[Problem],
) -> Iterator[Problem]:
    """Yields one problem an item of a school: the latest decision about it wants evidence.

    Only where the rubric demands it of what was decided, there is none, and no inspector had to
    give it for what they found themselves (``problems``). Code: decision-evidence.
    """
    latest: dict[tuple[str, str, str], Decision] = {}
    for one in made:
        if (
            one.verdict is Verdict.CORRECT
            and one.slot not in NOTES
            and one.rubric in opened.rubrics
        ):
            latest[one.school, one.rubric, one.owner] = one
    if not latest:
        return
    owed = {item.place for item in problems if item.code in _ASKED}
    for (school, rubric, owner), one in latest.items():
        held = [
            records[at]
            for at, head in enumerate(records.heads)
            if (head.key.school, head.key.rubric) == (school, rubric)
        ]
        if any(_wants(opened, held, visit, owner, owed) for visit in held):
            item = find_item(opened, rubric, owner)
            yield problem(
                "decision-evidence",
                decision_place(opened, one),
                number=one.number,
                school=opened.roster.schools[school].name,
                rubric=opened.rubrics[rubric].title,
                item=f"{owner} {item.title}" if item else owner,
                owner=owner,
                folder=f"evidence/{school}",
            )


def _wants(
    opened: OpenRound, team: Iterable[Record], visit: Record, owner: str, owed: Set[Place]
) -> bool:
    seen, item = visit.observation(owner), find_item(opened, visit.key.rubric, owner)
    if seen is None or not seen.settled or seen.state is not State.CHECKED:
        return False
    if seen.evidence or seen.missing or seen.places.get("evidence") in owed:
        return False
    agreed = opened.round.combining.facts == "agreed"
    if agreed and not (isinstance(item, Indicator) and not rests_on_facts(item)):
        # What proves a fact for one inspector of a visit proves it for all.
        for other in team:
            there = other.observation(owner) if other.key.occasion == visit.key.occasion else None
            if there is not None and there.state is State.CHECKED and there.evidence:
                return False
    match item:
        case Indicator():
            return item.evidence == "required" or (
                item.evidence == "on_deduction" and _costs(opened, visit, item, seen)
            )
        case Extra():
            return item.evidence != "none" and any(seen.values.values())
        case _:
            return False


def _costs(opened: OpenRound, visit: Record, item: Indicator, seen: Observation) -> bool:
    demerits = opened.rubrics[visit.key.rubric].scale == "demerits"
    traits = opened.roster.schools[visit.key.school].traits
    question = question_of(item, traits, demerits=demerits, day=visit.day)
    return any(seen.values.get(key) for key in question.flags) or question.loses(seen.values)
