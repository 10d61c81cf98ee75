"""How a file of the archive is written: header, objects, streams, cross references, trailer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pypdf.generic import StreamObject

_HEADER = re.compile(rb"%PDF-1\.[0-7](?:\n|\r\n?)%[\x80-\xff]{4}")
_OBJECT = re.compile(rb"(\d+) 0 obj\n.*[\n\r]endobj\n", re.DOTALL)
_STREAM = re.compile(rb"<<.*?/Length (\d+)\b.*?>>\nstream\r?\n", re.DOTALL)
_STREAM_END = re.compile(rb"(?:\n|\r\n?)endstream\nendobj\n")
_XREF = re.compile(rb"xref\n0 (\d+)\n(?:\d{10} \d{5} [nf](?: \n| \r|\r\n))+trailer\n")
_TRAILER = re.compile(rb"trailer\n.*/ID\s*\[\s*<[0-9a-f]{32}>\s*<[0-9a-f]{32}>", re.DOTALL)
_END = re.compile(rb"startxref\n(\d+)\n%%EOF[\r\n]{0,2}")


def syntax_faults(
    pdf: bytes, places: Mapping[int, int], objects: Mapping[int, Any]
) -> Iterator[str]:
    """What is wrong with the bytes; ``places``: where the objects stand, by their numbers."""
    if not _HEADER.match(pdf):
        yield "6.1.2 the header"
    start = pdf.rindex(b"startxref")
    end = _END.fullmatch(pdf, start)
    if end is None:
        yield "6.1.3 the end of the file"
        return
    table = _XREF.match(pdf, int(end[1]))
    if table is None or int(table[1]) != len(places) + 1:
        yield "6.1.4 cross references"
    trailer = pdf[pdf.rindex(b"trailer") : start]
    if not _TRAILER.match(trailer):
        yield "6.1.3 no identifier"
    if b"/Encrypt" in trailer:
        yield "6.1.3 encrypted"
    ordered = sorted(places, key=places.__getitem__)
    bounds = [*(places[number] for number in ordered), int(end[1])]
    for number, (begin, stop) in zip(ordered, pairwise(bounds), strict=True):
        written = _OBJECT.fullmatch(pdf, begin, stop)
        if written is None or int(written[1]) != number or pdf[begin - 1 : begin] not in b"\r\n":
            yield f"6.1.9 object {number}"
        if isinstance(objects[number], StreamObject):
            content = _STREAM.search(pdf, begin, stop)
            finish = content.end() + int(content[1]) if content else stop
            if not _STREAM_END.fullmatch(pdf, finish, stop):
                yield f"6.1.7.1 length or ends of the stream {number}"
