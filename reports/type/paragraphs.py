"""Paragraphs, signatures and gaps as slabs, one a line."""

from __future__ import annotations

from functools import lru_cache

from reports.type.blocks import Code, CutLine, Gap, PageMark, Paragraph, Signature
from reports.type.breaking import Line, break_lines, loose
from reports.type.embedding import EmbeddedFont
from reports.type.fonts import Fonts
from reports.type.ink import Ink
from reports.type.paper import (
    FLUSH,
    HEADINGS,
    MARK_FACE,
    MARK_SIZE,
    MM,
    NOTE,
    SIZES,
    TITLE,
    Paper,
    Style,
)
from reports.type.sfnt import ASCENT
from reports.type.slabs import Draw, Slab

_OUTLINED = (TITLE, HEADINGS[0])
"""Paragraphs that the outline of a document lists, each below the one before."""

_CODE = 18 * MM
"""The side of a QR code with the empty room around it."""

_ABOVE = 14 * MM
"""From the top of the text to a page mark; in a narrow margin it stands in the middle."""

_BESIDE = SIZES["小五"]
"""The type size of what is printed beside a code."""

# Half the texts of a letter are the same as in the letter before: rules, bases, demands.
_REMEMBERED = 20_000


@lru_cache(_REMEMBERED)
def broken(
    text: str,
    font: EmbeddedFont,
    size: float,
    measure: float,
    indent: float = 0.0,
    tracking: float = 0.0,
    justify: bool = True,
) -> tuple[Line, ...]:
    """Returns the lines of a text in one font; see :func:`reports.type.breaking.break_lines`."""
    return break_lines(
        text,
        font.typeface.widths,
        size,
        measure,
        indent=indent,
        tracking=tracking,
        justify=justify,
    )


def balanced(
    text: str, font: EmbeddedFont, size: float, measure: float, tracking: float = 0.0
) -> tuple[Line, ...]:
    """Returns as few lines as :func:`broken`, of about equal length, to be centred."""
    lines = broken(text, font, size, measure, 0.0, tracking, False)
    if len(lines) > 1:
        narrow = sum(line.width for line in lines) / len(lines)
        while narrow < measure:
            tried = broken(text, font, size, narrow, 0.0, tracking, False)
            if len(tried) == len(lines):
                return tried
            narrow += size / 2
    return lines


def baseline(height: float, size: float) -> float:
    """Returns how far below its top a line of this height has its baseline."""
    return (height - size) / 2 + size * ASCENT / 1000


def paragraph(block: Paragraph, fonts: Fonts, paper: Paper) -> list[Slab]:
    """Returns one slab a line. Neither the first nor the last line stands alone on a page."""
    style = block.style
    lines = _lines(block, fonts, paper)
    height = style.lines * paper.leading
    slabs = []
    led = len(block.lead)
    for number, line in enumerate(lines):
        indent = style.indent * paper.pitch if number == 0 else 0.0
        slabs.append(
            Slab(
                height,
                _line(line, block, indent, paper, height, min(led, len(line.text))),
                keep=block.keep or (number < len(lines) - 1 and number in (0, len(lines) - 2)),
                title=block.text if number == 0 and style in _OUTLINED else "",
                level=_OUTLINED.index(style) if style in _OUTLINED else 0,
            )
        )
        led = max(0, led - len(line.text))
    return slabs


def _tracking(style: Style, paper: Paper) -> float:
    """Body type stands on the grid of the paper; other sizes are set solid."""
    return paper.pitch - style.size if abs(paper.pitch - style.size) < 1 else 0.0


def _lines(block: Paragraph, fonts: Fonts, paper: Paper) -> tuple[Line, ...]:
    style, font = block.style, fonts[block.style.face]
    tracking = _tracking(style, paper)
    indent = style.indent * paper.pitch
    if block.lead:
        return break_lines(
            block.lead + block.text,
            font.typeface.widths,
            style.size,
            paper.measure,
            indent=indent,
            tracking=tracking,
            lead=len(block.lead),
            lead_widths=fonts[block.lead_face].typeface.widths,
        )
    if not style.centred:
        return broken(block.text, font, style.size, paper.measure, indent, tracking)
    return balanced(block.text, font, style.size, paper.measure, tracking)


