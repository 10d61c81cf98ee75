"""The digest of a rubric's content: the same however the file is laid out."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from fractions import Fraction

from pydantic import BaseModel

from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules.bands import Bands
from rubrics.rules.slot import COUNT
from rubrics.values.amounts import Amount
from rubrics.values.points import number_text, plain
from rubrics.values.ranges import Range


def digest(rubric: Rubric) -> str:
    """Returns the SHA-256 (hex) of the rubric's content.

    YAML layout, the order of keys, the spelling of numbers and defaults written out make no
    difference; the order of indicators and of all other lists does.
    """
    text = json.dumps(_canonical(rubric), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def rule_digest(indicator: Indicator) -> str:
    """Returns the SHA-256 (hex) of an indicator's points and rule: by what its scores compare.

    Its title, basis and whom it applies to may change without a change of what a score means.
    """
    parts = [_canonical(indicator.points), _canonical(indicator.rule)]
    text = json.dumps([*parts, indicator.rule.kind], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


_ONCE: dict[tuple[type[BaseModel], str], object] = {
    (Rubric, "excused_limit"): Decimal(40),
    (Bands, "domain"): COUNT,
}
"""Defaults of former versions: sheets that were handed out by them are known by their digests."""


def _canonical(value: object) -> object:
    match value:
        case BaseModel():
            fields = type(value).model_fields
            given = {name: getattr(value, name) for name in fields}
            # Defaults are left out, so that a key added to the language later changes no digest.
            return {
                name: _canonical(item)
                for name, item in given.items()
                if item != fields[name].get_default(call_default_factory=True)
                and item != _ONCE.get((type(value), name))
            }
        case Range():
            shares = value.shares()
            ends = (shares.low, shares.high)
            low, high = (None if end is None else number_text(end) for end in ends)
            return [low, value.low_closed, high, value.high_closed]
        case Amount():
            return number_text(value.share)
        case Decimal():
            return str(plain(value))
        case Fraction():
            return str(value)
        case dict():
            return {str(_canonical(key)): _canonical(item) for key, item in value.items()}
        case tuple() | list():
            return [_canonical(item) for item in value]
        case bool() | int() | str() | None:
            return value
    return str(value)
