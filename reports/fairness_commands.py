"""The command that says how fair a round's figures are: who is strict, and what to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder
from rubrics.messages.terminal import WATCHER, finish, not_started, print_problems, say


def fairness(
    folder: RoundFolder,
    inspector: Annotated[
        str, typer.Option("--inspector", metavar="代码", help="只写这一位自己的一页，给本人看")
    ] = "",
    ledger: LedgerUrl = "",
) -> None:
    """看评分公不公平：几位看得一样吗，谁偏严谁偏松，哪些值得再看一眼；供局内参考，不改变得分。"""
    from reports.steps.fairness import report_fairness

    written, problems = report_fairness(
        folder, inspector=inspector.strip(), ledger=ledger, watcher=WATCHER
    )
    if not written:
        not_started(problems)
    for path in written:
        say(f"已写出 {path}")
    print_problems(problems)
    finish(problems)
