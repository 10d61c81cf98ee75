"""Everything that stands in one letter, from top to bottom."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import chain

from reports.letter.demands import demands
from reports.letter.dimensions import dimensions
from reports.letter.findings import findings
from reports.letter.mark import Mark
from reports.letter.opening import opening
from reports.letter.own_scores import own_scores
from reports.letter.photographs import wanted_proofs
from reports.letter.plain_text import printable
from reports.letter.receipt import receipt
from reports.letter.result import result
from reports.letter.strengths import strengths
from reports.letter.subject import Letter
from reports.type.blocks import (
    BarChart,
    Block,
    CutLine,
    PageMark,
    Paragraph,
    Pictures,
    Row,
    Signature,
    Table,
)
from rubrics.messages.plain_text import one_line

_SECTIONS = (opening, result, dimensions, own_scores, strengths, findings, demands, receipt)
_MARKED = (_SECTIONS.index(opening), _SECTIONS.index(receipt))
"""Sections that a mark stands on."""


def letter_blocks(letter: Letter) -> list[Block]:
    """Returns the blocks of a letter; nothing in them can hide or reorder what is printed."""
    return LetterParts(letter).blocks(letter.mark)


class LetterParts:
    """A letter without a mark, so that what it says is known before it is given a number."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter.marked(None)
        self._parts = [[_clean(block) for block in make(self.letter)] for make in _SECTIONS]

    @property
    def digest(self) -> str:
        """The SHA-256 (hex) of what the letter says.

        Photographs go by their files, whether this computer has them or not. How the letter is set
        is no part of it.
        """
        said = [self.letter.title, *(proof.digest for proof in wanted_proofs(self.letter))]
        for block in chain.from_iterable(self._parts):
            if not isinstance(block, Pictures):
                said += texts(block)
        return hashlib.sha256("\0".join(said).encode(errors="backslashreplace")).hexdigest()

    def blocks(self, mark: Mark | None) -> list[Block]:
        """Returns all blocks, with a mark on those that bear it."""
        parts = list(self._parts)
        if mark is not None:
            letter = self.letter.marked(mark)
            for place in _MARKED:
                parts[place] = [_clean(block) for block in _SECTIONS[place](letter)]
        return list(chain.from_iterable(parts))


def texts(block: Block) -> list[str]:
    """Returns every text that a block prints."""
    match block:
        case Paragraph():
            return [block.lead, block.text]
        case Signature():
            return [*block.signers, block.day, *(block.code.beside if block.code else ())]
        case PageMark():
            return [block.text]
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
