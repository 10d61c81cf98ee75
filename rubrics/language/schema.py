"""The JSON Schema of a rubric file, by which an editor completes, explains and checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rubrics.language.glossary import MODELS, meaning
from rubrics.language.method import METHODS
from rubrics.language.rubric import Rubric
from rubrics.values.ranges import LOOKS_RIGHT
from rubrics.values.traits import Trait, known_traits

SCHEMA = Path(__file__).parents[1] / "rubric.schema.json"
"""The published schema; ``schema_text()`` is what must stand in it."""

_ID = r"^\w+$"
_ID_IN_EDITORS = r"^[A-Za-z0-9_\u3400-\u9fff]+$"
"""The same for the regular expressions of editors, whose ``\\w`` knows no Chinese."""


def schema_text() -> str:
    """Returns the text of the published schema."""
    return json.dumps(rubric_schema(), ensure_ascii=False, indent=1) + "\n"


def rubric_schema() -> dict[str, Any]:
    """Returns the JSON Schema (draft 7) of a rubric file, explained in Chinese."""
    made = Rubric.model_json_schema(mode="validation")
    models = {"Rubric": made, **made["$defs"]}
    for name, model in models.items():
        model["description"] = MODELS[name]
        model.pop("title", None)
        for key, entry in model["properties"].items():
            _plainer(entry)
            entry.pop("default", None)
            explained = {"description": meaning(name, key)}
            # Beside a $ref draft 7 reads nothing, so the reference goes inside.
            model["properties"][key] = explained | (
                {"allOf": [entry]} if "$ref" in entry else entry
            )
        if "when" in model["properties"]:
            explained = {"description": meaning(name, "when")}
            model["properties"]["when"] = explained | {"allOf": [{"$ref": "#/$defs/Condition"}]}
    made["$defs"]["Condition"] = _condition()
    made |= _known_unless_added()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": MODELS["Rubric"],
        **made,
    }


def _plainer(entry: dict[str, Any]) -> None:
    """Takes away what only a program would write, and allows what people write."""
    entry.pop("title", None)
    entry.pop("discriminator", None)
    choices = entry.get("anyOf")
    if choices and any(choice.get("type") == "number" for choice in choices):
        # A number may be given as text too, but an editor should not suggest it.
        choices[:] = [item for item in choices if item != {"type": "string"}]
        if len(choices) == 1:
            entry |= entry.pop("anyOf")[0]
    if "patternProperties" in entry:
        entry["additionalProperties"] = entry.pop("patternProperties")[_ID]
    if entry.get("pattern") == _ID:
        entry["pattern"] = _ID_IN_EDITORS
    shape = {"enum", "const", "format", "pattern"} & set(entry)
    if entry.get("type") == "string" and (not shape or entry.get("pattern") == _ID_IN_EDITORS):
        # 2026.1 and A1 alike: text that looks like a number needs no quotes.
        entry["type"] = ["string", "number"]
    for value in list(entry.values()):
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                _plainer(inner)


def _known_unless_added() -> dict[str, Any]:
    """Only a rubric that adds methods of its own may name others than those of all rubrics.

    Traits may be added in a file beside it, which no editor looks into.
    """
    known = {"properties": {"method": {"items": {"enum": list(METHODS)}}}}
    inside = {"properties": {"indicators": {"items": known}}}
    return {
        "if": {"not": {"required": ["methods"]}},
        "then": {"properties": {"dimensions": {"items": inside}}},
    }


def _condition() -> dict[str, Any]:
    clauses = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": True,
        "properties": {name: _trait(trait) for name, trait in known_traits().items()},
    }
    return {
        "description": "学校特征的条件：一组里的都要满足；写几组时，满足一组即可",
        "anyOf": [clauses, {"type": "array", "minItems": 1, "items": clauses}],
    }


def _trait(trait: Trait) -> dict[str, Any]:
    one: dict[str, Any] = (
        {"enum": [*trait.choices, *([True, False] if trait.type == "yes_no" else [])]}
        if trait.choices
        else {"type": "string", "pattern": LOOKS_RIGHT}
    )
    several = {"type": "array", "minItems": 1, "items": one}
    return {"description": "、".join(trait.choices) or "区间，如 ≥7", "anyOf": [one, several]}
