"""Whether the work of a pattern grows faster than the text."""

from __future__ import annotations

from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from tests.patterns.adversaries import pieces, texts
from tests.patterns.collecting import Used
from tests.patterns.counting import Counter, TooManyError

_SHORT, _LONG = 64, 640
LINEAR = 2.6
"""Twice the text is twice the work; four times where it is quadratic, eight where it is cubic."""

QUADRATIC = 5.5

_LONGEST = 64
"""So many signs in a row cost the same however long the text is."""

_SOME = 50
"""Steps that do not count: what a pattern costs however short the text is."""

_MOST = 500_000


def too_fast(used: Used, most: float = LINEAR) -> str:
    """Returns the beginning of a text on which the work grows faster; empty where there is none.

    ``most``: how much more work twice the text may be. A repetition that ends after a few hundred
    signs looks worse on short texts: only what grows on long ones too is told.
    """
    counter = Counter(used.pattern, used.flags, _MOST)
    if not repeats(counter.tree):
        return ""
    made = pieces(counter)
    for way in sorted(used.ways):
        sizes = (_SHORT, 2 * _SHORT, _LONG, 2 * _LONG)
        for short, twice, long, twice_long in zip(*(texts(made, it) for it in sizes), strict=True):
            if not _grows(counter, way, short, twice, most):
                continue
            if most > LINEAR or _grows(counter, way, long, twice_long, most):
                return f"{way}: {short[:40]}"
    return ""


def repeats(nodes: Any, within: bool = False) -> bool:
    """Whether anything is repeated without end, or a repetition repeated; the rest is linear."""
    for op, value in nodes:
        again = op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT) and value[1] > 1
        if again and (within or value[1] > _LONGEST):
            return True
        match op:
            case c.MAX_REPEAT | c.MIN_REPEAT | c.POSSESSIVE_REPEAT:
                inside = [value[2]]
            case c.SUBPATTERN:
                inside = [value[3]]
            case c.ATOMIC_GROUP:
                inside = [value]
            case c.BRANCH:
                inside = value[1]
            case c.ASSERT | c.ASSERT_NOT:
                inside = [value[1]]
            case _:
                inside = []
        if any(repeats(part, within or again) for part in inside):
            return True
    return False


def _grows(counter: Counter, way: str, text: str, twice: str, most: float) -> bool:
    try:
        return counter.count(twice, way) > most * (counter.count(text, way) + _SOME)
    except TooManyError:
        return True
