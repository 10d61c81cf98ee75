"""The lines of a monthly report: what is counted, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rubrics.language.subject import SCHOOLS, Words
from scoring.years.month import Both, Counts

LINES: Final = {
    "检查次数（校·细则）": "visits",
    "检查校次（校·日）": "school_days",
    "检查学校": "schools",
    "出动人次（人·日）": "person_days",
    "在校时间（小时）": "minutes",
    "列入整改的问题": "faults",
    "　其中立行立改": "at_once",
    "　　当场改正": "on_spot",
    "　其中限期整改": "termed",
    "　其中长期坚持": "long_term",
    "销号": "closed",
    "逾期": "overdue",
    "延期": "extended",
    "退回": "returned",
    "反弹": "relapsed",
}
RULINGS: Final = {
    "约谈": "talks",
    "谈话提醒": "reminders",
    "通报批评": "notices",
    "取消评优评先资格": "awards_lost",
    "限期整改通知": "terms",
    "移送": "referrals",
    "提请问责": "proceedings",
    "表彰": "commended",
}
ELSEWHERE: Final = (
    "停止办学通知单", "压减机构", "取缔", "处罚（执法部门）", "举报受理", "举报办结", "举报人满意",
    "作业时间达标学校", "课后服务达标学校", "公开报道",
)  # fmt: skip
"""What others keep; a bureau fills it in."""

NOT_HERE: Final = "—"
TO_FILL: Final = "要录"
BROKEN_DOWN: Final = ("visits", "minutes", "faults", "on_spot", "closed", "overdue", "extended")
HEADS: Final = ("检查次数", "在校小时", "问题", "当场改正", "销号", "逾期", "延期")

NOTES: Final = (
    (
        "“累计”从本批次开始到月末。销号、逾期、延期、退回、反弹按月末的情形，逾期的本月数是本月内开始逾期的；"
        "月末以后的进展不计。"
    ),
    "列入整改的问题按立项日期计，问题＝立行立改＋限期整改＋长期坚持；更正后撤回的不算。",
    "“—”是本批次没有登记的；“要录”是检查、整改和问责以外的，由有关科室填写。",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; None where the round has nothing to count it from. ``hours``: with one decimal.

    ``elsewhere``: others keep it, and fill it in.
    """

    title: str
    month: int | None
    so_far: int | None
    hours: bool = False
    elsewhere: bool = False

    def text(self, value: int | None) -> str:
        """Returns a figure as it is printed."""
        if value is None:
            return TO_FILL if self.elsewhere else NOT_HERE
        return hours_text(value) if self.hours else str(value)


def lines(both: Both, *, ruled: bool, words: Words = SCHOOLS) -> Iterator[Line]:
    """Yields all lines; ``ruled``: whether accountability is kept in this round.

    What others keep of schools alone is none of a round that inspects something else.
    """
    for title, name in LINES.items():
        yield Line(words.said(title), *_values(both, name), name == "minutes")
    for title, name in RULINGS.items():
        yield Line(title, *(_values(both, name) if ruled else (None, None)))
    for title in ELSEWHERE:
        if words.is_school or "学校" not in title:
            yield Line(title, None, None, elsewhere=True)


def cells(counts: Counts) -> tuple[str, ...]:
    """Returns the figures of a broken-down table, as text."""
    found = ((name, getattr(counts, name)) for name in BROKEN_DOWN)
    return tuple(hours_text(value) if name == "minutes" else str(value) for name, value in found)


def hours_text(minutes: int) -> str:
    """Returns hours with one decimal, half-up: 90 minutes are ``1.5``."""
    tenths = (minutes * 10 + 30) // 60
    return f"{tenths // 10}.{tenths % 10}"


def _values(both: Both, name: str) -> tuple[int, int]:
    return getattr(both.month, name), getattr(both.so_far, name)
