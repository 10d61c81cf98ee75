"""Commands for the sheets: blank ones handed out, filled ones taken in."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from inspections.command_line import AsJson, LedgerUrl, NoMarks, Recheck, RoundFolder, marked_line
from rubrics.messages.terminal import (
    WATCHER,
    counted,
    finish,
    not_started,
    print_json,
    print_problems,
    say,
    with_problems,
)
from rubrics.messages.unwritten import unwritten


def workbooks(
    folder: RoundFolder,
    layout: Annotated[
        Literal["visit", "team"],
        typer.Option(help="visit 一次检查一个文件；team 全部检查在一个文件里"),
    ] = "visit",
) -> None:
    """按检查安排写出空白检查表，放在 workbooks/。"""
    from inspections.steps.handing_out import write_workbooks

    made, problems = write_workbooks(folder, layout, watcher=WATCHER)
    if made is None:
        not_started(problems)
    print_problems(problems)
    lost = len(unwritten(problems))
    if made.written:
        left = f"，{lost} 份没有写成，原因见上" if lost else ""
        say(f"已写 {len(made.written)} 份检查表，在 {made.folder.workbooks}{left}")
        say(f"填好的放进 {made.folder.returned}（文件名、子文件夹不限），再运行 scoring collect")
    else:
        say(f"一份检查表也没有写{'成，原因见上' if lost else ''}")
    finish(problems)


def collect(
    folder: RoundFolder,
    no_marks: NoMarks = False,
    recheck: Recheck = False,
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """收表：读 returned/ 里填好的检查表，记入台账，列出问题，有问题的标好放在 marked/。"""
    from inspections.collecting.problem_table import FILE
    from inspections.steps.collecting import collect_round

    taken, problems = collect_round(
        folder, ledger=ledger, marks=not no_marks, recheck=recheck, watcher=WATCHER
    )
    if taken is None:
        not_started(problems, as_json)
    held, made = taken.held, taken.marked
    if as_json:
        counts = {"files": held.files, "read": held.fresh, "visits": len(held.visits)}
        counts |= {"marked": made.copies, "written": made.written} if made else {}
        print_json(with_problems(counts, problems))
        finish(problems)
    print_problems(problems)
    say(f"共 {held.files} 个文件，这次读了 {held.fresh} 个；计入检查记录 {len(held.visits)} 份")
    summary = counted(problems)
    where = f"，都在 {taken.opened.folder.results / FILE}"
    say(f"问题：{summary}{where}" if summary else "没有发现问题")
    if line := marked_line(taken):
        say(line)
    if held.visits:
        say("下一步：scoring score 计分")
    finish(problems)
