"""The published JSON Schema is current, accepts what loads, and refuses what an editor should."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft7Validator

from rubrics.files.shipped import LIBRARY, shipped
from rubrics.files.yaml_text import read_yaml
from rubrics.language.rubric import Rubric
from rubrics.language.schema import SCHEMA, rubric_schema, schema_text
from tests.rubrics.strategies import rubrics

VALIDATOR = Draft7Validator(rubric_schema())
# What an editor cannot see: sums, references between parts, YAML itself.
BROKEN = Path(__file__).with_name("broken")
SEEN = ("unknown_key", "unknown_key_in_rule", "missing_key", "missing_kind", "unknown_kind",
        "rubric_id", "indicator_id_with_dot", "points_text", "points_negative",
        "range_without_sign", "boolean_in_chinese", "method_unknown", "basis_not_a_list",
        "share_above_one", "trait_value", "trait_number")  # fmt: skip


def jsonable(data: object) -> Any:
    """What an editor's YAML reader would hand to its validator."""
    match data:
        case Decimal():
            return int(data) if data == data.to_integral_value() else float(data)
        case date():
            return data.isoformat()
        case dict():
            return {key: jsonable(value) for key, value in data.items()}
        case list() | tuple():
            return [jsonable(value) for value in data]
    return data


def complaints(data: object) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(jsonable(data))]


def test_the_published_schema_is_current() -> None:
    """Publish it anew with `scoring rubric schema > rubrics/rubric.schema.json`."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    Draft7Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("path", shipped().values(), ids=shipped())
def test_shipped_rubrics_fit(path: Path) -> None:
    assert complaints(read_yaml(path).data) == []


@pytest.mark.parametrize("path", shipped().values(), ids=shipped())
def test_shipped_rubrics_name_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (LIBRARY / first.partition("=")[2]).resolve() == SCHEMA


@given(rubrics())
def test_generated_rubrics_fit(rubric: Rubric) -> None:
    content = rubric.model_dump(exclude_defaults=True)
    for dimension in content["dimensions"]:
        for indicator in dimension["indicators"]:
            if indicator.get("key") == {}:
                indicator["key"] = True
    assert complaints(content) == []


@pytest.mark.parametrize("name", SEEN)
def test_an_editor_sees_the_mistake(name: str) -> None:
    assert complaints(read_yaml(BROKEN / f"{name}.yaml").data)


def test_every_key_is_explained_in_chinese() -> None:
    schema = rubric_schema()
    models = {"Rubric": schema, **schema["$defs"]}
    for name, model in models.items():
        assert not model["description"].isascii(), name
        for key, entry in model.get("properties", {}).items():
            assert not entry["description"].isascii(), f"{name}.{key}"
