"""The command that says how rectification stands, by office and by school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import AsJson, LedgerUrl, RoundFolder
from inspections.commands.rectifying import Day, day_of
from rubrics.messages.terminal import (
    WATCHER,
    finish,
    not_started,
    print_json,
    print_problems,
    print_table,
    say,
    with_problems,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspections.rectification.states import Standing
    from inspections.steps.rectifying import RectifyStatus


def status(
    folder: RoundFolder,
    day: Day = "",
    school: Annotated[
        str, typer.Option("--school", metavar="学校", help="只看这所学校，逐条列出")
    ] = "",
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """整改进度：本周到期、逾期、退回的各有多少；催办通知在 reminders/整改通知/。"""
    from inspections.steps.rectifying import rectify_status

    found, problems = rectify_status(
        folder, day_of(day), school=school, ledger=ledger, watcher=WATCHER
    )
    if found is None:
        not_started(problems, as_json)
    if as_json:
        print_json(with_problems(_as_data(found), problems))
        finish(problems)
    if school:
        print_table(_ITEM_HEADS, map(_item_line, found.stands))
    else:
        _print_totals(found)
    if found.reminders:
        say(f"催办通知在 {found.reminders}")
    print_problems(problems)
    finish(problems)


_HEADS = ("总数", "立行立改", "已销号", "待审核", "未到期", "逾期", "延期", "长期坚持", "反弹")
_ITEM_HEADS = ("序号", "状态", "期限", "超期", "要求", "退回、延期的理由")


def _print_totals(found: RectifyStatus) -> None:
    from inspections.rectification.states import State
    from inspections.rectification.summary import due_this_week, grouped

    schools = found.opened.roster.schools

    def name(one: Standing) -> str:
        known = schools.get(one.item.school)
        return known.name if known else one.item.school

    for title, groups in (
        ("股室", grouped(found.stands, lambda one: one.item.office or "（未定股室）")),
        ("学校", grouped(found.stands, name)),
    ):
        lines = [(key, *_counts(own)) for key, own in groups.items()]
        print_table(
            (title, *_HEADS, "本周到期", "退回"), [*lines, ("合计", *_counts(found.stands))]
        )
    late = sum(one.state is State.OVERDUE for one in found.stands)
    week = sum(map(due_this_week, found.stands))
    say(f"截至 {found.day}：逾期 {late} 条，本周到期 {week} 条")


def _counts(stands: Sequence[Standing]) -> tuple[int, ...]:
    from inspections.rectification.summary import due_this_week, totals

    all_of = totals(stands)
    return (
        all_of.total,
        all_of.at_once,
        all_of.closed,
        all_of.reported,
        all_of.pending,
        all_of.overdue,
        all_of.extended,
        all_of.kept,
        all_of.relapsed,
        sum(map(due_this_week, stands)),
        sum(one.sent_back for one in stands),
    )


def _item_line(one: Standing) -> tuple[object, ...]:
    from inspections.rectification.numbers import short

    reason = one.verdict.reason if one.verdict else ""
    late = f"{one.late} 天" if one.late else ""
    return short(one.number), one.state.value, one.due or "长期", late, one.item.demand, reason


def _as_data(found: RectifyStatus) -> dict[str, object]:
    from dataclasses import asdict

    from inspections.rectification.summary import totals

    return {
        "day": found.day.isoformat(),
        "totals": asdict(totals(found.stands)),
        "items": [
            {
                "number": one.number,
                "school": one.item.school,
                "rubric": one.item.rubric,
                "item": one.item.owner,
                "source": one.item.source,
                "office": one.item.office,
                "state": one.state.value,
                "due": one.due.isoformat() if one.due else "",
                "late": one.late,
            }
            for one in found.stands
        ],
    }
