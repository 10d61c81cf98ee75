"""A slow reader of .xlsx and .ods of its own: XML as its standards say, nothing else.

It shares nothing with the toolkit's reader, so that what both find is what stands there.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DOCUMENT = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


_NAMES = {"xl/sharedstrings.xml": "xl/sharedStrings.xml"} | {
    name: name for name in ("xl/styles.xml", "xl/workbook.xml")
}
_ODS_VALUES = {
    "value": "number",
    "date-value": "date",
    "time-value": "date",
    "boolean-value": "bool",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a cell: text, number, date, error or nothing; several, if it comes twice."""

    kind: str
    text: str
    formula: str = ""
    percent: bool = False


Sheet = dict[str, list[Content]]


@dataclass(frozen=True, slots=True)
class Seen:
    """Every sheet by its name; ``epoch`` is added to a date's number where it counts from 1904."""

    sheets: Mapping[str, Sheet]
    epoch: int = 0


def seen(data: bytes) -> Seen | None:
    """Returns what is in a workbook, None where the file is damaged in the eyes of its standard."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for item in parts.infolist():  # of names, their case does not matter
                parts.NameToInfo.setdefault(_NAMES.get(item.filename.lower(), ""), item)
            if "content.xml" in parts.namelist():
                return Seen(dict(_ods(fromstring(parts.read("content.xml")))))
            return _xlsx(parts)
    except Exception:  # whatever is wrong with it, nobody can say what stands in it
        return None


def _xlsx(parts: zipfile.ZipFile) -> Seen:
    book = fromstring(parts.read("xl/workbook.xml"))
    links = {
        item.get("Id"): item.get("Target", "")
        for item in fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    }
    strings: list[str] = []
    if "xl/sharedStrings.xml" in parts.NameToInfo:
        strings = [_text(item) for item in fromstring(parts.read("xl/sharedStrings.xml"))]
    percents = set()
    if "xl/styles.xml" in parts.NameToInfo:
        percents = _percents(fromstring(parts.read("xl/styles.xml")))
    sheets: dict[str, Sheet] = {}
    for item in book.iter(f"{MAIN}sheet"):
        target = links[item.get(f"{DOCUMENT}id")]
        name = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        found = sheets.setdefault(item.get("name", ""), {})
        for at, content in _cells(_leniently(parts.read(name)), strings, percents):
            found.setdefault(at, []).append(content)
    properties = book.find(f"{MAIN}workbookPr")
    old = properties is not None and properties.get("date1904") in ("1", "true")
    return Seen(sheets, 1462 if old else 0)


def _leniently(sheet: bytes) -> Element:
    """A sheet's XML; where that is damaged, whatever cells can be taken out of it one by one."""
    try:
        return fromstring(sheet)
    except ParseError:
        cells = []
        for match in re.finditer(rb"<c (?:[^<>/]|/(?!>))*(?:/>|>.*?</c>)", sheet, re.DOTALL):
            try:
                cells.append(fromstring(f'<row xmlns="{MAIN[1:-1]}">{match[0].decode()}</row>'))
            except (ParseError, UnicodeDecodeError):
                continue
        whole = fromstring("<x/>")
        whole.extend(cells)
        return whole


def _cells(sheet: Element, strings: list[str], percents: set[int]) -> Iterator[tuple[str, Content]]:
    number = 0
    for row in sheet.iter(f"{MAIN}row"):
        number = int(row.get("r", number + 1))
        for item in row.iter(f"{MAIN}c"):
            at = item.get("r", "").upper()
            kind, value = item.get("t", "n"), item.findtext(f"{MAIN}v")
            formula = item.findtext(f"{MAIN}f")
            inline = item.find(f"{MAIN}is")
            style = int(item.get("s", "0"))
            if kind == "s" and value is not None:
                known = value.isdigit() and int(value) < len(strings)
                content = Content("text", strings[int(value)] if known else value)
            elif inline is not None:
                content = Content("text", _text(inline))
            elif value is None:
                content = Content(
                    "nothing" if formula is None else "uncalculated", "", formula or ""
                )
            else:
                kinds = {"str": "text", "e": "error", "b": "bool", "d": "date"}
                content = Content(
                    kinds.get(kind, "number"), value, formula or "", style in percents
                )
                if formula is not None and not value and kind != "str":
                    content = Content("uncalculated", "", formula)
            yield at, content


def _text(item: Element) -> str:
    """The text of runs, without the reading aids."""
    whole = "".join(
        "".join(node.text or "" for node in part.iter(f"{MAIN}t"))
        for part in item
        if part.tag in (f"{MAIN}t", f"{MAIN}r")
    )
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), whole)


def _percents(styles: Element) -> set[int]:
    formats = {
        int(item.get("numFmtId", "0"))
        for item in styles.iter(f"{MAIN}numFmt")
        if "%" in item.get("formatCode", "")
    } | {9, 10}
    used = styles.find(f"{MAIN}cellXfs")
    found = list(used) if used is not None else []
    return {n for n, item in enumerate(found) if int(item.get("numFmtId", "0")) in formats}


def _ods(content: Element) -> Iterator[tuple[str, Sheet]]:
    for table in content.iter(f"{TABLE}table"):
        found: Sheet = {}
        row = 0
        for line in table.iter(f"{TABLE}table-row"):
            column = 0
            for item in line:
                times = int(item.get(f"{TABLE}number-columns-repeated", "1"))
                cell = _ods_cell(item)
                if cell is not None:
                    for further in range(min(times, 40)):
                        found.setdefault(_name(row, column + further), []).append(cell)
                column += times
            row += int(line.get(f"{TABLE}number-rows-repeated", "1"))
        yield table.get(f"{TABLE}name", ""), found


def _ods_cell(item: Element) -> Content | None:
    kind = item.get(f"{OFFICE}value-type") or item.get(f"{CALC}value-type")
    formula = item.get(f"{TABLE}formula", "")
    words = "\n".join("".join(part.itertext()) for part in item.iter(f"{TEXT}p"))
    if item.get(f"{CALC}value-type") == "error":
        return Content("error", words, formula)
    if kind is None:
        return Content("uncalculated", "", formula) if formula else None
    percent = kind == "percentage"
    for name, held in _ODS_VALUES.items():
        value = item.get(f"{OFFICE}{name}")
        if value is not None and kind != "string":
            return Content(held, value, formula, percent)
    return Content("text", words, formula, percent)


def _name(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
