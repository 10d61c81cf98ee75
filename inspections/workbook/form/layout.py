"""Where everything stands on a visit sheet: the one truth that writer and reader share.

Above the header row (column A holds ``编号``) stands the head, with fixed cells. Below it, every
row whose column A is not blank is the row of that address (``B4``, ``D6.refund``); headings,
signatures and notes leave column A blank. The writer puts rows where :func:`sheet_layout` says;
a reader finds them by their address, since people insert and delete rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from typing import Literal, TypeAlias

from inspections.round.school import School
from rubrics.language.bonuses import belongs
from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import Dimension, Extra, Indicator, RedLine, Rubric
from rubrics.language.slots import address, extra_slots, red_line_slots, slots
from rubrics.language.subject import INSPECTOR, Words
from rubrics.rules import Slot
from rubrics.values.conditions import Traits, holds
from rubrics.values.points import plain


class Column(IntEnum):
    """The columns of a visit sheet, counted from 0.

    Those from ``READ`` to ``NUMBER`` are hidden and hold what the formulas work with: what an
    entry is read as, the score of a composite's part, how many entries the owner has, what is
    still missing, the failed key item, the crossed red line, and the number that an entry holds as
    a text. What was done at once stands behind them, so that everything else is where earlier
    editions have it; behind that, hidden as well, the scores of composites within a composite, and
    of those within these.
    """

    ADDRESS = 0
    TITLE = 1
    POINTS = 2
    HOW = 3
    THRESHOLD = 4
    STATE = 5
    PROMPT = 6
    ENTRY = 7
    UNIT = 8
    SCORE = 9
    FAULT = 10
    EVIDENCE = 11
    REMARK = 12
    READ = 13
    PART = 14
    GIVEN = 15
    NEEDS = 16
    KEY = 17
    LINE = 18
    NUMBER = 19
    AT_ONCE = 20
    INNER = 21
    INNERMOST = 22

    @property
    def letter(self) -> str:
        """The column's letter."""
        return chr(ord("A") + self)

    def at(self, row: int) -> str:
        """Returns the A1 name of this column's cell in ``row`` (counted from 1)."""
        return f"{self.letter}{row}"

    @property
    def hidden(self) -> bool:
        """Whether the column holds what the formulas work with."""
        return Column.READ <= self <= Column.NUMBER or self >= Column.INNER


PARTS = Column.PART, Column.INNER, Column.INNERMOST
"""Where the scores of parts stand: of those without parts, of composites, of those within these."""


def part_cell(row: int, level: int) -> str:
    """Returns the cell of a part's score; ``level`` is its place in :data:`PARTS`."""
    return PARTS[level].at(row)


HEADINGS: dict[Column, str] = {
    Column.ADDRESS: "编号",
    Column.TITLE: "二级指标",
    Column.POINTS: "分值",
    Column.HOW: "核查方式与计分办法",
    Column.THRESHOLD: "法定阈值",
    Column.STATE: "状态",
    Column.PROMPT: "填写项",
    Column.ENTRY: "填写",
    Column.UNIT: "单位",
    Column.SCORE: "得分",
    Column.FAULT: "问题事实",
    Column.EVIDENCE: "佐证文件名",
    Column.REMARK: "备注",
    Column.AT_ONCE: "当场处理",
}

INPUTS = (
    Column.STATE,
    Column.ENTRY,
    Column.FAULT,
    Column.EVIDENCE,
    Column.REMARK,
    Column.AT_ONCE,
)
"""The columns in which people enter something."""

TITLE_ROW = 1
TOTALS_ROW = 5
HEADER_ROW = 6
IDENTITY_CELL = "N1"
"""The sheet's identity text stands here, in a hidden column (see ``identity``)."""

IDENTITY_SHEET = "_identity"
GUIDE_SHEET = "填表说明"
MARKS_SHEET = "请先看这里"
"""The first sheet of a marked copy: what is wrong in it."""

