"""A slow reader of .xlsx and .ods of its own: XML as its standards say, nothing else.

It shares nothing with the toolkit's reader, so that what both find is what stands there.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from tests.fuzz import package
from tests.fuzz.shown import misleads, percent

MAIN = f"{{{package.MAIN}}}"
DOCUMENT = f"{{{package.OFFICE}}}"
CHOICES = f"{{{package.CHOICES}}}"
_UNDERSTOOD = ("x14", "x14ac", "x15", "xr")
"""Prefixes, as everybody writes them, of what programs know beyond the standard."""

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


_ODS_VALUES = {
    "value": "number",
    "date-value": "date",
    "time-value": "date",
    "boolean-value": "bool",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a cell: text, number, date, error or nothing; several, if it comes twice.

    ``misleading``: in what way a user sees something else than stands there.
    """

    kind: str
    text: str
    formula: str = ""
    percent: bool = False
    misleading: str = ""


_ENTRY, _HEAD = 7, 6
"""Column (from 0) and rows: below the head stands what counts."""

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
            if "content.xml" in parts.namelist():
                return Seen(dict(_ods(fromstring(parts.read("content.xml")))))
            return _xlsx(parts)
    except Exception:  # whatever is wrong with it, nobody can say what stands in it
        return None


def _xlsx(parts: zipfile.ZipFile) -> Seen:
    names = {item.filename.lower(): item.filename for item in parts.infolist()}

    def part(name: str) -> bytes:
        return parts.read(names[name.lower()])

    def links(of: str) -> dict[str, tuple[str, str]]:
        """Id -> (the last word of the relation's type, the part that it leads to)."""
        folder, name = posixpath.split(of)
        return {
            item.get("Id", ""): (
                item.get("Type", "").rpartition("/")[2],
                _resolved(folder, item.get("Target", "")),
            )
            for item in _parsed(part(posixpath.join(folder, "_rels", f"{name}.rels")))
            if item.get("TargetMode") != "External"
        }

    main = next(target for kind, target in links("").values() if kind == "officeDocument")
    led = links(main)
    book = _parsed(part(main))
    by_kind = dict(reversed(led.values()))
    strings: list[Element] = []
    if by_kind.get("sharedStrings", "").lower() in names:
        strings = list(_as_seen(_parsed(part(by_kind["sharedStrings"]))))
    formats: list[str] = []
    if by_kind.get("styles", "").lower() in names:
        formats = _formats(_parsed(part(by_kind["styles"])))
    sheets: dict[str, Sheet] = {}
    for item in book.iter(f"{MAIN}sheet"):
        _, target = led.get(item.get(f"{DOCUMENT}id", ""), ("", ""))
        if target.lower() not in names:
            continue  # a tab without a sheet
        found = sheets.setdefault(item.get("name", ""), {})
        for at, content in _cells(_as_seen(_leniently(part(target))), strings, formats):
            found.setdefault(at, []).append(content)
    properties = book.find(f"{MAIN}workbookPr")
    old = properties is not None and properties.get("date1904") in ("1", "true")
    return Seen(sheets, 1462 if old else 0)


def _parsed(part: bytes) -> Element:
    """A part as XML, with the names of the transitional edition."""
    root: Element = fromstring(part)
    for item in root.iter():
        item.tag = _transitional(item.tag)
        for key in [key for key in item.attrib if key.startswith("{")]:
            item.set(_transitional(key), item.attrib.pop(key))
    return root


def _transitional(name: str) -> str:
    space, end, word = name.rpartition("}")
    return f"{{{package.STRICT.get(space[1:], space[1:])}{end}{word}" if end else name


def _resolved(folder: str, target: str) -> str:
    path = unquote(re.split("[#?]", target.strip())[0])
    return posixpath.normpath(posixpath.join("/", folder, path))[1:]


def _as_seen(element: Element) -> Element:
    """Of choices the one that a program takes; without what is none of the spreadsheet's."""
    held: list[Element] = []
    for child in element:
        if child.tag == f"{CHOICES}AlternateContent":
            held += _chosen(child)
        elif child.tag.startswith(MAIN):
            held.append(child)
    element[:] = [_as_seen(child) for child in held]
    return element


