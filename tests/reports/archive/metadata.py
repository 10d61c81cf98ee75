"""What a file of the archive says of itself: in XMP, and the same in its information."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring
from pypdf import PdfReader

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Properties of other schemas would need a description of the schema.
_KNOWN = (_DC, _PDF, _XMP, _PDFA)
_OPENING = re.compile(rb"""<\?xpacket begin=["'](?:\xef\xbb\xbf)?["'] id=["']\w+["']\?>""")
_ARRAYS = {"title": "Alt", "description": "Alt", "creator": "Seq", "language": "Bag"}
_SAME = {
    "/Title": _DC + "title",
    "/Author": _DC + "creator",
    "/Subject": _DC + "description",
    "/Keywords": _PDF + "Keywords",
    "/Producer": _PDF + "Producer",
    "/Creator": _XMP + "CreatorTool",
    "/CreationDate": _XMP + "CreateDate",
    "/ModDate": _XMP + "ModifyDate",
}
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-]\d\d)'(\d\d)'?")


def metadata_faults(reader: PdfReader) -> Iterator[str]:
    """What is wrong with the metadata, and where the two do not say the same."""
    catalog: Any = reader.root_object
    if "/Metadata" not in catalog:
        yield "6.6.2.1 no metadata"
        return
    stream = catalog["/Metadata"]
    if (stream.get("/Type"), stream.get("/Subtype")) != ("/Metadata", "/XML"):
        yield "6.6.2.1 the type of the metadata"
    if "/Filter" in stream:
        yield "6.6.2.1 the metadata are compressed"
    if not _OPENING.match(stream.get_data()):
        yield "6.6.2.1 how the metadata begin"
    try:
        said = properties(stream.get_data())
    except ParseError as error:
        yield f"6.6.2.1 the metadata are no XML: {error}"
        return
    for name in said:
        if not name.startswith(_KNOWN):
            yield f"6.6.2.3 a property of an undescribed schema: {name}"
    if (said.get(_PDFA + "part"), said.get(_PDFA + "conformance")) != ("2", "B"):
        yield "6.6.4 part and level"
    if not said.get(_DC + "language") or said[_DC + "language"] != catalog.get("/Lang"):
        yield "6.7.4 the language"
    information: Any = reader.trailer["/Info"]
    for key in information:
        if key not in _SAME:
            if key != "/Trapped":
                yield f"6.1.5 {key}"
        elif said.get(_SAME[key]) != _as_xmp(key, str(information[key])):
            yield f"6.6.3 {key} is {information[key]!r} and {said.get(_SAME[key])!r}"


def properties(xmp: bytes) -> dict[str, str]:
    """The properties of a packet, those of one value in an array included, by their full names."""
    root = fromstring(xmp.decode("utf-8"))
    return {item.tag: _value(item) for item in root.findall(f"{_RDF}RDF/{_RDF}Description/*")}


def _value(item: Element) -> str:
    kind = _ARRAYS.get(item.tag.removeprefix(_DC))
    if kind is None:
        return item.text or ""
    (only,) = item.findall(f"{_RDF}{kind}/{_RDF}li")
    assert kind != "Alt" or only.get(_LANG) == "x-default"
    return only.text or ""


def _as_xmp(key: str, value: str) -> str:
    if not key.endswith("Date"):
        return value
    written = _DATE.fullmatch(value)
    assert written is not None, value
    year, month, day, hour, minute, second, zone, rest = written.groups()
    return datetime.fromisoformat(
        f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}:{rest}"
    ).isoformat()
