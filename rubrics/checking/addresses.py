"""Every cell that an inspector fills has an address of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from rubrics.checking.walk import extras, indicators, red_lines, triggers, whole_rules
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessment import OWN_KEY
from rubrics.messages.problems import Problem, problem

RESERVED = ("state", "fault", "evidence", "remark", "at_once")
"""Names under which the reader keeps the other cells of an indicator."""


def addresses(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-id-twice, rubric-id-alike, rubric-id-needed, rubric-id-reserved,
    rubric-flag-labels.
    """
    yield from _owners(rubric, places)
    for found in whole_rules(rubric):
        keys = [slot.key for slot in found.rule.slots_for(found.points) if slot.key]
        parts = [((*found.keys, *part.keys[:-1]), part.id)
                 for part in found.rule.parts_within(found.points)]  # fmt: skip
        twice = list(_alike(parts, places, f"{found.indicator.id}."))
        yield from twice
        if not twice:
            named = [(found.keys, key) for key in keys]
            yield from _alike(named, places, f"{found.indicator.id}.")
        for key in dict.fromkeys(keys):
            if _reserved(rubric, key):
                yield problem("rubric-id-reserved", places.at(found.keys), id=key)
    yield from _flags(rubric, places)


def _reserved(rubric: Rubric, key: str) -> bool:
    """Whether no entry may have this name: in tables ``A1.自评`` is what a school gives itself."""
    return key in RESERVED or (
        rubric.self_assessment is not None and key.partition(".")[0] == OWN_KEY
    )


def _owners(rubric: Rubric, places: Places) -> Iterator[Problem]:
    owners: list[tuple[Keys, str]] = [(keys, item.id) for keys, item in indicators(rubric)]
    for keys, line, indicator in red_lines(rubric):
        if line.id:
            owners.append((keys, line.id))
        elif indicator is None:
            yield problem("rubric-id-needed", places.at(keys), what=f"红线“{line.title}”")
    owners += [(keys, extra.id) for keys, extra in extras(rubric)]
    dimensions = [(("dimensions", n), item.id) for n, item in enumerate(rubric.dimensions)]
    grades = [(("grades", n), item.grade) for n, item in enumerate(rubric.grades)]
    for group in (owners, dimensions, grades):
        yield from _alike(group, places)


def _alike(
    group: Iterable[tuple[Keys, str]], places: Places, before: str = ""
) -> Iterator[Problem]:
    """rubric-id-twice, rubric-id-alike: names that people or folders cannot tell apart.

    ``before``: what stands before each name where it is told.
    """
    seen: dict[str, str] = {}
    for keys, name in group:
        looks = unicodedata.normalize("NFKC", name).casefold()
        first, at, said = seen.get(looks), places.at(keys), f"{before}{name}"
        if first == name:
            yield problem("rubric-id-twice", at, id=said)
        elif first is not None:
            yield problem("rubric-id-alike", at, id=said, first=f"{before}{first}")
        seen.setdefault(looks, name)


def _flags(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """One flag may be asked for by several triggers of an indicator, but in the same words."""
    asked: dict[tuple[str, str], str] = {}
    for keys, trigger, owner in triggers(rubric):
        if trigger.flag is None:
            continue
        at = places.at(keys)
        if _reserved(rubric, trigger.flag):
            yield problem("rubric-id-reserved", at, id=trigger.flag)
        if owner is None:
            continue
        cells = {slot.key for slot in owner.rule.slots_for(owner.points)}
        if trigger.flag in cells:
            yield problem("rubric-id-twice", at, id=f"{owner.id}.{trigger.flag}")
        first = asked.setdefault((owner.id, trigger.flag), trigger.label)
        if first != trigger.label:
            yield problem(
                "rubric-flag-labels", at, id=trigger.flag, first=first, second=trigger.label
            )
