"""Indicators are checked by methods that there are: those of all rubrics, or the rubric's own."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.checking.walk import indicators
from rubrics.language.method import METHODS
from rubrics.language.places import Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem


def methods(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-method-unknown, rubric-method-twice."""
    for name in rubric.methods:
        if name in METHODS:
            yield problem("rubric-method-twice", places.at(("methods", name)), method=name)
    known = (*METHODS, *rubric.methods)
    for keys, item in indicators(rubric):
        for n, name in enumerate(item.method):
            if name not in known:
                at = places.at((*keys, "method", n))
                yield problem("rubric-method-unknown", at, method=name, known="、".join(known))
