"""A second, careful look at a workbook: which cells are errors, or formulas without a result.

The fast reader gives both as blank, which would look like "nothing found". So the bytes of the
file are searched first, which costs little; only a file in which something turns up is read
again, slowly. Also here: what the fast reader does not see at all (comments, pictures, and that
an office program has made 0.9 of a typed 90%).
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineWorkbook

from inspections.table import cell
from inspections.workbook.embedded import MEDIA, Embedded, embedded_in_ods, embedded_in_xlsx
from inspections.workbook.layout import TOTALS_ROW
from inspections.workbook.marking.remarks import written_by_people
from inspections.workbook.packed import parts_of, unpacked

Lost: TypeAlias = Mapping[tuple[str, str], str]
"""(sheet, A1 name) -> what stands in the cell: ``错误值 #REF!``, ``没有结果的公式 =A1``."""

Percents: TypeAlias = Set[tuple[str, str]]
"""(sheet, A1 name) of entries that are shown as per cents."""

_ENTERED_FORMULA = re.compile(rb'<c r="[BFHKLM](\d+)"[^>]*><f')
"""A formula in one of the columns that people fill in; the running totals are in a row there."""

_COMMENTS = re.compile(r"xl/(?:comments/)?comment[^/]*\.xml$|content\.xml$")
_THREADED = re.compile(r"xl/threadedComments")

_XFS = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
_XF_FORMAT = re.compile(rb'<xf\b[^>]*?\bnumFmtId="(\d+)"')
_FORMAT = re.compile(rb"<numFmt\b[^>]*>")
_PERCENT_FORMATS = (b"9", b"10")
_STYLED_ENTRY = rb'<c r="(H\d+)"(?=[^>]*\ss="(?:%s)")'
_ODS_PERCENT = re.compile(rb'value-type="percentage"')
_ODS_ERROR = re.compile(rb'value-type="error"')
_XLS = b"\xd0\xcf\x11\xe0"
_XLS_RECORDS = re.compile(
    rb"\x09\x08\x10\x00\x00\x06(?P<stream>..)"  # BOF: a new stream begins
    rb"|\x05\x02\x08\x00(?P<at>....)..(?P<code>.)\x01"  # BOOLERR, an error
    rb"|\x06\x00..(?P<formula>....)..\x02.(?P<result>.)...\xff\xff"  # FORMULA, an error
    rb"|(?:\x03\x02\x0e|\x7e\x02\x0a)\x00(?P<number>..\x07\x00)(?P<style>..)",  # NUMBER, RK in H
    re.DOTALL,
)
_XLS_FORMAT = re.compile(rb"\x1e\x04.\x00(..)", re.DOTALL)
_XLS_STYLE = re.compile(rb"\xe0\x00\x14\x00..(..).{16}", re.DOTALL)
_XLS_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_WORKSHEET = 0x0010


class SecondLook(NamedTuple):
    """What only a second look sees: cells that hold no readable result, entries that are shown
    as per cents, and what the file holds beside its cells, in Chinese: comments, pictures that
    stand at no cell. ``pictures`` stand at one.
    """

    lost: Lost = MappingProxyType({})
    percents: Percents = frozenset()
    beside: tuple[str, ...] = ()
    pictures: tuple[Embedded, ...] = ()


def look_again(data: bytes) -> SecondLook:
    """Returns what the fast reader does not see of a workbook (.xlsx .xlsm .ods .xls).

    Raises what ``parts_of`` and ``unpacked`` raise, ``zlib.error`` and ``struct.error`` where the
    bytes are no workbook, and what the XML parser raises.
    """
    if data.startswith(_XLS):
        return _look_at_xls(data)
    with parts_of(data) as parts:
        names = parts.namelist()
        beside = tuple(_beside(parts, names))
        pictures: list[Embedded] = []
        if any(map(MEDIA.match, names)):
            pictures, all_placed = (
                embedded_in_ods(parts)
                if "content.xml" in names
                else embedded_in_xlsx(parts, sheet_titles(parts.read))
            )
            beside += () if all_placed else ("图片",)
        if "content.xml" in names:
            found = _look_at_ods(parts.read("content.xml"))
        else:
            found = _look_at_xlsx(parts, data)
        return SecondLook(*found, beside, tuple(pictures))


def _beside(parts: ZipFile, names: Sequence[str]) -> Iterator[str]:
    """What stands beside the cells; the comments of a marked copy are none of a person's."""
    if any(map(_THREADED.match, names)) or any(
        written_by_people(parts.read(name)) for name in names if _COMMENTS.match(name)
    ):
        yield "批注"


def _look_at_xlsx(parts: ZipFile, data: bytes) -> tuple[Lost, Percents]:
    lost: dict[tuple[str, str], str] = {}
    percents: set[tuple[str, str]] = set()
    titles: Mapping[str, str] = {}
    styled = _percent_entries(unpacked(parts.getinfo(_STYLES), data)) if _has(parts) else None
    for part in parts.infolist():
        name = part.filename
        if not name.startswith("xl/worksheets/sheet"):
            continue
        sheet = unpacked(part, data)
        found = styled.findall(sheet) if styled else []
        broken = _has_error(sheet) or _has_entered_formula(sheet)
        if not found and not broken:
            continue
        titles = titles or sheet_titles(parts.read)
        title = titles.get(name, "")
        percents |= {(title, at.decode()) for at in found}
        if broken:
            lost |= {(title, at): what for at, what in _lost_in_sheet(fromstring(sheet))}
    return lost, percents


