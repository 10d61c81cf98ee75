"""Rows of a worksheet in an .xlsx file, edited where they stand: all else stays, byte for byte.

Results of formulas stay, which writing the workbook anew would lose, and with them what a roster
says of its schools.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.sax.saxutils import escape, unescape

from inspections.workbook.rows.edits import ByHandError, Edit, Fill, Insert
from inspections.workbook.rows.references import GONE, Move, moved
from rubrics.tables.addresses import cell, row_and_column

_ROW: Final = re.compile(r'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL: Final = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_DATA: Final = re.compile(r"<sheetData\s*/>|<sheetData>(.*?)</sheetData>", re.DOTALL)
_FORMULA: Final = re.compile(r"(<(f|formula|formula1|formula2)\b[^>]*>)([^<]*)(</\2>)")
_RANGES: Final = re.compile(r'(<[\w]+\b[^>]*?\s(?:ref|sqref))="([^"]*)"')
_MERGE: Final = re.compile(r'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"\s*/>')
_NUMBER: Final = re.compile(r"0|[1-9]\d{0,14}(?:\.\d+)?")
_STYLE: Final = re.compile(r'\ss="(\d+)"')
_ANCHORED: Final = re.compile(r"<(drawing|legacyDrawing|tableParts|extLst|picture)\b")
_HINDERS: Final = {
    "drawing": "图片、图形",
    "legacyDrawing": "批注",
    "tableParts": "“套用表格格式”的表",
    "extLst": "扩展的条件格式或下拉列表",
    "picture": "背景图片",
}


def with_edits(xml: str, title: str, edits: Iterable[Edit], texts: set[int]) -> str:
    """Returns a sheet's XML after some edits; ``title`` is the name on its tab.

    ``texts``: styles whose cells hold text, whatever is typed. Raises ``ByHandError`` where
    something is in the way.
    """
    for edit in edits:
        if isinstance(edit, Fill):
            xml = _filled(xml, edit, texts)
        else:
            move = Move(title, edit.row + 1, up=not isinstance(edit, Insert))
            xml = _made_way(xml, title, move)
    return xml


def with_moved_formulas(xml: str, own: str, move: Move) -> str:
    """Returns the XML with the formulas in it as they are after a move of rows."""

    def one(found: re.Match[str]) -> str:
        before = unescape(found[3], {"&quot;": '"', "&apos;": "'"})
        after = moved(before, move, own)
        if after == before:
            return found[0]
        if re.search(r'\st="(?:shared|array)"', found[1]):
            raise ByHandError("有成片的公式，会错位")
        return found[1] + escape(after) + found[4]

    return _FORMULA.sub(one, xml)


def _made_way(xml: str, title: str, move: Move) -> str:
    if hinders := _ANCHORED.search(xml):
        raise ByHandError(f"工作表“{title}”里有{_HINDERS[hinders[1]]}，插入、删除一行会错位")
    if move.up:
        for found in _MERGE.finditer(xml):
            if int(found[2]) <= move.row <= int(found[4]) and found[2] != found[4]:
                raise ByHandError(f"工作表“{title}”第 {move.row} 行有上下合并的单元格")
    xml = with_moved_formulas(xml, title, move)

    def shifted(found: re.Match[str]) -> str:
        number = int(found[1])
        if move.up and number == move.row:
            if re.search(r"<f\b[^>]*\sref=", found[0]):
                raise ByHandError("有成片的公式，会错位")
            return ""
        after = move.line(number)
        if after == number:
            return found[0]
        row = found[0].replace(f'r="{number}"', f'r="{after}"', 1)
        return re.sub(rf'(<c r="[A-Z]+){number}"', rf'\g<1>{after}"', row)

    data = _DATA.search(xml)
    if data is None:
        raise ByHandError(f"工作表“{title}”是空的")
    rows = _ROW.sub(shifted, data[0])
    before, after = (_ranges(part, move) for part in (xml[: data.start()], xml[data.end() :]))
    return before + _ranges(rows, move) + after


def _ranges(xml: str, move: Move) -> str:
    """Ranges in attributes; what stands for a range of which nothing is left goes."""
    merged = xml.count("<mergeCell ")

    def one(found: re.Match[str]) -> str:
        parts = []
        for part in found[2].split():
            # These are as large as they were made.
            if found[1].startswith(("<mergeCell", "<f ")):
                first, _, last = part.partition(":")
                rows = [row_and_column(name) for name in (first, last or first)]
                if move.up and rows[0][0] == rows[1][0] == move.row - 1:
                    continue
                part = ":".join(cell(move.line(row + 1) - 1, column) for row, column in rows)
            else:
                part = moved(part, move, move.title)
            if GONE not in part:
                parts.append(part)
        return f'{found[1]}="{" ".join(parts)}"'

    xml = _RANGES.sub(one, xml)
    xml = re.sub(r'<(mergeCell|hyperlink)\b[^>]*\sref=""[^>]*/>', "", xml)
    for name in ("dataValidation", "conditionalFormatting"):
        xml = re.sub(
            rf'<{name}\b[^>]*\ssqref=""[^>]*?(?:/>|>.*?</{name}>)', "", xml, flags=re.DOTALL
        )
    left = xml.count("<mergeCell ")
    if left == merged:
        return xml
    if not left:
        return re.sub(r"<mergeCells\b[^>]*>\s*</mergeCells>", "", xml)
    return re.sub(r'(<mergeCells\b[^>]*count=")\d+', rf"\g<1>{left}", xml)


def _filled(xml: str, edit: Fill, texts: set[int]) -> str:
    data = _DATA.search(xml)
    if data is None:
        raise ByHandError("工作表里没有单元格")
    rows = {int(found[1]): found for found in _ROW.finditer(data[0])}
    number = edit.row + 1
    held = _cells(rows.get(number))
    looks = {column: _style(said) for column, (said, _) in _cells(rows.get(edit.like + 1)).items()}
    own = {column: _style(said) for column, (said, _) in held.items()}
    if not held:
        held = {column: (look, "") for column, look in looks.items()}
    for column, value in edit.cells.items():
        beside = next((own[it] for it in sorted(own, reverse=True) if it < column), "")
        look = own.get(column) or looks.get(column) or beside
        held[column] = _typed(value, look, texts)
    inner = "".join(
        f'<c r="{cell(edit.row, column)}"{said}>{content}</c>'
        if content
        else f'<c r="{cell(edit.row, column)}"{said}/>'
        for column, (said, content) in sorted(held.items())
    )
    there = rows.get(number)
    like = rows.get(edit.like + 1)
    said = there[2] if there else like[2] if like else ""
    said = re.sub(r'\sspans="[^"]*"', "", said)
    made = f'<row r="{number}"{said}>{inner}</row>'
    listed = {place: found[0] for place, found in rows.items()} | {number: made}
    whole = "".join(listed[place] for place in sorted(listed))
    return _stretched(
        f"{xml[: data.start()]}<sheetData>{whole}</sheetData>{xml[data.end() :]}", edit
    )


def _stretched(xml: str, edit: Fill) -> str:
    """The sheet's dimension, wide enough for what was filled in."""
    found = re.search(r'<dimension ref="([A-Z]+\d+)(?::([A-Z]+\d+))?"\s*/>', xml)
    if found is None:
        return xml
    row, column = row_and_column(found[2] or found[1])
    end = cell(max(row, edit.row), max(column, *edit.cells))
    return xml[: found.start()] + f'<dimension ref="{found[1]}:{end}"/>' + xml[found.end() :]


