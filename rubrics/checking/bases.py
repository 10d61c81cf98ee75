"""Every indicator rests on a document of the rubric's own list."""

from __future__ import annotations

from collections.abc import Iterator

from rubrics.checking.walk import extras, indicators, red_lines
from rubrics.language.basis import code_and_clause
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem


def bases(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-basis-missing, rubric-basis-unknown."""
    for keys, basis, owner in all_bases(rubric):
        if owner and not basis:
            yield problem("rubric-basis-missing", places.at((*keys, "basis")), id=owner)
        for n, entry in enumerate(basis):
            code, _ = code_and_clause(entry)
            if code not in rubric.documents:
                at = places.at((*keys, "basis", n))
                known = "、".join(rubric.documents)
                yield problem("rubric-basis-unknown", at, code=code, known=known)


def all_bases(rubric: Rubric) -> Iterator[tuple[Keys, tuple[str, ...], str]]:
    """Yields (keys, basis, id of the indicator that must have one, or nothing)."""
    for keys, indicator in indicators(rubric):
        yield keys, indicator.basis, indicator.id
        for n, dated in enumerate(indicator.effective):
            yield (*keys, "effective", n), dated.basis, indicator.id
    for keys, line, _ in red_lines(rubric):
        yield keys, line.basis, ""
    for keys, extra in extras(rubric):
        yield keys, extra.basis, ""
