"""Whether a sheet's XML is of the plain kind that office programs write.

The fast reader and the searches for what it misses understand that kind. Whatever else XML allows
(comments and character references within numbers, a cell twice, cells out of order, single
quotes, prefixes) one program may read in one way and the next in another, and office programs
write none of it: such a sheet is refused, and is plain again once Excel or WPS has saved it.
"""

from __future__ import annotations

import re
from itertools import groupby

from inspections.workbook.reading.relations import MAIN
from inspections.workbook.reading.tags import Tags

_ROWS_AND_CELLS = re.compile(
    rb'<(?:row r="([1-9]\d{0,6})"[^<>\']*'
    rb'|c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: (?:s|t|cm|vm|ph)="\w*")*)\s*/?>'
)
_ANY = re.compile(rb"<(?:c|row)(?=[\s/>])")
_LAST = re.compile(rb"(?:</v\s*>|<v\s*/>|</is>)\s*</c>")
_VALUE = re.compile(rb"<(?:v|is)(?=[\s/>])")
_NUMBER_REFERENCE = re.compile(
    rb'<c r="[A-Z]+\d+"(?![^>]* t="(?:str|inlineStr)")[^>]*>'
    rb"\s*(?:<f[^>]*>[^<]*</f>\s*)?<v[^>]*>[^<]*&"
)
BAD_INDEX = re.compile(rb't="s"[^>]*>\s*<v[^>]*>(?!\d{1,9}<)')
"""A shared text whose number is none, or more than any file can have."""

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BOUND = re.compile(rb"\sxmlns:([\w.-]+)\s*=")
_PREFIXED = re.compile(rb"<[A-Za-z_][\w.-]*:")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([\w-]+)""")


def contents(sheet: bytes, tags: Tags) -> int:
    """Returns how many cells of a worksheet part hold something, counted in little time.

    It is right for every plain sheet, apart from texts that turn out to be blank; -1 where even a
    quick look says that the sheet is not plain.
    """
    root = sheet.find(b"<worksheet")
    if root < 0 or b"<!" in sheet[:root] or not _whole(sheet):
        return -1
    counted = -1 if tags.controlled() or _foreign(sheet, root, tags) else tags.contents()
    return counted if counted < 0 else counted - sheet.count(b"<is><t></t></is></c>")


def _foreign(sheet: bytes, root: int, tags: Tags) -> bool:
    """Whether something among the cells may belong to others than the spreadsheet itself: not
    every program sees it, and the fast reader does not ask whose an element is.
    """
    start, end = sheet.find(b"<sheetData"), sheet.rfind(b"</sheetData")
    prefixes = _BOUND.findall(sheet, root, sheet.find(b">", root))
    asked = [b"<ext", *(b"<%b:" % prefix for prefix in prefixes)]
    return tags.begins(asked, start, end) or tags.bound(start, end)


def texts_are_plain(strings: bytes) -> bool:
    """Whether shared texts consist of the spreadsheet's own elements, which have no prefix."""
    if b"<ext" in strings or strings.count(b"xmlns=") != 1 or MAIN.encode() not in strings:
        return False
    return strings.count(b"xmlns") == 1 or _PREFIXED.search(strings) is None


def _whole(sheet: bytes) -> bool:
    return sheet[-40:].rstrip().endswith(b"</worksheet>")


def is_plain(sheet: bytes) -> bool:
    """Whether every cell of a worksheet part is written so that there is one way to read it."""
    if _CONTROL.search(sheet):
        return False
    head = sheet[:200]
    encoding = _ENCODING.search(head)
    if encoding is not None and encoding[1].lower() not in (b"utf-8", b"utf8"):
        return False
    if b"<worksheet" not in head or not _whole(sheet) or sheet.count(b"<?") > 1 or b"<!" in sheet:
        return False
    start, end = sheet.find(b"<sheetData"), sheet.find(b"</sheetData>")
    if sheet.count(b"<sheetData") != 1 or sheet.count(b"</sheetData") > 1:
        return False
    if end < 0:
        return sheet.startswith(b"<sheetData/>", start) and _ANY.search(sheet) is None
    body = sheet[start:end]
    return (
        _PREFIXED.search(body) is None
        and b"xmlns" not in body
        and b"<ext" not in body
        and _cells_are_plain(body)
        and _values_are_plain(body)
    )


def _cells_are_plain(body: bytes) -> bool:
    found = _ROWS_AND_CELLS.findall(body)
    if len(found) != len(_ANY.findall(body)):
        return False
    # A row is followed by its own cells, and every cell comes once.
    last = 0
    for number, items in groupby(found, lambda item: item[0] or item[2]):
        columns = [column for _, column, _ in items]
        if columns[0] or len(set(columns)) < len(columns) or int(number) <= last:
            return False
        last = int(number)
    return True


def _values_are_plain(body: bytes) -> bool:
    """Whether a cell has at most one value, the last in it, with no reference in a number."""
    values = body.count(b"<v>") + body.count(b"<is>")
    ends = body.count(b"</v></c>") + body.count(b"</is></c>")
    usual = values == ends and body.count(b"<v") + body.count(b"<is") == values
    if not usual and len(_VALUE.findall(body)) != len(_LAST.findall(body)):
        return False
    if b't="inlineStr"><v' in body or BAD_INDEX.search(body):
        return False
    return b"&" not in body or _NUMBER_REFERENCE.search(body) is None
