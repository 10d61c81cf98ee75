"""A TrueType file with nothing but the glyphs of one document, as PDF embeds it."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from reports.type.outlines import EM, Glyph

ASCENT = 880
DESCENT = -120


def truetype(glyphs: Sequence[Glyph]) -> bytes:
    """Returns a TrueType file whose glyph numbers are the places in ``glyphs``.

    It has the six tables that PDF asks for in a font addressed by glyph number (ISO 32000-1,
    9.9), and no character map.
    """
    tables = {
        b"glyf": b"".join(glyph.data for glyph in glyphs),
        b"head": _head(),
        b"hhea": _hhea(len(glyphs), max(glyph.advance for glyph in glyphs)),
        b"hmtx": b"".join(struct.pack(">Hh", glyph.advance, glyph.left) for glyph in glyphs),
        b"loca": _loca(glyphs),
        b"maxp": _maxp(glyphs),
    }
    offset = 12 + 16 * len(tables)
    directory = [struct.pack(">LHHHH", 0x00010000, len(tables), 64, 2, 16 * len(tables) - 64)]
    body = []
    for tag, content in tables.items():
        padded = content + bytes(-len(content) % 4)
        checksum = int(np.frombuffer(padded, ">u4").sum(dtype=np.uint64)) & 0xFFFFFFFF
        directory.append(struct.pack(">4sLLL", tag, checksum, offset, len(content)))
        body.append(padded)
        offset += len(padded)
    return b"".join(directory + body)


def _loca(glyphs: Sequence[Glyph]) -> bytes:
    ends = np.cumsum([0] + [len(glyph.data) for glyph in glyphs])
    return ends.astype(">u4").tobytes()


def _head() -> bytes:
    # Revision 1.0, no checksum of the whole, y = 0 is the baseline, no dates, long loca offsets.
    return struct.pack(
        ">LLLLHHqqhhhhHHhhh",
        *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0b11, EM, 0, 0),
        *(-EM, -EM, 3 * EM, 2 * EM, 0, 8, 2, 1, 0),
    )


def _hhea(count: int, widest: int) -> bytes:
    return struct.pack(
        ">LhhhHhhhhhh4hhH",
        *(0x00010000, ASCENT, DESCENT, 0, widest, 0, 0, 0, 1, 0, 0),
        *(0, 0, 0, 0, 0, count),
    )


def _maxp(glyphs: Sequence[Glyph]) -> bytes:
    points = max(glyph.points for glyph in glyphs)
    contours = max(glyph.contours for glyph in glyphs)
    return struct.pack(
        ">LHHHHHHHHHHHHHH", 0x00010000, len(glyphs), points, contours, *[0] * 2, 2, *[0] * 8
    )
