"""Pictures inside of a workbook, and the cells that they stand at.

Three ways are understood: pictures anchored to a cell (Excel, WPS, LibreOffice), pictures that WPS
keeps in a cell (``=DISPIMG("ID_…",1)``), and frames in the cells of an .ods file.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from inspections.evidence.contents import PICTURE_KINDS, kind_of
from inspections.evidence.headers import header_of
from inspections.records.record import Observation, Proof
from inspections.round.table import cell

MEDIA: Final = re.compile(r"xl/media/|Pictures/")
"""What the names of pictures begin with."""

_MOST_BYTES: Final = 1 << 26
_MOST_PLACED: Final = 2_000
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_IN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>'
    rb'(?:(?!</c>).)*?DISPIMG\((?:&quot;|")(ID_\w+)(?:&quot;|")',
    re.DOTALL,
)
_FORMULA = re.compile(r'=?\s*(?:_xlfn\.)?DISPIMG\(\s*"?ID_\w+"?\s*,\s*\d+\s*\)')
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Embedded:
    """One picture at one cell: ``row`` and ``column`` count from 0. ``part``: its name inside."""

    sheet: str
    row: int
    column: int
    part: str
    digest: str
    taken: datetime | None = None


def without_pictures(raw: object) -> object:
    """Returns what was typed into a cell beside the pictures that WPS keeps in it."""
    if isinstance(raw, str) and "DISPIMG(" in raw:
        return _FORMULA.sub("", raw).strip()
    return raw


def embedded_in_xlsx(parts: ZipFile, titles: Mapping[str, str]) -> tuple[list[Embedded], bool]:
    """Returns the pictures at cells, and whether these are all the pictures that there are.

    ``titles``: part -> the sheet's name on its tab.
    """
    files = [name for name in parts.namelist() if MEDIA.match(name)]
    read = _Reader(parts)
    placed: list[tuple[str, int, int, str]] = []
    for sheet, title in titles.items():
        for drawing in read.links(sheet, "/drawing").values():
            anchors = _anchored(read.tree(drawing), read.links(drawing, "/image"))
            placed += ((title, *anchor) for anchor in anchors)
        placed += ((title, *found) for found in _in_cells(read, sheet))
    return _seen(read, placed, files)


def embedded_in_ods(parts: ZipFile) -> tuple[list[Embedded], bool]:
    """Returns the pictures in cells, and whether these are all the pictures that there are."""
    files = [name for name in parts.namelist() if MEDIA.match(name)]
    read = _Reader(parts)
    placed = list(_framed(read.tree("content.xml")))
    return _seen(read, placed, files)


def with_pictures(
    observations: Sequence[Observation], pictures: Iterable[Embedded], file: str, sheet: str
) -> tuple[tuple[Observation, ...], int]:
    """Returns the observations with the pictures in their rows, and how many pictures that were."""
    rows: dict[int, int] = {}
    for number, seen in enumerate(observations):
        for place in seen.places.values():
            if place.sheet == sheet:
                rows.setdefault(int(re.sub(r"\D", "", place.cell) or 0) - 1, number)
    made = list(observations)
    bound = 0
    for item in pictures:
        at = rows.get(item.row)
        if item.sheet != sheet or at is None:
            continue
        bound += 1
        held = made[at].proof
        if all(proof.digest != item.digest for proof in held):
            name = f"表内图片 {cell(item.row, item.column)}"
            same = sum(proof.name.startswith(name) for proof in held)
            name = f"{name}（{same + 1}）" if same else name
            proof = Proof(name, file, item.digest, item.part, True, item.taken)
            made[at] = replace(made[at], proof=(*held, proof))
    return tuple(made), bound


def _seen(
    read: _Reader, placed: Iterable[tuple[str, int, int, str]], files: Iterable[str]
) -> tuple[list[Embedded], bool]:
    """Those that are pictures by their content; a part that is shown nowhere is not among them."""
    found: list[Embedded] = []
    shown: set[str] = set()
    known: dict[str, tuple[str, datetime | None] | None] = {}
    for sheet, row, column, part in placed:
        if len(found) == _MOST_PLACED:
            return found, False
        if part not in known:
            known[part] = _content(read.bytes(part))
        held = known[part]
        if held is not None:
            shown.add(part)
            found.append(Embedded(sheet, row, column, part, *held))
    return found, shown.issuperset(files)


def _content(data: bytes) -> tuple[str, datetime | None] | None:
    kind = kind_of(data[:64])
    if kind not in PICTURE_KINDS:
        return None
    header = header_of(data, kind)
    return (hashlib.sha256(data).hexdigest(), header.taken) if header.whole else None


@dataclass(frozen=True, slots=True)
class _Reader:
    parts: ZipFile

    def bytes(self, part: str) -> bytes:
        """A part's content; nothing where it is not there, or is too large."""
        info = self.parts.NameToInfo.get(part)
        if info is None or info.file_size > _MOST_BYTES:
            return b""
        try:
            with self.parts.open(info) as file:
                return file.read(_MOST_BYTES)
        except (BadZipFile, EOFError, zlib.error):
            return b""

    def tree(self, part: str) -> Element:
        """A part as XML; an empty element where it is not there, or is no XML.

        A drawing that cannot be read costs its pictures, not what was typed.
        """
        data = self.bytes(part)
        try:
            root: Element = fromstring(data) if data else Element("none")
        except (ParseError, DefusedXmlException):
            return Element("none")
        return root

    def links(self, part: str, kind: str) -> dict[str, str]:
        """Id -> the part inside that ``part`` leads to, of one kind of relationship."""
        folder, name = posixpath.split(part)
        found = {}
        for item in self.tree(f"{folder}/_rels/{name}.rels"):
            if item.get("TargetMode") != "External" and item.get("Type", "").endswith(kind):
                target = posixpath.normpath(posixpath.join(folder, item.get("Target", "")))
                found[item.get("Id", "")] = target.lstrip("/")
        return found


