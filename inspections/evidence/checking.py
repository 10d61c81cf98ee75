"""What is odd about evidence that is bound: one photograph for two schools, the wrong day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import timedelta
from typing import Final, NamedTuple

from inspections.records.record import Observation, Proof, Record
from inspections.records.sealing import is_secret
from inspections.round.opened import OpenRound
from rubrics.messages.outgoing import WITHHELD
from rubrics.messages.problems import Place, Problem, problem

_GRACE: Final = timedelta(minutes=30)
"""Cameras' clocks go wrong, and the gate is photographed before anybody signs in."""


class _Use(NamedTuple):
    """One observation that a file proves."""

    visit: Record
    seen: Observation
    proof: Proof
    secret: bool

    @property
    def place(self) -> Place:
        """The file; a picture in a workbook, and what is secret, has the place of the row."""
        if not self.proof.part and not self.secret:
            return Place(self.proof.file)
        return self.seen.places.get("evidence") or Place(self.visit.file, self.visit.sheet)


def checked(visits: Sequence[Record], opened: OpenRound) -> tuple[list[Record], list[Problem]]:
    """Returns the visits, without photographs that stand for two schools, and what is odd.

    Such a photograph proves nothing for either until somebody has said whose it is. Documents
    may be the same everywhere. Codes: evidence-shared (an error), evidence-repeated (a note),
    evidence-time.
    """
    uses: dict[str, list[_Use]] = defaultdict(list)
    for visit in visits:
        for seen in visit.observations:
            for proof in seen.proof:
                if proof.picture:
                    secret = is_secret(seen, opened.rubrics[visit.key.rubric])
                    uses[proof.digest].append(_Use(visit, seen, proof, secret))
    problems: list[Problem] = []
    shared: set[str] = set()
    for digest, held in uses.items():
        if len({use.visit.key.school for use in held}) > 1:
            shared.add(digest)
            problems += _shared(held, opened)
        else:
            problems += [*_repeated(held), *_times(held)]
    doubted = [_without(visit, shared) for visit in visits] if shared else list(visits)
    return doubted, problems


def _shared(uses: Iterable[_Use], opened: OpenRound) -> list[Problem]:
    """One problem for each school, at its file, that names the others."""
    first: dict[str, _Use] = {}
    for use in uses:
        first.setdefault(use.visit.key.school, use)
    found = []
    for school, use in first.items():
        others = "、".join(
            f"{opened.roster.schools[other].name}（{WITHHELD if one.secret else one.proof.file}）"
            for other, one in first.items()
            if other != school
        )
        own = opened.roster.schools[school].name
        found.append(problem("evidence-shared", use.place, school=own, others=others))
    return found


def _without(visit: Record, shared: Set[str]) -> Record:
    seen = tuple(
        _doubted(item, shared) if any(x.digest in shared for x in item.proof) else item
        for item in visit.observations
    )
    return replace(visit, observations=seen)


def _doubted(seen: Observation, shared: Set[str]) -> Observation:
    gone = {item.name for item in seen.proof if item.digest in shared}
    return replace(
        seen,
        evidence=tuple(name for name in seen.evidence if name not in gone),
        proof=tuple(item for item in seen.proof if item.digest not in shared),
        missing=tuple(dict.fromkeys((*seen.missing, *sorted(gone)))),
    )


def _repeated(uses: Sequence[_Use]) -> list[Problem]:
    owners = sorted(
        {(use.visit.key.rubric, use.visit.key.occasion, use.seen.owner) for use in uses}
    )
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
        by_visit[use.visit.key.rubric, use.visit.key.occasion].append(use)
    for held in by_visit.values():
        taken = held[0].proof.taken
        if taken is not None and not any(_during(use) for use in held):
            use = held[0]
            said = {"taken": taken.strftime("%Y-%m-%d %H:%M"), "visit": _hours(use.visit)}
            found.append(problem("evidence-time", use.place, **said))
    return found


def _during(use: _Use) -> bool:
    visit, taken = use.visit, use.proof.taken
    if taken is None or taken.date() != visit.day:
        return taken is None
    if visit.arrived and visit.left and visit.arrived > visit.left:
        return True  # told elsewhere; nobody knows the hours
    before = visit.arrived is not None and taken < visit.arrived - _GRACE
    after = visit.left is not None and taken > visit.left + _GRACE
    return not (before or after)


def _hours(visit: Record) -> str:
    hours = [f"{it.hour}:{it.minute:02}" if it else "" for it in (visit.arrived, visit.left)]
    return f"{visit.day} {'—'.join(hours)}" if any(hours) else str(visit.day)
