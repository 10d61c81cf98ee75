"""Pages of 现场反馈单 straight from the bytes of their parts: what stands in cells of their own.

Most of a page is formulas, by the hundred, whose results nobody asks for; whatever program saved
it. Only a page with nothing out of the way is read so: texts in places that the page has, each
cell once, no markup within them. Any other is left to the reader of whole sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import unescape

from inspections.round.table import cell, row_and_column
from inspections.workbook.form.feedback import FURTHER_LAST, LAST, PARTS, PLACE_CELL, owner_of
from inspections.workbook.reading.paper_formulas import altered_formulas
from inspections.workbook.reading.plain_xml import BAD_INDEX, contents
from inspections.workbook.reading.tags import Tags

HELD_COLUMNS: Final = "A-FHI-KMNQR"
"""Where a page has formulas, or words of its own; elsewhere among the hidden columns both stand."""

_HELD: Final = re.compile(
    rb'<c r="([%b]\d+|%b)"([^>]*)>(?:<v>([^<]*)|<is>(.*?)</is>)'
    % (HELD_COLUMNS.encode(), PLACE_CELL.encode()),
    re.DOTALL,
)
_ASIDE: Final = re.compile(rb'<c r="(?:G|[U-Z]|[A-Z]{2,3}|T(?!1"))\d*"[^>]*[^/]>')
_LAST_CELL: Final = re.compile(rb'<c r="[A-Z]+(\d{1,7})"')
_PLACE: Final = b'<c r="%b"' % PLACE_CELL.encode()
_TEXT: Final = re.compile(rb'<t(?: xml:space="preserve")?>([^<]*)</t>|<t/>')
_RUNS: Final = re.compile(
    rb"(?:<r>(?:<rPr>(?:<[^<>]*/>)*</rPr>)?<t(?: xml:space=\"preserve\")?>[^<]*</t></r>)+"
)
"""LibreOffice keeps Chinese and Latin letters of a text apart."""

_TYPE: Final = re.compile(rb'\st="(\w+)"')
_ITEM: Final = re.compile(rb"<si>(.*?)</si>|<si/>", re.DOTALL)
_UNFINISHED: Final = ("&#", "_x", "\r")
"""What a text has of characters that XML, or Excel, spells in a way of their own."""

_ROWS: Final = {1: LAST, 2: FURTHER_LAST}
_WIDTH: Final = row_and_column(PLACE_CELL)[1] + 1
assert len(PARTS) < _WIDTH

Texts = list[list[str]]
"""A page's rows, blank where it has formulas, but for those of the table that were altered."""


def is_paper(sheet: bytes) -> bool:
    """Whether a worksheet part may be a page of the paper."""
    return _PLACE in sheet


def shared_texts(strings: bytes) -> list[bytes]:
    """Returns the items of a package's shared texts, as they are written there."""
    return _ITEM.findall(strings)


def page_texts(sheet: bytes, shared: Sequence[bytes]) -> Texts | None:
    """Returns what the cells of a page hold that have no formula, and formulas that somebody
    altered; None where that is for the reader of whole sheets. ``shared``: of :func:`shared_texts`.
    """
    if _ASIDE.search(sheet) or BAD_INDEX.search(sheet) or contents(sheet, Tags(sheet)) < 0:
        return None
    found = list(_texts(sheet, shared))
    texts = dict(found)
    owner = owner_of(texts.get(PLACE_CELL))
    if owner is None or None in texts.values() or len(texts) < len(found):
        return None
    last = _ROWS[owner[1]]
    end = _LAST_CELL.match(sheet, sheet.rfind(b"<c r="))
    if end is None or int(end[1]) > last:
        return None
    rows = [[""] * _WIDTH for _ in range(last)]
    for name, text in texts.items():
        row, column = row_and_column(name)
        if row >= last:
            return None
        rows[row][column] = text or ""
    for name, formula in altered_formulas(sheet, owner[1]).items():
        row, column = row_and_column(name)
        rows[row][column] = formula
    return rows


def held(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Yields the cells that hold something among those of :func:`page_texts`."""
    for at, row in enumerate(rows):
        for column, raw in enumerate(row[:-1]):
            if raw:
                yield cell(at, column)


def _texts(sheet: bytes, shared: Sequence[bytes]) -> Iterator[tuple[str, str | None]]:
    """Yields (A1 name, text) of cells that hold something of their own; None for what is no
    simple text.
    """
    for name, attributes, value, inline in _HELD.findall(sheet):
        kind = _TYPE.search(attributes)
        match kind and kind[1]:
            case b"inlineStr":
                written = inline
            case b"s" if int(value) < len(shared):
                written = shared[int(value)]
            case _:
                written = b"<"
        simple = _TEXT.fullmatch(written) or _RUNS.fullmatch(written)
        whole = b"".join(_TEXT.findall(written)) if simple else None
        yield name.decode(), None if whole is None else _plain(whole)


def _plain(written: bytes) -> str | None:
    try:
        text = written.decode()
    except UnicodeDecodeError:
        return None
    if any(mark in text for mark in _UNFINISHED):
        return None
    return unescape(text, {"&quot;": '"', "&apos;": "'"}) if "&" in text else text
