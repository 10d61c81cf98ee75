"""The traits that conditions may ask for: those of all rubrics, and those that rubrics add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rubrics.language.rubric import Rubric
from rubrics.values.traits import Trait, known_traits


def traits_of(rubrics: Iterable[Rubric]) -> Mapping[str, Trait]:
    """Returns every trait by name: those of ``traits.yaml``, then those of the rubrics' own.

    Where two rubrics add one of the same name, the first says what it may be.
    """
    own: dict[str, Trait] = {}
    for rubric in rubrics:
        own = dict(rubric.traits) | own
    return {**known_traits(), **{n: t for n, t in own.items() if n not in known_traits()}}
