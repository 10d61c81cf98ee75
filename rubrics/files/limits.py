"""How much a rubric or the settings of a round may hold, so that no file keeps anybody waiting.

Far more than any bureau writes: what lies beyond was typed, or made, by mistake. Looked at before
anything is made of the data, in one walk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from rubrics.language.places import Keys
from rubrics.values.points import MOST_DIGITS, TOO_LONG

MOST_CHARACTERS: Final = 2_000
"""Of one text: a title, a demand, a note."""

MOST_ENTRIES: Final = 2_000
"""Of one list or group, and of all indicators together."""


def oversized(data: object, keys: Keys = ()) -> Iterator[tuple[Keys, object, str]]:
    """Yields (where, what stands there, what is wrong in Chinese) for all that is too much."""
    match data:
        case str() if len(data) > MOST_CHARACTERS:
            yield keys, data, f"太长了，有 {len(data)} 个字，最多 {MOST_CHARACTERS} 个"
        case Decimal() if len(data.as_tuple().digits) > MOST_DIGITS:
            yield keys, data, TOO_LONG
        case Mapping():
            yield from _too_many(data, keys)
            for key, item in data.items():
                if len(key) > MOST_CHARACTERS:
                    yield keys, key, f"名称太长了，最多 {MOST_CHARACTERS} 个字"
                yield from oversized(item, (*keys, key))
        case list():
            yield from _too_many(data, keys)
            for number, item in enumerate(data):
                yield from oversized(item, (*keys, number))


def too_many_indicators(data: Mapping[str, object]) -> Iterator[tuple[Keys, object, str]]:
    """Yields where the first indicator stands that is one too many, in :func:`oversized`'s form."""
    count = 0
    dimensions = data.get("dimensions")
    for number, dimension in enumerate(dimensions if isinstance(dimensions, list) else ()):
        held = dimension.get("indicators") if isinstance(dimension, Mapping) else None
        here = len(held) if isinstance(held, list) else 0
        # A list that is too long by itself was told as that.
        if here <= MOST_ENTRIES < count + here:
            keys = ("dimensions", number, "indicators", MOST_ENTRIES - count)
            yield keys, held, f"二级指标太多，一份细则最多 {MOST_ENTRIES} 项"
            return
        count += here


def _too_many(
    held: Mapping[str, object] | list[object], keys: Keys
) -> Iterator[tuple[Keys, object, str]]:
    if len(held) > MOST_ENTRIES:
        yield keys, held, f"太多了，有 {len(held)} 项，最多 {MOST_ENTRIES} 项"
