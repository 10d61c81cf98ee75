"""Commands of a follow-up (回头看): drawn, sent, collected, how far it is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated

import typer

from inspections.command_line import AsJson, LedgerUrl, RoundFolder, as_day
from inspections.commands.acting import Who, Why, by_whom
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

Day = Annotated[
    date | None, typer.Option("--day", parser=as_day, metavar="DATE", help="哪一天，不写就是今天")
]


def draw(
    folder: RoundFolder,
    why: Why,
    share: Annotated[
        int, typer.Option(min=1, max=100, metavar="百分比", help="抽百分之几，不写就全部")
    ] = 100,
    seed: Annotated[
        str, typer.Option(metavar="种子", help="抽取用的种子，记入台账；不写就随机取一个")
    ] = "",
    school: Annotated[
        list[str] | None,
        typer.Option(metavar="学校", help="点名的学校，全部事项都抽；可写几次"),
    ] = None,
    closed: Annotated[bool, typer.Option("--closed", help="已销号的也抽，查反弹")] = False,
    since: Annotated[
        date | None,
        typer.Option("--from", parser=as_day, metavar="DATE", help="复查从哪天起，印在通知上"),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--until", parser=as_day, metavar="DATE", help="复查到哪天，印在通知上"),
    ] = None,
    unannounced: Annotated[
        bool, typer.Option("--unannounced", help="不打招呼：通知只发检查组，不发学校")
    ] = False,
    witness: Annotated[str, typer.Option(metavar="姓名", help="见证抽取的人，写进抽取记录")] = "",
    day: Day = None,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """抽取回头看：从没有销号的整改事项里抽，派给没有单独查过它的检查组；种子、名单记入台账。"""
    from inspections.steps.following_up import draw_follow_up

    made, problems = draw_follow_up(
        folder,
        day or date.today(),
        by_whom(by, why),
        share=share,
        seed=seed,
        schools=school or (),
        closed=closed,
        since=since,
        until=until,
        unannounced=unannounced,
        witness=witness,
        ledger=ledger,
        watcher=WATCHER,
    )
    if made is None:
        not_started(problems)
    drawn = made.draw
    say(
        f"第 {drawn.number} 次回头看：{len(drawn.pool)} 条里抽 {len(drawn.teams)} 条，"
        f"比例 {drawn.share}%，种子 {drawn.seed}"
    )
    for team, count in Counter(drawn.teams.values()).items():
        say(f"{team}：{count} 条")
    if made.still_out:
        say(f"以前抽出、还没有复查的另有 {made.still_out} 条")
    say(f"下一步：scoring followup send {folder}")
    print_problems(problems)
    finish(problems)


def collect(
    folder: RoundFolder, why: Why, day: Day = None, by: Who = "", ledger: LedgerUrl = ""
) -> None:
    """收复查记录：读 followup/returned/；销号的办结，未改、反弹、虚报的重新整改。"""
    from inspections.steps.following_up import collect_follow_up

    took, problems = collect_follow_up(
        folder, day or date.today(), by_whom(by, why), ledger=ledger, watcher=WATCHER
    )
    if took is None:
        not_started(problems)
    checked = took.checked
    counts = Counter(one.verb.word for one in checked.moves)
    told = "，".join(f"{word} {count}" for word, count in counts.items()) or "没有新的结论"
    say(f"文件 {checked.files} 份：{told}；没有填结论的 {checked.waiting} 条")
    print_problems(problems)
    finish(problems)


def status(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """看回头看的进度：各组各校抽了几条，查了几条，结论如何。"""
    from inspections.follow_up.progress import progress_rows
    from inspections.steps.following_up import follow_up_status

    found, problems = follow_up_status(folder, ledger=ledger, watcher=WATCHER)
    if found is None:
        not_started(problems, as_json)
    headings, rows = progress_rows(found.opened, found.items)
    if as_json:
        lines = [dict(zip(headings, row, strict=True)) for row in rows]
        print_json(with_problems({"followup": lines}, problems))
        finish(problems)
    print_table(headings, rows, right=headings[3:])
    for one in found.draws:
        say(f"第 {one.number} 次：{one.day} 抽取，比例 {one.share}%，种子 {one.seed}，{one.who}")
    print_problems(problems)
    finish(problems)
