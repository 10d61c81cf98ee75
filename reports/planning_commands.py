"""The command that draws schools and inspectors (双随机), and writes what is told of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder, Yes, as_day
from rubrics.messages.problems import Problem, has_errors
from rubrics.messages.terminal import (
    WATCHER,
    finish,
    not_started,
    print_problems,
    print_table,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspections.planning.going import Going
    from inspections.planning.trips import Visit
    from inspections.steps.redrawing import Redrawn

Day = Annotated[
    date | None, typer.Option("--day", parser=as_day, metavar="DATE", help="哪一天，不写就是今天")
]


def draw(
    folder: RoundFolder,
    why: Annotated[
        str,
        typer.Option("--why", metavar="理由", help="为什么，记入台账；核对、写回时不用写"),
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
        bool,
        typer.Option(
            "--verify", help="照公开的种子重算，与记下的核对，补写文书；还没有抽的，补写方案"
        ),
    ] = False,
    day: Day = None,
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="经手人，不写就记电脑的登录名")
    ] = "",
    ledger: LedgerUrl = "",
) -> None:
    """双随机抽取：第一次运行记下种子的承诺码，写出方案供公布；再运行一次才抽取，公开种子，写出安排和文书。"""
    from inspections.ledger.chain import By, by_user
    from inspections.steps.planning import draw_round, verify_draw
    from reports.steps.drawing import announce_draw

    if verify:
        done, problems = verify_draw(folder, ledger=ledger, watcher=WATCHER)
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
        problems += _announced(announce_draw(folder, done, watcher=WATCHER))
        print_problems(problems)
        finish(problems)
    say(f"第 {one.number} 次抽取，{one.day}，种子 {one.seed}" + (f"+{one.added}" * bool(one.added)))
    schools, visits, teams, extra = one.counts
    more = f"，多派 {extra} 人次" if extra else ""
    say(f"学校 {schools} 所，到校 {visits} 次，检查组 {teams} 个{more}")
    if made is not None and verify:
        say("重算一致：种子与承诺码相符，抽出的学校、组成的检查组都相同")
    if not has_errors(problems):
        problems += _announced(announce_draw(folder, done, watcher=WATCHER))
    if not verify:
        say(f"下一步：scoring workbooks {folder}")
    print_problems(problems)
    finish(problems)


def redraw(
    folder: RoundFolder,
    inspector: Annotated[
        str, typer.Option("--inspector", metavar="督学", help="去不了的督学，姓名或代码")
    ] = "",
    school: Annotated[
        str, typer.Option("--school", metavar="学校", help="这几天不能查的、要补查的学校")
    ] = "",
    since: Annotated[
        date | None,
        typer.Option("--since", parser=as_day, metavar="DATE", help="从哪一天，不写就是今天"),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--until", parser=as_day, metavar="DATE", help="到哪一天，不写就是那一天"),
    ] = None,
    why: Annotated[
        str, typer.Option("--why", metavar="理由", help="为什么，记入台账；只看不写时不用")
    ] = "",
    yes: Yes = False,
    day: Day = None,
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="经手人，不写就记电脑的登录名")
    ] = "",
    ledger: LedgerUrl = "",
) -> None:
    """抽取以后改派：督学请假，抽人替换；学校当天不能查，抽一天改期；中途增加的学校，补抽。"""
    from inspections.ledger.chain import By, by_user
    from inspections.steps.redrawing import redraw_round
    from reports.steps.drawing import announce_change

    if bool(inspector.strip()) == bool(school.strip()):
        raise typer.BadParameter("请写 --inspector 或 --school，写一个")
    if yes and not why.strip():
        raise typer.BadParameter("请加 --why 理由")
    done, problems = redraw_round(
        folder,
        day or date.today(),
        By(by.strip() or by_user().who, why.strip()),
        inspector=inspector.strip(),
        school=school.strip(),
        since=since,
        until=until,
        write=yes,
        ledger=ledger,
        watcher=WATCHER,
    )
    if done is None:
        not_started(problems)
    _print(done)
    if done.written:
        problems += _announced(announce_change(folder, done, watcher=WATCHER))
        say(f"第 {done.change.number} 次改派已记入台账。下一步：scoring workbooks {folder}")
    elif yes:
        say("没有写进安排")
    else:
        say("什么也没有写；照办请加 --yes")
    print_problems(problems)
    finish(problems)


def _print(done: Redrawn) -> None:
    people, schools = done.opened.roster.inspectors, done.opened.roster.schools

    def told(plan: Going, name: str) -> str:
        team = plan.teams[name]
        days = str(team.since) if team.since == team.until else f"{team.since} 至 {team.until}"
        return f"{days} {'、'.join(people[it].name for it in team.members)}"

    def teams_of(plan: Going, visits: Sequence[Visit]) -> str:
        """Who goes there by a plan, and when: a visit that was moved had another team."""
        asked = {(it.school, it.occasion) for it in visits}
        names = (
            name
            for name, own in plan.visits.items()
            if any((it.school, it.occasion) in asked for _, it in own)
        )
        return "；".join(told(plan, name) for name in names) or "—"

    rows = []
    for name in done.change.teams:
        visits = [it for _, it in done.now.visits[name]]
        own = "、".join(schools[it.school].name for it in visits)
        rows.append((name, own, teams_of(done.before, visits), told(done.now, name)))
    print_table(("检查组", done.opened.words.said("学校"), "原来", "改为"), rows)


def _announced(done: tuple[tuple[Path, ...], list[Problem]]) -> list[Problem]:
    """Says which papers were written; returns what went wrong."""
    papers, problems = done
    if papers:
        say(f"{'、'.join(path.name for path in papers)}，在 {papers[0].parent}")
    return problems