def _anchored(drawing: Element, links: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """(row, column, part) of pictures by the cell that their upper left corner is in."""
    for anchor in drawing:
        start = anchor.find(f"{_DRAWING}from")
        if start is None:
            continue
        row, column = (_number(start.findtext(f"{_DRAWING}{name}")) for name in ("row", "col"))
        for blip in anchor.iter(f"{_MAIN}blip"):
            part = links.get(blip.get(_LINK, ""))
            if part and row is not None and column is not None:
                yield row, column, part


def _in_cells(read: _Reader, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Pictures that WPS keeps in a cell."""
    if "xl/cellimages.xml" not in read.parts.NameToInfo:
        return
    links = read.links("xl/cellimages.xml", "/image")
    ids: dict[str, str] = {}
    for picture in read.tree("xl/cellimages.xml").iter(f"{_DRAWING}pic"):
        named = picture.find(f"{_DRAWING}nvPicPr/{_DRAWING}cNvPr")
        blip = next(picture.iter(f"{_MAIN}blip"), None)
        if named is not None and blip is not None and blip.get(_LINK, "") in links:
            ids[named.get("name", "")] = links[blip.get(_LINK, "")]
    for letters, row, name in _IN_CELL.findall(read.bytes(sheet)):
        if name.decode() in ids:
            yield int(row) - 1, _column(letters.decode()), ids[name.decode()]


def _framed(content: Element) -> Iterator[tuple[str, int, int, str]]:
    for table in content.iter(f"{_TABLE}table"):
        row = 0
        for line in table.iter(f"{_TABLE}table-row"):
            column = 0
            for item in line:
                for image in item.iter(f"{_DRAW}image"):
                    yield table.get(f"{_TABLE}name", ""), row, column, image.get(_HREF, "")
                column += _times(item, "columns")
            row += _times(line, "rows")


def _times(item: Element, what: str) -> int:
    return _number(item.get(f"{_TABLE}number-{what}-repeated", "1")) or 1


def _number(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,7}", text) else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
