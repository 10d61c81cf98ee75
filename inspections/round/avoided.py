"""Schools that inspectors stay away from (回避): names and codes become those of the roster."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from inspections.round.school import Inspector, School
from inspections.round.trait_cells import closed
from rubrics.messages.problems import Place, Problem, problem

_BETWEEN = re.compile(r"[、，,；;\n]+")


def listed(text: str) -> tuple[str, ...]:
    """Returns what a cell lists, each once.

    >>> listed("审计、食品，审计")
    ('审计', '食品')
    """
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


def with_avoided(
    people: dict[str, Inspector],
    schools: Mapping[str, School] | None,
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    """Puts the codes of schools in the place of their names; yields what is no school.

    ``places``: where each inspector's stand. That stays as it was typed, and harms nobody: it may
    be a school that is not visited. Code: roster-avoided-unknown.
    """
    if schools is None:
        return
    names = {closed(school.name): school.id for school in schools.values()}
    for code, place in places.items():
        person = people[code]
        found = tuple(it if it in schools else names.get(closed(it), it) for it in person.avoids)
        people[code] = replace(person, avoids=found)
        if unknown := [it for it in found if it not in schools]:
            yield problem("roster-avoided-unknown", place, schools="、".join(unknown))
