"""The room's door for the command line: what the bureau publishes and each school receives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from inspections.collecting.collecting import collected
from inspections.collecting.publishing import published
from inspections.commands import LedgerUrl, RoundFolder, opened
from inspections.round.locking import in_turn
from reports.ranking.previous import Previous, read_previous
from reports.written import REPORTS, report_paths, write_reports
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.terminal import finish, print_problems, progress, say
from scoring.results.rounds import score_round

app = typer.Typer(no_args_is_help=True)

_KINDS = "；".join(f"{key} {name}" for key, name in REPORTS.items())


def _known(only: list[str] | None) -> list[str] | None:
    for name in only or ():
        if name not in REPORTS:
            raise typer.BadParameter(f"没有“{name}”，可以写：{_KINDS}")
    return only


@app.command("report")
@in_turn
def report(
    folder: RoundFolder,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", callback=_known, help=f"只写这一种，可写几次；不写则全部：{_KINDS}"
        ),
    ] = None,
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
    of, problems = opened(folder, ledger=ledger)
    held = collected(of)
    if not held.visits:
        where = Place(of.ledger_name)
        print_problems([*problems, problem("nothing-to-score", where)])
        raise typer.Exit(1)
    scores, doubts = score_round(of.round, of.rubrics, of.roster, of.plan, held.visits)
    before, unread = _before(previous)
    problems += unread
    with progress("写报告") as told:
        problems += write_reports(
            of,
            scores,
            [*problems, *held.problems, *doubts],
            only=only or (),
            previous=before,
            fonts=fonts,
            workers=workers or min(2, os.cpu_count() or 1),
            progress=told,
        )
    published(of, report_paths(of.folder, only))
    print_problems(problems)
    written = "、".join(name for key, name in REPORTS.items() if not only or key in only)
    say(f"已写{written}，在 {of.folder.reports}")
    finish(problems)


def _before(folder: Path | None) -> tuple[Previous | None, tuple[Problem, ...]]:
    if folder is None:
        return None, ()
    found, problems = read_previous(folder)
    return (None if problems else found), problems
