"""Parts of an .xlsx package and what leads from one to the next, as the standard has it.

No part is found by its name: the package leads to the workbook, the workbook to its sheets, styles
and shared texts, a sheet to its drawings, each by a relation (ISO/IEC 29500-2). Names are the
same whatever the case of their letters, targets may be absolute or relative, and a kind has one
word at its end in the transitional and in the strict edition of the standard.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from inspections.workbook.reading.packed import SuspiciousError

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_STRICT_NAMES: Final = {
    "spreadsheetml/main": MAIN,
    "officeDocument/relationships": OFFICE,
    "officeDocument/extendedProperties": (
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    ),
    "officeDocument/customProperties": (
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    ),
    "officeDocument/docPropsVTypes": (
        "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    ),
}
_STRICT_KINDS: Final = {
    "extendedProperties": "extended-properties",
    "customProperties": "custom-properties",
}
_MOST_BYTES: Final = 1 << 26


class Relation(NamedTuple):
    """Where a part leads: ``kind`` is the last word of the relation's type, ``target`` a part."""

    id: str
    kind: str
    target: str


def transitional(name: str) -> str:
    """Returns a namespace, or a relation's type, as the transitional edition calls it."""
    if not name.startswith(_STRICT):
        return name
    rest = name.removeprefix(_STRICT)
    if rest in _STRICT_NAMES:
        return _STRICT_NAMES[rest]
    family, _, word = rest.rpartition("/")
    if family == "officeDocument/relationships":
        return f"{OFFICE}/{_STRICT_KINDS.get(word, word)}"
    return f"http://schemas.openxmlformats.org/{family}/2006/{word}"


def local(tag: str) -> str:
    """Returns the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def attribute(item: Element, name: str) -> str:
    """Returns an attribute that has a namespace of relations, in either edition; or nothing."""
    for space in (OFFICE, f"{_STRICT}officeDocument/relationships"):
        found = item.get(f"{{{space}}}{name}")
        if found is not None:
            return found
    return ""


def resolved(part: str, target: str) -> str:
    """Returns the name of the part that a target means, seen from ``part`` ("" is the package)."""
    path = target.partition("#")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")


def relations_part(part: str) -> str:
    """Returns the name of the part that holds a part's relations; "" is the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@dataclass(slots=True)
class Package:
    """The parts of an .xlsx; one that is missing, too large or no XML is as good as empty."""

    parts: ZipFile
    _names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Directory entries are no parts, though some programs write them."""
        listed = (item.filename for item in self.parts.infolist() if not item.is_dir())
        self._names = {name.casefold(): name for name in listed}

    def names(self) -> Iterator[str]:
        """Yields the names of all parts, in their order."""
        yield from self._names.values()

    def find(self, name: str) -> str:
        """Returns how a part is called here, whatever the case of its letters; or nothing."""
        return self._names.get(name.casefold()) or self._names.get(unquote(name).casefold(), "")

    def read(self, name: str) -> bytes:
        """Returns a part's content."""
        found = self.find(name)
        if not found or self.parts.NameToInfo[found].file_size > _MOST_BYTES:
            return b""
        try:
            with self.parts.open(found) as file:
                return file.read(_MOST_BYTES)
        except (BadZipFile, EOFError, zlib.error):
            return b""

    def tree(self, name: str) -> Element:
        """Returns a part as XML; an empty element where there is none."""
        return _tree(self.read(name))

    def relations(self, part: str) -> list[Relation]:
        """Returns where a part leads within the package; the package itself is ""."""
        links = _links(part, self.read(relations_part(part)))
        return [it._replace(target=self.find(it.target) or it.target) for it in links]

    def targets(self, part: str, kind: str) -> dict[str, str]:
        """Returns id -> the part that ``part`` leads to by one kind of relation."""
        kind = kind.casefold()
        return {it.id: it.target for it in self.relations(part) if it.kind.casefold() == kind}

    def workbook(self) -> str:
        """Returns the part that is the workbook, or nothing."""
        found = self.targets("", "officeDocument").values()
        return next(iter(found), "") or self.find("xl/workbook.xml")

    def sheets(self) -> dict[str, str]:
        """Returns part -> the name on its tab of every worksheet, in the order of the tabs.

        Raises ``SuspiciousError`` where two tabs lead to one part, which no program writes.
        """
        book = self.workbook()
        links = self.targets(book, "worksheet")
        listed = (item for item in self.tree(book).iter() if local(item.tag) == "sheet")
        found = [(links.get(attribute(item, "id"), ""), item.get("name", "")) for item in listed]
        titles = {part: title for part, title in found if part}
        if len(titles) < sum(bool(part) for part, _ in found):
            raise SuspiciousError("两个工作表指向同一处内容")
        return titles


def _tree(data: bytes) -> Element:
    try:
        root: Element = fromstring(data) if data else Element("none")
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        return Element("none")
    return root


@lru_cache(64)
def _links(part: str, data: bytes) -> tuple[Relation, ...]:
    """Where a part with these relations leads: workbooks of one program have the same."""
    return tuple(
        Relation(
            item.get("Id", ""),
            item.get("Type", "").rpartition("/")[2],
            resolved(part, item.get("Target", "")),
        )
        for item in _tree(data)
        if local(item.tag) == "Relationship" and item.get("TargetMode") != "External"
    )
