"""A level bar chart in a Word document: a table, whose bars are drawings.

Its names and figures are text, to be read aloud, found and copied.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from typing import Any

from docx.document import Document
from PIL import Image, ImageDraw

from reports.type.blocks import Bar, BarChart
from reports.type.chart import within
from reports.type.paper import SIZES, Paper
from reports.type.typeface import Face
from reports.word.elements import paragraph, run
from reports.word.pictures import show
from reports.word.table import begin_cell, begin_row, caption, grid

_SIZE = SIZES["五号"]
_SMALL = SIZES["小五"]
_STEP = 19.0
_THICK = 10.0
_SPACE = 8.0
_LARGEST_LABEL = 0.3
_MOST = 20
_DARK, _LIGHT, _GRID = 89, 173, 204
_AFTER = 3
"""Room between a sign and its name."""
_DOTS = 4
"""Pixels a point."""
_OVER = 12.0
"""Room left and right of the scale, into which its first and last figure reach."""


def bar_chart(document: Document, body: Any, block: BarChart, paper: Paper) -> None:
    """Adds the caption, a row for each bar, and the scale."""
    if block.caption and block.bars:
        caption(body, block.caption, paper)
    labels = max((_wide(bar.label) for bar in block.bars), default=0.0) * _SIZE
    label = min(labels, paper.measure * _LARGEST_LABEL) + _SPACE
    values = _column(block.bar_name, [bar.text for bar in block.bars])
    markers = _column(block.marker_name, [bar.marker_text for bar in block.bars])
    plot = paper.measure - label - values - markers
    edges = list(accumulate((label, plot, values, markers), initial=0.0))
    if not markers:
        edges.pop()
    made = grid(body, edges, side=0.0, ruled=False)
    # Few bars are seen at one glance.
    keep = len(block.bars) <= _MOST
    _head(document, made, block, edges, keep=keep)
    steps = len(block.scale) - 1
    for bar in block.bars:
        row = begin_row(made, _STEP)
        cell = begin_cell(row, edges, 0, 1)
        said = paragraph(cell, align="right", line=_SIZE * 1.2, right=_SPACE, keep=keep)
        run(said, bar.label, Face.SONG, _SIZE)
        said = paragraph(begin_cell(row, edges, 1, 2), align="left", left=_OVER, keep=keep)
        width = plot - 2 * _OVER
        last = bar is block.bars[-1]
        drawn = _drawn(bar.share, bar.marker, bar.span, round(width), steps, last)
        show(document, said, drawn, width, _STEP, _words(bar))
        for number, text in enumerate((bar.text, bar.marker_text)[: len(edges) - 3], 2):
            cell = begin_cell(row, edges, number, number + 1)
            run(paragraph(cell, align="right", line=_SIZE * 1.2), text, Face.SONG, _SIZE)
    _scale(made, block, edges, plot)


def _head(
    document: Document, made: Any, block: BarChart, edges: list[float], *, keep: bool
) -> None:
    """Above the figures: what they are, with the sign that stands for them in the chart."""
    row = begin_row(made, _STEP, head=True)
    for number in (0, 1):
        paragraph(begin_cell(row, edges, number, number + 1), line=_SMALL * 1.2, keep=keep)
    for number, (name, tall, wide, grey) in enumerate(
        ((block.bar_name, 7, 6, _DARK), (block.marker_name, 9, 2, 0))[: len(edges) - 3], 2
    ):
        said = paragraph(begin_cell(row, edges, number, number + 1), align="right", keep=keep)
        if name:
            show(document, said, _sign(wide, tall, grey), wide + _AFTER, tall, "图例")
            run(said, name, Face.SONG, _SMALL)


def _scale(made: Any, block: BarChart, edges: list[float], plot: float) -> None:
    row = begin_row(made, _STEP)
    paragraph(begin_cell(row, edges, 0, 1), line=_SMALL * 1.2)
    steps = len(block.scale) - 1
    stops = [_OVER + (plot - 2 * _OVER) * step / steps for step in range(steps + 1)]
    cell = begin_cell(row, edges, 1, 2)
    said = paragraph(cell, align="left", line=_SMALL * 1.4, centres=tuple(stops))
    run(said, "".join(f"\t{text}" for text in block.scale), Face.SONG, _SMALL)
    for number in range(2, len(edges) - 1):
        paragraph(begin_cell(row, edges, number, number + 1), line=_SMALL * 1.2)


@lru_cache(1000)
def _drawn(
    share: float | None,
    marker: float | None,
    span: tuple[float, float] | None,
    width: int,
    steps: int,
    last: bool,
) -> bytes:
    """A bar with its mark, or a span, and the lines behind it, as PNG; ``width``: points."""
    wide, tall = width * _DOTS, round(_STEP * _DOTS)
    image = Image.new("L", (wide, tall), 255)
    draw = ImageDraw.Draw(image)
    end = wide - 1
    for step in range(1, steps + 1):
        line = round(end * step / steps)
        draw.line((line, 0, line, tall), _GRID, 2)
    top, bottom = (tall - _THICK * _DOTS) / 2, (tall + _THICK * _DOTS) / 2
    if span is not None:
        middle, (low, high) = tall / 2, (end * within(one) for one in span)
        draw.rectangle((low, middle - 0.7 * _DOTS, high, middle + 0.7 * _DOTS), _DARK)
        half = _THICK / 4 * _DOTS
        for at in (low, high):
            draw.rectangle(
                (at - 0.7 * _DOTS, middle - half, at + 0.7 * _DOTS, middle + half), _DARK
            )
        if share is not None:
            at = end * within(share)
            draw.rectangle((at - half, middle - half, at + half, middle + half), 0)
    elif share is not None:
        reaches = marker is None or share >= marker
        length = end * within(share)
        if length:
            draw.rectangle((0, top, length, bottom), _DARK if reaches else _LIGHT)
    if marker is not None:
        at, over = end * within(marker), 3 * _DOTS
        # White edges keep the mark visible on a dark bar.
        draw.rectangle((at - 1.8 * _DOTS, top - over, at + 1.8 * _DOTS, bottom + over), 255)
        draw.rectangle((at - 0.9 * _DOTS, top - over, at + 0.9 * _DOTS, bottom + over), 0)
    draw.line((1, 0, 1, tall), 0, 3)
    if last:
        draw.line((0, tall - 2, wide, tall - 2), 0, 3)
    return _png(image)


@lru_cache
def _sign(wide: int, tall: int, grey: int) -> bytes:
    image = Image.new("L", ((wide + _AFTER) * _DOTS, tall * _DOTS), 255)
    image.paste(grey, (0, 0, wide * _DOTS, tall * _DOTS))
    return _png(image)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _words(bar: Bar) -> str:
    """What a drawing shows, for those who have it read aloud."""
    return "，".join(text for text in (bar.label, bar.text, bar.marker_text) if text)


def _wide(text: str) -> float:
    """The width of a text in letters of full width."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.5 for letter in text)


def _column(name: str, texts: list[str]) -> float:
    """The width of a column of figures with its head and the head's sign; 0 without either."""
    head = _wide(name) * _SMALL + 2 * _SPACE if name else 0.0
    most = max([head, *(_wide(text) * _SIZE for text in texts)])
    return most + _SPACE if most else 0.0
