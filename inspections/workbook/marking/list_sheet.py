"""Draws 请先看这里, the first sheet of a marked copy: every problem, with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from inspections.workbook.drawing.formats import BODY_FONT, DEEP, HEADING_FONT, INK, LINE
from inspections.workbook.drawing.package import attribute
from inspections.workbook.drawing.template import xml_text
from inspections.workbook.form.row_texts import line_count
from inspections.workbook.marking.colours import FILLS
from inspections.workbook.marking.remarks import ORDER, WORDS
from inspections.workbook.marking.xml_edits import appended
from rubrics.messages.plain_text import plain
from rubrics.messages.problems import Problem

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WIDTHS = (6, 7, 27, 47, 47)
HEADINGS = ("序号", "轻重", "位置（点一下就到）", "问题", "怎么改")
WHAT_TO_DO = (
    "请直接在这份文件里改正下面列出的格子，检查表里红色的是错误、橙色的是提醒、蓝色的是说明，"
    "没有列出的不用动。改好后把这份文件交回，文件名随意，收表时自动代替原来交的那一份。"
)
NOTHING_TO_DO = "下面列出的问题不能在这份文件里改，请按“怎么改”一栏办；这份文件不用交回。"
_NOT_HERE = frozenset(
    {
        "identity-altered",
        "sheet-altered",
        "sheet-occasion-unknown",
        "sheet-rubric-inapplicable",
        "sheet-rubric-unknown",
        "sheet-school-unknown",
        "workbook-old-rubric",
        "workbook-other-round",
    }
)
"""Problems that nothing typed into this workbook puts right."""

COPIED_OUT = (
    "原件的格式不能直接标注，这份是按读到的内容重新誊写的；没有读到的（放错位置的文字、批注、图片等）"
    "没有誊过来，请对照原件核对。"
)
SAID = (WHAT_TO_DO, NOTHING_TO_DO, COPIED_OUT)
"""What stands above the list."""

_NO_CELL = "整个文件"
_NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"


class Listed(NamedTuple):
    """A problem, and the sheet and cell that it is shown at (both may be empty)."""

    problem: Problem
    sheet: str
    cell: str


class _Look(IntEnum):
    """The formats of the sheet, counted from the first that is added to a workbook."""

    TITLE = 0
    SAID = 1
    HEADING = 2
    TEXT = 3
    CENTRE = 4
    LINK = 5
    WORST = 6  # and the two severities after it


def with_looks(styles: str) -> tuple[str, int]:
    """Returns the styles with the formats of the sheet, and the number of the first."""

    def colour(value: str) -> str:
        return f'rgb="FF{value.lstrip("#")}"'

    def font(name: str, size: float, ink: str, more: str = "") -> str:
        return f'<font>{more}<sz val="{size}"/><color {colour(ink)}/><name val="{name}"/></font>'

    def fill(rgb: str) -> str:
        return (
            f'<fill><patternFill patternType="solid"><fgColor rgb="{rgb}"/>'
            '<bgColor indexed="64"/></patternFill></fill>'
        )

    sides = "".join(
        f'<{side} style="thin"><color {colour(LINE)}/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    styles, fonts = appended(
        styles,
        "fonts",
        "font",
        (
            font(HEADING_FONT, 18, INK),
            font(BODY_FONT, 11, INK),
            font(HEADING_FONT, 10.5, "#FFFFFF"),
            font(BODY_FONT, 10.5, INK),
            font(BODY_FONT, 10.5, "#1F5FA8", "<u/>"),
        ),
    )
    grounds = (f"FF{DEEP.lstrip('#')}", *(FILLS[severity] for severity in ORDER))
    styles, fills = appended(styles, "fills", "fill", [fill(rgb) for rgb in grounds])
    styles, borders = appended(
        styles, "borders", "border", [f"<border>{sides}<diagonal/></border>", _NO_BORDER]
    )

    def look(type_face: int, ground: int | None, edge: int, across: str, wrap: int = 1) -> str:
        filled = fills + ground if ground is not None else 0
        indent = int(across == "left" and edge == 0)
        return (
            f'<xf numFmtId="0" fontId="{fonts + type_face}" fillId="{filled}"'
            f' borderId="{borders + edge}" xfId="0" applyFont="1" applyFill="1"'
            f' applyBorder="1" applyAlignment="1"><alignment horizontal="{across}"'
            f' vertical="center" wrapText="{wrap}" indent="{indent}"/></xf>'
        )

    return appended(
        styles,
        "cellXfs",
        "xf",
        (
            look(0, None, 1, "left", 0),
            look(1, None, 1, "left"),
            look(2, 0, 0, "center"),
            look(3, None, 0, "left"),
            look(3, None, 0, "center"),
            look(4, None, 0, "left"),
            *(look(3, number, 0, "center") for number in range(1, len(ORDER) + 1)),
        ),
    )


def list_sheet(problems: Sequence[Listed], first_look: int, copied_out: bool) -> tuple[str, int]:
    """Returns the sheet's XML, and the number of its row of headings.

    ``first_look`` is what :func:`with_looks` returned.
    """
    hopeless = all(item.problem.code in _NOT_HERE for item in problems)
    said = [NOTHING_TO_DO if hopeless else WHAT_TO_DO, *([COPIED_OUT] if copied_out else [])]
    width = sum(_WIDTHS)
    rows = [_row(1, 34, [_cell("A1", "请先看这里", first_look + _Look.TITLE)])]
    for number, text in enumerate(said, 2):
        height = 17 * line_count(text, width - 4, 11) + 6
        rows.append(_row(number, height, [_cell(f"A{number}", text, first_look + _Look.SAID)]))
    head = len(rows) + 1
    cells = [
        _cell(f"{column}{head}", text, first_look + _Look.HEADING)
        for column, text in zip("ABCDE", HEADINGS, strict=True)
    ]
    rows.append(_row(head, 22, cells))
    links = []
    for number, (item, sheet, cell) in enumerate(problems, 1):
        at = head + number
        place = f"{sheet} {cell}".strip() or _NO_CELL
        texts = (plain(f"{item.message}。"), plain(f"{item.remedy}。"))
        lines = [
            line_count(text, room - 2, 10.5)
            for text, room in zip((place, *texts), _WIDTHS[2:], strict=True)
        ]
        worst = first_look + _Look.WORST + ORDER.index(item.severity)
        shown = first_look + (_Look.LINK if sheet else _Look.TEXT)
        made = [
            f'<c r="A{at}" s="{first_look + _Look.CENTRE}"><v>{number}</v></c>',
            _cell(f"B{at}", WORDS[item.severity], worst),
            _cell(f"C{at}", place, shown),
            _cell(f"D{at}", texts[0], first_look + _Look.TEXT),
            _cell(f"E{at}", texts[1], first_look + _Look.TEXT),
        ]
        rows.append(_row(at, 15 * max(lines) + 7, made))
        if sheet:
            target = "'" + sheet.replace("'", "''") + f"'!{cell or 'A1'}"
            links.append(
                f'<hyperlink ref="C{at}" location="{attribute(target)}"'
                f' display="{attribute(place)}"/>'
            )
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(_WIDTHS, 1)
    )
    merged = "".join(f'<mergeCell ref="A{row}:E{row}"/>' for row in range(1, head))
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:E{head + len(problems)}"/><sheetViews><sheetView'
        f' showGridLines="0" tabSelected="1" workbookViewId="0"><pane ySplit="{head}"'
        f' topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="C{head + 1}" sqref="C{head + 1}"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<mergeCells count="{head - 1}">{merged}</mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return xml, head


def _row(number: int, height: float, cells: Sequence[str]) -> str:
    return f'<row r="{number}" ht="{height}" customHeight="1">{"".join(cells)}</row>'


def _cell(name: str, text: str, look: int) -> str:
    return (
        f'<c r="{name}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}'
        "</t></is></c>"
    )
