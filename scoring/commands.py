"""The room's door for the command line: scores of a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inspections.collecting.collecting import Collected, collected, uncollected
from inspections.collecting.problem_table import collected_digest
from inspections.collecting.publishing import published
from inspections.commands import AsJson, LedgerUrl, RoundFolder, as_day, opened
from inspections.round.locking import in_turn
from inspections.round.opened import OpenRound
from inspections.round.round import Period
from rubrics.files.shipped import load_named
from rubrics.messages.csv_text import csv_bytes, write_table
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.terminal import (
    counted,
    finish,
    not_started,
    print_json,
    print_lines,
    print_problems,
    say,
    with_problems,
)
from rubrics.values.traits import known_traits
from scoring.explaining import as_plain, explain, find_target, lines
from scoring.results.inputs import inputs_of
from scoring.results.rounds import score_round
from scoring.results.scores import Scores
from scoring.results.snapshot import PUBLISHED, write_results
from scoring.results.summary import counts, print_scores
from scoring.results.tables import SCORES, score_row
from scoring.trial.trying import try_rubric

app = typer.Typer(no_args_is_help=True)


@app.command("score")
@in_turn
def score(folder: RoundFolder, as_json: AsJson = False, ledger: LedgerUrl = "") -> None:
    """计分：按台账里已收的检查表计分、排名，写在 results/。"""
    of, problems = opened(folder, as_json, ledger)
    scores, met = score_and_write(of, problems, collected(of))
    if scores is None:
        _print(met, {}, as_json)
        raise typer.Exit(1)
    if as_json:
        told = {"results": str(of.folder.results), "rubrics": list(counts(scores))}
        print_json(with_problems(told, met))
        finish(met)
    print_scores(scores)
    if left := uncollected(of):
        say(f"returned 里还有 {left} 个文件没有收，请运行 scoring collect")
    print_problems(met)
    summary = counted(met)
    say(f"结果在 {of.folder.results}；" + (f"问题：{summary}" if summary else "没有发现问题"))
    finish(met)


def score_and_write(
    opened: OpenRound, problems: Sequence[Problem], held: Collected, also: Sequence[Problem] = ()
) -> tuple[Scores | None, list[Problem]]:
    """Scores what was collected and writes ``results/``; returns the scores and all problems.

    ``problems``: what opening the round met; ``also``: what came up since. Code of its
    own: nothing-to-score, and no scores.
    """
    told = [*problems, *held.problems]
    met = [*told, *also]
    if not held.visits:
        return None, [*met, problem("nothing-to-score", Place(opened.ledger_name))]
    scores, found = score_round(
        opened.round, opened.rubrics, opened.roster, opened.plan, held.visits
    )
    met = list(dict.fromkeys([*met, *found]))
    inputs = inputs_of(opened, held.visits, collected_digest(told, held.visits))
    met += write_results(opened.folder.results, opened.round, scores, met, inputs)
    published(opened, (opened.folder.results / name for name in PUBLISHED))
    return scores, met


def _print(problems: Sequence[Problem], content: dict[str, object], as_json: bool) -> None:
    if as_json:
        print_json(with_problems(content, problems))
    else:
        print_problems(problems)


@app.command("explain")
def explain_score(
    folder: RoundFolder,
    school: Annotated[str, typer.Argument(metavar="学校", help="学校代码、校名或校名的一部分")],
    rubric: Annotated[str, typer.Argument(metavar="[细则]", help="细则代码或名称")] = "",
    item: Annotated[
        str, typer.Argument(metavar="[指标]", help="指标、加分项或红线的编号；可以不写细则")
    ] = "",
    as_json: AsJson = False,
    ledger: LedgerUrl = "",
) -> None:
    """说明一个数从哪里来：名次、总分、各级指标，直到规则、依据、督学、文件和单元格。"""
    of, _ = opened(folder, as_json, ledger)
    held = collected(of)
    problems = [item for item in held.problems if item.code == "ledger-stale"]
    if not held.visits:
        problems.append(problem("nothing-to-score", Place(of.ledger_name)))
    target, more = find_target(of.roster, of.rubrics, school, rubric, item)
    if target is None:
        not_started(more, as_json)
    # For the bureau's own eyes: what is confidential is shown, and marked.
    scores, _ = score_round(
        of.round, of.rubrics, of.roster, of.plan, held.visits, open_records=True
    )
    told = explain(of.round, scores, of.roster.inspectors, target)
    if as_json:
        print_json(with_problems(as_plain(told), problems))
    else:
        print_lines(lines(told))
        print_problems(problems, aside=True)
    finish(problems)


def _trait(text: str) -> str:
    if text not in known_traits():
        raise typer.BadParameter(f"没有特征“{text}”，可以用：{'、'.join(known_traits())}")
    return text


# Hung up under `scoring rubric`: that room knows rubrics, and cannot score.
def try_rows(
    rubric: Annotated[str, typer.Argument(metavar="细则", help="YAML 文件，或自带细则的代码")],
    cases: Annotated[Path, typer.Argument(metavar="明细表", help="一行一校（.csv 或 .xlsx）")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="写到文件；不写就打印出来")
    ] = None,
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
        typer.Option(parser=_trait, metavar="特征", help="按特征分组排名；可写几次"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """试算：不建批次，用一张明细表试一份细则。

    列：school（或 学校）、特征（学段、寄宿……），以及指标编号或“编号.填写项”。
    空格是未查，NA 是合理缺项；几个样品的读数可以写在一格里，用分号隔开。
    """
    if (since is None) != (until is None):
        raise typer.BadParameter("--from 和 --to 要写就都写")
    if since and until and until < since:
        raise typer.BadParameter("结束日期早于开始日期")
    loaded, problems = load_named(rubric, Path())
    period = Period(since=since, until=until) if since and until else None
    scores = None
    if loaded:
        scores, more = try_rubric(loaded, cases, period=period, day=day, groups=group or ())
        problems += more
    if scores is None:
        print_problems(problems, len(problems), aside=True)
        raise typer.Exit(2)
    rows = [score_row(scores.rubric, one) for one in scores.schools]
    data = csv_bytes(SCORES, rows)
    if as_json:
        told = {"scores": [dict(zip(SCORES, row, strict=True)) for row in rows]}
        print_json(with_problems(told, problems))
    if out is None and not as_json:
        typer.echo(data.decode("utf-8-sig").replace("\r\n", "\n"), nl=False)
    if out is not None:
        problems += write_table(out.parent, out.name, data)
    print_problems(problems, len(problems), aside=True)
    finish(problems)
