"""A rubric from its file, with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from rubrics.checking import advise, check
from rubrics.files.limits import oversized, too_many_indicators
from rubrics.files.refusals import Names, by_key, refusals, shown
from rubrics.files.slips import slips_first
from rubrics.files.trait_file import beside, read_traits
from rubrics.files.yaml_text import Source, decoded_yaml, parse_yaml, raw_yaml
from rubrics.language.own_traits import with_own
from rubrics.language.places import Places, by_line
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, has_errors, problem
from rubrics.values.traits import Trait


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rubric (None where its form is wrong), where its parts stand, and what is wrong."""

    rubric: Rubric | None
    places: Places
    problems: list[Problem]


def load_rubric(path: Path, traits: Path | None = None) -> tuple[Rubric | None, list[Problem]]:
    """Returns the rubric of a YAML file and the problems; None with at least one error.

    ``traits``: the bureau's own traits; where none is given, those of ``traits.yaml`` beside the
    rubric, if it is there. Problems are placed at ``第 N 行 path``. Codes: those of
    ``yaml_text.read_yaml``, ``refusals.refusals``, ``trait_file.read_traits`` and
    ``checking.check``. A rubric may come with warnings.
    """
    raw = raw_yaml(path)
    if isinstance(raw, Source):
        return checked(raw)
    shared = traits or beside(path)
    own, problems = read_traits(shared) if shared else ({}, [])
    if own is None:
        return None, problems
    if own:
        rubric, more = checked(decoded_yaml(raw, str(path)), own=own)
    else:
        rubric, found = _loaded(raw, str(path))
        more = list(found)
    return rubric, problems + more


@lru_cache(maxsize=16)
def _loaded(raw: bytes, file: str) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Rounds that are read one after another mostly have the same rubrics, which nobody changes."""
    rubric, problems = checked(decoded_yaml(raw, file))
    return rubric, tuple(problems)


def loads_rubric(text: str, file: str = "") -> tuple[Rubric | None, list[Problem]]:
    """Returns the rubric that YAML text describes, as :func:`load_rubric` does for a file.

    >>> loads_rubric("id: mine")[1][0].message
    '缺少“version”'
    """
    return checked(parse_yaml(text, file))


def advised_rubric(path: Path, traits: Path | None = None) -> tuple[Rubric | None, list[Problem]]:
    """Returns the same with what its author may want to write otherwise (``checking.advise``)."""
    raw = raw_yaml(path)
    if isinstance(raw, Source):
        return advised(raw)
    shared = traits or beside(path)
    own, problems = read_traits(shared) if shared else ({}, [])
    if own is None:
        return None, problems
    rubric, more = advised(decoded_yaml(raw, str(path)), own=own)
    return rubric, problems + more


def advised(
    source: Source, names: Names = by_key, own: Mapping[str, Trait] | None = None
) -> tuple[Rubric | None, list[Problem]]:
    """Returns what :func:`checked` does, and advice for whoever wrote the data."""
    rubric, problems = checked(source, names, own)
    if rubric is not None:
        problems = sorted([*problems, *advise(rubric, source.places)], key=by_line)
    return rubric, problems


def checked(
    source: Source, names: Names = by_key, own: Mapping[str, Trait] | None = None
) -> tuple[Rubric | None, list[Problem]]:
    """Returns the rubric that plain data describe, and all that is wrong with form and meaning.

    ``names``: what a key is called where it was written, a workbook's headings. ``own``: the
    bureau's own traits, of which the rubric takes those that it asks for.
    """
    loaded = formed(source, names)
    if loaded.rubric is None:
        return None, loaded.problems
    rubric = with_own(loaded.rubric, own) if own else loaded.rubric
    found = check(rubric, loaded.places)
    # Of what is right in form a name of a method may yet be two, with a comma that is none in YAML.
    named = [item for item in found if item.code == "rubric-method-unknown"]
    others = [item for item in found if item not in named]
    told = sorted([*others, *slips_first(named, source.lines)], key=by_line)
    problems = loaded.problems + told
    return None if has_errors(problems) else rubric, problems


def formed(source: Source, names: Names = by_key) -> Loaded:
    """Returns the rubric that plain data describe, if their form is right."""
    data, places, problems = source.data, source.places, list(source.problems)
    if problems and data is None:
        return Loaded(None, places, problems)
    if not isinstance(data, dict):
        value = "一个列表" if isinstance(data, list) else str(data)
        detail = "细则应是一组“名称: 值”"
        problems.append(problem("rubric-value", places.at(()), value=value, detail=detail))
        return Loaded(None, places, problems)
    too_much = [*oversized(data), *too_many_indicators(data)]
    if too_much:
        told = (
            problem("rubric-value", places.at(keys), value=shown(value), detail=detail)
            for keys, value, detail in too_much
        )
        return Loaded(None, places, sorted((*problems, *told), key=by_line))
    try:
        rubric = Rubric.model_validate(data)
    except ValidationError as error:
        found = [*problems, *refusals(error, Rubric, data, places, names)]
        return Loaded(None, places, sorted(slips_first(found, source.lines), key=by_line))
    return Loaded(None if has_errors(problems) else rubric, places, problems)
