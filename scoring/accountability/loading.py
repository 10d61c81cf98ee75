"""accountability.yaml, with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from rubrics.files.limits import oversized
from rubrics.files.refusals import by_key, refusals
from rubrics.files.slips import slips_first
from rubrics.files.yaml_text import read_yaml
from rubrics.language.own_traits import traits_of
from rubrics.language.places import Keys, by_line
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.values.conditions import Condition
from rubrics.values.traits import Trait
from scoring.accountability.rules import COMPOSITE, Conditions, Rule, Rules
from scoring.verdict.redlines import red_lines

FILE: Final = "accountability.yaml"
"""Where the rules of a round stand, beside its round.yaml."""

_NO_COMPOSITE: Final = frozenset(
    {"grade", "at_least", "below", "dimensions_at_least", "key_items", "tier_failed", "same_fault"}
)
"""What the composite of all rubrics has not."""


def load_rules(
    path: Path,
    rubrics: Mapping[str, Rubric],
    name: str = "",
    own: Mapping[str, Trait] | None = None,
) -> tuple[Rules | None, list[Problem]]:
    """Returns the rules of a file, None with at least one error.

    ``rubrics``: those whose indicators, grades and red lines the rules may name; ``name``: how
    problems name the file; ``own``: a bureau's own traits. Codes: accountability-missing,
    accountability-value (with line, path and the names that are known), those of ``read_yaml``.
    """
    name = name or str(path)
    if not path.is_file():
        return None, [problem("accountability-missing", Place(name))]
    source = read_yaml(path)
    problems = [Problem(_at(item.place, name), item.code, item.params) for item in source.problems]
    if source.data is None or has_errors(problems):
        return None, problems
    if not isinstance(source.data, dict):
        return None, [*problems, _wrong(Place(name), "应是一组“名称: 值”")]
    places = source.places
    if too_much := list(oversized(source.data)):
        return None, [_wrong(_at(places.at(keys), name), said) for keys, _, said in too_much]
    try:
        made = Rules.model_validate(source.data)
    except ValidationError as error:
        found = refusals(error, Rules, source.data, places, by_key)
        told = [
            _wrong(_at(item.place, name), item.message, item.remedy)
            for item in slips_first(found, source.lines)
        ]
        return None, sorted([*problems, *told], key=by_line)
    wrong = [
        _wrong(_at(places.at(keys), name), said)
        for keys, said in _doubts(made, rubrics, source.data, traits_of(rubrics.values(), own))
    ]
    problems += wrong
    return None if wrong else made, problems


def _doubts(
    made: Rules, rubrics: Mapping[str, Rubric], data: dict[str, Any], traits: Mapping[str, Trait]
) -> Iterator[tuple[Keys, str]]:
    """(where, what) of every name that nothing is known of."""
    seen: set[str] = set()
    for at, rule in enumerate(made.rules):
        where: Keys = ("rules", at)
        if rule.id in seen:
            yield (*where, "id"), f"规则编号“{rule.id}”写了两次"
        seen.add(rule.id)
        if rule.rubric is not None:
            known = [*rubrics, COMPOSITE]
            strange = list(_unknown((*where, "rubric"), "细则", [rule.rubric], known))
            yield from strange
            if strange:
                continue
        own = (None, COMPOSITE)
        meant = [one for name, one in rubrics.items() if rule.rubric in (*own, name)]
        if rule.when is not None:
            yield from _of_condition((*where, "when"), rule.when, data["rules"][at]["when"], traits)
        for number, asked in enumerate(rule.conditions):
            # One set of conditions may be written without a list around it.
            alone = isinstance(data["rules"][at]["conditions"], dict)
            below = (*where, "conditions", *(() if alone else (number,)))
            yield from _of_conditions(below, rule, asked, meant)


def _of_condition(
    where: Keys, when: Condition, written: object, traits: Mapping[str, Trait]
) -> Iterator[tuple[Keys, str]]:
    """Traits that there are not, and values that they cannot have."""
    for number, clauses in enumerate(when.alternatives):
        below = (*where, number) if isinstance(written, list) else where
        for name, values in clauses:
            trait = traits.get(name)
            if trait is None:
                yield from _unknown(below, "学校特征", [name], traits, by_name=True)
            elif trait.choices:
                yield from _unknown((*below, name), f"“{name}”的值", values, trait.choices)


def _of_conditions(
    where: Keys, rule: Rule, asked: Conditions, rubrics: Iterable[Rubric]
) -> Iterator[tuple[Keys, str]]:
    if rule.rubric == COMPOSITE and (lost := asked.asked & _NO_COMPOSITE):
        yield where, f"综合分没有这些：{'、'.join(sorted(lost))}；请写明看哪一张细则（rubric）"
        return
    dimensions = [part.id for one in rubrics for part in one.dimensions]
    indicators = [item.id for one in rubrics for item in one.indicators]
    lines = [line.owner for one in rubrics for line in red_lines(one)]
    grades = [band.grade for one in rubrics for band in one.grades]
    grades += [one.ungraded for one in rubrics]
    keys = [item.id for one in rubrics for item in one.indicators if item.key is not None]
    # Earlier rounds tell of dimensions alone.
    shared = dimensions if asked.running else [*dimensions, *indicators]
    if isinstance(asked.red_line, tuple):
        yield from _unknown((*where, "red_line"), "红线", asked.red_line, lines)
    yield from _unknown((*where, "grade"), "等次", asked.grade, grades)
    yield from _unknown(
        (*where, "at_least"), "一级指标或指标", asked.at_least, shared, by_name=True
    )
    yield from _unknown((*where, "below"), "一级指标或指标", asked.below, shared, by_name=True)
    yield from _unknown((*where, "key_items"), "关键项", asked.key_items, keys)
    if asked.rank is not None:
        ties = ["key_failed", *(f"dimension:{id}" for id in dimensions)]
        ties = ties[:1] if rule.rubric == COMPOSITE else ties
        yield from _unknown((*where, "rank", "by"), "同分时比什么", asked.rank.by, ties)


def _unknown(
    where: Keys, what: str, named: Iterable[str], known: Iterable[str], *, by_name: bool = False
) -> Iterator[tuple[Keys, str]]:
    """``by_name``: the names stand as keys, not in a list."""
    known = list(dict.fromkeys(known))
    for number, name in enumerate(named):
        if name not in known:
            way = (*where, name if by_name else number)
            yield way, f"{what}“{name}”不认识，认识的有：{'、'.join(known)}"


def _wrong(
    place: Place, detail: str, remedy: str = "请按 scoring/README.md 的说明改好再运行"
) -> Problem:
    return problem("accountability-value", place, detail=detail, remedy=remedy)


def _at(place: Place, file: str) -> Place:
    return Place(file, place.sheet, place.cell)
