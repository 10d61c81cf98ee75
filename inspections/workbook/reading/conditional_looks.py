"""Conditional formats of an .xlsx in which something else may be seen than a cell holds.

Whether the condition holds is not asked: it may today and not tomorrow. Colours change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from inspections.workbook.reading.number_formats import shows_all
from inspections.workbook.reading.relations import MAIN, local
from inspections.workbook.reading.rich_text import look_of

_DXF: Final = f"{{{MAIN}}}dxfs/{{{MAIN}}}dxf"
_HINTS: Final = (b'showValue="0"', b'showValue="false"', b":dxf")
"""Words of a sheet without which it has no look of its own; others stand among the styles."""


def telling_looks(styles: Element) -> dict[int, str]:
    """Returns number -> number format, or 删除线, of the looks for conditions that change more
    than colours.
    """
    found = ((number, _said(item)) for number, item in enumerate(styles.findall(_DXF)))
    return {number: said for number, said in found if said}


def conditional_looks(sheet: bytes, telling: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Yields (A1 name of its first cell, what it shows) of such conditional formats of a sheet.

    ``telling``: the looks that :func:`telling_looks` found.
    """
    behind = max(0, sheet.rfind(b"</sheetData>"))  # where alone they may stand
    if not telling and all(sheet.find(hint, behind) < 0 for hint in _HINTS):
        return
    for block in fromstring(sheet).iter():
        if local(block.tag) == "conditionalFormatting":
            inside = list(block.iter())
            of_later = (it.text or "" for it in inside if local(it.tag) == "sqref")
            where = (block.get("sqref") or next(of_later, "")).split(" ")[0].partition(":")[0]
            for item in inside:
                if said := _shown_by(item, telling):
                    yield where, said


def _shown_by(item: Element, telling: Mapping[int, str]) -> str:
    match local(item.tag):
        case "cfRule":
            number = item.get("dxfId", "")
            return telling.get(int(number), "") if number.isdecimal() else ""
        case "dxf":
            return _said(item)
        case "iconSet" | "dataBar" if item.get("showValue") in ("0", "false"):
            return "只有图标或数据条"
    return ""


def _said(look: Element) -> str:
    for item in look:
        code = item.get("formatCode", "")
        if code and not (shows_all(code) or shows_all(code, day=True)):
            return code
        if local(item.tag) == "font" and look_of(item).struck:
            return "删除线"
    return ""
