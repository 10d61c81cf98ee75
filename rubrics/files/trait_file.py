"""A bureau's own traits in a file of their own, for the conditions of all its rubrics.

``traits.yaml`` stands beside the rubrics, or beside the settings of a round; it is written as the
traits of one rubric are: name -> type, options, headings, words, unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import Field, ValidationError

from rubrics.checking.traits import added
from rubrics.files.limits import oversized
from rubrics.files.refusals import by_key, refusals, shown
from rubrics.files.yaml_text import Source, decoded_yaml, raw_yaml
from rubrics.language.places import Places, by_line
from rubrics.messages.problems import Problem, has_errors, problem
from rubrics.rules import StrictModel
from rubrics.values.traits import Trait

TRAITS: Final = "traits.yaml"


class _Traits(StrictModel):
    traits: dict[str, Trait] = Field(default_factory=dict)


def beside(path: Path) -> Path | None:
    """Returns the file of own traits in the folder of another file; None where there is none."""
    found = path.parent / TRAITS
    return found if found.is_file() else None


def read_traits(path: Path, file: str = "") -> tuple[Mapping[str, Trait] | None, list[Problem]]:
    """Returns the traits of a file by name; None with at least one error.

    ``file``: how problems name it. Codes: those of ``yaml_text.read_yaml`` and
    ``refusals.refusals``, rubric-value, rubric-trait-twice, rubric-trait-unknown,
    rubric-trait-value.
    """
    raw = raw_yaml(path)
    if isinstance(raw, Source):
        return None, raw.problems
    found, problems = _read(raw, file or str(path))
    return found, list(problems)


@lru_cache(maxsize=8)
def _read(raw: bytes, file: str) -> tuple[Mapping[str, Trait] | None, tuple[Problem, ...]]:
    source = decoded_yaml(raw, file)
    if source.data is None:
        return None, tuple(source.problems)
    written, problems = {"traits": source.data}, list(source.problems)
    known = {("traits", *keys): source.places.known[keys] for keys in source.places.known}
    places = Places(file, known)
    for keys, value, detail in oversized(written):
        problems.append(problem("rubric-value", places.at(keys), value=shown(value), detail=detail))
    traits: Mapping[str, Trait] = {}
    if not has_errors(problems):
        try:
            traits = _Traits.model_validate(written).traits
        except ValidationError as error:
            problems += refusals(error, _Traits, written, places, by_key)
    problems += added(traits, traits, places)
    if has_errors(problems):
        return None, tuple(sorted(problems, key=by_line))
    return traits, tuple(problems)
