"""Errors, formulas without a result and per cents in a workbook (.xlsx), sheet by sheet.

The package is read as the standard says: parts by their relationships, names of elements in both
namespaces and with any prefix.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

from defusedxml.ElementTree import fromstring

from rubrics.tables.addresses import row_and_column
from rubrics.tables.sheet import At, Facts, UnreadableError

_ERROR_OR_FORMULA = re.compile(rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?f[\s/>]""")
_TOLD_BY = (
    b'"e"',
    b"'e'",
    *(b"%bf%b" % (a, b) for a in (b"<", b":") for b in b" ,\t,\n,\r,/,>".split(b",")),
)
"""Of which one stands in every sheet that has an error or a formula; found much faster."""

_NEW_ERROR = re.compile(
    rb"(<(?:\w+:)?v[^<>]*>)#(?!N/A|DIV/0!|NAME\?|NULL!|NUM!|REF!|VALUE!|GETTING_DATA)[^<]*(<)"
)
_FAR = re.compile(rb"""\br\s*=\s*["']((?:[A-Z]{3}|[B-Z][A-Z])\d+|[A-Z]+\d{7,})["']""")
"""Cells so far out that all between them and the first would not fit into memory."""

_ROW_ENDS = re.compile(rb"</((?:\w+:)?)row>")
_LARGE = 1 << 22
"""Bytes of a sheet of which not every cell is looked at."""

_PERCENT_FORMATS = {9, 10}
_FILLED = re.compile(rb"[^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)[\s>]")
_FORMULA_SHOWN = 40
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""What a number format shows as it stands: a % in it is no per cent."""


def xlsx_facts(data: bytes) -> dict[str, Facts]:
    """Returns what is to be known of cells, by the name on the sheet's tab.

    Raises ``KeyError`` and what the XML parser raises where a part is missing or broken.
    """
    with ZipFile(io.BytesIO(data)) as parts:
        package = _links(parts, "")
        book = next((to for kind, to in package.values() if kind == "officeDocument"), "")
        book = book or "xl/workbook.xml"
        links = _links(parts, book)
        styles = next((to for kind, to in links.values() if kind == "styles"), "")
        percent = _percent_styles(parts.read(styles)) if styles else set()
        found: dict[str, Facts] = {}
        for item in fromstring(parts.read(book)).iter():
            if _local(item.tag) == "sheet":
                link = next(
                    (v for k, v in item.attrib.items() if k.endswith("relationships}id")), ""
                )
                kind, to = links.get(link, ("", ""))
                if kind == "worksheet":
                    found[item.get("name", "")] = _facts(parts.read(to), percent)
    return found


def with_known_errors(data: bytes) -> bytes:
    """Returns the workbook with errors of newer programs (``#SPILL!``) as others that every
    reader knows, of the same kind: whatever they are, they hold nothing.
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as parts, ZipFile(out, "w", ZIP_DEFLATED) as written:
        for part in parts.infolist():
            held = parts.read(part)
            if "worksheets/" in part.filename and b"#" in held:
                held = _NEW_ERROR.sub(rb"\1#N/A\2", held)
            written.writestr(part.filename, held)
    return out.getvalue()


def _links(parts: ZipFile, of: str) -> Mapping[str, tuple[str, str]]:
    """The relationships of a part: id -> (last word of the type, the part that is meant)."""
    folder, name = posixpath.split(of)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in parts.NameToInfo:
        return {}
    return {
        item.get("Id", ""): (
            item.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"),
        )
        for item in fromstring(parts.read(path))
    }


def _percent_styles(styles: bytes) -> set[str]:
    """The numbers of the cell styles that show a per cent."""
    formats = set(_PERCENT_FORMATS)
    used: list[int] = []
    for item in fromstring(styles).iter():
        if _local(item.tag) == "numFmt" and "%" in _LITERAL.sub("", item.get("formatCode", "")):
            formats.add(int(item.get("numFmtId", "0")))
        elif _local(item.tag) == "cellXfs":
            used = [int(style.get("numFmtId", "0")) for style in item]
    return {str(number) for number, kind in enumerate(used) if kind in formats}


def _facts(sheet: bytes, percent: set[str]) -> Facts:
    for far in _FAR.finditer(sheet):
        if not _FILLED.match(sheet, far.end()):
            continue
        where = far[1].decode()
        raise UnreadableError(f"很远的格子 {where} 里有内容，请删去那里多余的行和列")
    styled = "|".join(percent).encode()
    # Nearly no sheet has anything of the kind, which the bytes tell in no time.
    in_percent = re.compile(rb"""\bs\s*=\s*["'](?:%b)["']""" % styled) if percent else None

    def odd(part: bytes) -> bool:
        told = any(it in part for it in _TOLD_BY) and _ERROR_OR_FORMULA.search(part) is not None
        return told or (in_percent is not None and in_percent.search(part) is not None)

    if not odd(sheet):
        return Facts()
    if len(sheet) > _LARGE:
        sheet = _without_plain_rows(sheet, odd)
    lost: dict[At, str] = {}
    percents: set[At] = set()
    formulas: dict[At, str] = {}
    for at, item in _cells(fromstring(sheet)):
        held = {_local(part.tag): part for part in item}
        value = (held["v"].text or "").strip() if "v" in held else ""
        kind = item.get("t", "n")
        if "f" in held:
            formulas[at] = f"={held['f'].text}"[:_FORMULA_SHOWN] if held["f"].text else "公式"
        if kind == "e":
            lost[at] = f"错误值 {value}"
        elif "f" in held and not value and kind not in ("str", "inlineStr"):
            lost[at] = "没有算出结果的公式"
        elif kind == "n" and value and item.get("s") in percent:
            percents.add(at)
    return Facts(lost, percents, formulas=formulas)


def _without_plain_rows(sheet: bytes, odd: Callable[[bytes], bool]) -> bytes:
    """Returns a sheet without the cells of rows in which nothing is odd; the rows stay.

    Where a row begins and ends is seen by its tags, as office programs write them; a sheet in which
    these could stand in a text is left as it is.
    """
    found = _ROW_ENDS.search(sheet)
    if found is None or b"<![CDATA[" in sheet or b"<!--" in sheet:
        return sheet
    begin, end = b"<%brow" % found[1], found[0]
    *parts, rest = sheet.split(end)
    for place, part in enumerate(parts):
        close = part.find(b">", part.rfind(begin))
        if not odd(part) and begin in part and part[close - 1 : close] != b"/":
            parts[place] = part[: close + 1]
    return end.join([*parts, rest])


def _cells(sheet: Element) -> Iterator[tuple[At, Element]]:
    """Yields every cell with its place, which some programs leave to be counted."""
    row = -1
    for line in sheet.iter():
        if _local(line.tag) != "row":
            continue
        row = int(line.get("r", row + 2)) - 1
        column = -1
        for item in line:
            name = item.get("r")
            column = row_and_column(name)[1] if name else column + 1
            yield (row, column), item


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