def _cells(row: re.Match[str] | None) -> dict[int, tuple[str, str]]:
    """Column -> (attributes, content) of a row's cells."""
    if row is None:
        return {}
    return {
        row_and_column(f"{found[1]}1")[1]: (found[2], found[3] or "")
        for found in _CELL.finditer(row[3] or "")
    }


def _style(said: str) -> str:
    found = _STYLE.search(said)
    return found[0] if found else ""


def _typed(value: str, look: str, texts: set[int]) -> tuple[str, str]:
    """A cell's attributes and content: a number only where the column holds numbers."""
    found = _STYLE.search(look)
    if _NUMBER.fullmatch(value) and not (found and int(found[1]) in texts) and len(value) < 6:
        return look, f"<v>{value}</v>"
    return f'{look} t="inlineStr"', f'<is><t xml:space="preserve">{escape(value)}</t></is>'


def moved_names(xml: str, move: Move) -> str:
    """Returns the workbook part with its names (areas to print) after a move of rows."""

    def one(found: re.Match[str]) -> str:
        return found[1] + escape(moved(unescape(found[2]), move, "")) + found[3]

    return re.sub(r"(<definedName\b[^>]*>)([^<]*)(</definedName>)", one, xml)


def recalculating(parts: Mapping[str, bytes], book: str) -> str:
    """Returns the workbook part so that formulas are worked out again when it is opened."""
    xml = parts[book].decode("utf-8-sig")
    if "fullCalcOnLoad=" in xml:
        return xml
    if re.search(r"<calcPr\b", xml):
        return re.sub(r"<calcPr\b", '<calcPr fullCalcOnLoad="1"', xml, count=1)
    return xml
