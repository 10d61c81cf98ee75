"""A table file after some edits of its rows, in the format, and with all else, that it has."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException

from inspections.workbook.drawing.package import packed
from inspections.workbook.reading.packed import SuspiciousError, parts_of
from inspections.workbook.reading.relations import Package
from inspections.workbook.reading.standard import editable
from inspections.workbook.rows.edits import ByHandError, Edit, Fill, Insert
from inspections.workbook.rows.references import Move
from inspections.workbook.rows.sheet_rows import (
    moved_names,
    recalculating,
    with_edits,
    with_moved_formulas,
)
from inspections.workbook.rows.text_rows import edited_text
from rubrics.tables.contents import content_of

_FORMATS: Final = {"xls": ".xls", "xlsb": ".xlsb", "ods": ".ods"}
_CHAIN: Final = "xl/calcChain.xml"
_BOOK: Final = "xl/workbook.xml"
_STYLES: Final = "xl/styles.xml"
_TEXT_FORMAT: Final = "49"
"""The number of the format @, which keeps what is typed as text."""


def edited(data: bytes, sheet: str, edits: Sequence[Edit]) -> bytes:
    """Returns a table file after edits of the rows of one sheet.

    .xlsx, .xlsm and text files; the sheet of a text file has no name. Raises ``ByHandError`` where
    the format, or what the file holds, allows it by hand alone.
    """
    content = content_of(data)
    if content == "text":
        return edited_text(data, edits)
    if content != "xlsx":
        raise ByHandError(f"程序只能改 .xlsx 和 .csv，这是 {_FORMATS[content]}")
    try:
        return _workbook(editable(data).data, sheet, edits)
    except (BadZipFile, SuspiciousError, zlib.error, struct.error, KeyError, ValueError) as error:
        raise ByHandError("文件的写法特别，程序改不了") from error
    except (ParseError, DefusedXmlException) as error:
        raise ByHandError("文件的写法特别，程序改不了") from error


def _workbook(data: bytes, sheet: str, edits: Sequence[Edit]) -> bytes:
    with parts_of(data) as package:
        titles = Package(package).sheets()
        own = next(name for name, title in titles.items() if title == sheet)
        tables = Package(package).targets(own, "table").values()
        parts = {it.filename: package.read(it) for it in package.infolist() if not it.is_dir()}
    xml = parts[own].decode("utf-8-sig")
    parts[own] = with_edits(xml, sheet, edits, _text_styles(parts)).encode()
    for name in tables:
        for edit in edits:
            if isinstance(edit, Fill):
                parts[name] = _grown(parts[name].decode("utf-8-sig"), edit.row).encode()
    moves = [
        Move(sheet, edit.row + 1, up=not isinstance(edit, Insert))
        for edit in edits
        if not isinstance(edit, Fill)
    ]
    for name, title in titles.items():
        if name != own and moves:
            other = parts[name].decode("utf-8-sig")
            for move in moves:
                other = with_moved_formulas(other, title, move)
            parts[name] = other.encode()
    if moves:
        book = recalculating(parts, _BOOK)
        for move in moves:
            book = moved_names(book, move)
        parts[_BOOK] = book.encode()
        _without_chain(parts)
    return packed(parts)


def _grown(table: str, row: int) -> str:
    """A table of Excel's own (套用表格格式), one row longer where ``row`` lies right below it."""
    if re.search(r'\stotalsRowCount="[1-9]', table):
        return table
    return re.sub(
        rf'(\sref="[A-Z]+[0-9]+:[A-Z]+){row}"', lambda found: f'{found[1]}{row + 1}"', table
    )


def _text_styles(parts: dict[str, bytes]) -> set[int]:
    """The numbers of the looks that keep what is typed as text."""
    found = re.search(r"<cellXfs\b.*?</cellXfs>", parts.get(_STYLES, b"").decode(), re.DOTALL)
    looks = re.findall(r"<xf\b[^>]*>", found[0]) if found else []
    return {number for number, look in enumerate(looks) if f'numFmtId="{_TEXT_FORMAT}"' in look}


def _without_chain(parts: dict[str, bytes]) -> None:
    """Takes out the order of reckoning, which names cells; Excel makes it again."""
    if parts.pop(_CHAIN, None) is None:
        return
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(
            rb"<(?:Override|Relationship)\b[^>]*calcChain[^>]*/>", b"", parts[name]
        )
