"""What makes a document fit for the archive: PDF/A-2b (ISO 19005-2, level B).

A reader of later years needs nothing but the file: fonts stand in it
(:mod:`reports.type.embedding`), what colours mean is said by a profile, and what the document is
stands in it twice, for readers of PDF (the information dictionary) and of XML (XMP), in the same
words.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import md5
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import (
    NoEncryption,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
)

from rubrics.messages.plain_text import plain

_LANGUAGE = "zh-CN"

# XMP 2005, as the standard asks; the mark of byte order is part of the opening line.
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{author}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00+08:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+08:00</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


@dataclass(frozen=True, slots=True)
class About:
    """What a reader program shows of a document. The day stands in for the clock."""

    title: str
    author: str = ""
    subject: str = ""
    day: date = date(2000, 1, 1)
    keywords: str = ""


def archival(canvas: Any, about: About) -> None:
    """Makes the document of a canvas of the PDF library, not saved yet, one of PDF/A-2b.

    Control characters of the texts are left out: XML has no place for them.
    """
    document = canvas._doc
    title, author, subject, keywords = map(
        plain, (about.title, about.author, about.subject, about.keywords)
    )
    document.setTitle(title)
    document.setAuthor(author)
    document.setSubject(subject)
    document.setCreator(author)
    document.setKeywords(keywords)
    document.setDateFormatter(lambda *_: f"D:{about.day:%Y%m%d}000000+08'00'")
    xmp = _XMP.format(
        language=_LANGUAGE,
        title=escape(title),
        author=escape(author),
        subject=escape(subject),
        keywords=escape(keywords),
        day=about.day.isoformat(),
        producer=escape(document.info.producer),
    ).encode()
    # The identifier grows with the contents; the library would begin it with the environment.
    document.signature = md5(xmp, usedforsecurity=False)
    document.encrypt = _Streams(document.signature)
    catalog = document.Catalog
    catalog.Lang = PDFString(_LANGUAGE)
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    catalog.Metadata = PDFStream(PDFDictionary(kind), xmp)
    # The library's list of what a catalog may hold is older than output intents.
    catalog.__Defaults__ = {**catalog.__Defaults__, "OutputIntents": PDFArray([_output_intent()])}


def _output_intent() -> PDFDictionary:
    """Says that colours are sRGB."""
    packed = {"N": 3, "Filter": PDFName("FlateDecode")}
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": "(sRGB)",
            "Info": "(sRGB IEC61966-2.1)",
            "DestOutputProfile": PDFStream(PDFDictionary(packed), _srgb()),
        }
    )


@cache
def _srgb() -> bytes:
    """The colour profile, compressed: the same bytes at any time."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Its header says when it was made, and a version newer than PDF/A-2, with nothing new in it.
    version, day = struct.pack(">L", 0x04200000), struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    return zlib.compress(made[:8] + version + made[12:24] + day + made[36:], 9)


class _Streams(NoEncryption):
    """Where the contents of every stream of a document pass, unencrypted."""

    def __init__(self, signature: Any) -> None:
        self._signature = signature

    def encode(self, content: bytes) -> _Content:
        # Compressed contents end with their checksum.
        self._signature.update(content[-4:])
        return _Content(content)


class _Content(PDFObject):
    """The contents of a stream, which a line end must part from what follows, uncounted."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __len__(self) -> int:
        return len(self._content)

    def format(self, document: object) -> bytes:
        return self._content + b"\n"
