"""A QR code in a Word document: a drawing of paths, not a picture, with its lines on its right."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.shared import Pt

from reports.type.blocks import Code
from reports.type.paper import MM, SIZES, Paper
from reports.type.qr import QUIET, boxes, modules
from reports.type.typeface import Face
from reports.word.elements import paragraph, run
from reports.word.table import begin_cell, begin_row, grid

_SIDE = 18 * MM
_SIZE = SIZES["小五"]
_HALF = 0x2E7F
"""Up to here characters are half as wide as hanzi."""

# Programs of before 2010 know no such shapes, and leave it out.
_SHAPE = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">\
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>\
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>\
<wp:docPr id="9001" name="QR" descr={descr}/><a:graphic>\
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">\
<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/>\
</a:xfrm><a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>\
<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{modules}" h="{modules}">{path}</a:path>\
</a:pathLst></a:custGeom><a:solidFill><a:srgbClr val="000000"/></a:solidFill>\
<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>\
</wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""


def code(body: Any, block: Code, paper: Paper, room: float) -> Any:
    """Adds a code with its lines; returns the cell on their right, ``room`` points wide.

    None where that much room is not left.
    """
    left = paper.measure - room
    wide = max((width(text, _SIZE) for text in block.beside), default=0.0)
    fits = room > 0 and _SIDE + wide <= left
    edges = [0.0, _SIDE, *([left] if fits else []), paper.measure]
    row = begin_row(grid(body, edges, side=0.0, ruled=False), _SIDE)
    said = paragraph(begin_cell(row, edges, 0, 1), align="left", keep=True)
    said.append(_drawn(block.content))
    beside = begin_cell(row, edges, 1, 2)
    for text in block.beside:
        said = paragraph(beside, align="left", line=_SIZE * 1.35, keep=True)
        run(said, text, Face.FANGSONG, _SIZE)
    return begin_cell(row, edges, 2, 3) if fits else None


def width(text: str, size: float) -> float:
    """Returns how wide a text is in points, where half of a character is a letter or a figure."""
    return sum(1.0 if ord(letter) > _HALF else 0.5 for letter in text) * size


def _drawn(content: str) -> Any:
    """A run with the code, its empty room around it."""
    path = [
        f'<a:moveTo><a:pt x="{QUIET + at}" y="{QUIET + row}"/></a:moveTo>'
        + "".join(
            f'<a:lnTo><a:pt x="{QUIET + x}" y="{QUIET + y}"/></a:lnTo>'
            for x, y in ((at + length, row), (at + length, row + 1), (at, row + 1))
        )
        + "<a:close/>"
        for row, at, length in boxes(content)
    ]
    return parse_xml(
        _SHAPE.format(
            side=Pt(_SIDE),
            descr=quoteattr(content.replace("\n", " ")),
            modules=len(modules(content)) + 2 * QUIET,
            path="".join(path),
        )
    )
