"""The styles of a Word document: those of the official page, under Word's own names."""

from __future__ import annotations

from math import floor
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from reports.type.paper import (
    BODY,
    CENTRED,
    FLUSH,
    HEADINGS,
    NOTE,
    SMALL,
    TITLE,
    UNDER_TITLE,
    Paper,
    Style,
)
from reports.word.elements import add, look, twips, unspaced

_LEVELS = {HEADINGS[0]: 1, HEADINGS[1]: 2}

#: Whoever edits the letter finds headings in the navigation pane.
NAMES = {
    FLUSH: "Normal",
    BODY: "Body Text",
    TITLE: "Title",
    UNDER_TITLE: "Subtitle",
    HEADINGS[0]: "Heading 1",
    HEADINGS[1]: "Heading 2",
    NOTE: "说明",
    SMALL: "小字",
    CENTRED: "居中",
}


def tracking(style: Style, paper: Paper) -> float:
    """Returns what parts letters, in points: body type stands on the grid of the paper.

    It is told in twentieths, rounded so that as many letters as belong in a line fit into it.
    """
    apart = paper.pitch - style.size
    return floor(apart * 20) / 20 if abs(apart) < 1 else 0.0


def leading(style: Style, paper: Paper) -> float:
    """Returns the height of a line in points; as many as belong on a page fit on it."""
    return int(style.lines * paper.leading * 20) / 20


def define(document: Document, paper: Paper) -> dict[Style, str]:
    """Sets up the styles; returns the id of each."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:  # the template's own, in English and with room between paragraphs
        for name in ("w:rPrDefault", "w:pPrDefault"):
            defaults.remove(defaults.find(qn(name)))
        letters = add(add(defaults, "w:rPrDefault"), "w:rPr")
        look(letters, FLUSH.face, FLUSH.size)
        # Figures go by the first: in Chinese some programs end a line in the midst of one.
        add(letters, "w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
        add(defaults, "w:pPrDefault")
    return {style: _define(document, style, name, paper) for style, name in NAMES.items()}


def _define(document: Document, style: Style, name: str, paper: Paper) -> str:
    known = {held.name for held in document.styles}
    if name not in known:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    held = document.styles[name]
    element: Any = held.element
    for tag in ("w:pPr", "w:rPr", "w:link"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    said = add(element, "w:pPr")
    if style in _LEVELS or style == TITLE:
        add(said, "w:keepNext")
    add(said, "w:widowControl")
    unspaced(said)
    add(said, "w:snapToGrid", val=0)
    add(said, "w:spacing", before=0, after=0, line=twips(leading(style, paper)), lineRule="exact")
    add(said, "w:ind", left=0, right=0, firstLine=twips(style.indent * paper.pitch))
    add(said, "w:jc", val="center" if style.centred else "both")
    if style in _LEVELS:
        add(said, "w:outlineLvl", val=_LEVELS[style] - 1)
    look(add(element, "w:rPr"), style.face, style.size, tracking(style, paper))
    return held.style_id or name
