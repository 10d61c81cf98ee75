"""What is odd about evidence that is bound: one photograph for two schools, the wrong day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from inspections.records.record import Proof
from inspections.records.record_list import Evidence, Head, RecordList
from inspections.records.redacting import is_secret
from inspections.round.opened import OpenRound
from rubrics.language.rubric import Rubric
from rubrics.messages.outgoing import WITHHELD
from rubrics.messages.problems import Place, Problem, problem

_GRACE: Final = timedelta(minutes=30)
"""Cameras' clocks go wrong, and the gate is photographed before anybody signs in."""


@dataclass(slots=True)
class _Use:
    """One observation that a file proves, by its record's place and its owner."""

    records: RecordList
    record: int
    owner: str
    proof: Proof
    rubric: Rubric

    @property
    def head(self) -> Head:
        """Whose record it is."""
        return self.records.heads[self.record]

    @property
    def hidden(self) -> bool:
        """Whether the entry is secret, or its writer marked the fact that the file proves."""
        seen = self.records[self.record].observation(self.owner)
        return seen is not None and is_secret(seen, self.rubric)

    @property
    def place(self) -> Place:
        """The file; a picture in a workbook, and what is secret, has the place of the row."""
        if not self.proof.part and not self.hidden:
            return Place(self.proof.file)
        seen = self.records[self.record].observation(self.owner)
        row = seen.places.get("evidence") if seen else None
        return row or Place(self.head.file, self.head.sheet)


def checked(
    records: RecordList, bound: Mapping[int, Mapping[str, Evidence]], opened: OpenRound
) -> tuple[RecordList, list[Problem]]:
    """Returns the records, without photographs that stand for two schools, and what is odd.

    ``bound``: the evidence of ``records``, by place and owner. Such a photograph proves nothing
    for either until somebody has said whose it is. Documents may be the same everywhere. Codes:
    evidence-shared (an error), evidence-repeated (a note), evidence-time.
    """
    uses: dict[str, list[_Use]] = defaultdict(list)
    for place, found in bound.items():
        rubric = opened.rubrics[records.heads[place].key.rubric]
        for owner, evidence in found.items():
            for proof in evidence.proof:
                if proof.picture:
                    uses[proof.digest].append(_Use(records, place, owner, proof, rubric))
    problems: list[Problem] = []
    shared: set[str] = set()
    for digest, held in uses.items():
        if len({use.head.key.school for use in held}) > 1:
            shared.add(digest)
            problems += _shared(held, opened)
        else:
            problems += [*_repeated(held), *_times(held)]
    if not shared:
        return records, problems
    doubted = {
        place: {owner: _doubted(evidence, shared) for owner, evidence in found.items()}
        for place, found in bound.items()
        if any(proof.digest in shared for one in found.values() for proof in one.proof)
    }
    return records.with_evidence(doubted), problems


def _shared(uses: Iterable[_Use], opened: OpenRound) -> list[Problem]:
    """One problem for each school, at its file, that names the others."""
    first: dict[str, _Use] = {}
    for use in uses:
        first.setdefault(use.head.key.school, use)
    found = []
    for school, use in first.items():
        others = "、".join(
            f"{opened.roster.schools[other].name}（{WITHHELD if one.hidden else one.proof.file}）"
            for other, one in first.items()
            if other != school
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


def _repeated(uses: Sequence[_Use]) -> list[Problem]:
    owners = sorted({(use.head.key.rubric, use.head.key.occasion, use.owner) for use in uses})
    if len(owners) < 2:
        return []
    several = len({occasion for _, occasion, _ in owners}) > 1
    listed = "、".join(f"{owner}（{turn}）" if several else owner for _, turn, owner in owners)
    return [problem("evidence-repeated", uses[0].place, owners=listed)]


def _times(uses: Sequence[_Use]) -> list[Problem]:
    """One problem for each visit of which no record says that people were there at the time."""
    found = []
    by_visit: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for use in uses:
        by_visit[use.head.key.rubric, use.head.key.occasion].append(use)
    for held in by_visit.values():
        taken = held[0].proof.taken
        if taken is not None and not any(_during(use) for use in held):
            use = held[0]
            said = {"taken": taken.strftime("%Y-%m-%d %H:%M"), "visit": _hours(use.head)}
            found.append(problem("evidence-time", use.place, **said))
    return found


def _during(use: _Use) -> bool:
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
