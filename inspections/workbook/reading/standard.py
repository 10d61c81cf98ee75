"""A package as the standard says, whatever program wrote it, in the form that our readers know.

Our readers search bytes and know parts by their names, which is fast, and right for what Excel,
WPS and this program write. Whatever else the standard allows (other names of parts, prefixes,
the strict edition, cells without names, error values of later versions) is written anew here,
and read after that. Pictures and all that is none of the sheets' stays as it was.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from inspections.workbook.drawing.package import attribute
from inspections.workbook.reading.packed import SuspiciousError, parts_of
from inspections.workbook.reading.plain_sheets import plain_sheet
from inspections.workbook.reading.plain_writing import UnusualError, plainly
from inspections.workbook.reading.plain_xml import is_plain
from inspections.workbook.reading.relations import (
    Package,
    local,
    relations_part,
    resolved,
    transitional,
)
from inspections.workbook.reading.usual import (
    NAMED,
    SHEET,
    STRINGS,
    STYLES,
    WORKBOOK,
    has_usual_root,
    is_usual,
)
from rubrics.tables.contents import DAMAGED

_COMMENTS: Final = re.compile(r"xl/comments\d{1,6}\.xml")
_TYPES: Final = "[Content_Types].xml"
_STRICT_SPACE: Final = re.compile(
    rb'(\sxmlns(?::[\w.-]+)?=)(["\'])(http://purl\.oclc\.org/ooxml/[^"\']*)\2'
)
_ERRORS: Final = frozenset(b"#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE!".split())
_ERROR: Final = re.compile(rb"<v>(#[^<]*)</v>")
_ERROR_CELL: Final = re.compile(
    rb'(<c [^>]*\bt="e"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>)(#?[^<]*)'
)
_DECLARED: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Standard(NamedTuple):
    """A package: ``data`` to edit and to search, ``readable`` for the fast reader.

    The two differ where the fast reader does not know an error value: it is given another.
    """

    data: bytes
    readable: bytes


def editable(data: bytes) -> Standard:
    """Returns the package as it is, where every search finds what it looks for; else anew."""
    with parts_of(data) as parts:
        package = Package(parts)
        if is_usual(parts, data):
            sheets = [package.read(name) for name in package.sheets()]
            if all(has_usual_root(it) and is_plain(it) and not _odd_errors(it) for it in sheets):
                return Standard(data, data)
    return by_the_standard(data)


def _odd_errors(sheet: bytes) -> bool:
    return any(found not in _ERRORS for found in _ERROR.findall(sheet))


def by_the_standard(data: bytes) -> Standard:
    """Returns the package written anew: the same content in the form that our readers know.

    Raises ``SuspiciousError`` where it is no workbook, or can be read in more than one way.
    """
    with parts_of(data) as parts:
        package = Package(parts)
        book = package.workbook()
        sheets = package.sheets()
        if not book or not package.read(book) or not sheets:
            raise SuspiciousError(DAMAGED)
        moved = _moved(package, book, sheets)
        made = {new: _content(package, old, new, old in sheets) for old, new in moved.items()}
        made |= _relations(package, moved)
        made[_TYPES] = _types(package, moved)
    made = {_TYPES: made[_TYPES], **made}
    readable = {
        name: _with_known_errors(part) if SHEET.fullmatch(name) else part
        for name, part in made.items()
    }
    packed = _stored(made)
    return Standard(packed, packed if readable == made else _stored(readable))


def _moved(package: Package, book: str, sheets: Mapping[str, str]) -> dict[str, str]:
    """Part -> its name in the new package; relations and content types are made anew."""
    wanted = {book: WORKBOOK}
    for relation in package.relations(book):
        if relation.kind in NAMED:
            if NAMED[relation.kind] in wanted.values() and relation.target not in wanted:
                raise UnusualError  # the standard has one of them, and so has every program
            wanted.setdefault(relation.target, NAMED[relation.kind])
    patterns = dict.fromkeys(sheets, ("xl/worksheets/sheet{}.xml", SHEET))
    for part in sheets:
        for target in package.targets(part, "comments").values():
            patterns[target] = ("xl/comments{}.xml", _COMMENTS)
    kept = [name for name in package.names() if not _made_anew(name.casefold())]
    taken = {*wanted.values()}
    moved = {}
    for name in kept:
        shape, usual = patterns.get(name, ("", re.compile("(?!)")))
        new = wanted.get(name) or name
        if name not in wanted and (new in taken or (shape and not usual.fullmatch(name))):
            new = _free(shape or f"{name}.{{}}", {*taken, *kept})
        taken.add(new)
        moved[name] = new
    return moved


def _made_anew(name: str) -> bool:
    """Whether a part, whose name is the same in capitals, says what others are or lead to."""
    return name == _TYPES.casefold() or name.endswith(".rels")


def _free(shape: str, taken: set[str]) -> str:
    number = 1
    while shape.format(number) in taken:
        number += 1
    return shape.format(number)


def _content(package: Package, old: str, new: str, sheet: bool) -> bytes:
    data = package.parts.read(old)
    if sheet:
        return plain_sheet(data)
    if new in (WORKBOOK, STYLES, STRINGS) or _COMMENTS.fullmatch(new):
        return plainly(data)
    if not old.endswith((".xml", ".vml")):
        return data
    return _STRICT_SPACE.sub(
        lambda it: it[1] + it[2] + transitional(it[3].decode()).encode() + it[2], data
    )


def _relations(package: Package, moved: Mapping[str, str]) -> dict[str, bytes]:
    found = {}
    for part, new in {"": "", **moved}.items():
        lines = []
        for item in _parsed(package, relations_part(part)):
            kind, target = transitional(item.get("Type", "")), item.get("Target", "")
            mode = item.get("TargetMode", "")
            if mode != "External" and not target.startswith("#"):
                name = resolved(part, target)
                _, mark, place = target.partition("#")
                name = package.find(name) or name
                target = f"/{moved.get(name, name)}{mark}{place}"
            said = {"Id": item.get("Id", ""), "Type": kind, "Target": target}
            said |= {"TargetMode": mode} if mode else {}
            fields = "".join(f' {key}="{attribute(value)}"' for key, value in said.items())
            lines.append(f"<Relationship{fields}/>")
        if lines:
            body = f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'
            found[relations_part(new)] = body.encode()
    return found


def _parsed(package: Package, part: str) -> Element:
    """A part of the package's own; a new package cannot do without what it says."""
    data = package.read(part)
    try:
        root: Element = fromstring(data) if data else Element("none")
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise SuspiciousError(DAMAGED) from error
    return root


