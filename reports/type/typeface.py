"""A typeface as a letter uses it: one of the official faces, complete for every character."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from reports.type.outlines import EM, FontFile, Glyph
from reports.type.punctuation import CLOSING_HALVES, OPENING_HALVES, whole
from reports.type.weight import Weight

HALF = EM // 2
# The ink of a mark may stick this far out of its half and still be set half width.
_SLACK = 60
_SPACES = "\t\u00a0\u2002\u2003"
_INVISIBLE = {"Cc", "Cf"}


class Face(StrEnum):
    """The faces that GB/T 9704-2012 sets official documents in."""

    SONG = "宋体"
    FANGSONG = "仿宋"
    XIAOBIAOSONG = "小标宋"
    HEI = "黑体"
    KAI = "楷体"


class Widths(dict[str, int]):
    """Advance widths in 1/1000 em by character; looks glyphs up as they are asked for."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, character: str) -> int:
        width = self[character] = self._typeface.glyph(character).advance
        return width


class Typeface:
    """A chain of font files: each character comes from the first one that has it.

    ``weight`` thickens the glyphs of those files that come in one weight only.
    """

    def __init__(self, name: str, chain: Sequence[tuple[FontFile, Weight]]) -> None:
        self.name = name
        self.widths = Widths(self)
        self._chain = chain
        self._glyphs: dict[str, Glyph] = {}
        self._covered: dict[str, bool] = {}

    def covers(self, character: str) -> bool:
        """Whether the character can be printed: some file has it, or it prints nothing."""
        found = self._covered.get(character)
        if found is None:
            mark = whole(character)
            found = _prints_nothing(mark) or any(file.covers(mark) for file, _ in self._chain)
            self._covered[character] = found
        return found

    def glyph(self, character: str) -> Glyph:
        """Returns the character's glyph: its first one in the chain, or a box."""
        found = self._glyphs.get(character)
        if found is None:
            found = self._glyphs[character] = self._find(character)
        return found

    def _find(self, character: str) -> Glyph:
        if character in _SPACES:
            character = " "
        elif _prints_nothing(character):
            return Glyph(0)
        mark = whole(character)
        file, weight = next(
            ((file, weight) for file, weight in self._chain if file.covers(mark)), self._chain[0]
        )
        glyph = file.glyph(mark, weight)
        # Some fonts draw a mark in the middle of its square; that one stays full width.
        if character in CLOSING_HALVES and glyph.right <= HALF + _SLACK:
            return Glyph(HALF, glyph.left, glyph.right, glyph.data, glyph.points, glyph.contours)
        if character in OPENING_HALVES and glyph.left >= glyph.advance - HALF - _SLACK:
            shifted = file.glyph(mark, weight, shift=HALF - glyph.advance)
            return Glyph(
                HALF, shifted.left, shifted.right, shifted.data, shifted.points, shifted.contours
            )
        return glyph


def _prints_nothing(character: str) -> bool:
    """Controls, zero-width characters and variation selectors, which pasted text is full of."""
    return (
        unicodedata.category(character) in _INVISIBLE
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )
