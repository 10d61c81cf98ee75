"""What commands of several rooms share: arguments, options, and a line that they print."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rubrics.messages.terminal import about

if TYPE_CHECKING:
    from inspections.steps.collecting import TakenIn

RoundFolder = Annotated[Path, typer.Argument(metavar="DIR", help="批次文件夹", callback=about)]
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
Yes = Annotated[bool, typer.Option("--yes", help="照办；不加只列出会改什么")]
School = Annotated[
    str, typer.Argument(metavar="学校", help="学校代码、校名、校名的一部分或简称（一小）")
]


def as_day(text: str) -> date:
    """Returns the date that an option holds; anything else is bad usage."""
    from inspections.records.moments import read_day

    found = read_day(text)
    if found is None:
        raise typer.BadParameter(f"“{text}”不是日期，请写成 2026-03-01")
    return found.date


def as_month(text: str) -> tuple[int, int] | None:
    """Returns year and month that an option holds, ``2026-11``; anything else is bad usage."""
    if not text:
        return None
    found = re.fullmatch(r"(20\d\d)[-./年](0?[1-9]|1[0-2])月?", text.strip())
    if found is None:
        raise typer.BadParameter(f"“{text}”不是月份，请写成 2026-11")
    return int(found[1]), int(found[2])


def marked_line(taken: TakenIn) -> str:
    """Returns how many marked copies lie ready to be sent back, and where; empty without any."""
    made, folder, people = taken.marked, taken.opened.folder, taken.opened.words.people
    if made is None or not made.copies:
        return ""
    return (
        f"标好问题、可以退给{people}改的检查表 {made.copies} 份（这次写了 {made.written} 份），"
        f"在 {folder.marked}；该催谁，看 scoring round status {folder.root}"
    )
