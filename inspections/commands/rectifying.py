"""Commands of rectification: what goes to schools and comes back, decisions, how it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder, as_day
from inspections.commands.acting import Who, Why, by_whom
from rubrics.messages.problems import spoken
from rubrics.messages.terminal import (
    WATCHER,
    finish,
    not_started,
    print_problems,
    say,
)

if TYPE_CHECKING:
    from inspections.records.rectification import Move
    from rubrics.messages.problems import Problem

Day = Annotated[str, typer.Option("--day", metavar="日期", help="按这一天算是否逾期，不写就是今天")]
Number = Annotated[str, typer.Argument(metavar="编号", help="整改台账里的序号，如 12")]

VERDICTS = {
    "close": "销号",
    "return": "退回",
    "extend": "延期",
    "keep": "长期坚持",
    "reopen": "重新立项",
}


def day_of(text: str) -> date:
    """Returns the day that an option holds, today where it holds none."""
    return as_day(text) if text else date.today()


def send(folder: RoundFolder, day: Day = "", ledger: LedgerUrl = "") -> None:
    """发整改清单：还有事要改的学校一校一份，在 rectify/sent/。"""
    from inspections.steps.rectifying import send_rectification

    sent, problems = send_rectification(folder, day_of(day), ledger=ledger, watcher=WATCHER)
    if sent is None:
        not_started(problems)
    say(f"整改清单 {len(sent.files)} 份，共 {sent.items} 条，在 {sent.folder}")
    back = f"{spoken('学校交回的')}放进 {sent.folder.parent / 'returned'}"
    say(f"{back}，佐证放进 evidence/整改/{spoken('学校名')}/")
    print_problems(problems)
    finish(problems)


def collect(folder: RoundFolder, day: Day = "", by: Who = "", ledger: LedgerUrl = "") -> None:
    """收整改清单：读 rectify/returned/，不完整的写明理由退回，其余等待审核。"""
    from inspections.records.rectification import Verb
    from inspections.steps.rectifying import collect_rectification

    who = by_whom(by, "收整改清单")
    took, problems = collect_rectification(folder, day_of(day), who, ledger=ledger, watcher=WATCHER)
    if took is None:
        not_started(problems)
    replies = took.replies
    back = replies.count(Verb.RETURN)
    say(
        f"整改清单 {replies.files} 份；新报送 {replies.count(Verb.REPORT)} 条，"
        f"说明进展 {replies.count(Verb.PROGRESS)} 条，其中不完整退回 {back} 条"
    )
    if took.book:
        say(
            f"等待审核的在 {took.book}；审完运行"
            f" scoring rectify decide {folder} --from {took.book} --why 理由"
        )
    print_problems(problems)
    finish(problems)


def decide(
    folder: RoundFolder,
    why: Why,
    item: Annotated[str, typer.Argument(metavar="[编号]", help="整改台账里的序号，如 12")] = "",
    verdict: Annotated[
        str,
        typer.Argument(
            metavar="[结论]", help="；".join(f"{key} {word}" for key, word in VERDICTS.items())
        ),
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--from", metavar="文件", help="读入填好的 整改审核.xlsx")
    ] = None,
    until: Annotated[
        str, typer.Option("--until", metavar="日期", help="新的期限；延期必须写")
    ] = "",
    approved: Annotated[
        str, typer.Option("--approved", metavar="姓名", help="延期由谁批准；延期必须写")
    ] = "",
    checked_by: Annotated[str, typer.Option("--checked-by", metavar="姓名", help="复查人")] = "",
    day: Day = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """审核整改：一条一条写结论，或用 --from 读入审核表。"""
    from inspections.rectification.deciding import DECIDED, Decided
    from inspections.steps.rectifying import decide_many, decide_rectification

    who, at = by_whom(by, why), day_of(day)
    if file is not None:
        if item or verdict:
            raise typer.BadParameter("写了 --from 就不再写编号和结论")
        _tell(decide_many(folder, file, at, who, ledger=ledger, watcher=WATCHER))
        return
    if not item:
        raise typer.BadParameter("请写编号和结论，或用 --from 读入审核表")
    if verdict not in DECIDED:
        known = "、".join(f"{key}（{word}）" for key, word in VERDICTS.items())
        raise typer.BadParameter(f"没有“{verdict}”这种结论，可以写：{known}")
    if approved and verdict != "extend":
        raise typer.BadParameter("--approved 是延期的批准人，别的结论不写")
    one = Decided(
        item,
        DECIDED[verdict],
        who.why,
        as_day(until) if until else None,
        approved.strip(),
        checked_by=checked_by,
    )
    _tell(decide_rectification(folder, one, at, who, ledger=ledger, watcher=WATCHER))


def extend(
    folder: RoundFolder,
    item: Number,
    until: Annotated[str, typer.Option("--until", metavar="日期", help="新的期限")],
    approved: Annotated[str, typer.Option("--approved", metavar="姓名", help="由谁批准")],
    why: Why,
    day: Day = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """延期：谁批准，为什么，延到哪一天；批准人记错的，同一个新期限再写一次，以后写的为准。"""
    from inspections.records.rectification import Verb
    from inspections.rectification.deciding import Decided
    from inspections.steps.rectifying import decide_rectification

    who = by_whom(by, why)
    one = Decided(item, Verb.EXTEND, who.why, as_day(until), approved.strip())
    _tell(decide_rectification(folder, one, day_of(day), who, ledger=ledger, watcher=WATCHER))


def add(
    folder: RoundFolder,
    file: Annotated[Path, typer.Argument(metavar="文件", help="填好的 其他来源的整改事项.xlsx")],
    why: Why,
    day: Day = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """列入其他来源的事项：巡察、信访、自查、审计。"""
    from inspections.steps.rectifying import add_rectification

    added, problems = add_rectification(
        folder, file, day_of(day), by_whom(by, why), ledger=ledger, watcher=WATCHER
    )
    if added is None:
        not_started(problems)
    again = f"，另有 {added.known} 条已经在台账里" if added.known else ""
    say(f"列入整改台账 {len(added.numbers)} 条{again}")
    print_problems(problems)
    finish(problems)


def template(folder: RoundFolder, ledger: LedgerUrl = "") -> None:
    """写一份空白的 其他来源的整改事项.xlsx，填好用 scoring rectify add 读入。"""
    from inspections.steps.rectifying import rectify_template

    path, problems = rectify_template(folder, ledger=ledger)
    if path is None:
        not_started(problems)
    say(f"已写 {path}")
    print_problems(problems)
    finish(problems)


def _tell(made: tuple[tuple[Move, ...] | None, list[Problem]]) -> None:
    moves, problems = made
    if moves is None:
        not_started(problems)
    from inspections.rectification.numbers import short

    for one in moves[:_MOST]:
        until = f"，期限改为 {one.until}" if one.until else ""
        say(f"已记入台账：{short(one.item)} {one.verb.word}{until}")
    if len(moves) > _MOST:
        say(f"……共 {len(moves)} 条")
    if not moves:
        say("没有新的结论")
    print_problems(problems)
    finish(problems)


_MOST = 20
"""Decisions that are told one by one."""
