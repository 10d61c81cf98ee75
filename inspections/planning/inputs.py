"""What a draw follows from beside its seed, and the digests by which that is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from inspections.round.drawing_settings import Drawing
from inspections.round.opened import OpenRound
from inspections.round.round import Round
from inspections.round.school import Inspector, Roster, School
from rubrics.language.digest import digest
from rubrics.language.rubric import Rubric

UNIT = 1000
"""What a school weighs of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """A round, and what was known of its schools when it was planned; all by the codes of schools.

    ``weights``: in 1/1000, 1000 where none is given. ``last``: the inspectors who went there last,
    before this round; ``finders``: those who found what is still open there. ``after``: the day of
    the draw, until which nobody is sent anywhere; None where nothing is drawn.
    """

    round: Round
    rubrics: Mapping[str, Rubric]
    roster: Roster
    weights: Mapping[str, int] = field(default_factory=dict)
    last: Mapping[str, frozenset[str]] = field(default_factory=dict)
    finders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    after: date | None = None

    @property
    def drawing(self) -> Drawing:
        """How schools are drawn; as it is by default where the round says nothing."""
        return self.round.drawing or Drawing()

    @property
    def people(self) -> list[Inspector]:
        """Those who can be sent, by code, so that the order of the roster plays no part."""
        there = (one for one in self.roster.inspectors.values() if not one.left)
        return sorted(there, key=lambda one: one.id)

    def weight(self, school: str) -> int:
        """Returns what a school weighs."""
        return self.weights.get(school, UNIT)

    def avoids(self, person: Inspector) -> frozenset[str]:
        """Returns the schools where an inspector is not sent: their own, and those they avoid."""
        own = (it.id for it in self.roster.schools.values() if it.name == person.office)
        return frozenset((*own, *person.avoids))


def of_round(opened: OpenRound) -> Inputs:
    """Returns a round of which nothing from before is known."""
    return Inputs(opened.round, opened.rubrics, opened.roster)


def digests(inputs: Inputs) -> tuple[str, str, str]:
    """Returns the SHA-256 (hex) of schools, of inspectors, and of settings with their rubrics.

    Each is that of lines of JSON, schools and inspectors by code. The first two are what the
    public may compare with lists that were shown; whoever draws again needs the lists themselves.
    """
    schools = (
        [one.id, one.name, _traits(one), inputs.weight(one.id)]
        for one in sorted(inputs.roster.schools.values(), key=lambda one: one.id)
    )
    people = (
        [one.id, one.name, sorted(one.skills), sorted(inputs.avoids(one))] for one in inputs.people
    )
    known = ([school, sorted(codes)] for held in (inputs.last, inputs.finders)
             for school, codes in sorted(held.items()))  # fmt: skip
    settings = [
        [inputs.round.id, inputs.round.window.model_dump(mode="json"), inputs.round.occasions],
        [inputs.drawing.model_dump(mode="json", exclude={"paper"}, exclude_defaults=True)],
        [[name, digest(rubric)] for name, rubric in inputs.rubrics.items()],
    ]
    return _digest(schools), _digest([*people, *known]), _digest(settings)


def _traits(school: School) -> dict[str, str]:
    return {name: str(value) for name, value in sorted(school.traits.items())}


def _digest(lines: Iterable[object]) -> str:
    told = (json.dumps(line, ensure_ascii=False, sort_keys=True) for line in lines)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