def _types(package: Package, moved: Mapping[str, str]) -> bytes:
    """What kind of content every part has, each by its name; endings stay as they were."""
    endings, named = {}, {}
    for item in _parsed(package, _TYPES):
        if local(item.tag) == "Default":
            endings[item.get("Extension", "").casefold()] = item.get("ContentType", "")
        elif local(item.tag) == "Override":
            named[item.get("PartName", "").lstrip("/").casefold()] = item.get("ContentType", "")
    endings.setdefault("rels", "application/vnd.openxmlformats-package.relationships+xml")
    lines = [
        f'<Default Extension="{attribute(ending)}" ContentType="{attribute(kind)}"/>'
        for ending, kind in endings.items()
    ]
    for old, new in moved.items():
        kind = named.get(old.casefold()) or endings.get(old.rpartition(".")[2].casefold(), "")
        if kind:
            lines.append(
                f'<Override PartName="/{attribute(new)}" ContentType="{attribute(kind)}"/>'
            )
    return f'{_HEAD}<Types xmlns="{_DECLARED}">{"".join(lines)}</Types>'.encode()


def _with_known_errors(sheet: bytes) -> bytes:
    return _ERROR_CELL.sub(lambda it: it[0] if it[2] in _ERRORS else it[1] + b"#VALUE!", sheet)


def _stored(parts: Mapping[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with ZipFile(memory, "w", ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name), content)
    return memory.getvalue()
