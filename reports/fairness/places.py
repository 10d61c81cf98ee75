"""How sure the places of each group are, in words and as a table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reports.fairness.styles import SMALL, TEXT
from reports.fairness.subject import Subject
from reports.fairness.wording import correlation, figure
from reports.type.blocks import Block, Column, Paragraph, Row, Table
from rubrics.messages.outgoing import outgoing
from rubrics.values.points import IntArray
from scoring.fairness.measuring import MeasuredRubric
from scoring.fairness.ranks import SureRanks

_NAMED = 4


def place_blocks(subject: Subject) -> Iterator[Block]:
    """Yields a table of all groups, and what is not known about them."""
    rows: list[Row] = []
    left: dict[str, None] = {}
    for one in subject.measured.rubrics.values():
        for group in one.groups:
            if group.ranks is not None:
                rows.append(_row(one, group.group, group.schools, group.ranks))
        if one.error.errors is None:
            told = "；".join(one.error.unknown)
            remedy = "；".join(one.error.remedy)
            text = f"{subject.title(one)}：名次有多大把握无从知道（{told}）。{remedy}"
            yield Paragraph(text, TEXT)
        else:
            left |= dict.fromkeys(
                f"{unknown}（{remedy}）"
                for unknown, remedy in zip(one.error.unknown, one.error.remedy, strict=True)
            )
    if rows:
        yield Table(
            (
                Column("细则", 0.2),
                Column("组", 0.14),
                Column("学校", 0.08, "centre"),
                Column("总分的误差", 0.12, "right"),
                Column("可靠程度", 0.12, "right"),
                Column("分不出先后的", 0.34),
            ),
            tuple(rows),
            caption="一所学校的真实名次有九成把握落在的范围，逐校见工作簿“名次把握”",
        )
    if left:
        yield Paragraph(f"误差里没有包括：{'；'.join(left)}。真实的把握比表里小。", SMALL)


def _row(one: MeasuredRubric, group: str, schools: IntArray, ranks: SureRanks) -> Row:
    names = [outgoing(one.sheets.ratings.schools[at].name) for at in schools.tolist()]
    errors = ranks.errors.standard_error
    apart = [place for place in range(len(names)) if ranks.low[place] < ranks.high[place]]
    apart.sort(key=lambda place: (int(ranks.rank[place]), names[place]))
    told = "、".join(f"{names[place]}（{ranks.place(place)}）" for place in apart[:_NAMED])
    more = f"等 {len(apart)} 所" if len(apart) > _NAMED else ""
    return (
        one.rubric.title,
        outgoing(group),
        f"{len(names)}",
        f"{figure(float(np.median(errors)))} 分",
        correlation(ranks.reliability),
        f"{told}{more}" or "没有",
    )
