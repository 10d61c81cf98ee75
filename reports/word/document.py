"""The way from a list of blocks to a Word document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, assert_never

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.type.archival import About
from reports.type.blocks import (
    BarChart,
    Block,
    CutLine,
    Gap,
    NewPage,
    Paragraph,
    Pictures,
    Signature,
    Table,
)
from reports.type.paper import FLUSH, FOLIO, NOTE, OFFICIAL, Paper, Style
from reports.word.chart import bar_chart
from reports.word.elements import add, paragraph, run, twips
from reports.word.packing import packed
from reports.word.pictures import pictures
from reports.word.styles import define, leading, tracking
from reports.word.table import table
from rubrics.messages.plain_text import plain

_FOOT_MM = 25.0
"""From the bottom of the sheet to the page number's, as GB/T 9704-2012 has it below the text."""


def word_document(blocks: Iterable[Block], about: About, paper: Paper = OFFICIAL) -> bytes:
    """Returns the blocks as a Word document (.docx): the same bytes for the same blocks.

    Its page is that of the official layout (GB/T 9704-2012); faces go by the names that they have
    on the machines of offices, and none stands in the file.
    """
    document = docx.Document()
    _set_up(document, paper)
    _tell(document, about)
    writer = _Writer(document, paper, define(document, paper))
    for block in blocks:
        writer.add(block)
    writer.finish()
    return packed(document, about.day)


def _set_up(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(paper.width_mm), Mm(paper.height_mm)
    section.top_margin, section.bottom_margin = Mm(paper.top_mm), Mm(paper.bottom_mm)
    section.left_margin, section.right_margin = Mm(paper.left_mm), Mm(paper.right_mm)
    section.header_distance, section.footer_distance = Mm(15), Mm(_FOOT_MM)
    document.settings.odd_and_even_pages_header_footer = True
    _as_word_2013(document)
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        said = footer.paragraphs[0]
        said.alignment = align
        said.paragraph_format.left_indent = said.paragraph_format.right_indent = Pt(FOLIO.size)
        run(said._p, "— ", FOLIO.face, FOLIO.size)
        run(add(said._p, "w:fldSimple", instr="PAGE"), "1", FOLIO.face, FOLIO.size)
        run(said._p, " —", FOLIO.face, FOLIO.size)


def _as_word_2013(document: Document) -> None:
    """Since then the edges of a table, not the text in it, stand at the margins."""
    settings: Any = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is not None:
        for held in list(compat.findall(qn("w:compatSetting"))):
            if held.get(qn("w:name")) == "compatibilityMode":
                compat.remove(held)
        uri = "http://schemas.microsoft.com/office/word"
        add(compat, "w:compatSetting", name="compatibilityMode", uri=uri, val=15)


def _tell(document: Document, about: About) -> None:
    told = document.core_properties
    told.title, told.author, told.subject = map(plain, (about.title, about.author, about.subject))
    told.last_modified_by = told.author
    told.language = "zh-CN"
    told.created = told.modified = datetime(about.day.year, about.day.month, about.day.day)
    told.comments = told.keywords = told.category = ""
    told.revision = 1


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

    def _signature(self, block: Signature) -> None:
        paper, line = self.paper, leading(FLUSH, self.paper)
        spaced = tracking(FLUSH, paper)
        # The middle of the date, from the right margin.
        middle = 4 * paper.pitch + _width(block.day, paper) / 2
        for signer in block.signers:
            fits = _width(signer, paper) <= 2 * middle
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
            self._empty(max(room, 1.0), breaks=breaks)

    def _empty(self, height: float, *, breaks: bool = False) -> None:
        run(paragraph(self.body, line=height, breaks=breaks), "", FLUSH.face, 1.0)

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


def _width(text: str, paper: Paper) -> float:
    return sum(1.0 if ord(letter) > 0x2E7F else 0.5 for letter in text) * paper.pitch
