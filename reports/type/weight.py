"""Heavier strokes for a typeface that comes in one weight.

Open Chinese fonts on package indexes come in the regular weight only; titles and headings want
a heavier one. Every outline point moves outwards along the bisector of its two edges, further
to the sides than up and down, as the heavy Song faces are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]

# A sharp corner would shoot out; no point moves further than this many times the strength.
_MITRE = 2.0


@dataclass(frozen=True, slots=True)
class Weight:
    """How far outlines grow on each side, in 1/1000 em."""

    across: int = 0
    up: int = 0

    def __bool__(self) -> bool:
        return bool(self.across or self.up)


def heavier(contours: Sequence[Sequence[Point]], weight: Weight) -> list[list[Point]]:
    """Returns a glyph's closed contours grown by ``weight``, point for point.

    The larger contours are the outer ones, so the sign of the whole area tells which side of
    the contours is outside; fonts have a few glyphs that run the other way round.
    """
    outwards = 1 if sum(map(_area, contours)) <= 0 else -1
    return [
        [
            _moved(point, arriving, leaving, outwards * weight.across, outwards * weight.up)
            for point, (arriving, leaving) in zip(contour, _directions(contour), strict=True)
        ]
        for contour in contours
    ]


def _area(contour: Sequence[Point]) -> float:
    """Twice the signed area; less than 0 when the contour runs clockwise."""
    return sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(contour, [*contour[1:], contour[0]], strict=True)
    )


def _directions(contour: Sequence[Point]) -> Iterable[tuple[Point | None, Point | None]]:
    """The unit vectors of the edges arriving at and leaving each point; None for no edge."""
    count = len(contour)
    leaving: list[Point | None] = []
    for index, (x, y) in enumerate(contour):
        # Doubled points have no direction; the next one that differs tells.
        for step in range(1, count):
            next_x, next_y = contour[(index + step) % count]
            length = hypot(next_x - x, next_y - y)
            if length:
                leaving.append(((next_x - x) / length, (next_y - y) / length))
                break
        else:
            leaving.append(None)
    arriving: list[Point | None] = []
    for index, point in enumerate(contour):
        back = index - 1
        while contour[back] == point and back > index - count:
            back -= 1
        arriving.append(leaving[back])
    return zip(arriving, leaving, strict=True)


def _moved(
    point: Point, arriving: Point | None, leaving: Point | None, across: float, up: float
) -> Point:
    if arriving is None or leaving is None:
        return point
    cosine = arriving[0] * leaving[0] + arriving[1] * leaving[1]
    scale = min(_MITRE, 1 / (1 + cosine)) if cosine > -0.95 else 0.0
    return (
        point[0] - (arriving[1] + leaving[1]) * scale * across,
        point[1] + (arriving[0] + leaving[0]) * scale * up,
    )
