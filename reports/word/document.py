"""The way from a list of blocks to a Word document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, assert_never

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section

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
from reports.type.paper import FLUSH, NOTE, OFFICIAL, Paper, Style
from reports.word.chart import bar_chart
from reports.word.code import code, width
from reports.word.elements import add, paragraph, run, twips
from reports.word.packing import packed
from reports.word.page import mark_section, set_up, tell
from reports.word.pictures import pictures
from reports.word.styles import define, leading, tracking
from reports.word.table import table


def word_document(blocks: Iterable[Block], about: About, paper: Paper = OFFICIAL) -> bytes:
    """Returns the blocks as a Word document (.docx): the same bytes for the same blocks.

    Its page is that of the official layout (GB/T 9704-2012); faces go by the names that they have
    on the machines of offices, and none stands in the file.
    """
    document = docx.Document()
    set_up(document, paper)
    tell(document, about)
    writer = _Writer(document, paper, define(document, paper))
    for block in blocks:
        writer.add(block)
    writer.finish()
    return packed(document, about.day)


@dataclass
class _Writer:
    """A document that grows at its end.

    ``gap``: empty room in points that is due, if something follows on the page; ``breaks``:
    whether what follows begins a page.
    """

    document: Document
    paper: Paper
    styles: dict[Style, str]
    body: Any = field(init=False)
    gap: float = 0.0
    breaks: bool = False

    def __post_init__(self) -> None:
        whole: Any = self.document.element.body
        self.section = whole.find(qn("w:sectPr"))
        whole.remove(self.section)
        self.body = whole

    def add(self, block: Block) -> None:
        """Adds one block at the end."""
        match block:
            case Paragraph():
                self._paragraph(block)
            case Gap():
                self._gap(block)
            case NewPage():
                self.breaks = True
            case PageMark():
                self._page_mark(block)
            case CutLine():
                self._hold_last()
                self._cut_line(block)
            case Signature():
                self._hold_last()
                self._signature(block)
            case Table():
                self._apart(caption=block.caption)
                table(self.body, block, self.paper)
            case BarChart():
                self._apart(caption=block.caption)
                bar_chart(self.document, self.body, block, self.paper)
            case Pictures():
                self._apart()
                pictures(self.document, self.body, block, self.paper)
            case _:
                assert_never(block)

    def finish(self) -> None:
        """Ends the document: its last table needs a paragraph behind it."""
        if self._after_table():
            paragraph(self.body, line=1.0)
        self.body.append(self.section)

    def _paragraph(self, block: Paragraph) -> None:
        style = block.style
        said = paragraph(
            self.body,
            style=self.styles[style],
            before=self._room(),
            keep=block.keep,
            breaks=self._break(),
        )
        if block.lead:
            run(said, block.lead, block.lead_face, style.size, tracking(style, self.paper))
        run(said, block.text)

    def _gap(self, block: Gap) -> None:
        room = block.lines * leading(FLUSH, self.paper)
        if block.fixed:
            self._empty(room)
        else:
            self.gap += room

    def _page_mark(self, block: PageMark) -> None:
        mark_section(Section(self.section, self.document.part), block.text)

    def _signature(self, block: Signature) -> None:
        paper, line = self.paper, leading(FLUSH, self.paper)
        spaced = tracking(FLUSH, paper)
        # The middle of the date, from the right margin.
        middle = 4 * paper.pitch + width(block.day, paper.pitch) / 2
        if block.code:
            self._apart()
            short = all(width(signer, paper.pitch) <= 2 * middle for signer in block.signers)
            beside = code(self.body, block.code, paper, 2 * middle if short else 0.0)
            if beside is not None:
                for text in (*block.signers, block.day):
                    said = paragraph(beside, align="center", line=line, keep=True)
                    run(said, text, FLUSH.face, FLUSH.size, spaced)
                return
        for signer in block.signers:
            fits = width(signer, paper.pitch) <= 2 * middle
            said = paragraph(
                self.body,
                align="center" if fits else "right",
                line=line,
                before=self._room(),
                left=paper.measure - 2 * middle if fits else 0.0,
                keep=True,
                breaks=self._break(),
            )
            run(said, signer, FLUSH.face, FLUSH.size, spaced)
        said = paragraph(self.body, align="right", line=line, right=4 * paper.pitch)
        run(said, block.day, FLUSH.face, FLUSH.size, spaced)

    def _cut_line(self, block: CutLine) -> None:
        """The dashes are lines of tab stops, so that they reach as far as the text."""
        paper, line = self.paper, leading(FLUSH, self.paper)
        said = paragraph(self.body, align="left", line=line, before=self._room(), keep=True)
        tabs = said.pPr._insert_tabs(said.pPr._new_tabs())
        wide = NOTE.size * len(block.label)
        middle = (paper.measure - wide) / 2 - NOTE.size
        for kind, at in (("left", middle), ("right", paper.measure)):
            add(tabs, "w:tab", val=kind, leader="hyphen", pos=twips(at))
        blank = "　" if block.label else ""
        run(said, f"\t{blank}{block.label}{blank}\t", NOTE.face, NOTE.size)

    def _apart(self, caption: str = "") -> None:
        """Parts a table from what stands before it: two in a row would be one."""
        room, breaks = self._room(), self._break()
        if room or breaks or (self._after_table() and not caption):
            # What is to stand over a table stays with it through the room between them.
            self._empty(max(room, 1.0), breaks=breaks, keep=True)

    def _empty(self, height: float, *, breaks: bool = False, keep: bool = False) -> None:
        run(paragraph(self.body, line=height, breaks=breaks, keep=keep), "", FLUSH.face, 1.0)

    def _room(self) -> float:
        room, self.gap = self.gap, 0.0
        return room

    def _break(self) -> bool:
        breaks, self.breaks = self.breaks, False
        return breaks

    def _after_table(self) -> bool:
        return len(self.body) > 0 and self.body[-1].tag == qn("w:tbl")

    def _hold_last(self) -> None:
        """Keeps what stands last on the page of what follows."""
        if len(self.body):
            last = self.body[-1]
            rows = last.findall(qn("w:tr"))
            for said in (rows[-1] if rows else last).iter(qn("w:pPr")):
                said.get_or_add_keepNext()
