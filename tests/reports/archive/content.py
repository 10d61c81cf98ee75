"""What stands on the pages of a file of the archive, and the fonts that it is set in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

# All that our pages need: grey and no other colour, no pictures within the content, no states.
_OPERATORS = {
    *("q", "Q", "cm", "Do", "g", "w", "d", "m", "l", "re", "S", "f"),
    *("BT", "ET", "Tf", "TL", "Td", "Tc", "Tj"),
}
_DEEPEST = 28
_BASE = re.compile(r"/[A-Z]{6}\+[!-~]+")
_UNICODE = re.compile(rb"<([0-9A-Fa-f]{4})> <(?:[0-9A-Fa-f]{4})+>")


def content_faults(reader: PdfReader) -> Iterator[str]:
    """What is wrong with the pages, and with each font for the characters set in it."""
    used: dict[int, tuple[DictionaryObject, set[int]]] = {}
    for number, page in enumerate(reader.pages, start=1):
        yield from (f"{fault} (page {number})" for fault in _page_faults(page, used))
    for font, codes in used.values():
        yield from _font_faults(font, codes)


def _page_faults(
    page: PageObject, used: dict[int, tuple[DictionaryObject, set[int]]]
) -> Iterator[str]:
    if not all(3 <= side <= 14_400 for side in (page.mediabox.width, page.mediabox.height)):
        yield "6.1.13 the size"
    if "/Resources" not in page:
        yield "6.2.2 no resources"
        return
    resources: Any = page["/Resources"]
    fonts = resources["/Font"].get_object()
    pictures = resources.get("/XObject", {})
    codes: set[int] = set()
    depth = 0
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        name = operator.decode("latin-1")
        depth += (name == "q") - (name == "Q")
        if name not in _OPERATORS:
            yield f"6.2.2 the operator {name}, which nobody has looked at"
        if not 0 <= depth <= _DEEPEST:
            yield "6.1.13 states within states"
        if name == "Tf":
            if operands[0] not in fonts:
                yield f"6.2.2 the font {operands[0]}"
                return
            font = fonts[operands[0]]
            codes = used.setdefault(id(font), (font, set()))[1]
        if name == "Do" and operands[0] not in pictures:
            yield f"6.2.2 the picture {operands[0]}"
        if name == "Tj":
            text = operands[0].original_bytes
            codes |= {int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2)}


def _font_faults(font: Any, codes: set[int]) -> Iterator[str]:
    name = font["/BaseFont"]
    kinds = (font["/Type"], font["/Subtype"], font["/Encoding"])
    if kinds != ("/Font", "/Type0", "/Identity-H"):
        yield f"6.2.11.2 {name} is no font addressed by glyph number"
        return
    (inner,) = (item.get_object() for item in font["/DescendantFonts"])
    descriptor = inner["/FontDescriptor"].get_object()
    if not _BASE.fullmatch(name) or {inner["/BaseFont"], descriptor["/FontName"]} != {name}:
        yield f"6.2.11.2 {name} has several names, or none of a subset"
    if inner["/Subtype"] != "/CIDFontType2" or inner.get("/CIDToGIDMap") != "/Identity":
        yield f"6.2.11.3.2 {name} does not map its codes to glyphs"
    if {"/Registry", "/Ordering", "/Supplement"} - inner["/CIDSystemInfo"].keys():
        yield f"6.2.11.3.1 {name} has no collection"
    if "/FontFile2" not in descriptor:
        yield f"6.2.11.4.1 {name} is not embedded"
        return
    if "/CIDSet" in descriptor:
        yield f"6.2.11.4.2 {name} lists its glyphs"
    made = TTFont(BytesIO(descriptor["/FontFile2"].get_object().get_data()))
    glyphs = made["maxp"].numGlyphs
    if not codes <= set(range(1, glyphs)):
        yield f"6.2.11.8 {name} lacks glyphs that are used"
    start, widths = inner["/W"]
    advances = [made["hmtx"][made.getGlyphName(number)][0] for number in range(glyphs)]
    scaled = [advance * 1000 / made["head"].unitsPerEm for advance in advances]
    if start or any(abs(a - b) > 1 for a, b in zip(widths, scaled, strict=True)):
        yield f"6.2.11.5 {name} has other widths than its file"
    mapped = {
        int(code, 16) for code in _UNICODE.findall(font["/ToUnicode"].get_object().get_data())
    }
    if not codes <= mapped:
        yield f"6.2.11.7 {name} does not say what its glyphs mean"
