"""Small edits of a package's XML as text: what is not touched stays as it was, byte for byte.

Parsing and writing again would rename prefixes and lose what a reader does not know, so parts are
edited where they stand. Only parts whose elements have no prefix are edited at all.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate

from inspections.workbook.drawing.package import attribute

Parts: TypeAlias = dict[str, bytes]
"""The parts of a package by name, in their order."""

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class NotEditableError(Exception):
    """A part is not written the way that can be edited; the caller makes a fresh workbook."""


_DECLARED = b"<!"
"""Begins what no office program writes into these parts: document types, comments, raw text."""

_ROOT = re.compile(r"<(?![?!])[\w.-]+(:?)")


def text(parts: Parts, name: str) -> str:
    """Returns a part as text; what is drawn (.vml) may have prefixes, nothing else may."""
    try:
        xml = parts[name].decode("utf-8-sig")
    except (KeyError, UnicodeDecodeError) as error:
        raise NotEditableError(name) from error
    root = _ROOT.search(xml)
    if root is None or (root[1] and not name.endswith(".vml")):
        raise NotEditableError(name)
    return xml


def must_be_plain(part: bytes, name: str) -> None:
    """Raises ``NotEditableError`` where a part is no XML in which every tag is what it looks like.

    In what passes, every element that begins ends, so that no search for an end goes on for ever.
    """
    if _DECLARED in part:
        raise NotEditableError(name)
    try:
        ParserCreate().Parse(part, True)
    except ExpatError as error:
        raise NotEditableError(name) from error


def before(xml: str, addition: str, names: Sequence[str], start: int = 0) -> str:
    """Returns the XML with an addition before the first of the elements ``names`` after ``start``.

    Where none of them is there, it stands at the end of the root element.
    """
    found = re.compile(rf"<(?:{'|'.join(names)})[\s/>]").search(xml, start) if names else None
    at = found.start() if found else xml.rindex("</")
    return xml[:at] + addition + xml[at:]


def appended(xml: str, element: str, child: str, items: Sequence[str]) -> tuple[str, int]:
    """Returns the XML with ``items`` at the end of a counted list, and the index of the first."""
    found = re.search(rf"<{element}\b([^>]*?)(?:/>|>(.*?)</{element}>)", xml, re.DOTALL)
    if found is None:
        raise NotEditableError(element)
    inner = found[2] or ""
    count = len(re.findall(rf"<{child}\b", inner))
    kept = re.sub(r'\scount="\d+"', "", found[1])
    made = f'<{element} count="{count + len(items)}"{kept}>{inner}{"".join(items)}</{element}>'
    return xml[: found.start()] + made + xml[found.end() :], count


def relations_of(part: str) -> str:
    """Returns the name of the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def related(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """Returns a part's relations: id -> (the last word of its type, the target's part name)."""
    name = relations_of(part)
    if name not in parts:
        return {}
    found = {}
    for item in re.findall(r"<Relationship\b[^>]*>", text(parts, name)):
        fields = dict(re.findall(r'\b(\w+)="([^"]*)"', item))
        target = posixpath.normpath(posixpath.join(posixpath.dirname(part), fields["Target"]))
        found[fields["Id"]] = (fields["Type"].rpartition("/")[2], target.lstrip("/"))
    return found


def relate(parts: Parts, part: str, kind: str, target: str) -> str:
    """Adds a relation of ``part`` to the part ``target``; returns its id."""
    name = relations_of(part)
    xml = (
        text(parts, name)
        if name in parts
        else (f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>')
    )
    xml = re.sub(r"(<Relationships\b[^>]*)/>\s*$", r"\1></Relationships>", xml)
    taken = related(parts, part)
    number = 1
    while f"rId{number}" in taken:
        number += 1
    relative = posixpath.relpath(target, posixpath.dirname(part))
    link = f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{attribute(relative)}"/>'
    parts[name] = before(xml, link, ()).encode()
    return f"rId{number}"


def declare(parts: Parts, name: str, kind: str) -> None:
    """Tells the package what kind of content a part has."""
    xml = text(parts, "[Content_Types].xml")
    if f'"/{name}"' not in xml:
        line = f'<Override PartName="/{name}" ContentType="{kind}"/>'
        parts["[Content_Types].xml"] = before(xml, line, ()).encode()


def declare_ending(parts: Parts, ending: str, kind: str) -> None:
    """Tells the package what kind of content all parts with an ending have."""
    xml = text(parts, "[Content_Types].xml")
    if not re.search(rf'<Default\b[^>]*Extension="{ending}"', xml, re.IGNORECASE):
        line = f'<Default Extension="{ending}" ContentType="{kind}"/>'
        parts["[Content_Types].xml"] = before(xml, line, ("Default", "Override")).encode()


def free_name(parts: Parts, pattern: str) -> str:
    """Returns a part name that is not taken; ``{}`` in the pattern becomes a number."""
    taken = {name.casefold() for name in parts}
    number = 1
    while pattern.format(number).casefold() in taken:
        number += 1
    return pattern.format(number)
