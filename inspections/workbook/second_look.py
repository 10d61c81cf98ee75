"""A second, careful look at a workbook: which cells are errors, or formulas without a result.

The fast reader gives both as blank, which would look like "nothing found". So the bytes of the
file are searched first, which costs little; only a file in which something turns up is read
again, slowly. Also here: what the fast reader does not see at all (comments, pictures).
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

import openpyxl
from defusedxml.ElementTree import fromstring
from python_calamine import CalamineWorkbook

from inspections.table import cell

Lost: TypeAlias = Mapping[tuple[str, str], str]
"""(sheet, A1 name) -> what stands in the cell: ``错误值 #REF!``, ``没有结果的公式 =A1``."""

_ERROR = b"<v>#"
_ENTERED_FORMULA = re.compile(rb'<c r="(?:[FHKLM](?:[2-4]|[7-9]|\d\d+)|B[34])"[^>]*><f')
"""A formula in one of the cells that people fill in."""

_BESIDE = (
    ("批注", re.compile(r"xl/(?:threadedC|c)omments")),
    ("图片", re.compile(r"xl/media/|Pictures/")),
)

_ODS_ERROR = re.compile(rb'value-type="error"')
_XLS = b"\xd0\xcf\x11\xe0"
_XLS_RECORDS = re.compile(
    rb"\x09\x08\x10\x00\x00\x06(?P<stream>..)"  # BOF: a new stream begins
    rb"|\x05\x02\x08\x00(?P<at>....)..(?P<code>.)\x01"  # BOOLERR, an error
    rb"|\x06\x00..(?P<formula>....)..\x02.(?P<result>.)...\xff\xff",  # FORMULA, an error
    re.DOTALL,
)
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


def look_again(data: bytes) -> tuple[Lost, list[str]]:
    """Returns the cells of a workbook (.xlsx .xlsm .ods .xls) that hold no readable result, and
    what the file holds beside its cells, in Chinese: comments, pictures.
    """
    if data.startswith(_XLS):
        return _lost_in_xls(data), []
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
            beside = [what for what, part in _BESIDE if any(map(part.match, names))]
            if "content.xml" in names:
                return _lost_in_ods(parts.read("content.xml")), beside
            sheets = [name for name in names if name.startswith("xl/worksheets/sheet")]
            if not any(_suspicious(parts.read(name)) for name in sheets):
                return {}, beside
    except BadZipFile:
        return {}, []
    return dict(_lost_in_xlsx(data)), beside


def _suspicious(sheet: bytes) -> bool:
    return _ERROR in sheet or _ENTERED_FORMULA.search(sheet) is not None


def _lost_in_xlsx(data: bytes) -> Iterator[tuple[tuple[str, str], str]]:
    written = openpyxl.load_workbook(io.BytesIO(data))
    results = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for sheet in written.worksheets:
        for row in sheet.iter_rows():
            for found in row:
                if found.data_type not in ("f", "e"):
                    continue
                result = results[sheet.title][found.coordinate]
                if result.data_type == "e":
                    yield (sheet.title, found.coordinate), f"错误值 {result.value}"
                elif result.value is None:
                    formula = str(found.value)[:40]
                    yield (sheet.title, found.coordinate), f"没有结果的公式 {formula}"


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def _lost_in_ods(content: bytes) -> Lost:
    if not _ODS_ERROR.search(content):
        return {}
    found: dict[tuple[str, str], str] = {}
    for table in fromstring(content).iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        at = 0
        for row in table.iter(f"{_TABLE}table-row"):
            for column, error in _ods_errors(row):
                found[name, cell(at, column)] = f"错误值 {error}"
            at += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    return found


def _ods_errors(row: Element) -> Iterator[tuple[int, str]]:
    column = 0
    for item in row:
        if any(key.endswith("}value-type") and value == "error" for key, value in item.items()):
            yield column, "".join(item.itertext()).strip()
        column += int(item.get(f"{_TABLE}number-columns-repeated", "1"))


def _lost_in_xls(data: bytes) -> Lost:
    """Errors only: in this format a formula always has a result.

    The records are searched in the file as it lies, without following its sectors: a stream
    that was scattered over the file may hide one, never invent one elsewhere.
    """
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        names = book.sheet_names
    found: dict[tuple[str, str], str] = {}
    sheet = -1
    for match in _XLS_RECORDS.finditer(data):
        if match["stream"] is not None:
            sheet += struct.unpack("<H", match["stream"])[0] == _WORKSHEET
            continue
        where, code = match["at"] or match["formula"], match["code"] or match["result"]
        row, column = struct.unpack("<HH", where)
        error = _XLS_CODES.get(code[0])
        if error and 0 <= sheet < len(names):
            found[names[sheet], cell(row, column)] = f"错误值 {error}"
    return found
