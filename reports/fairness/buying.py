"""What one more inspector, or one more visit, would buy: a table of all rubrics."""

from __future__ import annotations

from collections.abc import Iterator

from reports.fairness.styles import SMALL
from reports.fairness.subject import Subject
from reports.fairness.wording import figure
from reports.type.blocks import Block, Column, Gap, Paragraph, Row, Table
from scoring.fairness.generalisability import Decision
from scoring.fairness.measuring import MeasuredRubric


def told_error(one: MeasuredRubric) -> str:
    """Returns what a total errs by as things are, as it is printed; empty where that is unknown, or
    none at all: all sheets of a visit agree, and nothing can be less.
    """
    now = one.study.buying.now
    return "" if now is None or figure(now.error) == "0.00" else figure(now.error)


def buying_blocks(subject: Subject) -> Iterator[Block]:
    """Yields what totals err by as things are and with one more; nothing where none is known."""
    known = [one for one in subject.measured.rubrics.values() if told_error(one)]
    if not known:
        return
    yield Gap(0.3)
    yield Table(
        (
            Column("细则", 0.29),
            Column("现在", 0.24, "centre"),
            Column("总分的误差", 0.15, "right"),
            Column("每次多一位督学", 0.16, "right"),
            Column("每校多去一次", 0.16, "right"),
        ),
        tuple(map(_row, known)),
        caption="多派一位、多去一次，总分的误差减到几分（概化分析，Brennan 2001）",
        keep=True,
    )
    if any(one.study.buying.visit is None for one in known):
        yield Paragraph(
            "“无从知道”：每所学校只去过一次，不同日子差多少没有可比的；"
            "抽一部分学校另选一天再查一次，就能知道。",
            SMALL,
        )


def _row(one: MeasuredRubric) -> Row:
    held = one.study.buying
    assert held.now is not None
    return (
        one.rubric.title,
        f"去 {held.now.visits} 次，每次 {held.now.inspectors} 份表",
        _points(held.now),
        _points(held.inspector),
        _points(held.visit),
    )


def _points(plan: Decision | None) -> str:
    return "无从知道" if plan is None else f"{figure(plan.error)} 分"
