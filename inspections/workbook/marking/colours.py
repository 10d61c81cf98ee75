"""Colours the cells that have problems, by a conditional format.

The cell's own format stays as it was, so that marks can be taken away again without a trace: the
rules are known by their formula, which is always true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from inspections.workbook.marking.remarks import ORDER
from inspections.workbook.marking.xml_edits import NotEditableError, appended, before
from rubrics.messages.problems import Severity

FILLS = {Severity.ERROR: "FFF28B82", Severity.WARNING: "FFFFD27F", Severity.NOTE: "FFAECBFA"}
_FORMULA = '"核对标记"&lt;&gt;""'
_RULE = re.compile(r"<cfRule\b[^>]*?(?:/>|>.*?</cfRule>)", re.DOTALL)
_NO_RULES = re.compile(r"<conditionalFormatting\b[^>]*>\s*</conditionalFormatting>")
_PRIORITY = re.compile(r'(<(?:x14:)?cfRule\b[^>]*\bpriority=")(\d+)"')
_AFTER_FORMATS = (
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches",
    "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


def with_fills(styles: str) -> tuple[str, dict[Severity, int]]:
    """Returns the styles with a differential format for every severity, and their numbers."""
    if not re.search(r"<dxfs\b", styles):
        styles = before(styles, '<dxfs count="0"/>', ("tableStyles", "colors", "extLst"))
    looks = [
        '<dxf><font><color rgb="FF1F2933"/></font><fill><patternFill patternType="solid">'
        f'<fgColor rgb="{FILLS[severity]}"/><bgColor rgb="{FILLS[severity]}"/>'
        "</patternFill></fill></dxf>"
        for severity in ORDER
    ]
    styles, first = appended(styles, "dxfs", "dxf", looks)
    return styles, {severity: first + number for number, severity in enumerate(ORDER)}


def coloured(sheet: str, cells: Mapping[str, Severity], fills: Mapping[Severity, int]) -> str:
    """Returns a sheet's XML with these cells coloured, and no others by an earlier marking."""
    # Some programs write Chinese as character references.
    sheet = _RULE.sub(lambda rule: "" if "核对标记" in unescape(rule[0]) else rule[0], sheet)
    sheet = _NO_RULES.sub("", sheet)
    if not cells:
        return sheet
    # Ours go first, whatever else colours a cell.
    sheet = _PRIORITY.sub(lambda rule: f'{rule[1]}{int(rule[2]) + len(ORDER)}"', sheet)
    rules = "".join(
        f'<conditionalFormatting sqref="{" ".join(found)}"><cfRule type="expression" '
        f'dxfId="{fills[severity]}" priority="{number}" stopIfTrue="1">'
        f"<formula>{_FORMULA}</formula></cfRule></conditionalFormatting>"
        for number, severity in enumerate(ORDER, 1)
        if (found := [cell for cell, worst in cells.items() if worst is severity])
    )
    start = max(sheet.find("</sheetData>"), sheet.find("</customSheetViews>"))
    if start < 0:
        raise NotEditableError("sheetData")
    return before(sheet, rules, _AFTER_FORMATS, start)
