"""A template as it ships: paragraphs and tables in the official layout, with tags in them.

What is made here is edited in Word afterwards, so everything stands in styles under plain names,
and nothing in text boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from reports.official.fonts import name_fonts
from reports.type.archival import About
from reports.type.paper import FLUSH, OFFICIAL, SIZES
from reports.type.typeface import Face
from reports.word.elements import add, look, run, twips, unspaced
from reports.word.packing import packed
from reports.word.page import set_up, tell
from reports.word.styles import define, tracking
from reports.word.table import begin_cell, begin_row, grid

_LEADING = int(OFFICIAL.leading * 20) / 20
_PITCH = OFFICIAL.pitch
_DAY_WIDTH = 7
"""Characters that a day takes, 2026年11月28日: three wide, eight of half the width."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A style of an official paper beside those that letters have; measures in points."""

    face: Face = Face.FANGSONG
    size: float = SIZES["三号"]
    line: float = _LEADING
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    align: str = "both"
    before: float = 0.0
    keep: bool = False
    level: int = 0
    breaks: bool = False


LETTERHEAD = "红头留空"
NUMBER = "发文字号"
ADDRESSEE = "主送机关"
ATTACHMENTS = "附件说明"
SIGNER = "署名"
DAY = "成文日期"
IMPRINT = "版记"
ATTACHMENT = "附件标识"
ATTACHMENT_TITLE = "附件标题"
HEAD, CELL, CELL_CENTRED = "表头", "表文", "表文居中"
TABLE_CAPTION = "表题"
TABLE_NOTE = "表注"
TAG = "标签"

