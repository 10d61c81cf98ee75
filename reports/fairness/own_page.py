"""An inspector's own page: how their sheets compare, and which cells to look at; of nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from reports.fairness.checks import checks_of
from reports.fairness.styles import SMALL, TEXT
from reports.fairness.subject import Subject
from reports.fairness.wording import figure, interval, strictness
from reports.type.blocks import Block, Column, Paragraph, Row, Table, heading, title
from reports.type.paper import UNDER_TITLE
from rubrics.messages.outgoing import outgoing


def own_blocks(subject: Subject, inspector: str) -> list[Block]:
    """Returns the blocks of the page of an inspector, by code."""
    return list(_blocks(subject, inspector))


def _blocks(subject: Subject, inspector: str) -> Iterator[Block]:
    yield title("我的评分情况")
    round_ = subject.opened.round
    yield Paragraph(outgoing(f"{round_.title}　{subject.person(inspector)}"), UNDER_TITLE)
    yield Paragraph(
        f"这一页只给您本人看。{subject.effect}数字说明和同去的人相比怎样，不说明谁对谁错。", SMALL
    )
    yield heading("一、和同去的人相比")
    rows = list(_rows(subject, inspector))
    if rows:
        yield Table(
            (
                Column("细则", 0.34),
                Column("填表份数", 0.13, "centre"),
                Column("有人同去的", 0.13, "centre"),
                Column("总分", 0.2, "centre"),
                Column("95% 区间（分，正为偏严）", 0.2, "centre"),
            ),
            tuple(rows),
        )
    else:
        yield Paragraph("这一批次没有您填的表。", TEXT)
    yield heading("二、请您核对")
    own = [one for one in checks_of(subject) if inspector in one.inspectors]
    if not own:
        yield Paragraph("没有需要核对的。", TEXT)
        return
    yield Table(
        (Column("情形", 0.16, "centre"), Column("说明", 0.52), Column("在哪里", 0.32)),
        tuple((one.kind, one.words, subject.places(one.cells)) for one in own),
    )
    yield Paragraph("填得不对的，请改好再交；没有错的，不用改，可以告诉局里是什么情况。", SMALL)


def _rows(subject: Subject, inspector: str) -> Iterator[Row]:
    for one in subject.measured.rubrics.values():
        for it in one.severity.inspectors:
            if it.inspector == inspector:
                told = strictness(it) if isfinite(it.severity) else "没有人同去，无从比较"
                span = interval(it.low, it.high) if isfinite(it.severity) else figure(it.low)
                yield one.rubric.title, f"{it.records}", f"{it.shared}", told, span