HeadEntry: TypeAlias = Literal["text", "date", "time", "inspector", "inspectors"]


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One field of the head: its label and value as A1 ranges; ``entry`` is None where given."""

    label: str
    label_range: str
    range: str
    entry: HeadEntry | None = None

    @property
    def cell(self) -> str:
        """The cell that holds the value."""
        return self.range.partition(":")[0]


HEAD: dict[str, HeadCell] = {
    item.label: item
    for item in (
        HeadCell("学校", "A2", "B2:D2"),
        HeadCell("学校代码", "E2", "F2:H2"),
        HeadCell("学段", "I2:J2", "K2"),
        HeadCell("检查组", "L2", "M2"),
        HeadCell("填表督学", "A3", "B3:D3", "inspector"),
        HeadCell("同行督学", "E3", "F3:H3", "inspectors"),
        HeadCell("到校时间", "I3:J3", "K3", "time"),
        HeadCell("离校时间", "L3", "M3", "time"),
        HeadCell("细则批次", "A4", "B4:D4"),
        HeadCell("陪同人员及职务", "E4", "F4:H4", "text"),
        HeadCell("检查日期", "I4:J4", "K4", "date"),
        HeadCell("次别", "L4", "M4"),
    )
}
"""The head by label. An inspector's sheet names one person in 填表督学; 同行督学 may name
several, with ``、`` between them."""

TOTALS: dict[str, str] = {
    "得分": "B5:C5",
    "应得": "D5",
    "标化分": "E5",
    "加减分": "F5:G5",
    "已查": "H5:J5",
    "提示": "K5:M5",
}
"""The running totals by name; ``提示`` names failed key items and red lines."""

SIGNED = ("检查人签字：", "陪同人员签字：", "日期：")
_STAGE = "学段"
STATEMENT, REFUSAL = "学校陈述意见：", "拒签说明："
"""Below the last row; what stands behind them is kept and scores nothing."""

CONFIRM = Slot("", "其余全部符合", "yes_no")
"""The entry on the heading row of a dimension: whatever is blank below it was seen and in order.

Its label stands in the row's prompt; sheets that were printed without it have nothing there.
"""


def label_of(label: str, words: Words) -> str:
    """Returns how a field of the head, or a line below the rows, is called on a sheet."""
    if label == _STAGE and not words.is_school:
        return next(iter(words.subject.groups), "类别")
    return words.said(label)


def rubric_told(rubric: Rubric, round_title: str) -> str:
    """Returns what stands in 细则批次."""
    return f"{rubric.title} {rubric.version} 版；{round_title}"


def labels_of(label: str, words: Words) -> tuple[str, ...]:
    """Returns how a field of the head is called on a sheet now, and in editions that called
    whoever inspects 督学.
    """
    return label_of(label, words), label_of(label, replace(words, people=INSPECTOR))


def stage_of(school: School, words: Words) -> str:
    """Returns what stands in the field of that name: the trait by which one is ranked."""
    wanted = _STAGE if words.is_school else next(iter(words.subject.groups), "")
    return str(school.traits.get(wanted, ""))


RowKind: TypeAlias = Literal["heading", "single", "owner", "slot", "inapplicable"]
"""``heading``: a dimension or a section, no address; a dimension's has the slot :data:`CONFIRM`.
``single``: an owner's first row that is
also a slot (its only one, or the one whose key is empty; any others follow as ``slot`` rows).
``owner``: the first row of an owner with several slots, which follow as ``slot`` rows.
``inapplicable``: an indicator that the school's traits rule out, greyed and locked."""

Owner: TypeAlias = Indicator | RedLine | Extra

AT_ONCE_HEAD, AT_ONCE_HINT = "U2:U5", "发现问题当场做了什么，印在现场反馈单上"
"""Beside the head, above the column of what was done at once."""

_NOTES = frozenset({Column.FAULT, Column.EVIDENCE, Column.REMARK, Column.AT_ONCE})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a visit sheet. ``number`` counts from 1; ``inputs`` are its unlocked columns.

    ``section``: the id of the dimension that it heads or belongs to. ``text``: of a heading, or of
    an indicator what it costs when it is found again, which no sheet can work out.
    """

    number: int
    kind: RowKind
    address: str = ""
    owner: str = ""
    item: Owner | None = None
    slot: Slot | None = None
    inputs: frozenset[Column] = field(default=frozenset())
    text: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """All rows of one owner; ``rows[0]`` has its state, score, fault, evidence and remark."""

    item: Owner
    owner: str
    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        """The owner's own row."""
        return self.rows[0]

    @property
    def slot_rows(self) -> tuple[Row, ...]:
        """The rows with an entry, in the order of the slots."""
        return tuple(row for row in self.rows if row.slot is not None)


