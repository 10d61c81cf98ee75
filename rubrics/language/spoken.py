"""The words for what the rubrics of a round inspect, and the texts in which they are not put."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from pydantic import BaseModel

from rubrics.language.rubric import Rubric
from rubrics.language.subject import ANY_INSPECTOR, INSPECTOR, SCHOOLS, Subject, Words


def subject_of(rubrics: Iterable[Rubric]) -> Subject:
    """Returns what rubrics inspect, which is the same for all of a round: schools without any."""
    return next((rubric.subject for rubric in rubrics), Subject())


def words_of(rubrics: Iterable[Rubric], texts: Iterable[str] = ()) -> Words:
    """Returns how one speaks of what rubrics inspect, and of who does.

    ``texts``: what people typed beside the rubrics, as names of a roster; it stays as it is where
    it stands in what the program says.
    """
    held = list(rubrics)
    words = spoken_of(held)
    if words.is_school and words.of_inspectors:
        return SCHOOLS
    own = ("督学",) if words.is_school else ("校", "督学")
    typed = (*texts, *(it for one in held for it in _texts(one)))
    return replace(words, typed=frozenset(it for it in typed if any(word in it for word in own)))


def spoken_of(rubrics: Collection[Rubric]) -> Words:
    """Returns the same for texts in which nothing typed stands."""
    return Words(subject_of(rubrics), people=_people_of(rubrics))


def _people_of(rubrics: Iterable[Rubric]) -> str:
    """What those are called who inspect by rubrics: 督学 where any has them so."""
    named = {rubric.people for rubric in rubrics}
    if not named or INSPECTOR in named:
        return INSPECTOR
    return named.pop() if len(named) == 1 else ANY_INSPECTOR


def _texts(value: object) -> Iterator[str]:
    """All texts that stand in a rubric, which may be longer than what is made of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, dict):
        for inner in (*value, *value.values()):
            yield from _texts(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts(inner)
