"""Photographs in a Word document, and small drawings in its lines."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.document import Document
from docx.shared import Pt

from reports.type.blocks import Pictures
from reports.type.paper import SIZES, Paper
from reports.type.typeface import Face
from reports.word.elements import add, paragraph, run
from reports.word.table import begin_cell, begin_row, grid

_BETWEEN = 10.0
_SIZE = SIZES["小五"]


def show(
    document: Document, said: Any, content: bytes, width: float, height: float, words: str
) -> None:
    """Adds a picture to a paragraph. ``width``, ``height``: points; ``words``: what it shows."""
    inline = document.part.new_pic_inline(BytesIO(content), Pt(width), Pt(height))
    for side in ("distT", "distB", "distL", "distR"):  # left out, each program has its own
        inline.set(side, "0")
    about: Any = inline.docPr
    about.set("descr", words)
    held = add(said, "w:r")
    letters = add(held, "w:rPr")
    add(letters, "w:sz", val=2)
    add(held, "w:drawing").append(inline)


def pictures(document: Document, body: Any, block: Pictures, paper: Paper) -> None:
    """Adds photographs side by side, each above its caption."""
    step = paper.measure / block.across
    edges = [step * number for number in range(block.across + 1)]
    width = step - _BETWEEN
    made = grid(body, edges, pad=4.0, side=_BETWEEN / 2, ruled=False)
    for start in range(0, len(block.pictures), block.across):
        row = begin_row(made)
        held = block.pictures[start : start + block.across]
        for number in range(block.across):
            cell = begin_cell(row, edges, number, number + 1)
            said = paragraph(cell, align="center")
            if number < len(held):
                one = held[number]
                scale = min(width / one.width, block.height / one.height)
                size = one.width * scale, one.height * scale
                show(document, said, one.content, *size, one.caption)
                below = paragraph(cell, align="center", line=_SIZE * 1.3)
                run(below, one.caption, Face.SONG, _SIZE)
