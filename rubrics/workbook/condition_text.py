"""Conditions as one line of text: ``学段为小学、初中且正式党员数≥7 或 有食堂``."""

from __future__ import annotations

import re
from typing import TypeAlias

from pydantic import TypeAdapter

from rubrics.values.conditions import Condition, ConditionText
from rubrics.values.traits import known_traits

Plain: TypeAlias = dict[str, list[str]]
_CONDITION: TypeAdapter[Condition] = TypeAdapter(ConditionText)


def condition_text(value: object) -> str:
    """Returns a condition, as YAML would hold it, as one line."""
    alternatives = value if isinstance(value, list) else [value]
    return _CONDITION.validate_python(alternatives).notation


def condition_of(text: str) -> list[Plain]:
    """Returns the alternatives that a line names; values that no trait knows stay as typed.

    ``为``, ``=`` or ``：`` stands between a trait and its values, ``、`` between values.
    """
    return [
        dict(_clause(clause) for clause in re.split("且|；|;", alternative) if clause.strip())
        for alternative in re.split(r"(?<=\s)或(?=\s)|\n|或者", text.strip())
        if alternative.strip()
    ]


def _clause(text: str) -> tuple[str, list[str]]:
    text = text.strip()
    for name, trait in known_traits().items():
        if trait.type == "yes_no" and text in (name, f"非{name}"):
            return name, ["是" if text == name else "否"]
    longest_first = sorted(known_traits(), key=len, reverse=True)
    name = next((known for known in longest_first if text.startswith(known)), "")
    if not name:
        return _of_its_own(text)
    rest = text[len(name) :].strip()
    if not known_traits()[name].choices and rest[:1] in "=＝":
        return name, [rest]
    return name, _values(re.sub("^[为=＝：:]", "", rest))


def _of_its_own(text: str) -> tuple[str, list[str]]:
    """A clause about a trait that the rubric adds: its kind shows in how it is written."""
    name, sign, rest = re.findall(r"^([^为=＝：:≥≤<>[(]*)([为=＝：:]?)(.*)$", text)[0]
    if not sign and not rest:
        return name.removeprefix("非").strip(), ["否" if name.startswith("非") else "是"]
    rest = rest.strip()
    return name.strip(), [rest] if rest[:1] in tuple("≥≤<>[(") else _values(rest)


def _values(text: str) -> list[str]:
    return [part.strip() for part in text.split("、") if part.strip()]
