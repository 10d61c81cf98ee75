"""What a team may never be: rules as questions, over inspectors by number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inspections.planning.inputs import Inputs
from inspections.planning.needs import met_by, needs_of
from inspections.planning.trips import Trip
from inspections.round.school import Inspector

AVOIDS = "回避"
SKILL = "专长和单位"
SAME_PAIR = "同两人不连着去同一所学校"
FOUND_IT = "原检查人不单独复查"
ROTATES = "同两人不连着同组"
BUSY = "一人同一段只在一组"


@dataclass(slots=True)
class Asked:
    """What one trip asks of its team. ``last``: who went to each of its schools last; ``finders``:
    who found what is open there; inspectors by number. ``rubrics``: under which some school is
    visited.
    """

    avoids: NDArray[np.bool_]
    needs: frozenset[str]
    last: tuple[frozenset[int], ...]
    finders: tuple[frozenset[int], ...]
    rubrics: frozenset[str] = frozenset()


@dataclass(slots=True)
class People:
    """All who can be sent, by number, in the order of their codes. ``rubrics``: of the round.

    ``avoiding``: school -> inspectors who are not sent there; ``able``: need -> a column of who
    meets it; ``last``: school -> who went there last, this round included so far as it is planned.
    """

    own: list[Inspector]
    rubrics: tuple[str, ...]
    size: int
    rotate: bool
    avoiding: Mapping[str, list[int]]
    able: Mapping[str, NDArray[np.bool_]]
    finders: Mapping[str, frozenset[int]]
    last: dict[str, frozenset[int]] = field(default_factory=dict)

    def asked(self, trip: Trip) -> Asked:
        """Returns what a trip asks of its team."""
        schools = [one.school for one in trip.visits]
        avoids = np.zeros(len(self.own), dtype=bool)
        for school in schools:
            avoids[self.avoiding.get(school, [])] = True
        last = (self.last.get(school, frozenset()) for school in schools)
        finders = (self.finders.get(school, frozenset()) for school in schools)
        return Asked(
            avoids, trip.needs, tuple(filter(None, last)), tuple(filter(None, finders)),
            frozenset(it for one in trip.visits for it in one.rubrics),
        )  # fmt: skip

    def uncovered(self, asked: Asked, team: Collection[int]) -> list[str]:
        """Returns the needs that nobody of a team meets, the rarest first."""
        lacking = [it for it in asked.needs if not any(self.able[it][one] for one in team)]
        return sorted(lacking, key=lambda it: (int(self.able[it].sum()), it))

    def barred(
        self, asked: Asked, team: Collection[int], partners: Mapping[int, Collection[int]]
    ) -> NDArray[np.bool_]:
        """Returns who may not join a team as it is so far; skills and time apart.

        ``partners``: with whom each goes in the stretches beside this one.
        """
        barred = asked.avoids.copy()
        barred[list(team)] = True
        for own in asked.last:
            if self.size == 1 or any(one in own for one in team):
                barred[list(own)] = True
        if len(team) >= self.size - 1:
            for own in asked.finders:
                if all(one in own for one in team):
                    barred[list(own)] = True
        if self.rotate:
            for one in team:
                barred[list(partners.get(one, ()))] = True
        return barred

    def broken(
        self, asked: Asked, team: Collection[int], partners: Mapping[int, Collection[int]]
    ) -> list[str]:
        """Returns the rules that a whole team breaks; those of one stretch apart."""
        found = []
        if any(asked.avoids[one] for one in team):
            found.append(AVOIDS)
        if self.uncovered(asked, team):
            found.append(SKILL)
        most = 0 if self.size == 1 else 1
        if any(sum(one in own for one in team) > most for own in asked.last):
            found.append(SAME_PAIR)
        if any(all(one in own for one in team) for own in asked.finders):
            found.append(FOUND_IT)
        if self.rotate and any(it in partners.get(one, ()) for one in team for it in team):
            found.append(ROTATES)
        return found


def people_of(inputs: Inputs) -> People:
    """Returns those who can be sent, and what is known of them."""
    own = inputs.people
    number = {one.id: at for at, one in enumerate(own)}
    avoiding: dict[str, list[int]] = {}
    named: dict[str, list[str]] = {}
    for school in inputs.roster.schools.values():
        named.setdefault(school.name, []).append(school.id)
    for at, one in enumerate(own):
        for school_id in dict.fromkeys((*named.get(one.office, ()), *one.avoids)):
            avoiding.setdefault(school_id, []).append(at)
    team = inputs.drawing.team
    needs = {it for name in inputs.rubrics for it in needs_of(team, name)}
    met = [met_by(one, team) for one in own]
    able = {it: np.array([it in held for held in met], dtype=bool) for it in needs}

    def numbers(codes: Iterable[str]) -> frozenset[int]:
        return frozenset(number[code] for code in codes if code in number)

    return People(
        own, tuple(inputs.rubrics), team.size, team.rotate, avoiding, able,
        {school: numbers(codes) for school, codes in inputs.finders.items()},
        {school: numbers(codes) for school, codes in inputs.last.items()},
    )  # fmt: skip
