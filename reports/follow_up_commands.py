"""The commands of a follow-up that write papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder, as_day
from rubrics.messages.terminal import WATCHER, finish, not_started, print_problems, say

Day = Annotated[
    date | None, typer.Option("--day", parser=as_day, metavar="DATE", help="哪一天，不写就是今天")
]


def send(folder: RoundFolder, day: Day = None, ledger: LedgerUrl = "") -> None:
    """写出复查记录（每组每校一份，只有抽中、还没有复查的事项），通知和抽取记录。"""
    from inspections.steps.following_up import send_follow_up
    from reports.steps.following_up import announce_follow_up

    sent, problems = send_follow_up(folder, day or date.today(), ledger=ledger, watcher=WATCHER)
    if sent is None:
        not_started(problems)
    papers, met = announce_follow_up(folder, ledger=ledger, watcher=WATCHER)
    problems += (one for one in met if one not in problems)
    say(f"复查记录 {len(sent.files)} 份，{sent.items} 条，在 {sent.folder}")
    if papers:
        say(f"通知和抽取记录 {len(papers)} 份，在 {papers[0].parent}；文号、日期请局里填写")
    say(
        f"填好的放进 {sent.folder.parent / 'returned'}，"
        f"再运行 scoring followup collect {folder} --why 理由"
    )
    print_problems(problems)
    finish(problems)


def report(
    folder: RoundFolder,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="报告的模板，局里在 Word 里改过的（.docx）"),
    ] = None,
    ledger: LedgerUrl = "",
) -> None:
    """写回头看报告（Word 和表）：原问题、学校报送、现场所见、得分前后逐条对照。"""
    from reports.steps.following_up import report_follow_up

    made, problems = report_follow_up(folder, template=template, ledger=ledger, watcher=WATCHER)
    if made is None:
        not_started(problems)
    seen = sum(one.verdict is not None for one in made.items)
    say(f"抽取 {len(made.items)} 条，已复查 {seen} 条；报告在 {made.path} 和 {made.paper}")
    print_problems(problems)
    finish(problems)