def _chosen(choices: Element) -> list[Element]:
    for branch in choices:
        asked = branch.get("Requires", "").split()
        if branch.tag == f"{CHOICES}Fallback" or (
            branch.tag == f"{CHOICES}Choice" and all(name in _UNDERSTOOD for name in asked)
        ):
            return [item for item in branch if item.tag.startswith(MAIN)]
    return []


def _leniently(sheet: bytes) -> Element:
    """A sheet's XML; where that is damaged, whatever cells can be taken out of it one by one."""
    try:
        return _parsed(sheet)
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


def _cells(
    sheet: Element, strings: list[Element], formats: list[str]
) -> Iterator[tuple[str, Content]]:
    number = 0
    view = sheet.find(f"{MAIN}sheetViews/{MAIN}sheetView")
    zeros = view is None or view.get("showZeros") not in ("0", "false")
    for row in sheet.iter(f"{MAIN}row"):
        number = int(row.get("r", number + 1))
        column = -1
        for item in row.iter(f"{MAIN}c"):
            letters = re.sub("[^A-Z]", "", item.get("r", "").upper())
            column = _column(letters) if letters else column + 1
            at = item.get("r", "").upper() or _name(number - 1, column)
            kind, value = item.get("t", "n"), item.findtext(f"{MAIN}v")
            formula = item.findtext(f"{MAIN}f")
            inline = item.find(f"{MAIN}is")
            style = int(item.get("s", "0"))
            if kind == "s" and value is not None:
                number_of = value.strip()  # blanks around a number mean nothing
                known = number_of.isdigit() and int(number_of) < len(strings)
                held = strings[int(number_of)] if known else None
                content = Content("text", value) if held is None else _text_content(held)
            elif inline is not None:
                content = _text_content(inline)
            elif value is None:
                content = Content(
                    "nothing" if formula is None else "uncalculated", "", formula or ""
                )
            else:
                kinds = {"str": "text", "e": "error", "b": "bool", "d": "date"}
                shown = formats[style] if 0 <= style < len(formats) else ""
                hundred = kind == "n" and percent(shown, value)
                content = Content(kinds.get(kind, "number"), value, formula or "", hundred)
                if formula is not None and not value and kind != "str":
                    content = Content("uncalculated", "", formula)
            code = formats[style] if 0 <= style < len(formats) else ""
            if content.kind in ("number", "text") and column == _ENTRY and number > _HEAD:
                other = misleads(code, content.text, text=content.kind == "text")
                if not zeros and content.kind == "number" and not content.text.strip("-.0 "):
                    content = replace(content, misleading="a zero that the sheet hides,")
                elif other and not content.misleading:
                    content = replace(content, misleading=f"shown as {code!r} has it,")
            elif content.misleading:
                content = replace(content, misleading="")
            yield at, content


def _text_content(item: Element) -> Content:
    """The text of runs; where some are struck, or raised beside others, it means something else."""
    odd, levels = "", set()
    for run in item.iter(f"{MAIN}r"):
        if not "".join(part.text or "" for part in run.iter(f"{MAIN}t")).strip():
            continue
        struck, raised = run.find(f"{MAIN}rPr/{MAIN}strike"), run.find(f"{MAIN}rPr/{MAIN}vertAlign")
        if struck is not None and struck.get("val", "1") not in ("0", "false"):
            odd = "struck through"
        levels.add("baseline" if raised is None else raised.get("val", "baseline"))
    return Content("text", _text(item), misleading=odd or "raised in part" * (len(levels) > 1))


def _text(item: Element) -> str:
    """The text of runs, without the reading aids."""
    whole = "".join(
        "".join(node.text or "" for node in part.iter(f"{MAIN}t"))
        for part in item
        if part.tag in (f"{MAIN}t", f"{MAIN}r")
    )
    # Half a character by itself is none, and stays as it is written.
    return re.sub(
        r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), whole
    )


def _formats(styles: Element) -> list[str]:
    """The format of every cell style; those that are built in are told by an example."""
    written = {
        int(item.get("numFmtId", "0")): item.get("formatCode", "")
        for item in styles.iter(f"{MAIN}numFmt")
    }
    known = {9: "0%", 10: "0.00%"} | written
    used = styles.find(f"{MAIN}cellXfs")
    return [
        known.get(int(item.get("numFmtId", "0")), "") for item in (used if used is not None else ())
    ]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


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