_STYLES = "xl/styles.xml"


def _has(parts: ZipFile) -> bool:
    return _STYLES in parts.NameToInfo


@lru_cache(64)
def _percent_entries(styles: bytes) -> re.Pattern[bytes] | None:
    """What finds the entries whose style shows a per cent; None where no style does.

    Workbooks that no office program has saved have the same styles, and those have none.
    """
    formats = set(_PERCENT_FORMATS)
    for element in _FORMAT.findall(styles):
        if b"%" in element:
            formats |= set(re.findall(rb'\bnumFmtId="(\d+)"', element))
    xfs = _XFS.search(styles)
    used = _XF_FORMAT.findall(xfs[0]) if xfs else []
    numbers = [b"%d" % number for number, kind in enumerate(used) if kind in formats]
    return re.compile(_STYLED_ENTRY % b"|".join(numbers)) if numbers else None


def _has_error(sheet: bytes) -> bool:
    """Whether a value begins with #. One character is found at no cost, and it is rare."""
    at = sheet.find(b"#")
    while at >= 0:
        if sheet[at - 3 : at] == b"<v>":
            return True
        at = sheet.find(b"#", at + 1)
    return False


def _has_entered_formula(sheet: bytes) -> bool:
    return any(int(row) != TOTALS_ROW for row in _ENTERED_FORMULA.findall(sheet))


def _lost_in_sheet(sheet: Element) -> Iterator[tuple[str, str]]:
    for item in sheet.iter(f"{_MAIN}c"):
        formula, result = item.find(f"{_MAIN}f"), item.findtext(f"{_MAIN}v")
        if item.get("t") == "e":
            yield item.get("r", ""), f"错误值 {result}"
        elif formula is not None and not result and item.get("t") != "str":
            yield item.get("r", ""), f"没有结果的公式 ={(formula.text or '')[:40]}"


def sheet_titles(part: Callable[[str], bytes]) -> Mapping[str, str]:
    """Returns part name -> the sheet's name on its tab, in their order; ``part`` gives a part."""
    links = {
        item.get("Id"): item.get("Target", "")
        for item in fromstring(part("xl/_rels/workbook.xml.rels"))
    }
    return {
        posixpath.normpath(posixpath.join("xl", links[item.get(_LINK)])).lstrip("/"): item.get(
            "name", ""
        )
        for item in fromstring(part("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        if item.get(_LINK) in links
    }


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def _look_at_ods(content: bytes) -> tuple[Lost, Percents]:
    lost: dict[tuple[str, str], str] = {}
    percents: set[tuple[str, str]] = set()
    if not _ODS_ERROR.search(content) and not _ODS_PERCENT.search(content):
        return lost, percents
    for table in fromstring(content).iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        at = 0
        for row in table.iter(f"{_TABLE}table-row"):
            for column, kinds, item in _ods_cells(row):
                if "error" in kinds:
                    text = "".join(item.itertext()).strip()
                    lost[name, cell(at, column)] = f"错误值 {text}"
                elif "percentage" in kinds:
                    percents.add((name, cell(at, column)))
            at += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    return lost, percents


def _ods_cells(row: Element) -> Iterator[tuple[int, list[str], Element]]:
    column = 0
    for item in row:
        yield column, [kind for key, kind in item.items() if key.endswith("}value-type")], item
        column += int(item.get(f"{_TABLE}number-columns-repeated", "1"))


def _look_at_xls(data: bytes) -> SecondLook:
    """Errors and per cents: in this format a formula always has a result.

    The records are searched in the file as it lies, without following its sectors: a stream
    that was scattered over the file may hide one, never invent one elsewhere.
    """
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = book.sheet_names
    lost: dict[tuple[str, str], str] = {}
    percents: set[tuple[str, str]] = set()
    styles = _xls_percent_styles(data)
    sheet = -1
    for match in _XLS_RECORDS.finditer(data):
        if match["stream"] is not None:
            sheet += struct.unpack("<H", match["stream"])[0] == _WORKSHEET
            continue
        row, column = struct.unpack("<HH", match["at"] or match["formula"] or match["number"])
        if not 0 <= sheet < len(names):
            continue
        if match["style"] is not None:
            if match["style"] in styles:
                percents.add((names[sheet], cell(row, column)))
            continue
        error = _XLS_CODES.get((match["code"] or match["result"])[0])
        if error:
            lost[names[sheet], cell(row, column)] = f"错误值 {error}"
    return SecondLook(lost, percents)


def _xls_percent_styles(data: bytes) -> set[bytes]:
    """The numbers of the cell styles that show a per cent, as cells have them."""
    formats = {struct.pack("<H", int(number)) for number in _PERCENT_FORMATS}
    formats |= {match[1] for match in _XLS_FORMAT.finditer(data) if "%" in _xls_text(match)}
    used = (match[1] for match in _XLS_STYLE.finditer(data))
    return {struct.pack("<H", number) for number, kind in enumerate(used) if kind in formats}


def _xls_text(format: re.Match[bytes]) -> str:
    """The text of a FORMAT record, one or two bytes a character."""
    length, wide = struct.unpack_from("<HB", format.string, format.end())
    start = format.end() + 3
    if wide & 1:
        return format.string[start : start + 2 * length].decode("utf-16-le", "replace")
    return format.string[start : start + length].decode("latin-1")
