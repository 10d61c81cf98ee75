"""Who took whose place (接替): names and codes in a roster become the inspectors that they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from inspections.round.school import Inspector
from inspections.round.trait_cells import closed
from rubrics.messages.problems import Place, Problem, problem


def with_replaced(
    people: dict[str, Inspector], said: Mapping[str, tuple[str, Place]]
) -> list[Problem]:
    """Notes in ``people`` whose place each has taken; returns what does not fit.

    ``said``: code -> what stands in the roster, and where. Codes: roster-replaces-unknown,
    roster-replaces-present.
    """
    return [wrong for code in said for wrong in _noted(people, code, *said[code])]


def _noted(people: dict[str, Inspector], code: str, said: str, place: Place) -> Iterator[Problem]:
    found = named(people, said)
    person = people[code]
    detail = (
        "名册里没有这名督学"
        if not found
        else f"有几名督学同名，代码是{'、'.join(found)}"
        if len(found) > 1
        else "就是这一行的督学"
        if found == [code]
        else ""
    )
    if detail:
        yield problem("roster-replaces-unknown", place, value=said, detail=detail)
        return
    before = people[found[0]]
    people[code] = replace(person, replaces=before.id)
    if not before.left:
        yield problem("roster-replaces-present", place, name=person.name, before=before.name)


def named(people: Mapping[str, Inspector], said: str) -> list[str]:
    """Returns the codes of the inspectors whom a code or a name means."""
    if said in people:
        return [said]
    return [code for code, person in people.items() if closed(person.name) == closed(said)]
