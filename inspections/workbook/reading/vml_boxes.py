"""Boxes in the older language of drawings (VML): controls, text boxes, the frames of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from inspections.round.table import cell
from inspections.workbook.reading.beside import Beside, quoted

_START: Final = re.compile(r"<\w+:(?:shape|rect|roundrect|oval|line|polyline|arc|curve)(?=[\s>/])")
_TYPE: Final = re.compile(r'\bObjectType="(\w+)"')
_BOX: Final = re.compile(r"<\w+:textbox\b[^>]*(?<!/)>")
_BOX_END: Final = re.compile(r"</\w+:textbox>")
_TAG: Final = re.compile(r"<[^>]*>")
_CONTROLS: Final = frozenset({
    "Button", "Checkbox", "Dialog", "Edit", "GBox", "Group", "Label", "LineA", "List", "Movie",
    "Pict", "Radio", "Scroll", "Spin",
})  # fmt: skip


def boxes(part: bytes, sheet: str) -> Iterator[Beside]:
    """Yields the boxes of a part: all but frames of notes and lists without any text in them."""
    drawn = part.decode("utf-8", "replace")
    starts = [found.start() for found in _START.finditer(drawn)]
    for start, end in zip(starts, [*starts[1:], len(drawn)], strict=True):
        shape = drawn[start:end]
        kind = _TYPE.search(shape)
        named = kind[1] if kind else ""
        text = quoted(_written(shape))
        picture = ":imagedata" in shape and named in ("", "Pict")
        if not text and (named in ("Note", "Drop") or picture):
            continue
        what = "窗体控件" if named in _CONTROLS else "批注" if named == "Note" else "文本框"
        yield Beside(what if text or named in _CONTROLS else "图形", sheet, _at(shape), text)


def _written(shape: str) -> str:
    start = _BOX.search(shape)
    if start is None:
        return ""
    end = _BOX_END.search(shape, start.end())
    return unescape(_TAG.sub("", shape[start.end() : end.start() if end else len(shape)]))


def _at(shape: str) -> str:
    """The cell of a note, or of a box's upper left corner."""
    row, column = (re.search(rf"<\w+:{name}>(\d{{1,7}})<", shape) for name in ("Row", "Column"))
    if row and column:
        return cell(int(row[1]), min(int(column[1]), 16_383))
    corner = re.search(r":Anchor>\s*(\d{1,5}),\s*\d+,\s*(\d{1,7}),", shape)
    return cell(int(corner[2]), min(int(corner[1]), 16_383)) if corner else ""
