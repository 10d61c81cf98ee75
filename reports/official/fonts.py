"""The faces of official papers by the names that GB/T 9704-2012 is set in, with what may stand in.

The faces are licensed: none is in the file, and a machine that lacks one takes the next name.
"""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

_NAMES: Final = {"仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312"}

_FIGURES: Final = "Times New Roman"
"""Of figures and letters in the text; page numbers are in 宋体, as the standard has them."""

_STAND_IN: Final = {
    _FIGURES: "Liberation Serif,Tinos,Times",
    "仿宋_GB2312": "仿宋,FangSong,华文仿宋,STFangsong",
    "楷体_GB2312": "楷体,KaiTi,华文楷体,STKaiti",
    "方正小标宋简体": "方正小标宋_GBK,华文中宋,STZhongsong,宋体",
    "黑体": "SimHei,华文黑体,STHeiti",
    "宋体": "SimSun,华文宋体,STSong",
}


def name_fonts(document: Document) -> None:
    """Renames the faces in styles, text, headers and footers, and says what may stand in."""
    feet = [
        foot._element
        for section in document.sections
        for foot in (section.footer, section.even_page_footer)
    ]
    for element in (document.element, document.styles.element, *feet):
        for fonts in element.iter(qn("w:rFonts")):
            for key, name in fonts.attrib.items():
                western = element not in feet and key in (qn("w:ascii"), qn("w:hAnsi"))
                fonts.set(key, _FIGURES if western else _NAMES.get(name, name))
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part: Any = table
    part._blob = _font_table()


def _font_table() -> bytes:
    space = qn("w:fonts").partition("}")[0][1:]
    root = etree.Element(qn("w:fonts"), nsmap={"w": space})
    for name, others in _STAND_IN.items():
        font = etree.SubElement(root, qn("w:font"), {qn("w:name"): name})
        etree.SubElement(font, qn("w:altName"), {qn("w:val"): others})
        charset = "00" if name == _FIGURES else "86"
        etree.SubElement(font, qn("w:charset"), {qn("w:val"): charset})
        etree.SubElement(font, qn("w:family"), {qn("w:val"): "auto"})
        etree.SubElement(font, qn("w:pitch"), {qn("w:val"): "default"})
    told: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return told
