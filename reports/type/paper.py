"""The page of an official document, after GB/T 9704-2012.

All measures are PDF points (1/72 inch). The text area of A4 is 156 x 225 mm and holds 22 lines
of 28 characters: 28 squares of 16 pt are wider than 156 mm, so the pitch is a little smaller.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.type.typeface import Face

MM = 72 / 25.4

#: Type sizes by their Chinese names.
SIZES = {
    "初号": 42.0,
    "小初": 36.0,
    "一号": 26.0,
    "小一": 24.0,
    "二号": 22.0,
    "小二": 18.0,
    "三号": 16.0,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
    "六号": 7.5,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet with its margins in millimetres and its grid of lines and characters."""

    width_mm: float
    height_mm: float
    top_mm: float
    left_mm: float
    right_mm: float
    bottom_mm: float
    lines: int
    characters: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return self.width_mm * MM, self.height_mm * MM

    @property
    def left(self) -> float:
        """The left edge of the text area, from the left of the sheet."""
        return self.left_mm * MM

    @property
    def top(self) -> float:
        """The top of the text area, from the bottom of the sheet."""
        return (self.height_mm - self.top_mm) * MM

    @property
    def bottom(self) -> float:
        """The bottom of the text area, from the bottom of the sheet."""
        return self.bottom_mm * MM

    @property
    def measure(self) -> float:
        """The width of the text area."""
        return (self.width_mm - self.left_mm - self.right_mm) * MM

    @property
    def depth(self) -> float:
        """The height of the text area."""
        return self.top - self.bottom

    @property
    def pitch(self) -> float:
        """From one character to the next."""
        return self.measure / self.characters

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.depth / self.lines


OFFICIAL = Paper(210, 297, 37, 28, 26, 35, lines=22, characters=28)


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of paragraph is set.

    ``size`` is points, ``lines`` its line height in lines of the grid, ``indent`` the first line's
    in characters.
    """

    face: Face
    size: float
    lines: float = 1.0
    indent: int = 0
    centred: bool = False


TITLE = Style(Face.XIAOBIAOSONG, SIZES["二号"], lines=1.25, centred=True)
UNDER_TITLE = Style(Face.KAI, SIZES["五号"], lines=0.6, centred=True)
HEADINGS = (
    Style(Face.HEI, SIZES["三号"], indent=2),
    Style(Face.KAI, SIZES["三号"], indent=2),
    Style(Face.FANGSONG, SIZES["三号"], indent=2),
)
BODY = Style(Face.FANGSONG, SIZES["三号"], indent=2)
FLUSH = Style(Face.FANGSONG, SIZES["三号"])
NOTE = Style(Face.FANGSONG, SIZES["小四"], lines=0.75)
SMALL = Style(Face.SONG, SIZES["小五"], lines=0.45)
CENTRED = Style(Face.FANGSONG, SIZES["三号"], centred=True)
FOLIO = Style(Face.SONG, SIZES["四号"])

MARK_FACE, MARK_SIZE = Face.HEI, SIZES["四号"]
"""How a mark in the upper margin is set; it is no paragraph of the text."""
