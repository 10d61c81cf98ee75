"""What somebody wants explained: a school, a rubric, an item, as people name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.round.school import Roster, School
from inspections.round.short_names import listed, meant
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, problem

NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Target:
    """A school, under one rubric (any where empty), one item (all where empty)."""

    school: School
    rubric: str = ""
    item: str = ""


def find_target(
    roster: Roster, rubrics: Mapping[str, Rubric], school: str, rubric: str = "", item: str = ""
) -> tuple[Target | None, list[Problem]]:
    """Returns what is meant; None where something is not known, or could be several things.

    A school goes by its code, its name, a part of its name or a short form of it (一小) that no
    other school has; several are listed. A rubric goes likewise by its id or title; an item by
    its id. Where an item stands in the place of the rubric, it is meant under every rubric that
    has it. Codes: school-unknown, school-ambiguous, explain-rubric-unknown, explain-item-unknown.
    """
    found, problems = _school(roster, school)
    if found is None:
        return None, problems
    if not rubric:
        return Target(found), []
    named = meant(rubric, {name: made.title for name, made in rubrics.items()})
    if len(named) != 1 and not item and any(rubric in items(made) for made in rubrics.values()):
        return Target(found, "", rubric), []
    if len(named) != 1:
        known = "、".join(f"{name}（{made.title}）" for name, made in rubrics.items())
        return None, [problem("explain-rubric-unknown", NOWHERE, rubric=rubric, known=known)]
    if item and item not in items(rubrics[named[0]]):
        title, known = rubrics[named[0]].title, "、".join(items(rubrics[named[0]]))
        return None, [
            problem("explain-item-unknown", NOWHERE, rubric=title, item=item, known=known)
        ]
    return Target(found, named[0], item), []


def items(rubric: Rubric) -> tuple[str, ...]:
    """Returns the ids of all that can be asked for: indicators, red lines of their own, extras."""
    lines = (line.id for line in rubric.red_lines if line.id)
    return (
        *(item.id for item in rubric.indicators),
        *lines,
        *(item.id for item in rubric.extras),
    )


def _school(roster: Roster, school: str) -> tuple[School | None, list[Problem]]:
    names = {code: made.name for code, made in roster.schools.items()}
    found = meant(school, names)
    if len(found) == 1:
        return roster.schools[found[0]], []
    if not found:
        return None, [problem("school-unknown", NOWHERE, school=school)]
    known = listed(found, names)
    return None, [problem("school-ambiguous", NOWHERE, school=school, known=known)]
