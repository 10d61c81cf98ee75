"""The room's door for the command line: what the bureau publishes and each school receives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import LedgerUrl, NoMarks, Recheck, RoundFolder, marked_line
from reports.kinds import REPORTS
from rubrics.messages.terminal import (
    WATCHER,
    counted,
    finish,
    not_started,
    print_problems,
    say,
)

if TYPE_CHECKING:
    from reports.steps.running import Ran
    from rubrics.messages.problems import Problem

Word = Annotated[
    bool, typer.Option("--word", help="另把意见书写成可以改的 Word 文件（.docx），在 word/")
]

app = typer.Typer(no_args_is_help=True)

EXAMPLES = 6
"""Problems that the demo prints; all of them are in its files."""

_KINDS = "；".join(f"{key} {name}" for key, name in REPORTS.items())


def _known(only: list[str] | None) -> list[str] | None:
    for name in only or ():
        if name not in REPORTS:
            raise typer.BadParameter(f"没有“{name}”，可以写：{_KINDS}")
    return only


@app.command("report")
def report(
    folder: RoundFolder,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", callback=_known, help=f"只写这一种，可写几次；不写则全部：{_KINDS}"
        ),
    ] = None,
    school: Annotated[
        list[str] | None,
        typer.Option(metavar="学校", help="只写这所学校的意见书，写校名、其中一段或代码，可写几次"),
    ] = None,
    envelopes: Annotated[
        bool, typer.Option("--envelopes", help="另把每所学校的意见书装订成一份，在 envelopes/")
    ] = False,
    together: Annotated[
        bool, typer.Option("--together", help="另把全部意见书装订成一份，供双面打印")
    ] = False,
    word: Word = False,
    previous: Annotated[
        Path | None, typer.Option(metavar="DIR", help="上一批次的文件夹，排名表据此写升降")
    ] = None,
    fonts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="放公文字体的文件夹；不写则用开源字体")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, metavar="N", help="写意见书用几个进程；0 为自动")
    ] = 0,
    ledger: LedgerUrl = "",
) -> None:
    """写排名表和意见书，放在 reports/；按台账里已收的检查表计算。"""
    from reports.steps.reporting import report_round

    made, problems = report_round(
        folder,
        only=only or (),
        schools=school or (),
        envelopes=envelopes,
        together=together,
        word=word,
        previous=previous,
        fonts=fonts,
        workers=workers,
        ledger=ledger,
        watcher=WATCHER,
    )
    if made is None:
        not_started(problems)
    print_problems(problems)
    if not made.kinds:
        raise typer.Exit(1)
    say(f"已写{'、'.join(REPORTS[kind] for kind in made.kinds)}，在 {made.folder.reports}")
    finish(problems)


# These two stand first in the program's list, so that the program hangs them up itself.
def run(
    folder: RoundFolder,
    no_marks: NoMarks = False,
    recheck: Recheck = False,
    word: Word = False,
    ledger: LedgerUrl = "",
) -> None:
    """一次做完：收表、计分、写排名表和意见书。"""
    from reports.steps.running import run_round

    ran, problems = run_round(
        folder, ledger=ledger, marks=not no_marks, recheck=recheck, word=word, watcher=WATCHER
    )
    if ran is None:
        not_started(problems)
    _tell_scores(ran)
    print_problems(problems)
    _tell_where(ran, problems)
    finish(problems)


def demo(folder: RoundFolder) -> None:
    """生成一个虚构的县，像督学那样填好检查表（常见的错也有），从收表到意见书走一遍。"""
    from reports.steps.sample import run_sample

    made, problems = run_sample(folder, watcher=WATCHER)
    if made is None:
        not_started(problems)
    opened, sample = made.sample.opened, made.sample
    schools = opened.roster.schools
    say(f"{opened.round.title}：学校 {len(schools)} 所，安排检查 {len(opened.plan)} 次")
    say(f"收回检查表 {sample.returned} 份，其中 {sample.faulty} 份故意留了常见的错")
    say("两名督学记的事实不一致的有 3 处：1 处待核，1 处由局里核定，1 处在成绩写出后更正重交")
    _tell_scores(made.ran)
    say(f"读表发现的问题，先看 {EXAMPLES} 条：")
    print_problems(problems, EXAMPLES)
    _tell_where(made.ran, problems)
    first = next(iter(schools.values())).name
    say(f"想知道一个数从哪里来：scoring explain {folder} {first}")
    if late := sample.differences.late:
        corrected = schools[late.school].name
        say(f"想看一份表怎样更正：scoring ledger history {folder} {corrected}")


def _tell_scores(ran: Ran) -> None:
    from scoring.results.summary import print_scores

    held = ran.taken.held
    say(f"共 {held.files} 个文件，计入检查记录 {len(held.visits)} 份")
    if ran.scores is not None:
        print_scores(ran.scores)


def _tell_where(ran: Ran, problems: Sequence[Problem]) -> None:
    if ran.scores is not None:
        folder, summary = ran.taken.opened.folder, counted(problems)
        say(f"问题：{summary}" if summary else "没有发现问题")
        say(f"结果在 {folder.results}，排名表和意见书在 {folder.reports}")
    if line := marked_line(ran.taken):
        say(line)
