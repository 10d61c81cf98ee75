"""The paper that a school holds before the inspectors leave: where everything stands on it.

One page, and a second one that is printed only when the first says so: no program of all three
(Excel, WPS, LibreOffice) leaves out a page that holds nothing but formulas, and LibreOffice takes
no print area that a formula gives. So a whole workbook that is printed or turned into a PDF always
has the second page, which says itself where it is not needed. A row of the table is a line of
print, and a long text takes several, since no row grows by itself when a formula's result does. All
of it stands beside the table, in hidden columns, as a list with a row for every item; the table
picks from there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from inspections.workbook.form.identity import Identity, decode, encode
from rubrics.language.rubric import Rubric

FEEDBACK, FURTHER = "现场反馈单", "现场反馈单续页"


class Part(IntEnum):
    """The columns of the table, counted from 0."""

    NUMBER = 0
    FACT = 1
    STANDARD = 2
    DEMAND = 3
    DEADLINE = 4
    AT_ONCE = 5


PARTS: Final = {
    Part.NUMBER: "序号",
    Part.FACT: "问题事实（指标、事实、实测或填报）",
    Part.STANDARD: "法定标准",
    Part.DEMAND: "整改要求",
    Part.DEADLINE: "期限",
    Part.AT_ONCE: "当场处理",
}
WIDTHS: Final = {
    Part.NUMBER: 6.5,
    Part.FACT: 38,
    Part.STANDARD: 16,
    Part.DEMAND: 22,
    Part.DEADLINE: 10,
    Part.AT_ONCE: 12,
}
"""In characters of the default font."""

ROOM: Final = {
    Part.FACT: 23,
    Part.STANDARD: 10,
    Part.DEMAND: 13,
    Part.DEADLINE: 7,
    Part.AT_ONCE: 7,
}
"""Characters of a text that one row of the table takes: a line of print."""

FIRST: Final = 8
"""The first row of the table, counted from 1."""

ROWS, FURTHER_FIRST, FURTHER_ROWS = 50, 4, 66
"""Rows of the table on the first page; the first one on the second page, and how many."""

TABLE: Final = {
    1: range(FIRST, FIRST + ROWS),
    2: range(FURTHER_FIRST, FURTHER_FIRST + FURTHER_ROWS),
}
"""The rows of the table on each page, counted from 1."""

END: Final = FIRST + ROWS
"""The row below the table of the first page; what is signed follows."""

LAST: Final = END + 6
FURTHER_LAST: Final = FURTHER_FIRST + FURTHER_ROWS + 1
"""The last rows of the two pages."""

PLACE_CELL: Final = "T1"
"""Which visit the paper belongs to stands here, in a hidden column; never where a visit has it."""

LIST_FIRST: Final = 2
"""The first row of the list in the hidden columns."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One entry of the paper: its label, and the cells (A1 ranges) of label and entry."""

    label: str
    label_range: str
    range: str

    @property
    def cell(self) -> str:
        """The cell that holds the entry."""
        return self.range.partition(":")[0]


ENTRIES: Final = {
    item.label: item
    for item in (
        Asked("反馈地点", "A5", "B5"),
        Asked("反馈时间", "C5", "D5:F5"),
        Asked("单位意见", f"A{END + 1}", f"B{END + 1}:F{END + 1}"),
        Asked("拒签原因", f"A{END + 5}", f"B{END + 5}"),
        Asked("见证人", f"C{END + 5}", f"D{END + 5}:F{END + 5}"),
    )
}
"""What may be typed on the paper itself, by label; signatures are written by hand."""

SIGNED: Final = ("检查人员签字：", "被检查单位负责人签字：", "日期：")
COMPANY_SIGNED: Final = "陪同人员签字："
NOTE: Final = (
    "本单是检查当日的初步反馈，一式两份，双方各执一份；得分、等次和最后认定的问题以正式意见书为准。"
    "对本单有意见的，可以当场陈述，也可以在收到意见书后书面提出。"
)
WORDS: Final = (*PARTS.values(), *ENTRIES, *SIGNED, COMPANY_SIGNED, NOTE)
"""What is printed on every paper."""

_MARK: Final = "feedback"


def feedback_title(rubric: Rubric) -> str:
    """Returns what the paper is headed: as the letter is called, where the rubric names it.

    督导意见书 is the final opinion (教育督导条例 21 条); what is said on the spot is none yet.
    """
    general = type(rubric).model_fields["letter_title"].default
    return FEEDBACK if rubric.letter_title == general else rubric.letter_title


def further_title(rubric: Rubric) -> str:
    """Returns what its second page is headed."""
    return f"{feedback_title(rubric)}（续页）"


def subtitle(round_title: str) -> str:
    """Returns what stands below the heading of the first page."""
    return f"（现场反馈）　{round_title}　编号：＿＿＿＿＿＿"


def owned(identity: Identity, page: int) -> str:
    """Returns what page ``page`` of the paper says of the visit that it belongs to."""
    bare = replace(identity, seal="", more=())
    return f"{_MARK}={page}|{encode(bare).partition('|')[2]}"


def owner_of(text: object) -> tuple[Identity, int] | None:
    """Returns the visit that a page belongs to, and which page it is; None where it is none."""
    if not isinstance(text, str) or not text.startswith(f"{_MARK}="):
        return None
    head, _, rest = text.partition("|")
    found, page = decode(f"v=1|{rest}"), head.removeprefix(f"{_MARK}=")
    return (found, int(page)) if found and page in ("1", "2") else None


def bare_identity(identity: Identity) -> Identity:
    """Returns an identity as papers name it: without its seal, and what it corrects."""
    return replace(identity, seal="", more=())
