"""Conditions ask for traits that rosters carry, and for values that the traits can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rubrics.checking.walk import indicators, whole_rules
from rubrics.language.own_traits import traits_of
from rubrics.language.places import Keys, Places
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, problem
from rubrics.values.conditions import Condition
from rubrics.values.ranges import parse_range
from rubrics.values.traits import Trait, known_traits


def traits(rubric: Rubric, places: Places) -> Iterator[Problem]:
    """Codes: rubric-trait-unknown, rubric-trait-value, rubric-trait-twice, rubric-subject-group,
    rubric-unreachable.
    """
    every = traits_of([rubric])
    yield from added(rubric.traits, every, places)
    for keys, condition in _conditions(rubric):
        yield from _asked(condition, every, places, keys)
    for n, name in enumerate(rubric.subject.groups):
        if name not in every:
            at = places.at(("subject", "groups", n))
            yield problem("rubric-subject-group", at, trait=name, known="、".join(every))
    if rubric.when:
        for keys, indicator in indicators(rubric):
            if indicator.when and _exclusive(rubric.when, indicator.when, every):
                detail = f"细则只用于{rubric.when}的{rubric.subject.name}"
                at = places.at((*keys, "when"))
                yield problem("rubric-unreachable", at, what=f"指标 {indicator.id}", detail=detail)


def asked_for(rubric: Rubric) -> set[str]:
    """Returns the traits that some condition of a rubric asks for."""
    return {name for _, condition in _conditions(rubric) for name, _ in condition.clauses()}


def added(
    traits: Mapping[str, Trait], every: Mapping[str, Trait], places: Places
) -> Iterator[Problem]:
    """Yields what is wrong with traits that are added, beside their form; ``every``: all there are.

    Codes: rubric-trait-twice, rubric-trait-unknown, rubric-trait-value.
    """
    for name, trait in traits.items():
        at: Keys = ("traits", name)
        if name in known_traits():
            yield problem("rubric-trait-twice", places.at(at), trait=name)
        for value in sorted(trait.words.keys() - {*trait.choices}):
            where = places.at((*at, "words", value))
            known = "、".join(trait.choices)
            yield problem("rubric-trait-value", where, trait=name, value=value, known=known)
        if trait.derived:
            all_of_them = known_traits() | dict(every)
            yield from _asked(trait.derived, all_of_them, places, (*at, "derived"))


def _asked(
    condition: Condition, every: Mapping[str, Trait], places: Places, keys: Keys
) -> Iterator[Problem]:
    for n, clauses in enumerate(condition.alternatives):
        # One group of clauses may be written as it is, several are a list.
        listed = (*keys, n) in places.known
        for name, values in clauses:
            way = (*keys, n, name) if listed else (*keys, name)
            trait = every.get(name)
            if trait is None:
                known, lines = "、".join(every), _lines_for(name, values)
                at = places.at(way)
                yield problem("rubric-trait-unknown", at, trait=name, known=known, lines=lines)
                continue
            known = "、".join(trait.choices) or "区间，如 ≥7、[3, 50)"
            for k, value in enumerate(values or ("（空）",)):
                if not (value in trait.choices if trait.choices else _is_range(value)):
                    at = places.at((*way, k))
                    yield problem("rubric-trait-value", at, trait=name, value=value, known=known)


def _lines_for(name: str, values: tuple[str, ...]) -> str:
    """The line that adds a trait, as what is asked of it shows its kind."""
    if set(values) <= {"是", "否"}:
        return f"{name}: {{type: yes_no}}"
    if all(map(_is_range, values)):
        return f"{name}: {{type: number}}"
    return f"{name}: {{type: choice, options: [{'、'.join(values).replace('、', ', ')}, ……]}}"


def _conditions(rubric: Rubric) -> Iterator[tuple[Keys, Condition]]:
    if rubric.when:
        yield ("when",), rubric.when
    for keys, indicator in indicators(rubric):
        if indicator.when:
            yield (*keys, "when"), indicator.when
    for found in whole_rules(rubric):
        for part in found.rule.parts_within(found.points):
            if part.when:
                yield (*found.keys, *part.keys[:-1], "when"), part.when


def _is_range(text: str) -> bool:
    """Whether it is a range of numbers: traits have no percentages, times or fractions."""
    try:
        return all(end.kind == "number" for end in parse_range(text).ends)
    except ValueError:
        return False


def _exclusive(first: Condition, second: Condition, every: Mapping[str, Trait]) -> bool:
    """Whether no school can meet both, judged by choices of the same trait alone."""

    def disjoint(one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]) -> bool:
        return any(
            name in other and name in every and every[name].choices
            and not set(values) & set(other[name])
            for name, values in one.items()
        )  # fmt: skip

    return all(
        disjoint(dict(one), dict(other))
        for one in first.alternatives
        for other in second.alternatives
    )
