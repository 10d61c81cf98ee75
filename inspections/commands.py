"""The room's door for the command line: rounds, blank workbooks, collecting."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from inspections.chasing.reminders import LIST, TEXTS, write_reminders
from inspections.chasing.status import round_status
from inspections.chasing.status_lines import HEADINGS, rater_rows, status_lines
from inspections.collecting.collecting import Collected, collect
from inspections.collecting.marked_copies import Marked, write_marked_copies
from inspections.collecting.problem_table import FILE as PROBLEMS_FILE
from inspections.collecting.problem_table import keep_problems
from inspections.ledger.of_round import address_problems, open_round
from inspections.ledger.opening import shared_url
from inspections.records.moments import read_day
from inspections.round.locking import in_turn
from inspections.round.opened import OpenRound
from inspections.round.round import Period, Round
from inspections.round.starting import start_round
from inspections.workbook.drawing.blank import write_blank_workbooks
from rubrics.messages.problems import Problem
from rubrics.messages.terminal import (
    counted,
    finish,
    not_started,
    print_json,
    print_problems,
    print_table,
    progress,
    say,
    with_problems,
)

app = typer.Typer(no_args_is_help=True)
rounds = typer.Typer(no_args_is_help=True, help="检查批次：新建，看进度。")
app.add_typer(rounds, name="round")

RoundFolder = Annotated[Path, typer.Argument(metavar="DIR", help="批次文件夹")]
NoMarks = Annotated[bool, typer.Option("--no-marks", help="不写标了错的检查表（marked/）")]
Recheck = Annotated[
    bool, typer.Option("--recheck", help="佐证和检查表全部重新核对内容，不管看上去改没改过")
]
LedgerUrl = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar="SCORING_LEDGER",
        metavar="URL",
        help="共用台账的地址 postgresql://…，不写就按 round.yaml",
        show_envvar=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="按 JSON 输出，供别的程序读取")]


def as_day(text: str) -> date:
    """Returns the date that an option holds; anything else is bad usage."""
    found = read_day(text)
    if found is None:
        raise typer.BadParameter(f"“{text}”不是日期，请写成 2026-03-01")
    return found.date


def _period(since: date, until: date) -> Period:
    if until < since:
        raise typer.BadParameter("结束日期早于开始日期")
    return Period(since=since, until=until)


def _without_password(ledger: str) -> str:
    """The address of a shared ledger as it may stand in round.yaml."""
    if wrong := address_problems(ledger):
        not_started(wrong)
    url = shared_url(ledger) if ledger else None
    return url.set(password=None).render_as_string() if url else ""


def opened(
    folder: Path, as_json: bool = False, ledger: str = ""
) -> tuple[OpenRound, list[Problem]]:
    """Returns the round in ``folder`` and its problems; leaves with status 2 if there is none."""
    of, problems = open_round(folder, ledger)
    if of is None:
        not_started(problems, as_json)
    return of, problems


@rounds.command("start")
def start(
    folder: RoundFolder,
    schools: Annotated[Path, typer.Option(metavar="FILE", help="学校名册（.xlsx 或 .csv）")],
    inspectors: Annotated[Path, typer.Option(metavar="FILE", help="督学名册（.xlsx 或 .csv）")],
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
    title: Annotated[str, typer.Option(help="批次名称，印在文书上")] = "学校督导检查",
    bureau: Annotated[str, typer.Option(help="发文机关")] = "教育局",
    ledger: LedgerUrl = "",
) -> None:
    """新建检查批次：建文件夹，写设置 round.yaml，抄存名册，排出检查安排。"""
    period = None
    if period_since or period_until:
        period = _period(period_since or since, period_until or until)
    settings = Round(
        id=folder.resolve().name,
        title=title,
        bureau=bureau,
        rubrics=tuple(rubric),
        window=_period(since, until),
        period=period,
        ledger=_without_password(ledger),
    )
    of, problems = start_round(folder, settings, schools, inspectors)
    if of is None:
        not_started(problems)
    print_problems(problems)
    say(
        f"已建批次 {folder}：学校 {len(of.roster.schools)} 所，"
        f"督学 {len(of.roster.inspectors)} 名，安排检查 {len(of.plan)} 次"
    )
    say(f"设置在 {of.folder.settings}，检查安排在 {of.folder.plan}，都可以直接修改")
    say(f"下一步：scoring workbooks {folder}")
    finish(problems)


@rounds.command("status")
@in_turn
def status(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """看进度：各督学应交、已交、未交、有问题的检查表；把催交催改清单写在 reminders/。"""
    of, problems = opened(folder, as_json, ledger)
    now = round_status(of)
    problems += write_reminders(of, now)
    written = str(of.folder.reminders) if of.folder.reminders.is_dir() else ""
    if as_json:
        print_json(with_problems(asdict(now) | {"reminders": written}, problems))
        finish(problems)
    print_table(HEADINGS, rater_rows(now), right=HEADINGS[2:])
    for line in status_lines(of, now):
        say(line)
    if written:
        say(
            f"清单在 {of.folder.reminders / LIST}，发给每个人的通知在 {of.folder.reminders / TEXTS}"
        )
    print_problems(problems)
    finish(problems)


@app.command("workbooks")
@in_turn
def workbooks(
    folder: RoundFolder,
    layout: Annotated[
        Literal["visit", "team"],
        typer.Option(help="visit 一次检查一个文件；team 全部检查在一个文件里"),
    ] = "visit",
) -> None:
    """按检查安排写出空白检查表，放在 workbooks/。"""
    of, problems = opened(folder)
    with progress("写检查表") as told:
        written, more = write_blank_workbooks(
            of.folder.workbooks, of.round, of.rubrics, of.roster, of.plan, layout, told
        )
    problems += more
    print_problems(problems)
    say(f"已写 {len(written)} 份检查表，在 {of.folder.workbooks}")
    say(f"填好的放进 {of.folder.returned}（文件名、子文件夹不限），再运行 scoring collect")
    finish(problems)


@app.command("collect")
@in_turn
def collect_command(
    folder: RoundFolder,
    no_marks: NoMarks = False,
    recheck: Recheck = False,
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """收表：读 returned/ 里填好的检查表，记入台账，列出问题，有问题的标好放在 marked/。"""
    of, problems = opened(folder, as_json, ledger)
    with progress("读检查表") as told, progress("看佐证") as looked:
        found = collect(of, told, looked=looked, recheck=recheck)
    problems += found.problems
    met: list[Problem] = []
    made = None if no_marks else mark(of, found, met)
    met += keep_problems(of.folder.results, problems, met, found.visits)
    problems += met
    if as_json:
        counts = {"files": found.files, "read": found.fresh, "visits": len(found.visits)}
        counts |= {"marked": made.copies, "written": made.written} if made else {}
        print_json(with_problems(counts, problems))
        finish(problems)
    print_problems(problems)
    say(f"共 {found.files} 个文件，这次读了 {found.fresh} 个；计入检查记录 {len(found.visits)} 份")
    summary = counted(problems)
    where = f"，都在 {of.folder.results / PROBLEMS_FILE}"
    say(f"问题：{summary}{where}" if summary else "没有发现问题")
    tell_marked(of, made)
    finish(problems)


def mark(opened: OpenRound, found: Collected, problems: list[Problem]) -> Marked:
    """Writes the marked copies; what keeps one from being written is added to ``problems``."""
    with progress("标出问题") as told:
        made, met = write_marked_copies(opened, found.problems, told)
    problems += met
    return made


def tell_marked(opened: OpenRound, made: Marked | None) -> None:
    """Prints how many workbooks lie ready to be sent back, and where."""
    if made is not None and made.copies:
        say(
            f"标好问题、可以退给督学改的检查表 {made.copies} 份（这次写了 {made.written} 份），"
            f"在 {opened.folder.marked}；该催谁，看 scoring round status {opened.folder.root}"
        )
