"""Where the pages of a visit sheet break: between indicators, never within one."""

from __future__ import annotations

from collections.abc import Mapping

from inspections.workbook.form.layout import HEADER_ROW
from inspections.workbook.form.row_texts import WIDTHS
from inspections.workbook.form.sheet_form import SheetForm

MARGINS = {"left": 0.3, "right": 0.3, "top": 0.45, "bottom": 0.6}
"""Inches."""

_WIDTH, _HEIGHT = 841.9, 595.3
"""A4 landscape in points."""

_INCH = 72
_CAUTION = 0.985
"""Office programs differ by a few points in what fits; a page is filled to this share."""


def page_breaks(form: SheetForm, head: Mapping[int, float], tail: float) -> list[int]:
    """Returns after which rows a page ends, for a sheet that is scaled to one page's width.

    ``head`` gives the heights (points) of the rows above the header row, which is repeated;
    ``tail`` is the height of what follows the last row and stays with it.
    """
    room = (_HEIGHT - (MARGINS["top"] + MARGINS["bottom"]) * _INCH) / _scale() * _CAUTION
    repeated = form.heights[HEADER_ROW]
    used = sum(head.values()) + repeated
    breaks = []
    heading = 0
    blocks = _blocks(form)
    for block in blocks:
        height = sum(form.heights[row] for row in block) + (tail if block is blocks[-1] else 0)
        if len(block) == 1 and form.layout.rows[block[0] - HEADER_ROW - 1].kind == "heading":
            heading = block[0]
            used += height
            continue
        if used + height > room:
            # A heading goes to the next page with what it heads.
            start = heading or block[0]
            breaks.append(start - 1)
            used = repeated + sum(form.heights[row] for row in range(start, block[0]))
        used += height
        heading = 0
    return breaks


def _blocks(form: SheetForm) -> list[list[int]]:
    """The row numbers of every heading and every owner."""
    blocks: list[list[int]] = []
    for row in form.layout.rows:
        if row.kind == "slot":
            blocks[-1].append(row.number)
        else:
            blocks.append([row.number])
    return blocks


def _scale() -> float:
    """The share at which all columns fit one page's width; a character is 7 pixels wide."""
    wide = sum(width * 7 + 5 for width in WIDTHS.values()) * 0.75
    room = _WIDTH - (MARGINS["left"] + MARGINS["right"]) * _INCH
    return min(1.0, room / wide)
