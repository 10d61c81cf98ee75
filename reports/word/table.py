"""Tables in a Word document: a head on every page, rows that no page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from reports.type.blocks import Column, Row, Table
from reports.type.paper import Paper
from reports.type.typeface import Face
from reports.word.elements import add, paragraph, run, twips

_SIDE = 3.5
_HEAD_GREY = "E0E0E0"
_SECTION_GREY = "F0F0F0"
_ALIGN = {"left": "both", "centre": "center", "right": "right"}
_CAPTION = 12.0


def table(body: Any, block: Table, paper: Paper) -> None:
    """Adds the caption, the head and the rows, as wide as they are in print."""
    if block.caption:
        caption(body, block.caption, paper)
    total = sum(column.share for column in block.columns)
    shares = accumulate((column.share for column in block.columns), initial=0.0)
    edges = [share / total * paper.measure for share in shares]
    made = grid(body, edges, pad=block.pad, ruled=True)
    if any(column.head for column in block.columns):
        row = begin_row(made, block.least, head=True)
        for number, column in enumerate(block.columns):
            cell = begin_cell(row, edges, number, number + 1, _HEAD_GREY)
            _say(cell, column.head, Face.HEI, "center", block, keep=True)
    for number, texts in enumerate(block.rows):
        _row(made, texts, edges, block, keep=block.keep and number < len(block.rows) - 1)


def _row(made: Any, texts: Row, edges: Sequence[float], block: Table, *, keep: bool) -> None:
    starts = [index for index, text in enumerate(texts) if text is not None]
    whole = len(starts) == 1 < len(block.columns)
    row = begin_row(made, block.least)
    for start, stop in zip(starts, [*starts[1:], len(block.columns)], strict=True):
        column: Column = block.columns[start]
        marked = whole or column.label
        cell = begin_cell(row, edges, start, stop, _SECTION_GREY if marked else "")
        align = "both" if whole else _ALIGN[column.align]
        face = Face.HEI if marked else Face.SONG
        _say(cell, texts[start] or "", face, align, block, keep=keep or whole)


def _say(cell: Any, text: str, face: Face, align: str, block: Table, *, keep: bool) -> None:
    run(paragraph(cell, align=align, line=block.line, keep=keep), text, face, block.size)


def caption(body: Any, text: str, paper: Paper) -> None:
    """Adds the name of a table or a chart, which stays with what follows."""
    said = paragraph(body, align="center", line=int(paper.leading * 20) / 20, keep=True)
    run(said, text, Face.HEI, _CAPTION)


def grid(
    body: Any, edges: Sequence[float], *, pad: float = 0.0, side: float = _SIDE, ruled: bool
) -> Any:
    """Returns a new table without rows. ``edges`` of its columns, ``pad``, ``side``: points."""
    made = add(body, "w:tbl")
    said = add(made, "w:tblPr")
    add(said, "w:tblW", w=twips(edges[-1]), type="dxa")
    # Borders and text stand inside of the text area, as in print.
    add(said, "w:tblInd", w=0, type="dxa")
    if ruled:
        borders = add(said, "w:tblBorders")
        for name in ("top", "left", "bottom", "right", "insideH", "insideV"):
            add(borders, f"w:{name}", val="single", sz=4, space=0, color="000000")
    add(said, "w:tblLayout", type="fixed")
    margins = add(said, "w:tblCellMar")
    for name, room in (("top", pad), ("left", side), ("bottom", pad), ("right", side)):
        add(margins, f"w:{name}", w=twips(room), type="dxa")
    columns = add(made, "w:tblGrid")
    for left, right in pairwise(edges):
        add(columns, "w:gridCol", w=twips(right) - twips(left))
    return made


def begin_row(made: Any, least: float = 0.0, *, head: bool = False) -> Any:
    """Returns a new row, ``least`` points high; a ``head`` stands on every page."""
    row = add(made, "w:tr")
    said = add(row, "w:trPr")
    add(said, "w:cantSplit")
    if least:
        add(said, "w:trHeight", val=twips(least), hRule="atLeast")
    if head:
        add(said, "w:tblHeader")
    return row


def begin_cell(row: Any, edges: Sequence[float], start: int, stop: int, grey: str = "") -> Any:
    """Returns a new cell from edge ``start`` to edge ``stop``."""
    cell = add(row, "w:tc")
    said = add(cell, "w:tcPr")
    add(said, "w:tcW", w=twips(edges[stop]) - twips(edges[start]), type="dxa")
    if stop - start > 1:
        add(said, "w:gridSpan", val=stop - start)
    if grey:
        add(said, "w:shd", val="clear", color="auto", fill=grey)
    add(said, "w:vAlign", val="center")
    return cell
