"""Texts on which a pattern has as much work as it can have, made of its own pieces."""

from __future__ import annotations

from collections.abc import Iterator
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from tests.patterns.counting import Counter

_CANDIDATES = "a0 A9-.,:;\"'<>/\\()[]=_@*%\n\t~号路年月日等x元省京一是人：，。（）\x01é+#!"
_MOST = 30
"""Pieces of one pattern; the longest patterns are lists of words."""

NOWHERE = "\ue000"
"""A sign that no pattern names."""


def pieces(counter: Counter) -> list[str]:
    """Returns what parts of the pattern fit on, and all that stands before each of them."""
    found: dict[str, None] = {}
    for piece in _pieces(counter, counter.tree, ""):
        if piece:
            found[piece] = None
    return list(found)[:_MOST]


def texts(pieces: list[str], size: int) -> Iterator[str]:
    """Yields texts of about ``size`` characters: a piece again and again, with and without what
    stands before it, and at the end something that does not fit.
    """
    longest = max(pieces, key=len, default="")
    for piece in pieces:
        many = piece * (size // len(piece) + 1)
        yield many + NOWHERE
        for before in {longest, pieces[0]} - {piece}:
            yield before + many + NOWHERE


def _pieces(counter: Counter, nodes: Any, before: str) -> Iterator[str]:
    so_far = ""
    for op, value in nodes:
        yield from _inside(counter, op, value, before + so_far)
        so_far += _sample(counter, op, value)
        yield so_far
        yield before + so_far


def _inside(counter: Counter, op: Any, value: Any, before: str) -> Iterator[str]:
    match op:
        case c.MAX_REPEAT | c.MIN_REPEAT | c.POSSESSIVE_REPEAT:
            yield _of(counter, value[2])
            yield from _pieces(counter, value[2], before)
        case c.SUBPATTERN:
            yield from _pieces(counter, value[3], before)
        case c.ATOMIC_GROUP:
            yield from _pieces(counter, value, before)
        case c.BRANCH:
            for branch in value[1]:
                yield from _pieces(counter, branch, before)
        case c.ASSERT | c.ASSERT_NOT:
            yield from _pieces(counter, value[1], before)


def _of(counter: Counter, nodes: Any) -> str:
    return "".join(_sample(counter, op, value) for op, value in nodes)


def _sample(counter: Counter, op: Any, value: Any) -> str:
    """A short text on which a node fits, or an empty one."""
    match op:
        case c.LITERAL:
            return chr(value)
        case c.NOT_LITERAL | c.ANY | c.IN:
            fits = counter._one(op, value)
            assert fits is not None
            listed = (
                [
                    chr(it[1]) if it[0] is c.LITERAL else chr(it[1][0])
                    for it in value
                    if it[0] in (c.LITERAL, c.RANGE)
                ]
                if op is c.IN
                else []
            )
            return next((sign for sign in [*_CANDIDATES, *listed] if fits(sign)), "")
        case c.MAX_REPEAT | c.MIN_REPEAT | c.POSSESSIVE_REPEAT:
            return _of(counter, value[2]) * max(value[0], min(value[1], 1))
        case c.SUBPATTERN:
            return _of(counter, value[3])
        case c.ATOMIC_GROUP:
            return _of(counter, value)
        case c.BRANCH:
            return _of(counter, value[1][0])
    return ""
