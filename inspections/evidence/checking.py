"""What is odd about evidence that is bound: one photograph for two schools, the wrong day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import timedelta
from typing import Final

from inspections.evidence.using import Use, named_use
from inspections.records.record_list import Evidence, Head, RecordList
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Problem, problem

_GRACE: Final = timedelta(minutes=30)
"""Cameras' clocks go wrong, and the gate is photographed before anybody signs in."""


def checked(
    records: RecordList, bound: Mapping[int, Mapping[str, Evidence]], opened: OpenRound
) -> tuple[RecordList, list[Problem]]:
    """Returns the records, without photographs that stand for two schools, and what is odd.

    ``bound``: the evidence of ``records``, by place and owner. Such a photograph proves nothing
    for either until somebody has said whose it is. Documents may be the same everywhere. Codes:
    evidence-shared (an error), evidence-repeated (a note), evidence-time, those of
    ``alike_problems``.
    """
    uses: dict[str, list[Use]] = defaultdict(list)
    for place, found in bound.items():
        rubric = opened.rubrics[records.heads[place].key.rubric]
        for owner, evidence in found.items():
            for proof in evidence.proof:
                if proof.picture:
                    uses[proof.digest].append(Use(records, place, owner, proof, rubric))
    problems: list[Problem] = []
    shared: set[str] = set()
    for digest, held in uses.items():
        if len({use.head.key.school for use in held}) > 1:
            shared.add(digest)
            problems += _shared(held, opened)
        else:
            problems += [*_repeated(held), *_times(held)]
    # It takes its time to load, and who asks how a round stands has no use for it.
    from inspections.evidence.seeming import alike_problems

    problems += alike_problems(uses, opened)
    if not shared:
        return records, problems
    doubted = {
        place: {owner: _doubted(evidence, shared) for owner, evidence in found.items()}
        for place, found in bound.items()
        if any(proof.digest in shared for one in found.values() for proof in one.proof)
    }
    return records.with_evidence(doubted), problems


def _shared(uses: Iterable[Use], opened: OpenRound) -> list[Problem]:
    """One problem for each school, at its file, that names the others."""
    first: dict[str, Use] = {}
    for use in uses:
        first.setdefault(use.head.key.school, use)
    found = []
    for school, use in first.items():
        others = "、".join(
            named_use(one, opened) for other, one in first.items() if other != school
        )
        own = opened.roster.schools[school].name
        found.append(problem("evidence-shared", use.place, school=own, others=others))
    return found


def _doubted(evidence: Evidence, shared: Set[str]) -> Evidence:
    gone = {item.name for item in evidence.proof if item.digest in shared}
    if not gone:
        return evidence
    return Evidence(
        tuple(name for name in evidence.names if name not in gone),
        tuple(item for item in evidence.proof if item.digest not in shared),
        tuple(dict.fromkeys((*evidence.missing, *sorted(gone)))),
    )


def _repeated(uses: Sequence[Use]) -> list[Problem]:
    owners = sorted({use.fact for use in uses})
    if len(owners) < 2:
        return []
    several = len({occasion for _, occasion, _ in owners}) > 1
    listed = "、".join(f"{owner}（{turn}）" if several else owner for _, turn, owner in owners)
    return [problem("evidence-repeated", uses[0].place, owners=listed)]


def _times(uses: Sequence[Use]) -> list[Problem]:
    """One problem for each visit of which no record says that people were there at the time."""
    found = []
    by_visit: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in uses:
        by_visit[use.head.key.rubric, use.head.key.occasion].append(use)
    for held in by_visit.values():
        taken = held[0].proof.taken
        if taken is not None and not any(_during(use) for use in held):
            use = held[0]
            said = {"taken": taken.strftime("%Y-%m-%d %H:%M"), "visit": _hours(use.head)}
            found.append(problem("evidence-time", use.place, **said))
    return found


def _during(use: Use) -> bool:
    visit, taken = use.head, use.proof.taken
    if taken is None or taken.date() != visit.day:
        return taken is None
    if visit.arrived and visit.left and visit.arrived > visit.left:
        return True  # told elsewhere; nobody knows the hours
    before = visit.arrived is not None and taken < visit.arrived - _GRACE
    after = visit.left is not None and taken > visit.left + _GRACE
    return not (before or after)


def _hours(visit: Head) -> str:
    hours = [f"{it.hour}:{it.minute:02}" if it else "" for it in (visit.arrived, visit.left)]
    return f"{visit.day} {'—'.join(hours)}" if any(hours) else str(visit.day)
