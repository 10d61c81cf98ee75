"""The base of all that a rubric file may hold, and the types that many of its keys share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rubrics.messages.plain_text import plain

Id = Annotated[str, Field(pattern=r"^\w+$", max_length=24)]
"""A short name without dots and blanks, Chinese or not; it becomes part of a column's name."""

Coefficient = Annotated[Decimal, Field(ge=0, le=1, max_digits=5, decimal_places=4)]
Factor = Annotated[Decimal, Field(ge=0, le=10, max_digits=6, decimal_places=4)]
"""A coefficient that may be above 1: the difficulty of a task."""

Measure = Literal["number", "count", "time", "minutes_between", "days_between"]
"""What a reading is: a number with a unit, a whole number, a time of day (``8:20``), or the
difference of two times or dates that are entered (:mod:`rubrics.rules.between`)."""


_YES = "yes Yes YES y Y on On ON True TRUE true t T 是 对 真 有 √ ✓"
_NO = "no No NO n N off Off OFF False FALSE false f F 否 不是 假 无 没有 × x X"
YES_OR_NO = dict.fromkeys(_YES.split(), "true") | dict.fromkeys(_NO.split(), "false")
"""What people write for yes and no -> what a rubric file has for it."""


class StrictModel(BaseModel):
    """Base of all that a rubric file may hold: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _made_plain(cls, data: object) -> object:
        """Papers and workbooks are made from these texts, so they are plain from the start."""
        return _plain(data)


class Explained(StrictModel):
    """What a rule is made of: it says in Chinese what it is, and what its keys mean.

    ``meanings`` has the keys that mean something particular here; what a key means everywhere
    stands in :mod:`rubrics.language.glossary`.
    """

    about: ClassVar[str]
    meanings: ClassVar[Mapping[str, str]] = {}
    instead: ClassVar[Mapping[str, str]] = {}
    """What to write in place of keys that it does not have, and that people expect."""


def _plain(value: object) -> object:
    match value:
        case str():
            return plain(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return {_plain(key): _plain(item) for key, item in value.items()}
    return value
