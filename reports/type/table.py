"""Tables as slabs, one a row, so that they split over pages with their head repeated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from reports.type.blocks import Column, Row, Table
from reports.type.breaking import Line
from reports.type.fonts import Fonts
from reports.type.ink import Ink
from reports.type.paper import Paper
from reports.type.paragraphs import balanced, baseline, broken
from reports.type.slabs import Draw, Slab
from reports.type.typeface import Face

_SIDE = 3.5
_HEAD_GREY = 0.88
_SECTION_GREY = 0.94
# A row that needs more than this part of a page is cut into several slabs.
_LARGEST = 0.4


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell's lines, its edges from the left of the table, and how it is set."""

    left: float
    right: float
    lines: tuple[Line, ...]
    face: Face
    align: str
    grey: float | None


def table(block: Table, fonts: Fonts, paper: Paper) -> list[Slab]:
    """Returns the caption, the head and the rows as slabs."""
    total = sum(column.share for column in block.columns)
    widths = (column.share / total * paper.measure for column in block.columns)
    edges = list(accumulate(widths, initial=0.0))
    slabs = []
    if block.caption:
        slabs.append(caption(block.caption, fonts, paper))
    head = None
    if any(column.head for column in block.columns):
        cells = [
            _cell(column.head, edges[i], edges[i + 1], Face.HEI, "centre", _HEAD_GREY, block, fonts)
            for i, column in enumerate(block.columns)
        ]
        (head,) = _row_slabs(cells, block, paper, keep=True, head=None, largest=paper.depth)
        slabs.append(head)
    for row in block.rows:
        cells = _cells(row, edges, block, fonts)
        section = len(cells) == 1 < len(block.columns)
        slabs += _row_slabs(
            cells, block, paper, keep=section, head=head, largest=paper.depth * _LARGEST
        )
    if block.keep:
        slabs = [*(replace(slab, keep=True) for slab in slabs[:-1]), *slabs[-1:]]
    return slabs


def _cells(row: Row, edges: list[float], block: Table, fonts: Fonts) -> list[_Cell]:
    starts = [index for index, text in enumerate(row) if text is not None]
    stops = [*starts[1:], len(block.columns)]
    whole = len(starts) == 1 < len(block.columns)
    cells = []
    for start, stop in zip(starts, stops, strict=True):
        column: Column = block.columns[start]
        marked = whole or column.label
        cells.append(
            _cell(
                row[start] or "",
                edges[start],
                edges[stop],
                Face.HEI if marked else Face.SONG,
                column.align if not whole else "left",
                _SECTION_GREY if marked else None,
                block,
                fonts,
            )
        )
    return cells


def _cell(
    text: str,
    left: float,
    right: float,
    face: Face,
    align: str,
    grey: float | None,
    block: Table,
    fonts: Fonts,
) -> _Cell:
    room = right - left - 2 * _SIDE
    if align == "left":
        lines = broken(text, fonts[face], block.size, room)
    else:
        lines = balanced(text, fonts[face], block.size, room)
    return _Cell(left, right, lines, face, align, grey)


def _row_slabs(
    cells: list[_Cell], block: Table, paper: Paper, *, keep: bool, head: Slab | None, largest: float
) -> list[Slab]:
    line = block.line
    count = max(len(cell.lines) for cell in cells)
    most = max(1, int((largest - 2 * block.pad) / line))
    if count <= most:
        height = max(block.least, count * line + 2 * block.pad)
        return [Slab(height, _row(cells, block, height, True, True), keep=keep, head=head)]
    slabs = []
    for start in range(0, count, most):
        part = [
            _Cell(c.left, c.right, c.lines[start : start + most], c.face, c.align, c.grey)
            for c in cells
        ]
        first, last = start == 0, start + most >= count
        height = max(len(cell.lines) for cell in part) * line + block.pad * (first + last)
        slabs.append(Slab(height, _row(part, block, height, first, last), head=head))
    return slabs


def _row(cells: list[_Cell], block: Table, height: float, first: bool, last: bool) -> Draw:
    """Draws one row, or the part of a row that has its upper or lower edge or neither."""
    line = block.line
    drop = baseline(line, block.size)
    whole = first and last

    def draw(ink: Ink, x: float, y: float) -> None:
        for cell in cells:
            if cell.grey is not None:
                ink.box(x + cell.left, y - height, cell.right - cell.left, height, cell.grey)
        for cell in cells:
            above = (height - len(cell.lines) * line) / 2 if whole else block.pad * first
            text_y = y - above - drop
            for piece in cell.lines:
                if piece.text:
                    room = cell.right - cell.left - 2 * _SIDE - piece.width
                    shift = {"left": 0.0, "centre": room / 2, "right": room}[cell.align]
                    ink.text(
                        x + cell.left + _SIDE + shift,
                        text_y,
                        piece.text,
                        cell.face,
                        block.size,
                        extra=piece.extra,
                    )
                text_y -= line
        right, bottom = x + cells[-1].right, y - height
        edges = [x + cell.left for cell in cells] + [right]
        rules = [(edge, y, edge, bottom) for edge in edges]
        if first:
            rules.append((x, y, right, y))
        if last:
            rules.append((x, bottom, right, bottom))
        ink.rules(rules)

    return draw


def caption(text: str, fonts: Fonts, paper: Paper) -> Slab:
    """Returns a slab with the name of a table or a chart, which stays with what follows."""
    size = 12.0
    height = paper.leading
    left = (paper.measure - fonts[Face.HEI].stringWidth(text, size)) / 2

    def draw(ink: Ink, x: float, y: float) -> None:
        ink.text(x + left, y - height + size * 0.5, text, Face.HEI, size)

    return Slab(height, draw, keep=True)
