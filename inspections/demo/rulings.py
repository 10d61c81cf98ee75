"""What the sample's bureau decides on proposals: most are accepted, some changed, some refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from inspections.accountability.measures import (
    AWARD_LOST,
    COMMENDATION,
    CRITICISM,
    SUMMONS,
    TALK_REMINDER,
)
from inspections.accountability.proposal_book import proposal_book
from inspections.accountability.states import ProposalStanding
from inspections.ledger.accountability import Proposal
from inspections.rectification.numbers import label
from inspections.round.opened import OpenRound
from inspections.row_workbook import RowValue, write_rows
from rubrics.messages.problems import Problem

_BY: Final = "局长办公会"
_MILDER: Final = {SUMMONS: TALK_REMINDER, CRITICISM: SUMMONS}
_EACH: Final = 5
"""Of so many proposals of a measure one is changed, of so many in all one is refused."""


def write_rulings(opened: OpenRound, found: Sequence[ProposalStanding], day: date) -> list[Problem]:
    """Fills in the workbook of proposals, and puts it where a clerk would.

    The last one is left open. Codes: those of ``write_whole``.
    """
    book = proposal_book(opened, found)
    made = {label(opened.round.id, one.case.number): one.case.latest for one in found}
    turn: dict[str, int] = {}
    rows = []
    for row in book.rows:
        if row.entries or row is book.rows[-1]:
            rows.append(row)
            continue
        one = made[row.key]
        turn[one.kind] = turn.get(one.kind, 0) + 1
        said = {"decided_by": _BY, "day": day, **_ruling(one, turn[one.kind], len(rows))}
        rows.append(replace(row, entries=said))
    path = opened.folder.accountability / "returned" / f"批回（{day.month}月{day.day}日）.xlsx"
    return list(write_rows(path, replace(book, rows=tuple(rows)), opened.folder.name(path)))


def _ruling(one: Proposal, turn: int, number: int) -> dict[str, RowValue]:
    """``turn``: of its measure; ``number``: of all, from 0."""
    turn %= _EACH
    if turn == 2 and one.kind in _MILDER:
        return {"verdict": "改为", "kind": _MILDER[one.kind], "reason": "首次发生，整改主动"}
    if turn == 2 and one.kind == AWARD_LOST and one.years > 1:
        return {"verdict": "改为", "kind": AWARD_LOST, "years": 1, "reason": "首次发生，从轻"}
    refused = number % _EACH == 3
    if refused and one.kind == COMMENDATION:
        return {"verdict": "不同意", "reason": "本年度已经受过同类表彰"}
    if refused:
        return {"verdict": "不同意", "reason": "问题已在检查当日改正，由督学跟进"}
    return {"verdict": "同意"}
