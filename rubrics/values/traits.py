"""The traits of a school that rosters carry and conditions ask for; the list is data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from rubrics.values.conditions import ConditionText, Traits, TraitValue


class Trait(BaseModel):
    """One trait: how it is headed in a roster, and what it may be.

    ``derived`` traits follow from others where the roster does not give them. ``words``: option
    -> other words for it. ``unit``: what may stand behind a number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["choice", "yes_no", "number"]
    headings: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
    unit: str = ""
    derived: ConditionText | None = None

    @model_validator(mode="after")
    def _has_its_options(self) -> Trait:
        if bool(self.options) != (self.type == "choice"):
            raise ValueError("type: choice 要写 options（可以填的几个词），别的不写")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        """The admitted values; empty for a number."""
        return ("是", "否") if self.type == "yes_no" else self.options


@cache
def known_traits() -> dict[str, Trait]:
    """Returns every trait by name, in the order of ``traits.yaml``."""
    text = Path(__file__).with_name("traits.yaml").read_text(encoding="utf-8")
    return {name: Trait.model_validate(entry) for name, entry in yaml.safe_load(text).items()}


def with_derived(traits: Traits, known: Mapping[str, Trait] | None = None) -> dict[str, TraitValue]:
    """Returns the traits with those that follow from others filled in.

    ``known``: the traits that there are, those of ``traits.yaml`` where it is not given. A derived
    trait stays away while any trait that it rests on is missing.
    """
    full = dict(traits)
    for name, trait in (known or known_traits()).items():
        if trait.derived is None or name in full:
            continue
        if all(source in full for source, _ in trait.derived.clauses()):
            full[name] = "是" if trait.derived.holds(full) else "否"
    return full
