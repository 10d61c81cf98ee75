"""Headers and footers: what somebody wrote there, without codes and what programs put there.

The blank sheet has a footer with the school, the page and the rubric; LibreOffice adds the name
of the sheet and the page's number to sheets that have neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element

from inspections.workbook.reading.relations import local

_HEADER: Final = b"headerFooter"
_PIECE: Final = re.compile(
    rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]*)</", re.DOTALL
)
_SECTION: Final = re.compile(r"&[LCR]")
_CODE: Final = re.compile(r'&"[^"]*"|&K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&\d{1,3}|&[A-Za-z]')
_USUAL: Final = frozenset(
    {"", "第页，共页", "第页", "页", "共页", "第页共页", "Page", "Pageof", "/"}
)
"""What is left of page numbers without the numbers."""

_FIELDS: Final = frozenset(
    ["sheet-name", "page-number", "page-count", "title", "date", "time", "file-name", "subject"]
)


def words_of_pages(sheet: bytes) -> tuple[str, ...]:
    """Returns what stands in the header and footer of a worksheet part, piece by piece."""
    start = sheet.find(_HEADER, max(sheet.rfind(b"</sheetData>"), 0))
    return _words(sheet[start : sheet.rfind(_HEADER)]) if start >= 0 else ()


@lru_cache(256)
def _words(pages: bytes) -> tuple[str, ...]:
    """Workbooks of one school have the same."""
    pieces = (unescape(found.decode("utf-8", "replace")) for found in _PIECE.findall(pages))
    return tuple(text for piece in pieces for text in words_of_code(piece))


def words_of_code(code: str) -> Iterator[str]:
    """Yields the words of a header as Excel writes it: ``&L&9甲校&C第 &P 页``."""
    for section in _SECTION.split(code.replace("&&", "\ufffc")):
        text = _CODE.sub("", section).replace("\ufffc", "&").strip()
        if bare(text) not in _USUAL:
            yield text


def words_of_master_pages(styles: Element) -> Iterator[str]:
    """Yields what stands in the headers and footers of an .ods file."""
    for item in styles.iter():
        if local(item.tag).startswith(("header", "footer")) and not local(item.tag).endswith(
            ("style", "properties")
        ):
            for line in item.iter():
                if local(line.tag) == "p":
                    text = "".join(_said(line)).strip()
                    if bare(text) not in _USUAL:
                        yield text


def _said(item: Element) -> Iterator[str]:
    """The text of an element without that of fields."""
    if local(item.tag) not in _FIELDS:
        yield item.text or ""
        for child in item:
            yield from _said(child)
            yield child.tail or ""


def bare(text: str) -> str:
    """Returns a text without blanks."""
    return "".join(text.split())
