"""Glyphs of a font file as TrueType outlines on a grid of 1000, converted as they are needed.

PDF libraries embed TrueType outlines; open Chinese fonts come with cubic (CFF) ones, and
converting all 31,000 glyphs takes most of a minute. A round uses some 2,000 characters: at
half a millisecond each, converting on demand needs neither a cache file nor a list beforehand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fontTools.misc.roundTools import otRound
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

from reports.type.weight import Weight, heavier

EM = 1000
# Largest distance between a cubic outline and its quadratic one, in 1/1000 em.
_TOLERANCE = 0.7


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: measures in 1/1000 em, and its entry of a ``glyf`` table."""

    advance: int
    left: int = 0
    right: int = 0
    data: bytes = b""
    points: int = 0
    contours: int = 0


class FontFile:
    """An opened font, with its glyphs."""

    def __init__(self, font: TTFont) -> None:
        tables: Any = font
        self._names: dict[int, str] = tables.getBestCmap() or {}
        self._glyphs: Any = tables.getGlyphSet()
        self._cubic = "glyf" not in tables
        self._scale = EM / int(tables["head"].unitsPerEm)
        # A PostScript name is ASCII; some Chinese fonts have it otherwise.
        self.name = re.sub(r"[^A-Za-z0-9.-]", "", tables["name"].getDebugName(6) or "") or "Font"

    def covers(self, character: str) -> bool:
        """Whether the font has a glyph of its own for the character."""
        return ord(character) in self._names

    def glyph(self, character: str, weight: Weight, shift: int = 0) -> Glyph:
        """Returns the character's glyph, or the font's box for missing ones.

        The ink is moved ``shift`` thousandths of an em to the right.
        """
        source = self._glyphs[self._names.get(ord(character), ".notdef")]
        pen: Any = TTGlyphPen(None)
        target: Any = TransformPen(pen, (self._scale, 0, 0, self._scale, shift, 0))
        if self._cubic:
            target = Cu2QuPen(target, _TOLERANCE, reverse_direction=True)
        flat: Any = DecomposingRecordingPen(self._glyphs)
        source.draw(flat)
        flat.replay(target)
        return _compiled(pen.glyph(), otRound(source.width * self._scale), weight)


def _compiled(outline: Any, advance: int, weight: Weight) -> Glyph:
    if not outline.numberOfContours:
        return Glyph(advance)
    if weight:
        # A proportional letter keeps its side bearings; a character square keeps its square.
        shift = 0 if advance >= EM else weight.across
        outline.coordinates = _grown(outline, weight, shift)
        advance += 2 * shift
    data: bytes = outline.compile(None, recalcBBoxes=True)
    return Glyph(
        advance,
        outline.xMin,
        outline.xMax,
        data + bytes(-len(data) % 4),
        len(outline.coordinates),
        outline.numberOfContours,
    )


def _grown(outline: Any, weight: Weight, shift: int) -> GlyphCoordinates:
    points = list(outline.coordinates)
    starts = [0, *(end + 1 for end in outline.endPtsOfContours)]
    contours = [points[start:stop] for start, stop in pairwise(starts)]
    grown = [point for contour in heavier(contours, weight) for point in contour]
    return GlyphCoordinates([(otRound(x + shift), otRound(y)) for x, y in grown])
