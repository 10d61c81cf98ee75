"""Typefaces as fonts of the PDF library, with one subset a document.

The library's own TrueType support splits a Chinese text over many fonts of 255 characters and
cannot name characters beyond the basic plane when text is copied out. Here a typeface is one
composite font (ISO 32000-1, 9.7) with two-byte codes. Codes are given in order of first use
within a document, so that its bytes depend on nothing else that was printed before.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from weakref import WeakKeyDictionary

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFStream,
)

from reports.type.outlines import EM, Glyph
from reports.type.punctuation import whole
from reports.type.sfnt import ASCENT, DESCENT, truetype
from reports.type.typeface import Typeface

# Outlines hardly compress better with more effort, and it is the largest cost of a letter.
_EFFORT = 1
_NOTDEF = "\x00"


class Subset(dict[int, str]):
    """What one document has used of a typeface: code point -> code of four hex digits.

    Made for ``str.translate``: a character that is new gets the next code.
    """

    def __init__(self) -> None:
        super().__init__()
        self.characters = [_NOTDEF]

    def __missing__(self, point: int) -> str:
        code = self[point] = f"{len(self.characters):04X}"
        self.characters.append(chr(point))
        return code


class EmbeddedFont:
    """A typeface with the attributes that reportlab asks of a font subset for each document."""

    _dynamicFont = True  # noqa: N815
    _multiByte = True  # noqa: N815
    substitutionFonts: tuple[()] = ()  # noqa: N815
    encName = "Identity-H"  # noqa: N815

    def __init__(self, typeface: Typeface, number: int) -> None:
        self.typeface = typeface
        self.fontName = typeface.name
        self.resource = f"T{number}"
        self.face = SimpleNamespace(
            name=typeface.name, builtIn=False, ascent=ASCENT, descent=DESCENT
        )
        self._subsets: WeakKeyDictionary[PDFDocument, Subset] = WeakKeyDictionary()

    def subset(self, document: PDFDocument) -> Subset:
        """Returns the document's subset; the first call puts the font into the document."""
        subset = self._subsets.get(document)
        if subset is None:
            subset = self._subsets[document] = Subset()
            document.fontMapping[self.fontName] = "/" + self.resource
            document.delayedFonts.append(self)
        return subset

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """Returns the width of the text in points."""
        return sum(map(self.typeface.widths.__getitem__, text)) * size / EM

    def splitString(  # noqa: N802
        self, text: str, document: PDFDocument, encoding: str = "utf8"
    ) -> list[tuple[int, bytes]]:
        """Returns the codes of the text; there is one subset only, number 0."""
        return [(0, bytes.fromhex(text.translate(self.subset(document))))]

    def getSubsetInternalName(self, subset: int, document: PDFDocument) -> str:  # noqa: N802
        """Returns the name of the font in the document's resources."""
        return "/" + self.resource

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802
        """Writes the font into the document, which is done when it is saved."""
        characters = self._subsets.pop(document).characters
        glyphs = [self.typeface.glyph(character) for character in characters]
        base = f"{_tag(characters)}+{self.typeface.name}"
        descriptor = _placed(
            document,
            PDFDictionary(
                {
                    "Type": PDFName("FontDescriptor"),
                    "FontName": PDFName(base),
                    "Flags": 4,
                    "FontBBox": f"[{-EM} {-EM} {3 * EM} {2 * EM}]",
                    "ItalicAngle": 0,
                    "Ascent": ASCENT,
                    "Descent": DESCENT,
                    "CapHeight": 730,
                    "StemV": 80,
                    "FontFile2": _placed(document, _font_stream(glyphs)),
                }
            ),
        )
        descendant = _placed(
            document,
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("CIDFontType2"),
                    "BaseFont": PDFName(base),
                    "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                    "FontDescriptor": descriptor,
                    "DW": EM,
                    "W": f"[0 [{' '.join(str(glyph.advance) for glyph in glyphs)}]]",
                    "CIDToGIDMap": PDFName("Identity"),
                }
            ),
        )
        fonts = document.idToObject[BasicFonts]
        assert isinstance(fonts, PDFDictionary)
        fonts[self.resource] = _placed(
            document,
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("Type0"),
                    "BaseFont": PDFName(base),
                    "Encoding": PDFName("Identity-H"),
                    "DescendantFonts": PDFArray([descendant]),
                    "ToUnicode": _placed(document, _stream(_to_unicode(characters))),
                }
            ),
        )


def _placed(document: PDFDocument, thing: PDFObject) -> PDFObject:
    """Puts an object into the document and returns the reference to it."""
    reference: PDFObject = document.Reference(thing)  # type: ignore[no-untyped-call]
    return reference


def _tag(characters: Sequence[str]) -> str:
    """Six capitals that differ between subsets, as a subset's name must begin."""
    number = zlib.crc32("".join(characters).encode("utf-8", "surrogatepass"))
    letters = []
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)


def _font_stream(glyphs: Sequence[Glyph]) -> PDFStream:
    content = truetype(glyphs)
    stream = _stream(content)
    stream.dictionary["Length1"] = len(content)
    return stream


def _stream(content: bytes) -> PDFStream:
    packed = zlib.compress(content, _EFFORT)
    return PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed, [])


@cache
def _meaning(character: str) -> str:
    """The character in UTF-16, as hex digits; letters of a round share most of theirs."""
    return whole(character).encode("utf-16-be", "surrogatepass").hex()


def _to_unicode(characters: Sequence[str]) -> bytes:
    """The character map from codes back to text, for copying and searching."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    entries = [
        f"<{code:04X}> <{_meaning(character)}>" for code, character in enumerate(characters) if code
    ]
    for start in range(0, len(entries), 100):  # the format's limit for one section
        section = entries[start : start + 100]
        lines += [f"{len(section)} beginbfchar", *section, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
