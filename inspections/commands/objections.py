"""Commands of the hearing: what schools object to first opinions, and how that is answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from inspections.command_line import AsJson, LedgerUrl, RoundFolder, School, as_day
from inspections.commands.acting import Who, Why, by_whom
from rubrics.messages.terminal import (
    finish,
    not_started,
    print_json,
    print_problems,
    print_table,
    say,
    with_problems,
)

if TYPE_CHECKING:
    from inspections.steps.objecting import Listed

_SHOWN = 30
"""Characters of a text that the list shows; all of it is in its JSON."""


def add(
    folder: RoundFolder,
    school: School,
    rubric: Annotated[str, typer.Argument(metavar="细则", help="细则代码或名称")],
    text: Annotated[str, typer.Option(metavar="内容", help="学校写的异议和理由")],
    paper: Annotated[
        list[Path] | None,
        typer.Option(metavar="文件", help="证明材料，先放进 evidence/；可写几次"),
    ] = None,
    received: Annotated[
        date | None,
        typer.Option(parser=as_day, metavar="DATE", help="收到异议的日期，不写就是今天"),
    ] = None,
    since: Annotated[
        date | None,
        typer.Option(
            parser=as_day, metavar="DATE", help="学校收到初步意见的日期，不写就按它的成文日期"
        ),
    ] = None,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """登记学校对初步意见的异议；过了期限的照样登记，并注明。"""
    from inspections.ledger.chain import By, by_user
    from inspections.steps.objecting import add_objection

    _not_to_come(received, "--received")
    _not_to_come(since, "--since")
    number, problems = add_objection(
        folder,
        school,
        rubric,
        text,
        By(by.strip() or by_user().who),
        received=received or date.today(),
        since=since,
        papers=paper or (),
        ledger=ledger,
    )
    if number is None:
        not_started(problems)
    say(f"已记入台账，第 {number} 号异议")
    print_problems(problems)
    say(f"核实后答复：scoring objection decide {folder} {number} 采纳|部分采纳|不采纳 --why 理由")
    finish(problems)


def list_objections(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """列出全部异议：谁提的，期限内还是过期，怎样答复的。"""
    from dataclasses import asdict

    from inspections.steps.objecting import list_objections as listing

    found, problems = listing(folder, ledger=ledger)
    if found is None:
        not_started(problems, as_json)
    if as_json:
        told = [asdict(one) | {"until": one.until and one.until.isoformat()} for one in found]
        print_json(with_problems({"objections": told}, problems))
        finish(problems)
    if found:
        heads = ("号", "学校", "细则", "收到", "期限", "内容", "材料", "答复", "更正", "经手人")
        print_table(heads, map(_line, found))
    else:
        say("没有收到异议")
    print_problems(problems)
    finish(problems)


def decide(
    folder: RoundFolder,
    number: Annotated[int, typer.Argument(metavar="号", help="第几号异议")],
    outcome: Annotated[
        Literal["采纳", "部分采纳", "不采纳"], typer.Argument(metavar="结果", help="怎样答复")
    ],
    why: Why,
    decision: Annotated[
        list[int] | None,
        typer.Option(
            metavar="号", help="据此作的更正是第几号决定（scoring ledger decide）；可写几次"
        ),
    ] = None,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """答复异议，写明理由；采纳的，先用 ledger decide 更正，再写是第几号决定。"""
    from inspections.ledger.objections import Outcome
    from inspections.steps.objecting import decide_objection

    done, problems = decide_objection(
        folder,
        number,
        Outcome(outcome),
        why.strip(),
        by_whom(by, why),
        decisions=decision or (),
        ledger=ledger,
    )
    if done is None:
        not_started(problems)
    say(f"已记入台账，第 {number} 号异议：{outcome}")
    print_problems(problems)
    finish(problems)


def _not_to_come(day: date | None, option: str) -> None:
    if day is not None and day > date.today():
        raise typer.BadParameter(f"{option} 的日期 {day} 还没有到，今天是 {date.today()}")


def _line(one: Listed) -> tuple[object, ...]:
    held, answer = one.objection, one.objection.answer
    text = held.text or "（已删除）"
    return (
        held.number,
        one.school or "（已删除）",
        one.rubric,
        held.received,
        f"{one.until or '不明'}{'，过期' if one.late else ''}",
        text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……",
        len(held.papers) or "",
        answer.outcome.value if answer else "未答复",
        "、".join(map(str, answer.decisions)) if answer else "",
        answer.who if answer else held.who,
    )
