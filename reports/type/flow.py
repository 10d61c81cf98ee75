"""Blocks cut into pages: the way from a list of blocks to a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from reports.type.archival import About
from reports.type.blocks import (
    BarChart,
    Block,
    CutLine,
    Gap,
    NewPage,
    PageMark,
    Paragraph,
    Pictures,
    Signature,
    Table,
)
from reports.type.chart import bar_chart
from reports.type.fonts import Fonts
from reports.type.ink import Ink
from reports.type.paper import FOLIO, MM, OFFICIAL, Paper
from reports.type.paragraphs import cut_line, gap, page_mark, paragraph, signature
from reports.type.pictures import pictures
from reports.type.slabs import Slab
from reports.type.table import table

# Sums of line heights that fill a page exactly may exceed it in the last bits; points.
_ROUNDING = 0.01

_LITTLE = 0.6
"""A last page that holds no more than this part of a page is saved where that is possible."""

_CLOSER = (1, 2, 3)
"""So many lines more a page may hold for it."""


def typeset(blocks: Iterable[Block], fonts: Fonts, about: About, paper: Paper = OFFICIAL) -> bytes:
    """Returns the blocks as a PDF: the same bytes for the same blocks, whatever came before.

    Characters without a glyph print as boxes; ask
    :func:`reports.type.fonts.missing_glyphs` beforehand.
    """
    return typeset_all([blocks], fonts, about, paper)


def page_count(blocks: Iterable[Block], fonts: Fonts, paper: Paper = OFFICIAL) -> int:
    """Returns how many pages blocks take."""
    return len(_closed_up(list(blocks), fonts, paper))


def typeset_all(
    documents: Iterable[Iterable[Block]], fonts: Fonts, about: About, paper: Paper = OFFICIAL
) -> bytes:
    """Returns several documents as one PDF, for print on both sides of the paper.

    Each begins on a sheet of its own and counts its pages from 1.
    """
    ink = Ink(fonts, paper.size, about)
    for number, blocks in enumerate(documents):
        if number:
            ink.begin_anew()
        _set(ink, blocks, fonts, paper)
    return ink.finish()


_Page = list[tuple[Slab, float]]
"""What stands on a page, each with its top."""


def _set(ink: Ink, blocks: Iterable[Block], fonts: Fonts, paper: Paper) -> None:
    held = list(blocks)
    marks = [page_mark(block, fonts, paper) for block in held if isinstance(block, PageMark)]
    for number, page in enumerate(_closed_up(held, fonts, paper)):
        if number:
            ink.turn()
        for mark in marks:
            mark(ink, paper.left, paper.top)
        for slab, y in page:
            if slab.title:
                ink.outline(slab.title, y, slab.level)
            if slab.draw:
                slab.draw(ink, paper.left, y)
        _folio(ink, paper)


def _closed_up(blocks: Sequence[Block], fonts: Fonts, paper: Paper) -> list[_Page]:
    """The pages; where a signed paper's last holds little, lines stand closer to do without it.

    Such a page costs a sheet for a slip. The grid of 22 lines may be adjusted in special cases
    (GB/T 9704-2012, 5.2.3).
    """
    pages = _pages(blocks, fonts, paper)
    signed = any(isinstance(block, Signature) for block in blocks)
    if not signed or len(pages) < 2 or _filled(pages[-1], paper) > _LITTLE:
        return pages
    closest = [replace(paper, lines=paper.lines + more) for more in _CLOSER]
    if len(_pages(blocks, fonts, closest[-1])) == len(pages):
        return pages
    tried = (_pages(blocks, fonts, closer) for closer in closest)
    return next(held for held in tried if len(held) < len(pages))


def _filled(page: _Page, paper: Paper) -> float:
    """What part of a page has something on it."""
    return (paper.top - page[-1][1] + page[-1][0].height) / paper.depth if page else 0.0


def _pages(blocks: Iterable[Block], fonts: Fonts, paper: Paper) -> list[_Page]:
    pages: list[_Page] = [[]]
    y = paper.top
    for group in _groups(_slabs(blocks, fonts, paper)):
        height = sum(slab.height for slab in group)
        # A group that is taller than a page cannot be kept together.
        together = height <= paper.depth
        for number, slab in enumerate(group):
            needed = height if together and number == 0 else slab.height
            full = y - needed < paper.bottom - _ROUNDING and not (together and number)
            if y < paper.top and (full or slab.breaks):
                pages.append([])
                y = paper.top
                if slab.head:
                    pages[-1].append((slab.head, y))
                    y -= slab.head.height
            if slab.fades and y == paper.top:
                continue
            pages[-1].append((slab, y))
            y -= slab.height
    return pages


def _groups(slabs: Iterable[Slab]) -> Iterator[list[Slab]]:
    """Slabs that must stand on one page, together."""
    group: list[Slab] = []
    for slab in slabs:
        group.append(slab)
        if not slab.keep:
            yield group
            group = []
    if group:
        yield group


def _slabs(blocks: Iterable[Block], fonts: Fonts, paper: Paper) -> list[Slab]:
    slabs: list[Slab] = []
    breaks = False
    for block in blocks:
        if isinstance(block, NewPage):
            breaks = True
            continue
        # Neither a signature nor a slip to cut off stands alone on a page.
        if isinstance(block, (Signature, CutLine)):
            _hold_last(slabs)
        made = _made(block, fonts, paper)
        if breaks and made:
            made[0] = replace(made[0], breaks=True)
            breaks = False
        slabs += made
    return slabs


def _hold_last(slabs: list[Slab]) -> None:
    """Keeps the last slab that shows something, and the gaps after it, with what follows."""
    for index in range(len(slabs) - 1, -1, -1):
        slabs[index] = replace(slabs[index], keep=True)
        if slabs[index].draw:
            break


def _made(block: Block, fonts: Fonts, paper: Paper) -> list[Slab]:
    match block:
        case Paragraph():
            return paragraph(block, fonts, paper)
        case Gap():
            return gap(block, paper)
        case Signature():
            return signature(block, fonts, paper)
        case CutLine():
            return cut_line(block, fonts, paper)
        case Table():
            return table(block, fonts, paper)
        case BarChart():
            return bar_chart(block, fonts, paper)
        case Pictures():
            return pictures(block, fonts, paper)
        case NewPage() | PageMark():
            return []
    assert_never(block)


def _folio(ink: Ink, paper: Paper) -> None:
    """The page number below the text: right on odd pages, left on even ones, in by one."""
    text = f"— {ink.page} —"
    width = ink.fonts[FOLIO.face].stringWidth(text, FOLIO.size)
    x = paper.left + FOLIO.size
    if ink.page % 2:
        x = paper.left + paper.measure - FOLIO.size - width
    ink.text(x, paper.bottom - 7 * MM - FOLIO.size * 0.38, text, FOLIO.face, FOLIO.size)
