"""The page of a Word document, and what programs show of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt

from reports.type.archival import About
from reports.type.paper import FOLIO, MARK_FACE, MARK_SIZE, Paper
from reports.word.elements import add, run
from rubrics.messages.plain_text import plain

_FOOT_MM = 25.0
"""From the bottom of the sheet to the page number's, as GB/T 9704-2012 has it below the text."""


def set_up(document: Document, paper: Paper) -> None:
    """Sets margins, and page numbers at the outer edges: odd right, even left."""
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


def mark_section(section: Section, text: str) -> None:
    """Puts a text at the head of every page of a section, below what stands there."""
    headers = [section.header, section.even_page_header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    for header in headers:
        header.is_linked_to_previous = False
        said = header.paragraphs[-1]
        if said.text or said._p.xpath(".//w:drawing|.//w:pict"):
            said = header.add_paragraph()
        said.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run(said._p, text, MARK_FACE, MARK_SIZE)


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


def tell(document: Document, about: About) -> None:
    """Says what the document is; the day stands in for the clock."""
    told = document.core_properties
    told.title, told.author, told.subject = map(plain, (about.title, about.author, about.subject))
    told.last_modified_by = told.author
    told.language = "zh-CN"
    told.created = told.modified = datetime(about.day.year, about.day.month, about.day.day)
    told.keywords = plain(about.keywords)
    told.comments = told.category = ""
    told.revision = 1
