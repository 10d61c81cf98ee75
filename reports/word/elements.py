"""The elements that a Word document is made of, where the library has no name for them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.type.typeface import Face

#: What the official faces are called on the machines of offices.
FONTS = {
    Face.SONG: "宋体",
    Face.FANGSONG: "仿宋",
    Face.XIAOBIAOSONG: "方正小标宋简体",
    Face.HEI: "黑体",
    Face.KAI: "楷体",
}

SOLID = 0.0
"""Tracking of letters that are set solid, in points."""


def add(parent: Any, tag: str, **values: object) -> Any:
    """Returns a new last child of ``parent``; ``values``: its attributes of the same prefix."""
    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in values.items():
        made.set(qn(f"{prefix}:{name}"), str(value))
    parent.append(made)
    return made


def twips(points: float) -> int:
    """Returns twentieths of a point."""
    return int(Decimal(points * 20).quantize(Decimal(1), ROUND_HALF_UP))


def look(properties: Any, face: Face, size: float, tracking: float = SOLID) -> None:
    """Fills the properties of letters: face, size and tracking (points), for every script."""
    name = FONTS[face]
    add(properties, "w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")
    if tracking:
        add(properties, "w:spacing", val=twips(tracking))
    add(properties, "w:sz", val=round(size * 2))
    add(properties, "w:szCs", val=round(size * 2))


def unspaced(properties: Any) -> None:
    """Says in a paragraph's properties that nothing parts Chinese from letters and figures.

    That a mark may hang beyond the margin is said, too: where it is left to LibreOffice, or denied,
    now and then a mark at the end of a full line is not printed.
    """
    add(properties, "w:overflowPunct", val=1)
    add(properties, "w:autoSpaceDE", val=0)
    add(properties, "w:autoSpaceDN", val=0)


def paragraph(
    parent: Any,
    *,
    style: str = "",
    align: str = "both",
    line: float | None = None,
    before: float = 0.0,
    left: float = 0.0,
    right: float = 0.0,
    keep: bool = False,
    breaks: bool = False,
    centres: tuple[float, ...] = (),
) -> Any:
    """Returns a new paragraph; its measures are points.

    ``style``: id of a style that says the rest. ``line``: from one line to the next, None for as
    much as a picture in it needs. ``keep``: on the page of what follows; ``breaks``: begins a page.
    ``centres``: tab stops that centre.
    """
    made = add(parent, "w:p")
    said = add(made, "w:pPr")
    if style:
        add(said, "w:pStyle", val=style)
    if keep:
        add(said, "w:keepNext")
    if breaks:
        add(said, "w:pageBreakBefore")
    if centres:
        tabs = add(said, "w:tabs")
        for at in centres:
            add(tabs, "w:tab", val="center", pos=twips(at))
    if style:
        if before:
            add(said, "w:spacing", before=twips(before))
        return made
    unspaced(said)
    add(said, "w:snapToGrid", val=0)
    height = {"line": 240, "lineRule": "auto"}
    if line is not None:
        height = {"line": twips(line), "lineRule": "exact"}
    add(said, "w:spacing", before=twips(before), after=0, **height)
    add(said, "w:ind", left=twips(left), right=twips(right), firstLine=0)
    add(said, "w:jc", val=align)
    if line is None:  # the mark at its end would need the room of a letter
        add(add(said, "w:rPr"), "w:sz", val=2)
    return made


def run(
    parent: Any, text: str, face: Face | None = None, size: float = 0.0, tracking: float = SOLID
) -> Any:
    """Returns a new run of letters; without a ``face`` they look as the paragraph's style says."""
    made = add(parent, "w:r")
    if face is not None:
        look(add(made, "w:rPr"), face, size, tracking)
    for number, part in enumerate(text.split("\n")):
        if number:
            add(made, "w:br")
        for place, piece in enumerate(part.split("\t")):
            if place:
                add(made, "w:tab")
            if piece:
                held = add(made, "w:t")
                held.text = piece
                held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made
