"""The command that makes a round."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from inspections.command_line import LedgerUrl, RoundFolder, as_day
from rubrics.messages.terminal import finish, not_started, print_problems, say

if TYPE_CHECKING:
    from inspections.round.round import Period, Round, Teaching
    from rubrics.rules import PeriodLength


def start(
    folder: RoundFolder,
    schools: Annotated[
        Path, typer.Option(metavar="FILE", help="学校名册（Excel、WPS 表格或 .csv）")
    ],
    inspectors: Annotated[
        Path, typer.Option(metavar="FILE", help="督学名册（Excel、WPS 表格或 .csv）")
    ],
    rubric: Annotated[
        list[str], typer.Option(metavar="ID", help="考核细则：自带的写代码，自己的写文件；可写几次")
    ],
    since: Annotated[
        date, typer.Option("--from", parser=as_day, metavar="DATE", help="检查开始日期")
    ],
    until: Annotated[
        date, typer.Option("--to", parser=as_day, metavar="DATE", help="检查结束日期")
    ],
    period_since: Annotated[
        date | None,
        typer.Option(
            "--period-from", parser=as_day, metavar="DATE", help="考核期开始日期，不写同检查期限"
        ),
    ] = None,
    period_until: Annotated[
        date | None,
        typer.Option("--period-to", parser=as_day, metavar="DATE", help="考核期结束日期"),
    ] = None,
    teaching: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FROM..TO",
            help="教学时间，如 2026-02-24..2026-07-03；几个学期写几次，假期不写",
        ),
    ] = None,
    weeks: Annotated[
        int | None, typer.Option(min=0, help="考核期内的教学周数，代替 --teaching")
    ] = None,
    months: Annotated[
        int | None, typer.Option(min=0, help="考核期内的教学月数，代替 --teaching")
    ] = None,
    raters: Annotated[
        Literal["team", "each"],
        typer.Option(help="谁填表：team 一个检查组合填一份；each 每名督学各填一份"),
    ] = "team",
    facts: Annotated[
        Literal["agreed", "combined"],
        typer.Option(help="事实：agreed 同组应当一致；combined 各自独立评定再合成"),
    ] = "agreed",
    title: Annotated[str, typer.Option(help="批次名称，印在文书上")] = "学校督导检查",
    bureau: Annotated[str, typer.Option(help="发文机关")] = "教育局",
    ledger: LedgerUrl = "",
) -> None:
    """新建检查批次：建文件夹，写设置 round.yaml，抄存名册，排出检查安排。"""
    from inspections.ledger.of_round import address_problems, without_password
    from inspections.round.letter_numbers import DEFAULT
    from inspections.round.round import Combining, Letters, Ranking, Round
    from inspections.round.starting import start_round, with_groups

    period = None
    if period_since or period_until:
        period = _period(period_since or since, period_until or until)
    window = _period(since, until)
    if wrong := address_problems(ledger):
        not_started(wrong)
    settings = Round(
        id=folder.resolve().name,
        title=title,
        bureau=bureau,
        rubrics=tuple(rubric),
        window=window,
        period=period,
        teaching=tuple(map(_teaching, teaching or ())),
        elapsed=_counted(weeks, months),
        raters=raters,
        combining=Combining(facts=facts),
        ranking=Ranking(certainty=True),
        letters=Letters(numbers=DEFAULT),
        ledger=without_password(ledger),
    )
    settings = _with_teaching(with_groups(settings))
    opened, problems = start_round(folder, settings, schools, inspectors)
    if opened is None:
        print_problems(problems)
        say("没有建批次，什么也没有生成")
        raise typer.Exit(2)
    print_problems(problems)
    say(
        f"已建批次 {folder}：{opened.words.said(f'学校 {len(opened.roster.schools)} 所')}，"
        f"{opened.words.people} {len(opened.roster.inspectors)} 名，安排检查 {len(opened.plan)} 次"
    )
    say(f"设置在 {opened.folder.settings}，检查安排在 {opened.folder.plan}，都可以直接修改")
    say(f"下一步：scoring workbooks {folder}")
    finish(problems)


def _period(since: date, until: date) -> Period:
    from inspections.round.round import Period

    if until < since:
        raise typer.BadParameter("结束日期早于开始日期")
    return Period(since=since, until=until)


def _teaching(text: str) -> Teaching:
    from inspections.round.teaching import read_teaching

    found = read_teaching(text)
    if found is None:
        raise typer.BadParameter(f"“{text}”不是起止日期，请写成 2026-02-24..2026-07-03")
    return found


def _counted(weeks: int | None, months: int | None) -> dict[PeriodLength, int]:
    given: dict[PeriodLength, int | None] = {"week": weeks, "teaching_month": months}
    return {name: count for name, count in given.items() if count is not None}


def _with_teaching(settings: Round) -> Round:
    """Asks for teaching time where a rubric goes by it and somebody is there to answer."""
    import sys

    from inspections.round.opened import load_rubrics
    from inspections.round.teaching import read_teaching, teaching_unknown

    if not sys.stdin.isatty():
        return settings
    rubrics, _ = load_rubrics(settings, Path.cwd())
    wanted = list(teaching_unknown(settings, (rubrics or {}).values()))
    if not wanted:
        return settings
    for one in wanted:
        say(f"{one.message}。")
    spans: list[Teaching] = []
    while text := typer.prompt(
        "教学时间，如 2026-02-24..2026-07-03，没有了直接回车", default="", show_default=False
    ).strip():
        found = read_teaching(text)
        if found is None:
            say(f"“{text}”不是起止日期，请写成 2026-02-24..2026-07-03")
        else:
            spans.append(found)
    return settings.model_copy(update={"teaching": tuple(spans)})