_TABLE = _Look(size=SIZES["五号"], line=16.0, align="left")
_LOOKS = {
    # Whoever prints on letterhead paper sets its height by this one line.
    LETTERHEAD: _Look(line=5 * _LEADING),
    NUMBER: _Look(align="center"),
    ADDRESSEE: _Look(),
    ATTACHMENTS: _Look(left=6 * _PITCH, first=-4 * _PITCH, align="left", keep=True),
    SIGNER: _Look(left=OFFICIAL.measure - (8 + _DAY_WIDTH) * _PITCH, align="center", keep=True),
    DAY: _Look(right=4 * _PITCH, align="right"),
    IMPRINT: _Look(size=SIZES["四号"], line=24.0, left=_PITCH, right=_PITCH),
    ATTACHMENT: _Look(face=Face.HEI, breaks=True, keep=True),
    ATTACHMENT_TITLE: _Look(
        face=Face.XIAOBIAOSONG, size=SIZES["二号"], line=36.0, align="center", before=_LEADING,
        keep=True, level=1,
    ),
    HEAD: _Look(face=Face.HEI, size=SIZES["五号"], line=16.0, align="center", keep=True),
    CELL: _TABLE,
    CELL_CENTRED: _Look(size=SIZES["五号"], line=16.0, align="center"),
    TABLE_CAPTION: _Look(face=Face.HEI, size=SIZES["小四"], line=24.0, align="center", keep=True),
    TABLE_NOTE: _Look(size=SIZES["小四"], line=21.0),
    TAG: _Look(size=SIZES["小五"], line=12.0, align="left"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a table: its head, its share of the width, and what stands in each row."""

    head: str
    share: float
    text: str
    centred: bool = True


class Draft:
    """A template that grows at its end; texts hold the tags, as ``{{ 标题 }}``."""

    def __init__(self, about: str) -> None:
        self._document = docx.Document()
        set_up(self._document, OFFICIAL)
        tell(self._document, About(about, day=date(2026, 1, 1)))
        names = define(self._document, OFFICIAL)
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._body_text = next(key for name, key in self._styles.items() if name == "Body Text")
        self._flush = names[FLUSH]
        for name, looks in _LOOKS.items():
            self._styles[name] = self._define(name, looks)
        body: Any = self._document.element.body
        self._section = body.find(qn("w:sectPr"))
        body.remove(self._section)
        for held in self._section.findall(qn("w:docGrid")):
            self._section.remove(held)
        add(self._section, "w:docGrid", type="lines", linePitch=twips(_LEADING))
        self._body = body

    def letterhead(self) -> None:
        """Leaves room for the letterhead, which nobody draws, and a line for the number."""
        self.say("", LETTERHEAD)
        self.say("{{ 文号 }}", NUMBER)
        self.blank()

    def title(self, text: str) -> None:
        """Adds the title, and the empty line below it."""
        self.say(text, "Title")
        self.blank()

    def blank(self, *, keep: bool = False) -> None:
        """Adds an empty line of the grid; ``keep``: on the page of what follows."""
        self.say("", "Normal", keep=keep)

    def body(self, text: str, *, keep: bool = False) -> None:
        """Adds a paragraph of the text; ``keep``: on the page of what follows."""
        self.say(text, "Body Text", keep=keep)

    def heading(self, text: str, level: int = 1) -> None:
        """Adds a heading, 一、 (level 1) or （一） (level 2)."""
        self.say(text, f"Heading {level}")

    def tag(self, text: str) -> None:
        """Adds a tag that is a paragraph of its own and leaves none: ``for 段 in 问题``."""
        self.say(f"{{%p {text} %}}", TAG)

    def each(
        self, one: str, of: str, text: str, style: str = "Body Text", *, keep: bool = False
    ) -> None:
        """Adds a paragraph for each of a list: ``{{ one }}`` in ``text``; ``keep``: as in body."""
        self.tag(f"for {one} in {of}")
        self.say(text, style, keep=keep)
        self.tag("endfor")

    def closing(self, *, more: bool = False) -> None:
        """Adds the list of attachments, who signs and when, and whom to ask (附注).

        All of it stands on one page, with what follows where there is ``more``, a receipt say;
        whoever writes the last paragraph of the text keeps that with it, for nobody signs an empty
        page.
        """
        self.tag("if 附件")
        self.blank(keep=True)
        self.tag("endif")
        # 附件： and the blanks that stand below it are three characters wide.
        self.each(
            "名称",
            "附件",
            "{% if loop.first %}附件：{% else %}　　　{% endif %}"
            "{% if 附件|length > 1 %}{{ loop.index }}. {% endif %}{{ 名称 }}",
            ATTACHMENTS,
        )
        self.blank(keep=True)
        self.blank(keep=True)
        self.say("{{ 署名 }}", SIGNER)
        self.tag("if 附注")
        self.say("{{ 日期 }}", DAY, keep=True)
        # Else a telephone number that goes on in the next line would pull the first one apart.
        self.say("（{{ 附注 }}）", "Body Text", keep=more).pPr.jc_val = WD_ALIGN_PARAGRAPH.LEFT
        self.tag("else")
        self.say("{{ 日期 }}", DAY, keep=more)
        self.tag("endif")

    def imprint(self) -> None:
        """Adds who else receives the paper (抄送), between two rules, where there are such."""
        self.tag("if 抄送")
        self.blank(keep=True)
        made = self.say("抄送：{{ 抄送 }}。", IMPRINT)
        rules = add(made.pPr, "w:pBdr")
        for side in ("top", "bottom"):
            add(rules, f"w:{side}", val="single", sz=6, space=1, color="000000")
        made.pPr.remove(rules)
        made.pPr.pStyle.addnext(rules)
        self.tag("endif")

    def attachment(self, mark: str, title: str) -> None:
        """Begins a page with the mark of an attachment (附件1) and its title."""
        self.say(mark, ATTACHMENT)
        self.say(title, ATTACHMENT_TITLE)

    def table(self, columns: Sequence[Cell], one: str, of: str) -> None:
        """Adds a table: a head that every page repeats, and a row for each of a list."""
        total = sum(column.share for column in columns)
        shares = accumulate((column.share for column in columns), initial=0.0)
        edges = [share / total * OFFICIAL.measure for share in shares]
        made = grid(self._body, edges, pad=2.0, ruled=True)
        row = begin_row(made, head=True)
        for at, column in enumerate(columns):
            self._in(begin_cell(row, edges, at, at + 1), column.head, HEAD)
        self._row_tag(made, edges, f"for {one} in {of}")
        row = begin_row(made)
        for at, column in enumerate(columns):
            style = CELL_CENTRED if column.centred else CELL
            self._in(begin_cell(row, edges, at, at + 1), column.text, style)
        self._row_tag(made, edges, "endfor")

    def say(self, text: str, style: str, *, keep: bool = False) -> Any:
        """Adds a paragraph in a style, by its name; returns it."""
        made = self._in(self._body, text, style)
        if keep:
            add(made.pPr, "w:keepNext")
        return made

    def content(self) -> bytes:
        """Returns the template as a file: the same bytes each time."""
        self._body.append(self._section)
        name_fonts(self._document)
        return packed(self._document, date(2026, 1, 1))

    def _row_tag(self, made: Any, edges: Sequence[float], text: str) -> None:
        row = begin_row(made)
        self._in(begin_cell(row, edges, 0, len(edges) - 1), f"{{%tr {text} %}}", TAG)

    def _in(self, parent: Any, text: str, style: str) -> Any:
        made = add(parent, "w:p")
        add(add(made, "w:pPr"), "w:pStyle", val=self._styles[style])
        if text:
            run(made, text)
        return made

    def _define(self, name: str, looks: _Look) -> str:
        held = self._document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        element: Any = held.element
        said = add(element, "w:pPr")
        if looks.keep:
            add(said, "w:keepNext")
        if looks.breaks:
            add(said, "w:pageBreakBefore")
        add(said, "w:widowControl")
        unspaced(said)
        add(said, "w:snapToGrid", val=0)
        add(
            said, "w:spacing", before=twips(looks.before), after=0, line=twips(looks.line),
            lineRule="exact",
        )  # fmt: skip
        first = "hanging" if looks.first < 0 else "firstLine"
        add(
            said, "w:ind", left=twips(looks.left), right=twips(looks.right),
            **{first: twips(abs(looks.first))},
        )  # fmt: skip
        add(said, "w:jc", val=looks.align)
        if looks.level:
            add(said, "w:outlineLvl", val=looks.level - 1)
        solid = tracking(FLUSH, OFFICIAL) if looks.size == FLUSH.size else 0.0
        look(add(element, "w:rPr"), looks.face, looks.size, solid)
        return held.style_id or name
