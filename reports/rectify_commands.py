"""Commands of rectification that need scores, or write papers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder, as_day
from rubrics.messages.problems import spoken
from rubrics.messages.terminal import WATCHER, finish, not_started, print_problems, say

_SHOWN = 8
"""Faults that wait which are told one by one."""


def open_items(
    folder: RoundFolder,
    why: Annotated[
        str, typer.Option("--why", metavar="理由", help="为什么，记入台账")
    ] = "意见书已发",
    day: Annotated[
        str,
        typer.Option("--day", metavar="日期", help="期限从这一天起算，不写就按意见书的成文日期"),
    ] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="经手人，不写就记电脑的登录名")
    ] = "",
    ledger: LedgerUrl = "",
) -> None:
    """立整改台账：意见书里每个要改的问题列为一条；再立一次只列新的，并说明哪些不再是问题。"""
    from inspections.ledger.chain import By, by_user
    from inspections.records.rectification import Verb
    from reports.steps.rectifying import open_rectification

    who = By(by.strip() or by_user().who, why.strip())
    made, problems = open_rectification(
        folder, who, day=as_day(day) if day else None, ledger=ledger, watcher=WATCHER
    )
    if made is None:
        not_started(problems)
    done = made.done
    say(f"意见书要求整改 {made.standing} 条，新列入 {len(done.opened)} 条")
    for verb in (Verb.AMEND, Verb.WITHDRAW, Verb.REOPEN):
        if count := sum(one.verb is verb for one in done.moves):
            say(f"{verb.word} {count} 条")
    if made.waiting:
        say(f"待核的 {len(made.waiting)} 条没有列入，核定以后再立：")
        for one in made.waiting[:_SHOWN]:
            school = made.opened.roster.schools.get(one.school)
            say(f"  {school.name if school else one.school} {one.described}")
        if len(made.waiting) > _SHOWN:
            say(f"  ……另有 {len(made.waiting) - _SHOWN} 条")
    say(f"下一步：scoring rectify send {folder}")
    print_problems(problems)
    finish(problems)


def book(
    folder: RoundFolder,
    day: Annotated[
        str, typer.Option("--day", metavar="日期", help="按这一天算是否逾期，不写就是今天")
    ] = "",
    ledger: LedgerUrl = "",
) -> None:
    """写整改台账：reports/整改台账.xlsx，另有一份不写人名的公开版。"""
    from datetime import date

    from reports.steps.rectifying import write_rectification

    made, problems = write_rectification(
        folder, as_day(day) if day else date.today(), ledger=ledger, watcher=WATCHER
    )
    if made is None:
        not_started(problems)
    for path in made.files:
        say(f"已写 {path}")
    print_problems(problems)
    finish(problems)


def report(
    folder: RoundFolder,
    school: Annotated[str, typer.Option("--school", metavar="学校", help="只写一所学校的")] = "",
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="整改报告的模板，局里在 Word 里改过的（.docx）"),
    ] = None,
    day: Annotated[
        str, typer.Option("--day", metavar="日期", help="按这一天的情形写，不写就是今天")
    ] = "",
    ledger: LedgerUrl = "",
) -> None:
    """写各校整改报告的底稿（Word）：台账里有的填好，原因、制度、联系人由学校写，盖章报送。"""
    from datetime import date

    from reports.steps.rectifying import write_reports_of_schools

    written, problems = write_reports_of_schools(
        folder,
        as_day(day) if day else date.today(),
        school=school,
        template=template,
        ledger=ledger,
        watcher=WATCHER,
    )
    if written is None:
        not_started(problems)
    if written:
        say(f"整改报告的底稿 {len(written)} 份，在 {written[0].parent}；{spoken('发给学校接着写')}")
    print_problems(problems)
    finish(problems)
