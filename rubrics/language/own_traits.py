"""The traits that conditions may ask for: those of all rubrics, and those that rubrics add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rubrics.language.rubric import Rubric
from rubrics.values.conditions import Condition
from rubrics.values.traits import Trait, known_traits


def traits_of(
    rubrics: Iterable[Rubric], own: Mapping[str, Trait] | None = None
) -> dict[str, Trait]:
    """Returns every trait by name: those of ``traits.yaml``, then those of the rubrics' own.

    ``own``: those of a bureau's own file. Where two rubrics add one of the same name, the first
    says what it may be.
    """
    added: dict[str, Trait] = dict(own or {})
    for rubric in rubrics:
        added = dict(rubric.traits) | added
    return {**known_traits(), **{n: t for n, t in added.items() if n not in known_traits()}}


def asked_traits(rubric: Rubric, every: Mapping[str, Trait]) -> set[str]:
    """Returns the names of the traits that a rubric's conditions ask for, or its groups, and of
    those from which such traits follow; ``every``: all that there are.
    """
    found: set[str] = set()
    wanted = [name for condition in conditions(rubric) for name, _ in condition.clauses()]
    wanted += rubric.subject.groups
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            derived = every[name].derived if name in every else None
            wanted += [source for source, _ in derived.clauses()] if derived else []
    return found


def conditions(rubric: Rubric) -> Iterator[Condition]:
    """Yields the conditions of a rubric, of its indicators and of their parts."""
    held = [rubric.when]
    for item in rubric.indicators:
        held.append(item.when)
        for rule in (item.rule, *(dated.rule for dated in item.effective)):
            held += [part.when for part in rule.simple_parts(item.points)]
    yield from (condition for condition in held if condition is not None)


def with_own(rubric: Rubric, own: Mapping[str, Trait]) -> Rubric:
    """Returns a rubric with those traits of a bureau's own file that it asks for."""
    asked = asked_traits(rubric, {**known_traits(), **own, **rubric.traits})
    taken = {name: trait for name, trait in own.items() if name in asked}
    return rubric.model_copy(update={"traits": taken | rubric.traits}) if taken else rubric
