"""What a document is made of, from top to bottom, before it has pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reports.type.paper import BODY, HEADINGS, SIZES, TITLE, Style
from reports.type.typeface import Face

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in one style; ``lead`` stands in front of it in the face ``lead_face``.

    ``keep``: stays on the page of what follows.
    """

    text: str
    style: Style = BODY
    lead: str = ""
    lead_face: Face = Face.HEI
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty lines of the grid; they vanish at the top of a page unless ``fixed``.

    A fixed gap is room for something that is added on paper: a letterhead, a seal.
    """

    lines: float = 1.0
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """The next block begins a page."""


@dataclass(frozen=True, slots=True)
class CutLine:
    """A dashed line across the text, to cut along, with a word on it."""

    label: str = ""


@dataclass(frozen=True, slots=True)
class PageMark:
    """Stands above the text on every page of the document: that it is a draft, say."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its ``content``, and the lines that are printed beside it."""

    content: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the date, at the right end as GB/T 9704-2012 has them.

    The date ends four characters from the margin, the signers are centred above it. Both stay on
    the page of the text before them; the seal goes over them on paper. A ``code`` stands on their
    left, or above them where they are long.
    """

    signers: tuple[str, ...]
    day: str
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its head, its share of the width, how its cells are set.

    A ``label`` column is shaded like a head.
    """

    head: str
    share: float
    align: Align = "left"
    label: bool = False


#: One row of cells; None continues the cell on its left.
Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on each page; no head when all its texts are empty.

    A row of one cell across the whole table is a section head and stays with the row below.
    ``least`` is the least height of a row in points, for rows to be filled in by hand; ``tight``
    sets rows closer. ``keep``: all on one page, if they fit.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: float = SIZES["小五"]
    least: float = 0.0
    tight: bool = False
    caption: str = ""
    keep: bool = False

    @property
    def line(self) -> float:
        """From one line of a cell to the next, in points."""
        return self.size * (1.25 if self.tight else 1.32)

    @property
    def pad(self) -> float:
        """The room above and below the lines of a row, in points."""
        return 1.5 if self.tight else 3.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its share of the full length (0 to 1; None: no bar), and what is written.

    ``marker`` is the place of the comparison mark on the same scale. With a ``span``, from and to
    on it, no bar is drawn but a line over the span, and a dot at the share: an estimate.
    """

    label: str
    share: float | None
    text: str
    marker: float | None = None
    marker_text: str = ""
    span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Level bars on one scale, each with a mark to compare it with."""

    bars: tuple[Bar, ...]
    caption: str = ""
    bar_name: str = ""
    marker_name: str = ""
    scale: tuple[str, ...] = ("0", "20", "40", "60", "80", "100%")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph made ready by :func:`reports.type.pictures.picture`: JPEG, and its size."""

    content: bytes
    width: int
    height: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photographs side by side, ``across`` in a row, each with its caption below."""

    pictures: tuple[Picture, ...]
    across: int = 2
    height: float = 150.0


Block = Paragraph | Gap | NewPage | PageMark | CutLine | Signature | Table | BarChart | Pictures


def title(text: str) -> Paragraph:
    """Returns the document's title."""
    return Paragraph(text, TITLE, keep=True)


def heading(text: str, level: int = 1) -> Paragraph:
    """Returns a heading that stays with what follows.

    Levels: 1 黑体 ``一、``, 2 楷体 ``（一）``, 3 仿宋 ``1.``.
    """
    return Paragraph(text, HEADINGS[level - 1], keep=True)
