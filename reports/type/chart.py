"""A level bar chart, drawn directly: bars with a mark to compare each with.

It says the same in grey as in colour: bars that reach their mark are dark, others light, and
every figure is printed beside its bar.
"""

from __future__ import annotations

from dataclasses import replace

from reports.type.blocks import Bar, BarChart
from reports.type.fonts import Fonts
from reports.type.ink import Ink
from reports.type.paper import SIZES, Paper
from reports.type.paragraphs import baseline, broken
from reports.type.slabs import Slab
from reports.type.table import caption
from reports.type.typeface import Face

_SIZE = SIZES["五号"]
_SMALL = SIZES["小五"]
_STEP = 19.0
_THICK = 10.0
_SPACE = 8.0
_LARGEST_LABEL = 0.3
_MOST = 20
_DARK, _LIGHT, _GRID = 0.35, 0.68, 0.8


def bar_chart(block: BarChart, fonts: Fonts, paper: Paper) -> list[Slab]:
    """Returns the caption and one slab with the whole chart, or several for very many bars."""
    parts = [block.bars[start : start + _MOST] for start in range(0, len(block.bars), _MOST)]
    slabs = [_slab(replace(block, bars=part), fonts, paper) for part in parts]
    return [caption(block.caption, fonts, paper), *slabs] if block.caption and slabs else slabs


def _slab(block: BarChart, fonts: Fonts, paper: Paper) -> Slab:
    song = fonts[Face.SONG]
    labels_room = paper.measure * _LARGEST_LABEL
    labels = [broken(bar.label, song, _SIZE, labels_room, justify=False) for bar in block.bars]
    left = max((line.width for lines in labels for line in lines), default=0.0) + _SPACE
    values = _column(block.bar_name, [bar.text for bar in block.bars], fonts)
    markers = _column(block.marker_name, [bar.marker_text for bar in block.bars], fonts)
    right = paper.measure - (markers + _SPACE if markers else 0) - values - _SPACE
    heights = [max(_STEP, len(lines) * _SIZE * 1.2 + 5) for lines in labels]
    top, foot = _STEP, _STEP
    height = top + sum(heights) + foot

    def draw(ink: Ink, x: float, y: float) -> None:
        plot = right - left
        zero, floor = x + left, y - top - sum(heights)
        steps = len(block.scale) - 1
        for step, text in enumerate(block.scale):
            at = zero + plot * step / steps
            if step:
                ink.box(at - 0.2, floor, 0.4, sum(heights), _GRID)
            width = song.stringWidth(text, _SMALL)
            ink.text(at - width / 2, floor - _SMALL - 3, text, Face.SONG, _SMALL)
        value_end = x + right + _SPACE + values
        _heads(ink, block, fonts, value_end, x + paper.measure, y - baseline(top, _SIZE))
        line_y = y - top
        for bar, lines, tall in zip(block.bars, labels, heights, strict=True):
            text_y = line_y - (tall - len(lines) * _SIZE * 1.2) / 2
            for line in lines:
                drop = baseline(_SIZE * 1.2, _SIZE)
                at = zero - _SPACE - line.width
                ink.text(at, text_y - drop, line.text, Face.SONG, _SIZE)
                text_y -= _SIZE * 1.2
            middle = line_y - tall / 2
            _bar(ink, bar, zero, middle, plot)
            drop = middle - _SIZE * 0.38
            for text, end in ((bar.text, value_end), (bar.marker_text, x + paper.measure)):
                ink.text(end - song.stringWidth(text, _SIZE), drop, text, Face.SONG, _SIZE)
            line_y -= tall
        ink.rules([(zero, y - top, zero, floor), (zero, floor, zero + plot, floor)], 0.7)

    return Slab(height, draw)


def _bar(ink: Ink, bar: Bar, zero: float, middle: float, plot: float) -> None:
    if bar.span is not None:
        low, high = (zero + plot * within(end) for end in bar.span)
        ink.box(low, middle - 0.7, high - low, 1.4, _DARK)
        for end in (low, high):
            ink.box(end - 0.7, middle - _THICK / 4, 1.4, _THICK / 2, _DARK)
        if bar.share is not None:
            at = zero + plot * within(bar.share)
            ink.box(at - _THICK / 4, middle - _THICK / 4, _THICK / 2, _THICK / 2, 0.0)
    elif bar.share is not None:
        reaches = bar.marker is None or bar.share >= bar.marker
        length = plot * within(bar.share)
        ink.box(zero, middle - _THICK / 2, length, _THICK, _DARK if reaches else _LIGHT)
    if bar.marker is not None:
        at = zero + plot * within(bar.marker)
        # White edges keep the mark visible on a dark bar.
        ink.box(at - 1.8, middle - _THICK / 2 - 3, 3.6, _THICK + 6, 1.0)
        ink.box(at - 0.9, middle - _THICK / 2 - 3, 1.8, _THICK + 6, 0.0)


def within(share: float) -> float:
    """Returns a share that lies on the scale: its nearer end where it lies beyond."""
    return min(1.0, max(0.0, share))


def _column(name: str, texts: list[str], fonts: Fonts) -> float:
    """The width of a column of figures with its head and the head's sign."""
    song = fonts[Face.SONG]
    head = song.stringWidth(name, _SMALL) + _SPACE if name else 0.0
    return max([head, *(song.stringWidth(text, _SIZE) for text in texts)])


def _heads(
    ink: Ink, block: BarChart, fonts: Fonts, value_end: float, marker_end: float, y: float
) -> None:
    """Above the figures: what they are, with the sign that stands for them in the chart."""
    song = fonts[Face.SONG]
    if block.bar_name:
        at = value_end - song.stringWidth(block.bar_name, _SMALL)
        ink.box(at - 8, y, 6, 7, _DARK)
        ink.text(at, y, block.bar_name, Face.SONG, _SMALL)
    if block.marker_name:
        at = marker_end - song.stringWidth(block.marker_name, _SMALL)
        ink.box(at - 5, y - 1, 1.8, 9, 0.0)
        ink.text(at, y, block.marker_name, Face.SONG, _SMALL)
