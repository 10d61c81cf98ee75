"""What rosters say that a draw asks for: skills (专长), and schools to stay away from (回避), whose
names and codes become those of the roster.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from inspections.round.school import Inspector, School
from inspections.round.short_names import listed as listed_names
from inspections.round.short_names import meant
from inspections.round.trait_cells import closed
from rubrics.messages.problems import Place, Problem, problem

_BETWEEN = re.compile(r"[、，,；;\n]+")


def listed(text: str) -> tuple[str, ...]:
    """Returns what a cell lists, each once.

    >>> listed("审计、食品，审计")
    ('审计', '食品')
    """
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


def alike(
    people: Mapping[str, Inspector], asked: Collection[str], places: Mapping[str, Place]
) -> Iterator[Problem]:
    """Yields skills that are not asked for, and written nearly as one that is (食品安全, 食品).

    ``places``: where those of each inspector stand. Code: roster-skill-alike.
    """
    for code, place in places.items():
        for skill in people[code].skills:
            near = [it for it in asked if it in skill or skill in it
                    or SequenceMatcher(None, it, skill).ratio() >= _ALIKE]  # fmt: skip
            if skill not in asked and near and not set(near) & set(people[code].skills):
                yield problem("roster-skill-alike", place, written=skill, asked=near[0])


_ALIKE: Final = 0.6
_SHORT: Final = 6
"""Characters of the longest short form of a name; whole names are not looked for in others."""


def with_avoided(
    people: dict[str, Inspector],
    schools: Mapping[str, School] | None,
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    """Puts the codes of schools in the place of their names; yields what is no school.

    A part of a name or a short form of it (一小) will do where no other school has it. ``places``:
    where each inspector's stand. What is no school stays as it was typed, and harms nobody: it may
    be a school that is not visited. Codes: roster-avoided-unknown, roster-avoided-taken.
    """
    if schools is None:
        return
    names = {closed(school.name): school.id for school in schools.values()}
    titles = {school.id: school.name for school in schools.values()}

    @cache
    def could_be(said: str) -> list[str]:
        if said in schools:
            return [said]
        if (exactly := names.get(closed(said))) is not None:
            return [exactly]
        return meant(said, titles) if len(said) <= _SHORT else []

    def code_of(said: str) -> str:
        found = could_be(said)
        return found[0] if len(found) == 1 else said

    for code, place in places.items():
        person = people[code]
        found = tuple(map(code_of, person.avoids))
        people[code] = replace(person, avoids=found)
        both = zip(person.avoids, found, strict=True)
        guessed = [f"“{said}”是{titles[it]}（{it}）" for said, it in both
                   if said != it and closed(said) != closed(titles[it])]  # fmt: skip
        if guessed:
            yield problem("roster-avoided-taken", place, taken="、".join(guessed))
        if unknown := [it for it in found if it not in schools]:
            several = {it: could_be(it) for it in unknown}
            could = [f"“{it}”可能是{listed_names(own, titles, 3)}"
                     for it, own in several.items() if own]  # fmt: skip
            said = {
                "schools": "、".join(unknown),
                "could": "；".join(could) and f"（{'；'.join(could)}）",
            }
            yield problem("roster-avoided-unknown", place, **said)
