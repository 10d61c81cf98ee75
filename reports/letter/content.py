"""Everything that stands in one letter, from top to bottom."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from reports.letter.demands import demands
from reports.letter.dimensions import dimensions
from reports.letter.findings import findings
from reports.letter.opening import opening
from reports.letter.plain_text import printable
from reports.letter.receipt import receipt
from reports.letter.result import result
from reports.letter.strengths import strengths
from reports.letter.subject import Letter
from reports.type.blocks import (
    BarChart,
    Block,
    CutLine,
    Paragraph,
    Pictures,
    Row,
    Signature,
    Table,
)
from rubrics.messages.plain_text import one_line

_SECTIONS = (opening, result, dimensions, strengths, findings, demands, receipt)


def letter_blocks(letter: Letter) -> list[Block]:
    """Returns the blocks of a letter; nothing in them can hide or reorder what is printed."""
    return [_clean(block) for block in chain.from_iterable(make(letter) for make in _SECTIONS)]


def texts(block: Block) -> list[str]:
    """Returns every text that a block prints."""
    match block:
        case Paragraph():
            return [block.lead, block.text]
        case Signature():
            return [*block.signers, block.day]
        case CutLine():
            return [block.label]
        case Table():
            heads = (column.head for column in block.columns)
            cells = (cell for row in block.rows for cell in row if cell)
            return [block.caption, *heads, *cells]
        case BarChart():
            bars = (text for bar in block.bars for text in (bar.label, bar.text, bar.marker_text))
            return [block.caption, block.bar_name, block.marker_name, *block.scale, *bars]
        case Pictures():
            return [picture.caption for picture in block.pictures]
        case _:
            return []


def _clean(block: Block) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=printable(block.text), lead=printable(block.lead))
        case Signature():
            signers = tuple(one_line(printable(signer)) for signer in block.signers)
            return replace(block, signers=signers)
        case Table():
            return replace(block, rows=tuple(map(_clean_row, block.rows)))
        case BarChart():
            bars = tuple(replace(bar, label=printable(bar.label)) for bar in block.bars)
            return replace(block, bars=bars, caption=printable(block.caption))
        case Pictures():
            shown = (replace(p, caption=printable(p.caption)) for p in block.pictures)
            return replace(block, pictures=tuple(shown))
        case _:
            return block


def _clean_row(row: Row) -> Row:
    return tuple(cell and printable(cell) for cell in row)
