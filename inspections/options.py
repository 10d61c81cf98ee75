"""Arguments and options that commands of several rooms share, with their texts in ``--help``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

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
School = Annotated[str, typer.Argument(metavar="学校", help="学校代码、校名或校名的一部分")]


def as_day(text: str) -> date:
    """Returns the date that an option holds; anything else is bad usage."""
    from inspections.records.moments import read_day

    found = read_day(text)
    if found is None:
        raise typer.BadParameter(f"“{text}”不是日期，请写成 2026-03-01")
    return found.date
