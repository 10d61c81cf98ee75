"""Commands that change a round's rosters while it runs: schools and inspectors come and go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from inspections.command_line import RoundFolder, Yes
from inspections.commands.plan_lines import plan_counts, print_plan
from rubrics.messages.problems import has_errors
from rubrics.messages.terminal import WATCHER, finish, not_started, print_problems, say

if TYPE_CHECKING:
    from inspections.steps.changing_rosters import RosterChange
    from rubrics.messages.problems import Problem

Code = Annotated[str, typer.Option(metavar="代码", help="督学代码；名册没有这一列的不写")]
Skill = Annotated[
    list[str] | None, typer.Option("--skill", metavar="专长", help="专长，如 食品；可写几次")
]
Avoid = Annotated[
    list[str] | None,
    typer.Option("--avoid", metavar="学校", help="要回避的学校，校名或代码；可写几次"),
]
Office = Annotated[str, typer.Option(metavar="单位", help="工作单位")]


def add_school(
    folder: RoundFolder,
    code: Annotated[str, typer.Argument(metavar="代码", help="学校代码")],
    name: Annotated[str, typer.Argument(metavar="校名", help="学校全称")],
    column: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="列=值", help="其他的列，如 学段=小学；可写几次"),
    ] = None,
    yes: Yes = False,
) -> None:
    """批次中途增加一所学校：写进学校名册，排进检查安排。"""
    from inspections.steps.changing_rosters import add_school

    cells = {}
    for text in column or ():
        heading, sign, value = text.replace("＝", "=").partition("=")
        if not (sign and heading.strip() and value.strip()):
            raise typer.BadParameter(f"“{text}”要写成 列=值，如 学段=小学")
        cells[heading.strip()] = value.strip()
    _changed(folder, "增加学校", add_school(folder, code, name, cells, write=yes, watcher=WATCHER))


def remove_school(
    folder: RoundFolder,
    school: Annotated[str, typer.Argument(metavar="学校", help="代码、校名或简称")],
    yes: Yes = False,
) -> None:
    """批次中途去掉一所学校：移出学校名册和检查安排；已交的表留在台账里，不再计入。"""
    from inspections.steps.changing_rosters import remove_school

    _changed(folder, "去掉学校", remove_school(folder, school, write=yes, watcher=WATCHER))


def add_inspector(
    folder: RoundFolder,
    name: Annotated[str, typer.Argument(metavar="姓名", help="督学姓名")],
    code: Code = "",
    office: Office = "",
    team: Annotated[str, typer.Option(metavar="组", help="检查组；不写自成一组")] = "",
    skill: Skill = None,
    avoid: Avoid = None,
    yes: Yes = False,
) -> None:
    """批次中途增加一名督学：写进督学名册。"""
    from inspections.steps.changing_rosters import add_inspector

    cells = {"督学代码": code, "单位": office, "检查组": team, **_listed(skill, avoid)}
    _changed(folder, "增加督学", add_inspector(folder, name, cells, write=yes, watcher=WATCHER))


def replace_inspector(
    folder: RoundFolder,
    old: Annotated[str, typer.Argument(metavar="离任的", help="姓名或代码")],
    new: Annotated[str, typer.Argument(metavar="接替的", help="姓名")],
    code: Code = "",
    office: Office = "",
    skill: Skill = None,
    avoid: Avoid = None,
    yes: Yes = False,
) -> None:
    """批次中途换一名督学：原来的标离任，交了的表照样计入；接替的进同一组，只查没查的。"""
    from inspections.steps.changing_rosters import replace_inspector

    cells = {"督学代码": code, "单位": office, **_listed(skill, avoid)}
    done = replace_inspector(folder, old, new, cells, write=yes, watcher=WATCHER)
    _changed(folder, f"{old}离任，接替督学", done)


def _listed(skill: list[str] | None, avoid: list[str] | None) -> dict[str, str]:
    return {"专长": "、".join(skill or ()), "回避": "、".join(avoid or ())}


def _changed(
    folder: Path, what: str, changed: tuple[RosterChange | None, list[Problem]]
) -> NoReturn:
    """Prints what becomes of a roster and of the plan, and ends the command."""
    done, problems = changed
    if done is None:
        not_started(problems)
    place = done.place
    where = " ".join(filter(None, (place.file, place.sheet, f"第 {done.line} 行")))
    say(f"{done.opened.words.said(what)}：{done.who}（{where}）")
    print_plan(done.opened, done.replan)
    if done.replan.changes:
        say(f"检查安排：{plan_counts(done.replan)}")
    print_problems(problems)
    if done.written:
        say(f"已经改好。下一步：scoring workbooks {folder}")
    elif not has_errors(problems):
        say("还没有改，照办请加 --yes")
    finish(problems)
