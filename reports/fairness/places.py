"""How sure the places of each group are, in words and as a table."""

from __future__ import annotations

from collections.abc import Iterator

from reports.fairness.styles import SMALL, TEXT
from reports.fairness.subject import Subject
from reports.fairness.wording import correlation
from reports.type.blocks import Block, Column, Paragraph, Row, Table
from rubrics.messages.outgoing import outgoing
from scoring.fairness.group_ranks import GroupRanks
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.ranks import SureRanks


def place_blocks(subject: Subject, most: int) -> Iterator[Block]:
    """Yields a table of the groups, the least sure where there are more than ``most``, and what is
    not known about them.
    """
    rows: list[tuple[int, Row]] = []
    left: dict[str, None] = {}
    clear = 0
    for one in subject.measured.rubrics.values():
        for group in one.groups:
            if group.ranks is not None and (width := _width(group.ranks)):
                rows.append((width, _row(one, group, group.ranks)))
            elif group.ranks is not None:
                clear += 1
        if one.error.errors is None:
            told = "；".join(one.error.unknown)
            remedy = "；".join(one.error.remedy)
            text = f"{subject.title(one)}：名次有多大把握无从知道（{told}）。{remedy}"
            yield Paragraph(text, TEXT)
        else:
            left |= dict.fromkeys(
                f"{unknown}（{remedy.rstrip('。')}，就能知道）"
                for unknown, remedy in zip(one.error.unknown, one.error.remedy, strict=True)
            )
    if rows:
        widest = sorted(range(len(rows)), key=lambda at: -rows[at][0])[:most]
        yield Table(
            (
                Column("细则", 0.28),
                Column("组", 0.14),
                Column("学校", 0.08, "centre"),
                Column("可靠程度", 0.12, "right"),
                Column("名次说不准的", 0.12, "centre"),
                Column("最说不准的", 0.26),
            ),
            tuple(rows[at][1] for at in sorted(widest)),
            caption="一所学校的真实名次有九成把握落在的范围，逐校见工作簿“名次把握”",
        )
        if len(rows) > most:
            text = f"只列最说不准的 {most} 组，另外 {len(rows) - most} 组见工作簿。"
            yield Paragraph(text, SMALL)
    if clear:
        others = "其余" if rows else ""
        yield Paragraph(f"{others} {clear} 组的名次都说得准。".strip(), TEXT)
    if left:
        yield Paragraph(f"误差里没有包括：{'；'.join(left)}。真实的把握比表里小。", SMALL)


def _width(ranks: SureRanks) -> int:
    return int((ranks.high - ranks.low).max())


def _row(one: MeasuredRubric, group: GroupRanks, ranks: SureRanks) -> Row:
    apart = ranks.high - ranks.low
    count, at = int((apart > 0).sum()), int(apart.argmax())
    name = outgoing(one.sheets.ratings.schools[int(group.schools[at])].name)
    return (
        one.rubric.title,
        outgoing(group.group),
        f"{len(ranks.rank)}",
        correlation(ranks.reliability),
        f"{count} 所",
        f"{name}：{ranks.place(at)}",
    )
