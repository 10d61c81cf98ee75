"""The command that writes what many people said, school by school and of the county."""

from __future__ import annotations

from inspections.command_line import LedgerUrl, RoundFolder
from rubrics.messages.terminal import WATCHER, finish, not_started, print_problems, say


def report(folder: RoundFolder, ledger: LedgerUrl = "") -> None:
    """写问卷、访谈、来访的报告：每校一份、全县一份（Word），一本统计表；不足 5 人的数不列。"""
    from reports.steps.voicing import report_voices

    written, problems = report_voices(folder, ledger=ledger, watcher=WATCHER)
    if not written:
        not_started(problems)
    say(f"已写出 {len(written)} 个文件，在 {written[0].parent}")
    print_problems(problems)
    finish(problems)
