"""ISO 19005-2, level B, as far as a program can check it: what a file breaks, clause by clause.

Stricter than the standard where it may be, so that it stays short: one section of cross
references, fonts addressed by glyph number, and no transparency at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

from PIL import ImageCms
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from tests.reports.archive.content import content_faults
from tests.reports.archive.metadata import metadata_faults
from tests.reports.archive.syntax import syntax_faults

_FORBIDDEN = {
    "6.1.12": {"/Perms"},
    "6.2.5": {"/TR", "/TR2", "/HTP", "/HT", "/BG2", "/UCR2"},
    "6.2.8": {"/Alternates", "/OPI", "/SMaskInData"},
    "6.2.9": {"/PS", "/Ref"},
    "6.2.10": {"/SMask", "/BM", "/ca", "/CA"},
    "6.3": {"/Annots"},
    "6.4": {"/AcroForm", "/XFA", "/NeedAppearances"},
    "6.5": {"/AA", "/OpenAction", "/JS", "/JavaScript", "/A", "/URI", "/Launch"},
    "6.8": {"/EmbeddedFiles", "/EF", "/AF"},
    "6.9": {"/OCProperties", "/OC"},
    "6.10": {"/AlternatePresentations", "/PresSteps"},
    "6.11": {"/Requirements"},
}
_COLOURS = {"/DeviceGray", "/DeviceRGB"}
_COLOUR_CLASSES = {b"scnr", b"mntr", b"prtr", b"spac"}
_FILTERS = {"/FlateDecode", "/DCTDecode"}
_MOST_NAME = 127


def faults(pdf: bytes) -> list[str]:
    """What the file breaks: a clause and what is wrong, each once."""
    reader = PdfReader(BytesIO(pdf))
    objects = {number: reader.get_object(number) for number in sorted(reader.xref[0])}
    every = chain(
        syntax_faults(pdf, reader.xref[0], objects),
        metadata_faults(reader),
        _output_intent_faults(reader.root_object),
        *(_object_faults(thing) for thing in _all(list(objects.values()))),
        content_faults(reader),
    )
    return sorted(set(every))


def _all(values: list[Any]) -> Iterator[Any]:
    """Every object and what stands directly in it; references are objects of their own."""
    for value in values:
        yield value
        if isinstance(value, dict):
            yield from _all([*value, *value.values()])
        elif isinstance(value, list):
            yield from _all(value)


def _object_faults(thing: Any) -> Iterator[str]:
    if isinstance(thing, NameObject) and len(str(thing).encode()) > _MOST_NAME:
        yield f"6.1.13 the name {thing}"
    if isinstance(thing, NameObject) and not str(thing).isprintable():
        yield f"6.1.8 a name that is no UTF-8: {thing!r}"
    if not isinstance(thing, DictionaryObject):
        return
    for clause, keys in _FORBIDDEN.items():
        yield from (f"{clause} {key}" for key in keys & thing.keys())
    if isinstance(thing, StreamObject):
        yield from (f"6.1.7.1 {key}" for key in {"/F", "/FFilter", "/FDecodeParms"} & thing.keys())
        filters = thing.get("/Filter", [])
        used = set(filters if isinstance(filters, list) else [filters])
        yield from (f"6.1.7.2 {name}" for name in used - _FILTERS)
    if thing.get("/Subtype") == "/Image":
        yield from _image_faults(thing)


def _image_faults(image: DictionaryObject) -> Iterator[str]:
    if image.get("/Interpolate"):
        yield "6.2.8 an image asks to be interpolated"
    if image.get("/BitsPerComponent") not in (1, 2, 4, 8, 16):
        yield "6.2.8 bits per component"
    if image.get("/ColorSpace") not in _COLOURS:
        yield f"6.2.4.3 an image in {image.get('/ColorSpace')}"


def _output_intent_faults(catalog: DictionaryObject) -> Iterator[str]:
    intents = [item.get_object() for item in catalog.get("/OutputIntents", [])]
    if [item.get("/S") for item in intents] != ["/GTS_PDFA1"]:
        yield "6.2.3 no output intent, or another than that of PDF/A"
        return
    (intent,) = intents
    if not intent.get("/OutputConditionIdentifier"):
        yield "6.2.3 the output intent names no condition"
    stream = intent["/DestOutputProfile"].get_object()
    profile = stream.get_data()
    if int.from_bytes(profile[:4], "big") != len(profile) or profile[36:40] != b"acsp":
        yield "6.2.3 the profile is none"
        return
    # PDF 1.7 knows profiles up to version 4.2 of the format.
    if profile[8:10] > b"\x04\x20" or profile[12:16] not in _COLOUR_CLASSES:
        yield "6.2.3 version or class of the profile"
    if (profile[16:20], stream["/N"]) != (b"RGB ", 3):
        yield "6.2.3 components of the profile"
    ImageCms.ImageCmsProfile(BytesIO(profile))
