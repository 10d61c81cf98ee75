"""What is drawn on the pages of one document: text, rules, boxes and pictures.

Text goes to the page as PDF operators, past the library's text objects: they cost more than
everything else a letter needs. All measures are points from the bottom left of the sheet.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reports.type.archival import About, archival
from reports.type.breaking import TIGHT
from reports.type.embedding import EmbeddedFont, Subset
from reports.type.fonts import Fonts
from reports.type.qr import QUIET, boxes, modules
from reports.type.typeface import Face

# ASCII armour around streams makes files a quarter larger and is slow to put on.
rl_config.useA85 = 0

BLACK = 0.0


class Ink:
    """Draws one document, page after page."""

    def __init__(self, fonts: Fonts, size: tuple[float, float], about: About) -> None:
        self.fonts = fonts
        self.page = 1
        self._file = BytesIO()
        # The stubs know neither the document of a canvas nor that a font's name is a text.
        self._canvas: Any = Canvas(
            self._file,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 5),
            initialFontName=fonts[Face.SONG].fontName,  # type: ignore[arg-type]
        )
        archival(self._canvas, about)
        self._fonts: dict[Face, tuple[EmbeddedFont, Subset]] = {}
        self._set: tuple[str, float] | None = None
        self._spacing = 0.0
        self._places = 0
        self._level = -1

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        *,
        tracking: float = 0.0,
        extra: float = 0.0,
    ) -> None:
        """Writes one line of text from x on the baseline y.

        ``tracking`` goes between all characters, ``extra`` between those that justification may
        spread (:data:`reports.type.breaking.TIGHT` says which it may not).
        """
        font, subset = self._font(face)
        operators = [f"BT {x:.3f} {y:.3f} Td"]
        if self._set != (font.resource, size):
            self._set = font.resource, size
            operators.append(f"/{font.resource} {size:g} Tf")
        if extra and TIGHT.search(text):
            done = 0
            for match in TIGHT.finditer(text):
                operators += self._shown(text[done : match.start()], tracking + extra, subset)
                operators += self._shown(match.group(), tracking, subset)
                done = match.end()
            operators += self._shown(text[done:], tracking + extra, subset)
        else:
            operators += self._shown(text, tracking + extra, subset)
        operators.append("ET")
        self._canvas.addLiteral(" ".join(operators))

    def rules(self, lines: list[tuple[float, float, float, float]], width: float = 0.5) -> None:
        """Draws straight black lines (x1, y1, x2, y2)."""
        path = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in lines)
        self._canvas.addLiteral(f"{width:g} w {path} S")

    def dashes(self, x1: float, x2: float, y: float) -> None:
        """Draws a dashed level line, to cut along."""
        self._canvas.addLiteral(f"0.6 w [4 3] 0 d {x1:.2f} {y:.2f} m {x2:.2f} {y:.2f} l S [] 0 d")

    def box(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """Fills a box whose bottom left corner is x, y; grey runs from 0 black to 1 white."""
        self._canvas.addLiteral(
            f"{grey:g} g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f {BLACK:g} g"
        )

    def code(self, content: str, x: float, y: float, side: float) -> None:
        """Draws a QR code as paths; x, y: its top left corner, ``side`` with its empty room."""
        rows = len(modules(content))
        step = side / (rows + 2 * QUIET)
        paths = [f"{at} {-row - 1} {length} 1 re" for row, at, length in boxes(content)]
        left, top = x + QUIET * step, y - QUIET * step
        scaled = f"q {step:.4f} 0 0 {step:.4f} {left:.3f} {top:.3f} cm"
        self._canvas.addLiteral(f"{scaled} {' '.join(paths)} f Q")

    def outline(self, title: str, y: float, level: int) -> None:
        """Lists a place of this page in the document's outline, at most one below the last."""
        self._places += 1
        self._level = level = min(level, self._level + 1)
        key = f"p{self._places}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=y)
        self._canvas.addOutlineEntry(title, key, level)

    def picture(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        """Places an image file; equal content is stored once."""
        self._canvas.drawImage(ImageReader(BytesIO(content)), x, y, width, height)

    def turn(self) -> None:
        """Ends the page and begins the next one."""
        self._canvas.showPage()
        self.page += 1
        self._set = None
        self._spacing = 0.0

    def begin_anew(self) -> None:
        """Ends the page; the next document begins on a sheet of its own, with page 1."""
        self.turn()
        if self.page % 2 == 0:
            self.turn()
        self.page = 1

    def finish(self) -> bytes:
        """Ends the last page and returns the PDF; nothing can be drawn afterwards."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    def _font(self, face: Face) -> tuple[EmbeddedFont, Subset]:
        found = self._fonts.get(face)
        if found is None:
            font = self.fonts[face]
            found = self._fonts[face] = font, font.subset(self._canvas._doc)
        return found

    def _shown(self, text: str, spacing: float, subset: Subset) -> list[str]:
        if not text:
            return []
        codes = f"<{text.translate(subset)}> Tj"
        if spacing == self._spacing:
            return [codes]
        self._spacing = spacing
        return [f"{spacing:.3f} Tc", codes]