@dataclass(frozen=True)
class SheetLayout:
    """The rows of a visit sheet in order, from the first below the header to the last address."""

    rows: tuple[Row, ...]

    @cached_property
    def by_address(self) -> dict[str, Row]:
        """Every row that has an address."""
        return {row.address: row for row in self.rows if row.address}

    @cached_property
    def sections(self) -> dict[str, Row]:
        """The heading row of every dimension, by its id."""
        return {row.section: row for row in self.rows if row.kind == "heading" and row.section}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The rows by owner, inapplicable indicators among them."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.owner:
                found.setdefault(row.owner, []).append(row)
        return tuple(
            Block(rows[0].item, owner, tuple(rows))
            for owner, rows in found.items()
            if rows[0].item is not None
        )

    @property
    def indicator_rows(self) -> tuple[int, int]:
        """The first and last row numbers that hold indicators; the running totals span them."""
        numbers = [row.number for row in self.rows if isinstance(row.item, Indicator)]
        return min(numbers), max(numbers)

    @property
    def last_row(self) -> int:
        """The number of the last row."""
        return self.rows[-1].number


def sheet_title(rubric: Rubric) -> str:
    """Returns what stands on top of a visit sheet."""
    return f"{rubric.title}　检查表"


def sheet_layout(rubric: Rubric, traits: Traits) -> SheetLayout:
    """Returns the rows of a visit sheet for a school with ``traits``, top to bottom.

    Dimensions with their indicators come first, then the rubric's own red lines, then bonus and
    penalty items. Nothing but the rubric and the traits decides where a row stands.
    """
    rows = tuple(_number(_unnumbered(rubric, traits)))
    return SheetLayout(rows)


def _number(rows: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, HEADER_ROW + 1):
        yield replace(row, number=number)


def _weight(dimension: Dimension) -> str:
    return "" if dimension.weight is None else f"，计入总分{plain(dimension.weight)}分"


def _unnumbered(rubric: Rubric, traits: Traits) -> Iterator[Row]:
    for dimension in rubric.dimensions:
        section = dimension.id
        yield Row(
            0,
            "heading",
            slot=CONFIRM,
            inputs=frozenset({Column.ENTRY}),
            text=f"{section} {dimension.title}（{plain(dimension.points)}分{_weight(dimension)}）",
            section=section,
        )
        for indicator in dimension.indicators:
            repeat = repeat_of(rubric, indicator)
            told = repeat.describe(demerits=rubric.scale == "demerits") if repeat else ""
            if holds(indicator.when, traits):
                for row in _block(indicator.id, indicator, slots(indicator, traits)):
                    yield replace(row, section=section, text="" if row.kind == "slot" else told)
            else:
                yield Row(0, "inapplicable", indicator.id, indicator.id, indicator, text=told)
    if rubric.red_lines:
        yield Row(0, "heading", text="红线核查（逐条填“是”或“否”）")
    for line in rubric.red_lines:
        yield from _block(line.id or "", line, red_line_slots(line))
    for title, extras in (("加分项", rubric.bonus), ("附加扣分", rubric.penalty)):
        if extras:
            caps = "".join(
                f"，其中“{it.title}”不超过 {plain(it.bonus_cap)} 分"
                for it in rubric.dimensions
                if it.bonus_cap is not None and any(belongs(extra, it) for extra in extras.items)
            )
            told = f"{title}（合计不超过 {plain(extras.cap)} 分{caps}，没有的不填）"
            yield Row(0, "heading", text=told)
            for extra in extras.items:
                yield from _block(extra.id, extra, extra_slots(extra))


def first_row(item: Indicator, traits: Traits) -> Row:
    """Returns the first row of an indicator as it is where the indicator applies."""
    return next(_block(item.id, item, slots(item, traits)))


def _block(owner: str, item: Owner, found: Sequence[Slot]) -> Iterator[Row]:
    state = frozenset({Column.STATE}) if isinstance(item, Indicator) else frozenset()
    if not found and not isinstance(item, Indicator):
        return
    own = _NOTES | state
    if found and (len(found) == 1 or not found[0].key):
        first, *found = found
        yield Row(0, "single", address(owner, first), owner, item, first, own | {Column.ENTRY})
    else:
        yield Row(0, "owner", owner, owner, item, None, own)
    for slot in found:
        entry = frozenset({Column.ENTRY})
        yield Row(0, "slot", address(owner, slot), owner, item, slot, entry)