def _line(
    line: Line, block: Paragraph, indent: float, paper: Paper, height: float, led: int
) -> Draw:
    style = block.style
    tracking = _tracking(style, paper)
    drop = baseline(height, style.size)
    if style.centred:
        indent = (paper.measure - line.width) / 2

    def draw(ink: Ink, x: float, y: float) -> None:
        x += indent
        if led:
            lead = line.text[:led]
            face, size = block.lead_face, style.size
            ink.text(x, y - drop, lead, face, size, tracking=tracking, extra=line.extra)
            x += ink.fonts[face].stringWidth(lead, size) + led * tracking + loose(lead) * line.extra
        ink.text(
            x,
            y - drop,
            line.text[led:],
            style.face,
            style.size,
            tracking=tracking,
            extra=line.extra,
        )

    return draw


def signature(block: Signature, fonts: Fonts, paper: Paper) -> list[Slab]:
    """Returns one slab with all signers and the date, and a code on their left.

    Where they leave no room for it, the code has a slab of its own above them.
    """
    style, height = FLUSH, paper.leading
    tracking = _tracking(style, paper)
    font = fonts[style.face]

    def width(text: str) -> float:
        return font.stringWidth(text, style.size) + (len(text) - 1) * tracking

    day_left = paper.measure - 4 * paper.pitch - width(block.day)
    middle = day_left + width(block.day) / 2
    lines = [
        (min(middle - width(line.text) / 2, paper.measure - width(line.text)), line.text)
        for signer in block.signers
        for line in balanced(signer, font, style.size, paper.measure, tracking)
    ] + [(day_left, block.day)]

    def draw(ink: Ink, x: float, y: float) -> None:
        for number, (left, text) in enumerate(lines):
            line_y = y - number * height - baseline(height, style.size)
            ink.text(x + left, line_y, text, style.face, style.size, tracking=tracking)

    depth = height * len(lines)
    if block.code is None:
        return [Slab(depth, draw)]
    code, wide = _code(block.code, fonts)
    if wide > min(left for left, _ in lines):
        return [Slab(_CODE, code, keep=True), Slab(depth, draw)]
    whole = max(depth, _CODE)

    def both(ink: Ink, x: float, y: float) -> None:
        code(ink, x, y - (whole - _CODE))
        draw(ink, x, y - (whole - depth))

    return [Slab(whole, both)]


def _code(block: Code, fonts: Fonts) -> tuple[Draw, float]:
    """Draws a code with its lines on its right, and how wide both are, in points."""
    face, step = NOTE.face, _BESIDE * 1.35
    wide = max((fonts[face].stringWidth(text, _BESIDE) for text in block.beside), default=0.0)

    def draw(ink: Ink, x: float, y: float) -> None:
        ink.code(block.content, x, y, _CODE)
        top = y - (_CODE - step * len(block.beside)) / 2
        for number, text in enumerate(block.beside):
            line_y = top - number * step - baseline(step, _BESIDE)
            ink.text(x + _CODE, line_y, text, face, _BESIDE)

    return draw, _CODE + wide + _BESIDE


def page_mark(block: PageMark, fonts: Fonts, paper: Paper) -> Draw:
    """Returns what draws a mark in the middle of the upper margin; it begins at the text's top."""
    left = (paper.measure - fonts[MARK_FACE].stringWidth(block.text, MARK_SIZE)) / 2

    above = min(_ABOVE, paper.top_mm / 2 * MM)

    def draw(ink: Ink, x: float, y: float) -> None:
        ink.text(x + left, y + above, block.text, MARK_FACE, MARK_SIZE)

    return draw


def gap(block: Gap, paper: Paper) -> list[Slab]:
    """Returns an empty slab."""
    return [Slab(block.lines * paper.leading, fades=not block.fixed)]


def cut_line(block: CutLine, fonts: Fonts, paper: Paper) -> list[Slab]:
    """Returns a slab with a dashed line and its word in the middle."""
    height = paper.leading
    width = fonts[NOTE.face].stringWidth(block.label, NOTE.size)
    left = (paper.measure - width) / 2

    def draw(ink: Ink, x: float, y: float) -> None:
        middle = y - height / 2
        if not block.label:
            ink.dashes(x, x + paper.measure, middle)
            return
        ink.dashes(x, x + left - NOTE.size, middle)
        ink.dashes(x + left + width + NOTE.size, x + paper.measure, middle)
        ink.text(x + left, y - baseline(height, NOTE.size), block.label, NOTE.face, NOTE.size)

    return [Slab(height, draw, keep=True)]
