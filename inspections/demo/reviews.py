"""What the sample's bureau decides on what schools have reported: it fills in 整改审核.xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from inspections.demo.county import county
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import all_cases, latest
from inspections.records.rectification import Verb
from inspections.rectification.deciding import Decided
from inspections.rectification.decision_book import decision_book
from inspections.rectification.numbers import short
from inspections.rectification.states import Standing, State, standings
from inspections.round.opened import OpenRound
from inspections.row_workbook import RowValue, write_rows
from rubrics.messages.problems import Problem

_OFFICE: Final = "分管副局长"
_MORE: Final = timedelta(days=30)


def write_reviews(opened: OpenRound, day: date) -> tuple[Path, list[Problem]]:
    """Fills in the workbook of what awaits a decision; returns where it lies.

    What is complete is closed, one in fifteen goes back, who asked for time gets it; what came
    back before waits for somebody to look. Codes: those of ``write_whole``.
    """
    with ledger_of(opened) as held:
        cases = all_cases(held)
    stands = standings(cases, day)
    book = decision_book(opened, stands, latest(cases) or 1)
    by_number = {short(one.number): one for one in stands}
    rows = [replace(row, entries=_verdict(by_number[row.key], row.texts["advice"], day))
            for row in book.rows]  # fmt: skip
    path = opened.folder.rectify / f"整改审核（{day.month}月{day.day}日审定）.xlsx"
    made = replace(book, rows=tuple(rows))
    return path, list(write_rows(path, made, opened.folder.name(path)))


def extension(stands: Sequence[Standing], day: date) -> Decided | None:
    """Returns more time for the first item that is overdue; None where none is."""
    one = next((it for it in stands if it.state is State.OVERDUE), None)
    if one is None:
        return None
    why = "需要政府采购，手续正在办理"
    return Decided(short(one.number), Verb.EXTEND, why, day + _MORE, _OFFICE)


def _verdict(one: Standing, advice: str, day: date) -> dict[str, RowValue]:
    if advice.startswith("延期"):
        asked = one.report.asked if one.report and one.report.asked else day + _MORE
        until = max(asked, one.due + timedelta(days=1)) if one.due else asked
        return {
            "verdict": "延期",
            "reason": "设备采购需要走程序",
            "until": until,
            "approved": _OFFICE,
        }
    if advice.startswith("先复查"):
        return {}
    if advice.startswith("退回"):
        return {"verdict": "退回", "reason": "请写明做了什么，附上佐证"}
    seed = one.item.school, one.item.key, day.isoformat(), "review"
    if county().chance(*seed).random() < 1 / 15:
        return {"verdict": "退回", "reason": "佐证看不出改了没有，请补拍全景"}
    return {"verdict": "长期坚持" if advice.startswith("长期") else "销号"}
