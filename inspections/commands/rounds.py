"""Commands about a round as a whole: blank rosters, what is wrong, how far it is, its plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inspections.command_line import AsJson, LedgerUrl, RoundFolder, Yes
from inspections.commands.plan_lines import plan_counts, print_plan
from rubrics.messages.printed_commands import quoted
from rubrics.messages.terminal import (
    WATCHER,
    counted,
    finish,
    not_started,
    print_json,
    print_problems,
    print_table,
    say,
    with_problems,
)


def template(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="写到哪个文件夹，没有就新建")],
    rubric: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="只要这套细则用到的列；可写几次，不写则全部"),
    ] = None,
) -> None:
    """写出空白的学校名册（机构等其他对象的名册）、督学名册，带下拉选项和填写说明。"""
    from inspections.round.opened import round_traits
    from inspections.round.roster_template import write_templates
    from rubrics.files.shipped import load_named

    loaded = [load_named(name, Path()) for name in rubric or ()]
    problems = [item for _, found in loaded for item in found]
    if any(made is None for made, _ in loaded):
        not_started(problems)
    own, _ = round_traits(Path())
    written, met = write_templates(folder, [made for made, _ in loaded if made], own)
    if written is None:
        not_started(met)
    for path in written:
        say(f"已写 {path}")
    schools, inspectors = map(quoted, written)
    chosen = "".join(f" --rubric {quoted(name)}" for name in rubric or ())
    say(f"填好以后检查：scoring round check --schools {schools} --inspectors {inspectors}{chosen}")
    finish(problems)


def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="批次文件夹；还没有建的不写")
    ] = None,
    schools: Annotated[Path | None, typer.Option(metavar="FILE", help="学校名册")] = None,
    inspectors: Annotated[Path | None, typer.Option(metavar="FILE", help="督学名册")] = None,
    rubric: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="要用的细则，可写几次")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """检查设置、细则、名册和安排，只读，不生成任何文件；也可以检查准备用的两份名册。"""
    from inspections.round.checked_lines import checked_lines, counts
    from inspections.steps.checking import check_files, check_round

    if (folder is None) == (schools is None and inspectors is None):
        raise typer.BadParameter("请写批次文件夹，或写 --schools 和 --inspectors")
    if folder is not None:
        found, problems = check_round(folder)
    elif schools is None or inspectors is None:
        raise typer.BadParameter("--schools 和 --inspectors 要写就都写")
    else:
        found, problems = check_files(schools, inspectors, rubric or ())
    if found is None:
        not_started(problems, as_json)
    if as_json:
        print_json(with_problems(counts(found.rubrics, found.roster, found.plan), problems))
        finish(problems)
    for line in checked_lines(found.rubrics, found.roster, found.plan):
        say(line)
    print_problems(problems)
    say(f"问题：{counted(problems)}" if problems else "没有发现问题")
    finish(problems)


def status(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """看进度：各督学应交、已交、未交、有问题的检查表；把催交催改清单写在 reminders/。"""
    from dataclasses import asdict

    from inspections.chasing.reminders import LIST, TEXTS
    from inspections.chasing.severity import severity_lines
    from inspections.chasing.status_lines import HEADINGS, rater_rows, status_lines
    from inspections.steps.chasing import chase_round

    chased, problems = chase_round(folder, ledger=ledger, watcher=WATCHER)
    if chased is None:
        not_started(problems, as_json)
    now, written = chased.status, chased.reminders
    if as_json:
        print_json(with_problems(asdict(now) | {"reminders": str(written or "")}, problems))
        finish(problems)
    print_table(HEADINGS, rater_rows(now), right=HEADINGS[2:])
    for line in (*status_lines(chased.opened, now), *severity_lines(chased.opened)):
        say(line)
    if written:
        raters = chased.opened.round.raters
        whom = "各组" if raters == "team" else "每个人"
        say(f"清单在 {written / LIST}，发给{whom}的通知在 {written / TEXTS[raters]}")
    print_problems(problems)
    finish(problems)


def replan(
    folder: RoundFolder,
    school: Annotated[
        list[str] | None,
        typer.Option(metavar="学校", help="只补排这些学校；可写几次，不写就补排全部"),
    ] = None,
    yes: Yes = False,
) -> None:
    """名册改过以后重排：补上没安排的，去掉名册里没有的，改派已撤的组；原有安排不动。"""
    from inspections.steps.replanning import replan_round

    done, problems = replan_round(folder, school or (), write=yes, watcher=WATCHER)
    if done is None:
        not_started(problems)
    made, opened = done.replan, done.opened
    print_plan(opened, made)
    counts = plan_counts(made)
    if done.written:
        say(f"{counts}；检查安排在 {opened.folder.plan}")
        say(f"下一步：scoring workbooks {folder}")
    elif made.changes:
        say(f"{counts}；还没有改，照办请加 --yes")
    else:
        say("检查安排与名册一致，不用改")
    print_problems(problems)
    finish(problems)
