"""The room's door for the command line: scores of a round, and of plain rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inspections.command_line import AsJson, LedgerUrl, RoundFolder, Yes, as_day, as_month
from rubrics.messages.problems import spoken
from rubrics.messages.terminal import (
    WATCHER,
    counted,
    finish,
    not_started,
    print_json,
    print_lines,
    print_problems,
    print_table,
    say,
    with_problems,
)

app = typer.Typer(no_args_is_help=True)


@app.command("score")
def score(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """计分：按台账里已收的检查表计分、排名，写在 results/。"""
    from scoring.results.summary import counts, print_scores
    from scoring.steps.scoring import write_scores

    made, problems = write_scores(folder, ledger=ledger, watcher=WATCHER)
    if made is None:
        not_started(problems, as_json)
    if made.scores is None:
        if as_json:
            print_json(with_problems({}, problems))
        else:
            print_problems(problems)
        raise typer.Exit(1)
    if as_json:
        told = {"results": str(made.folder.results), "rubrics": list(counts(made.scores))}
        print_json(with_problems(told, problems))
        finish(problems)
    print_scores(made.scores)
    print_problems(made.changed)
    if made.uncollected:
        say(f"returned 里还有 {made.uncollected} 个文件没有收，请运行 scoring collect")
    print_problems([it for it in problems if it not in made.changed])
    summary = counted(problems)
    say(f"结果在 {made.folder.results}；" + (f"问题：{summary}" if summary else "没有发现问题"))
    heard = spoken("先听取学校申辩的")
    say(f"下一步：scoring report 写排名表、意见书和通报；{heard}，加 --stage 初步")
    finish(problems)


@app.command("explain")
def explain(
    folder: RoundFolder,
    school: Annotated[
        str, typer.Argument(metavar="[学校]", help="学校名称、其中一段，或学校代码")
    ] = "",
    rubric: Annotated[str, typer.Argument(metavar="[细则]", help="细则代码或名称")] = "",
    item: Annotated[
        str, typer.Argument(metavar="[指标]", help="指标、加分项或红线的编号；可以不写细则")
    ] = "",
    bulletin: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="通报第 N 段的数从哪里来，不写学校；0 列出全部段落。年度通报的，文件夹写年度的",
        ),
    ] = None,
    month: Annotated[
        str,
        typer.Option(metavar="2026-11", help="同 --bulletin 一起写：问的是这个月的月报"),
    ] = "",
    as_json: AsJson = False,
    open_records: Annotated[
        bool, typer.Option("--open", help="连保密的也写出来：选票、谈话；只供局里看，请勿外传")
    ] = False,
    ledger: LedgerUrl = "",
) -> None:
    """说明一个数从哪里来：名次、总分、各级指标，直到规则、依据、督学、文件和单元格。"""
    from scoring.explaining.explanation import as_plain
    from scoring.explaining.layout import lines
    from scoring.steps.explaining import explain_school

    if bulletin is not None:
        if school:
            raise typer.BadParameter("--bulletin 说的是整份通报，不写学校")
        _explain_bulletin(folder, bulletin, as_month(month), as_json=as_json)
        return
    if month:
        raise typer.BadParameter("--month 要同 --bulletin N 一起写")
    if not school:
        raise typer.BadParameter("请写学校，或用 --bulletin N 问通报的第 N 段")
    told, problems = explain_school(
        folder, school, rubric, item, ledger=ledger, open_records=open_records
    )
    if told is None:
        not_started(problems, as_json)
    if as_json:
        print_json(with_problems(as_plain(told), problems))
    else:
        print_lines(lines(told))
        print_problems(problems, aside=True)
    finish(problems)


def _explain_bulletin(
    folder: Path, number: int, month: tuple[int, int] | None, *, as_json: bool
) -> None:
    from dataclasses import asdict

    from scoring.explaining.bulletin import lines
    from scoring.steps.explaining import explain_bulletin

    told, problems = explain_bulletin(folder, number, month)
    if not told:
        not_started(problems, as_json)
    if as_json:
        print_json(with_problems({"paragraphs": [asdict(one) for one in told]}, problems))
    else:
        print_lines(lines(told))
        print_problems(problems, aside=True)
    finish(problems)


# Hung up under `scoring round`: that room cannot score.
def severity(
    folder: RoundFolder,
    rubric: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="只看这套细则；可写几次，不写则全部")
    ] = None,
    yes: Yes = False,
    why: Annotated[str, typer.Option("--why", metavar="理由", help="为什么，记入台账")] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="经手人，不写就记电脑的登录名")
    ] = "",
    ledger: LedgerUrl = "",
) -> None:
    """督学宽严的校正：定下的各是几分，按现有检查表测定是几分；--yes 重新测定，从此照用。"""
    from inspections.ledger.chain import By, by_user
    from scoring.results.severity_told import HEADS, rows, sentences
    from scoring.steps.severity import measure_severity

    if yes and not why.strip():
        raise typer.BadParameter("重新测定的，请用 --why 写明理由")
    done, problems = measure_severity(
        folder,
        By(by.strip() or by_user().who, why.strip()),
        rubrics=rubric or (),
        write=yes,
        ledger=ledger,
        watcher=WATCHER,
    )
    if done is None:
        not_started(problems)
    print_table(HEADS, rows(done.opened, done.stands, done.now), right=HEADS[3:])
    for line in sentences(done.opened, done.stands, done.now):
        say(line)
    if done.written:
        say(f"已记入台账，从此照用。下一步：scoring run {folder}；内容变了的意见书换新编号")
    elif not yes:
        say("什么也没有改；要照“现测”重新定下的，加 --yes --why 理由")
    print_problems(problems)
    finish(problems)


# Hung up under `scoring rubric`.
def try_rows(
    rubric: Annotated[str, typer.Argument(metavar="细则", help="YAML 文件，或自带细则的代码")],
    cases: Annotated[Path, typer.Argument(metavar="明细表", help="一行一校（.csv 或 .xlsx）")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="写到文件（CSV；加 --json 写 JSON）；不写就打印出来"),
    ] = None,
    round_file: Annotated[
        Path | None,
        typer.Option(
            "--round",
            metavar="round.yaml",
            help="按批次的设置合成、排名、限额；可以只写其中几项（combining、ranking、period……）",
        ),
    ] = None,
    items: Annotated[
        bool,
        typer.Option(
            "--items", help="一行一个指标：填了什么、得几分、为什么；三所学校以内自动列出"
        ),
    ] = False,
    since: Annotated[
        date | None,
        typer.Option("--from", parser=as_day, metavar="DATE", help="考核期开始，频次按此折算"),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--to", parser=as_day, metavar="DATE", help="考核期结束；都不写按一整年"),
    ] = None,
    day: Annotated[
        date | None,
        typer.Option(parser=as_day, metavar="DATE", help="检查日，决定用哪时的规则；不写用最新的"),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(metavar="特征", help="按特征分组排名；可写几次"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """试算：不建批次，用一张明细表试一份细则。

    列：school（或 学校）、特征（学段、寄宿……），以及指标编号或“编号.填写项”。
    一所学校有几名督学、几次检查的，各写一行，用“督学”“次别”“检查日”几列分开。
    空格是未查，NA 是合理缺项；几个样品的读数可以写在一格里，用分号隔开。
    学校自评的分写在“编号.自评”一列，按细则算自评与复评相差扣几分。
    屏幕上列出总分、等次、名次和等次为什么没有更高，再是各指标填了什么、得几分、为什么；
    写到文件或接到别的命令时是 CSV。
    """
    from inspections.round.round import Period
    from rubrics.messages.csv_text import csv_bytes
    from rubrics.messages.json_text import json_bytes
    from rubrics.messages.output import write_whole
    from rubrics.messages.terminal import on_terminal
    from scoring.trial.told import as_plain, columns, item_columns, item_rows, print_tables, rows
    from scoring.trial.trying import Terms, try_named

    if (since is None) != (until is None):
        raise typer.BadParameter("--from 和 --to 要写就都写")
    if since and until and until < since:
        raise typer.BadParameter("结束日期早于开始日期")
    period = Period(since=since, until=until) if since and until else None
    terms = Terms(period=period, day=day, groups=tuple(group or ()))
    scores, problems = try_named(rubric, cases, terms, round_file)
    if scores is None:
        if as_json:
            not_started(problems, as_json)
        print_problems(problems, len(problems), aside=True)
        raise typer.Exit(2)
    if as_json:
        told = with_problems({"scores": as_plain(scores)}, problems)
        if out is None:
            print_json(told)
        else:
            problems += write_whole(out, json_bytes(told, 2), str(out), private=True)
    elif out is None and on_terminal():
        print_tables(scores, items)
    else:
        data = (
            csv_bytes(item_columns(scores), item_rows(scores))
            if items
            else csv_bytes(columns(scores), rows(scores))
        )
        if out is None:
            typer.echo(data.decode("utf-8-sig").replace("\r\n", "\n"), nl=False)
        else:
            problems += write_whole(out, data, str(out), private=True)
    print_problems(problems, aside=True)
    finish(problems)
