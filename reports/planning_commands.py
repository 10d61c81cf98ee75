"""The command that draws schools and inspectors (双随机), and writes what is told of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder, as_day
from rubrics.messages.terminal import WATCHER, finish, not_started, print_problems, say

Day = Annotated[
    date | None, typer.Option("--day", parser=as_day, metavar="DATE", help="哪一天，不写就是今天")
]


def draw(
    folder: RoundFolder,
    why: Annotated[
        str, typer.Option("--why", metavar="理由", help="为什么，记入台账；--verify 不用写")
    ] = "",
    added: Annotated[
        str,
        typer.Option(
            "--with", metavar="现场数", help="抽取时当场产生、与种子合用的数，如见证人摇出的号码"
        ),
    ] = "",
    witness: Annotated[str, typer.Option(metavar="姓名", help="见证抽取的人，写进抽取记录")] = "",
    again: Annotated[bool, typer.Option("--again", help="重新承诺；以前的仍在台账里")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="照公开的种子重算，与记下的核对，补写文书")
    ] = False,
    day: Day = None,
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="经手人，不写就记电脑的登录名")
    ] = "",
    ledger: LedgerUrl = "",
) -> None:
    """双随机抽取：第一次运行记下种子的承诺码，供公布；再运行一次才抽取，公开种子，写出安排和文书。"""
    from inspections.ledger.chain import By, by_user
    from inspections.steps.planning import draw_round, verify_draw
    from reports.steps.drawing import announce_draw

    if verify:
        done, problems = verify_draw(folder, ledger=ledger, watcher=WATCHER)
    elif not why.strip():
        raise typer.BadParameter("请写明理由")
    else:
        done, problems = draw_round(
            folder,
            day or date.today(),
            By(by.strip() or by_user().who, why.strip()),
            added=added,
            witness=witness,
            again=again,
            ledger=ledger,
            watcher=WATCHER,
        )
    if done is None:
        not_started(problems)
    one, made = done.draw, done.made
    if one is None:
        say(f"第 {done.commitment.number} 次承诺，{done.commitment.day}，承诺码（SHA-256）：")
        say(done.commitment.digest)
        print_problems(problems)
        finish(problems)
    say(f"第 {one.number} 次抽取，{one.day}，种子 {one.seed}" + (f"+{one.added}" * bool(one.added)))
    schools, visits, teams, extra = one.counts
    more = f"，多派 {extra} 人次" if extra else ""
    say(f"学校 {schools} 所，到校 {visits} 次，检查组 {teams} 个{more}")
    if made is not None:
        if verify:
            say("重算一致：种子与承诺码相符，抽出的学校、组成的检查组都相同")
        papers, met = announce_draw(folder, done, watcher=WATCHER)
        problems += met
        if papers:
            names = "、".join(path.name for path in papers)
            say(f"{names}，在 {papers[0].parent}")
    if not verify:
        say(f"下一步：scoring workbooks {folder}")
    print_problems(problems)
    finish(problems)
