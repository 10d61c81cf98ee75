"""Whether the work of a pattern grows faster than the text."""

from __future__ import annotations

from tests.patterns.adversaries import pieces, texts
from tests.patterns.collecting import Used
from tests.patterns.counting import Counter, TooManyError

_SHORT, _LONG = 128, 1024
_LINEAR = 2.6
"""Twice the text is twice the work; four times where it is quadratic."""

_SOME = 50
"""Steps that do not count: what a pattern costs however short the text is."""

_MOST = 2_000_000


def quadratic(used: Used) -> str:
    """Returns the beginning of a text on which the work grows faster; empty where there is none.

    A repetition that ends after a few hundred signs looks so on short texts: only what grows on
    long ones too is told.
    """
    counter = Counter(used.pattern, used.flags, _MOST)
    made = pieces(counter)
    for way in sorted(used.ways):
        sizes = (_SHORT, 2 * _SHORT, _LONG, 2 * _LONG)
        for tried in zip(*(texts(made, size) for size in sizes), strict=True):
            short, twice, long, twice_long = tried
            if _grows(counter, way, short, twice) and _grows(counter, way, long, twice_long):
                return f"{way}: {short[:40]}"
    return ""


def _grows(counter: Counter, way: str, text: str, twice: str) -> bool:
    try:
        return counter.count(twice, way) > _LINEAR * (counter.count(text, way) + _SOME)
    except TooManyError:
        return True
