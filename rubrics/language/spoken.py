"""The words for what the rubrics of a round inspect, and the texts in which they are not put."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from rubrics.language.rubric import Rubric
from rubrics.language.subject import SCHOOLS, Subject, Words


def subject_of(rubrics: Iterable[Rubric]) -> Subject:
    """Returns what rubrics inspect, which is the same for all of a round: schools without any."""
    return next((rubric.subject for rubric in rubrics), Subject())


def words_of(rubrics: Iterable[Rubric], texts: Iterable[str] = ()) -> Words:
    """Returns how one speaks of what rubrics inspect.

    ``texts``: what people typed beside the rubrics, as names of a roster; it stays as it is where
    it stands in what the program says.
    """
    held = list(rubrics)
    subject = subject_of(held)
    if subject.is_school:
        return SCHOOLS
    typed = (text for text in (*texts, *(it for one in held for it in _texts(one))) if "校" in text)
    return Words(subject, frozenset(typed))


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
