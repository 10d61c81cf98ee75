"""The room's door for the command line: years and months."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder, as_month
from rubrics.messages.problems import spoken
from rubrics.messages.terminal import WATCHER, finish, not_started, print_problems, say

if TYPE_CHECKING:
    from scoring.years.month import Month

app = typer.Typer(no_args_is_help=True)


def _shares(text: str) -> list[Decimal]:
    """The weights that an option holds, ``0.4,0.6``; anything else is bad usage."""
    parts = text.replace("，", ",").split(",") if text else []
    try:
        found = [Decimal(part.strip()) for part in parts]
        if all(one.is_finite() for one in found):
            return found
        raise InvalidOperation
    except InvalidOperation:
        raise typer.BadParameter(f"“{text}”不是权重，请写成 0.4,0.6") from None


@app.command("year")
def year(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="DIR...", help="各批次的文件夹，按时间先后写；或装着它们的那一个"),
    ],
    weights: Annotated[
        str,
        typer.Option(metavar="0.4,0.6", help="各批次的权重，合计 1 或 100；不写都一样重"),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="写在哪个文件夹；不写就在第一个批次旁边的“年度”"),
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="年度设置 year.yaml；不写就用输出文件夹里的")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="年度通报的模板，局里在 Word 里改过的（.docx）"),
    ] = None,
    fonts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="放公文字体的文件夹；不写则用开源字体")
    ] = None,
) -> None:
    """几个批次合成一年：年度成绩表、年度通报、每校一页；按各批次已经写出的结果计算。"""
    from reports.steps.closing_year import write_year

    made, problems = write_year(
        folders,
        weights=_shares(weights),
        out=out,
        settings=settings,
        template=template,
        fonts=fonts,
        watcher=WATCHER,
    )
    if made is None:
        not_started(problems)
    print_problems(problems)
    names = "、".join(path.name for path in made.files)
    rounds = len(made.year.rounds)
    pages = spoken("每校一页")
    say(f"{rounds} 个批次合成一年；已写{names}和{pages} {made.pages} 份，在 {made.folder}")
    finish(problems)


def _month(text: str) -> Month:
    """The month that an option holds, ``2026-11``; anything else is bad usage."""
    from scoring.years.month import Month

    found = as_month(text)
    if found is None:
        raise typer.BadParameter("请写月份，如 2026-11")
    return Month(*found)


@app.command("monthly")
def monthly(
    folder: RoundFolder,
    month: Annotated[str, typer.Option(metavar="2026-11", help="哪个月的月报")],
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="月报的模板，局里在 Word 里改过的（.docx）")
    ] = None,
    ledger: LedgerUrl = "",
) -> None:
    """写月报（Word 和表），放在 reports/月报/；本月和累计都按月末的情形。"""
    from reports.steps.monthly import write_monthly

    made, problems = write_monthly(
        folder, _month(month), template=template, ledger=ledger, watcher=WATCHER
    )
    if made is None:
        not_started(problems)
    print_problems(problems)
    counts = made.subject.all.month
    say(
        f"{made.subject.name}：检查 {counts.school_days} {spoken('校次')}，"
        f"列入整改 {counts.faults} 项，销号 {counts.closed} 项；月报在 {made.files[0].parent}"
    )
    finish(problems)
