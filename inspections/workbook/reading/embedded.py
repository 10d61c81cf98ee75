"""Pictures inside of a workbook, and the cells that they stand at.

Four ways are understood: pictures anchored to a cell (Excel, WPS, LibreOffice), pictures that WPS
keeps in a cell (``=DISPIMG("ID_…",1)``), those that Excel 365 does, and frames in the cells of an
.ods file.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from inspections.evidence.appearance import appearance
from inspections.evidence.contents import PICTURE_KINDS, kind_of
from inspections.evidence.headers import header_of
from inspections.records.record import Observation, Proof
from inspections.round.table import cell
from inspections.workbook.reading.relations import Package, attribute
from inspections.workbook.reading.rich_values import rich_values

MEDIA: Final = re.compile(r"xl/media/|Pictures/", re.IGNORECASE)
"""What the names of pictures begin with."""

_MOST_PLACED: Final = 2_000
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_IN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>'
    rb'(?:(?!</c>).)*?DISPIMG\((?:&quot;|")(ID_\w+)(?:&quot;|")',
    re.DOTALL,
)
_RICH = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\svm="(\d{1,9})"')
_FORMULA = re.compile(
    r'(?:=\s{0,9})?(?:_xlfn\.)?DISPIMG\(\s{0,9}"?ID_\w{1,99}"?\s{0,9},\s{0,9}\d{1,9}\s{0,9}\)'
)
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
    likeness: str = ""


def without_pictures(raw: object) -> object:
    """Returns what was typed into a cell beside the pictures that WPS keeps in it."""
    if isinstance(raw, str) and "DISPIMG(" in raw:
        return _FORMULA.sub("", raw).strip()
    return raw


def embedded_in_xlsx(parts: ZipFile) -> tuple[list[Embedded], bool]:
    """Returns the pictures at cells, and whether these are all the pictures that there are."""
    package = Package(parts)
    files = [name for name in package.names() if MEDIA.match(name)]
    book = package.workbook()
    by_name = _kept_by_wps(package, book)
    by_number = {vm: value.part for vm, value in rich_values(package, book).items() if value.part}
    placed: list[tuple[str, int, int, str]] = []
    for sheet, title in package.sheets().items():
        for drawing in package.targets(sheet, "drawing").values():
            anchors = _anchored(package.tree(drawing), package.targets(drawing, "image"))
            placed += ((title, *anchor) for anchor in anchors)
        if by_name or by_number:
            cells = package.read(sheet)
            placed += ((title, *found) for found in _named(cells, by_name))
            placed += ((title, *found) for found in _numbered(cells, by_number))
    return _seen(package, placed, files)


def embedded_in_ods(parts: ZipFile) -> tuple[list[Embedded], bool]:
    """Returns the pictures in cells, and whether these are all the pictures that there are."""
    package = Package(parts)
    files = [name for name in package.names() if MEDIA.match(name)]
    placed = list(_framed(package.tree("content.xml")))
    return _seen(package, placed, files)


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
            proof = Proof(name, file, item.digest, item.part, True, item.taken, item.likeness)
            made[at] = replace(made[at], proof=(*held, proof))
    return tuple(made), bound


def _seen(
    package: Package, placed: Iterable[tuple[str, int, int, str]], files: Iterable[str]
) -> tuple[list[Embedded], bool]:
    """Those that are pictures by their content; a part that is shown nowhere is not among them."""
    found: list[Embedded] = []
    shown: set[str] = set()
    known: dict[str, tuple[str, datetime | None, str] | None] = {}
    for sheet, row, column, part in placed:
        if len(found) == _MOST_PLACED:
            return found, False
        if part not in known:
            known[part] = _content(package.read(part))
        held = known[part]
        if held is not None:
            shown.add(part)
            found.append(Embedded(sheet, row, column, part, *held))
    return found, shown.issuperset(files)


def _content(data: bytes) -> tuple[str, datetime | None, str] | None:
    kind = kind_of(data[:64])
    if kind not in PICTURE_KINDS:
        return None
    header = header_of(data, kind)
    if not header.whole:
        return None
    seen = appearance(io.BytesIO(data), kind, header)
    return None if seen.flaw else (hashlib.sha256(data).hexdigest(), header.taken, seen.likeness)


def _anchored(drawing: Element, links: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """(row, column, part) of pictures by the cell that their upper left corner is in."""
    for anchor in drawing:
        start = anchor.find(f"{_DRAWING}from")
        if start is None:
            continue
        row, column = (_number(start.findtext(f"{_DRAWING}{name}")) for name in ("row", "col"))
        for blip in anchor.iter(f"{_MAIN}blip"):
            part = links.get(attribute(blip, "embed"))
            if part and row is not None and column is not None:
                yield row, column, part


def _kept_by_wps(package: Package, book: str) -> dict[str, str]:
    """A picture's name in the formula -> its part: WPS lists them in a part of its own."""
    listed = [*package.targets(book, "cellImage").values(), package.find("xl/cellimages.xml")]
    ids: dict[str, str] = {}
    for part in dict.fromkeys(filter(None, listed)):
        links = package.targets(part, "image")
        for picture in package.tree(part).iter(f"{_DRAWING}pic"):
            named = picture.find(f"{_DRAWING}nvPicPr/{_DRAWING}cNvPr")
            blip = next(picture.iter(f"{_MAIN}blip"), None)
            if named is not None and blip is not None and attribute(blip, "embed") in links:
                ids[named.get("name", "")] = links[attribute(blip, "embed")]
    return ids


def _named(cells: bytes, ids: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for letters, row, name in _IN_CELL.findall(cells) if ids else ():
        if name.decode() in ids:
            yield int(row) - 1, _column(letters.decode()), ids[name.decode()]


def _numbered(cells: bytes, parts: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    for letters, row, number in _RICH.findall(cells) if parts else ():
        if int(number) in parts:
            yield int(row) - 1, _column(letters.decode()), parts[int(number)]


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
