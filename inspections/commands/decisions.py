"""Commands that decide on records: which sheet counts, what a value was, what is excused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from inspections.command_line import LedgerUrl, RoundFolder, School
from inspections.commands.acting import Who, Why, by_whom
from rubrics.messages.terminal import finish, not_started, say

if TYPE_CHECKING:
    from pathlib import Path

    from inspections.collecting.decision_making import Made

Rubric = Annotated[str, typer.Argument(metavar="细则", help="细则代码或名称")]
Inspector = Annotated[str, typer.Option(metavar="代码", help="只改这名督学的记录，不写则全部")]
Occasion = Annotated[str, typer.Option(metavar="次别", help="只改这一次检查，不写则全部")]
File = Annotated[str, typer.Argument(metavar="文件", help="returned/ 里的文件")]
Sheet = Annotated[str, typer.Option(metavar="工作表", help="只管文件里的这一张，不写则全部")]


def accept(
    folder: RoundFolder,
    file: File,
    why: Why,
    sheet: Sheet = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """采用：两份表说的不一样时，以这一份为准。"""
    from inspections.ledger.decisions import Verdict
    from inspections.steps.deciding import decide_file

    who = by_whom(by, why)
    _tell(folder, decide_file(folder, Verdict.ACCEPT, file, who, sheet=sheet, ledger=ledger))


def reject(
    folder: RoundFolder,
    file: File,
    why: Why,
    sheet: Sheet = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """不采用：这一份不计入。"""
    from inspections.ledger.decisions import Verdict
    from inspections.steps.deciding import decide_file

    who = by_whom(by, why)
    _tell(folder, decide_file(folder, Verdict.REJECT, file, who, sheet=sheet, ledger=ledger))


def correct(
    folder: RoundFolder,
    school: School,
    rubric: Rubric,
    item: Annotated[
        str,
        typer.Argument(
            metavar="编号", help="检查表 A 列的编号，如 C5 或 C5.x；改文字的写 C5.fault、C5.remark"
        ),
    ],
    value: Annotated[str, typer.Argument(metavar="值", help="改成什么，照检查表的填法")],
    why: Why,
    inspector: Inspector = "",
    occasion: Occasion = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """更正：把一项实测改成查明的值；原来填的仍在台账里。"""
    from inspections.ledger.decisions import Verdict
    from inspections.steps.deciding import decide_item

    who = by_whom(by, why)
    chosen = {"value": value, "inspector": inspector, "occasion": occasion, "ledger": ledger}
    _tell(folder, decide_item(folder, Verdict.CORRECT, school, rubric, item, who, **chosen))


def excuse(
    folder: RoundFolder,
    school: School,
    rubric: Rubric,
    item: Annotated[str, typer.Argument(metavar="指标", help="指标编号")],
    why: Why,
    inspector: Inspector = "",
    occasion: Occasion = "",
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """合理缺项：这一项不适用于这所学校，不计入总分。"""
    from inspections.ledger.decisions import Verdict
    from inspections.steps.deciding import decide_item

    who = by_whom(by, why)
    chosen = {"inspector": inspector, "occasion": occasion, "ledger": ledger}
    _tell(folder, decide_item(folder, Verdict.EXCUSE, school, rubric, item, who, **chosen))


def revoke(
    folder: RoundFolder,
    number: Annotated[int, typer.Argument(metavar="号", help="第几号决定")],
    why: Why,
    by: Who = "",
    ledger: LedgerUrl = "",
) -> None:
    """撤销一个决定；它仍留在台账里。"""
    from inspections.steps.deciding import revoke_decision

    _tell(folder, revoke_decision(folder, number, by_whom(by, why), ledger=ledger))


def _tell(folder: Path, made: Made) -> None:
    one, problems = made
    if one is None:
        not_started(problems)
    say(f"已记入台账，第 {one.number} 号决定：{one.verdict.word}")
    for change in one.changes:
        say(f"  {change}")
    for note in one.notes:
        say(f"  请注意：{note}。")
    say(f"按它重新计分、写报告：scoring run {folder}")
    finish(problems)
