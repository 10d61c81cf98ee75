"""The program ``scoring``: hangs up the doors of the rooms. ``python -m scoring`` runs it too."""

from __future__ import annotations

import scoring.interrupted  # noqa: F401 (first: the others take a moment to load)

# isort: split
import os

import typer

from inspections import commands as inspection_commands
from inspections import ledger_commands
from inspections.collecting.collecting import collect
from inspections.collecting.marked_copies import Marked
from inspections.collecting.publishing import published
from inspections.commands import (
    LedgerUrl,
    NoMarks,
    Recheck,
    RoundFolder,
    mark,
    opened,
    tell_marked,
)
from inspections.demo.making import clear_sample, is_sample, make_sample
from inspections.round.locking import in_turn
from inspections.round.opened import OpenRound
from inspections.workbook.drawing.blank import write_blank_workbooks
from reports import commands as report_commands
from reports.written import report_paths, write_reports
from rubrics import commands as rubric_commands
from rubrics.messages.output import clear_leftovers
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.terminal import counted, finish, not_started, print_problems, progress, say
from scoring import commands as scoring_commands
from scoring.commands import score_and_write
from scoring.program import run
from scoring.results.scores import Scores
from scoring.results.summary import print_scores

app = typer.Typer(
    help="学校督导检查计分：细则、检查表、收表、计分、排名、意见书。",
    no_args_is_help=True,
    add_completion=False,
)
rubric_commands.app.command("try")(scoring_commands.try_rows)
app.add_typer(rubric_commands.app, name="rubric")
# Doors without a name put their commands at the top: scoring collect, scoring score, ...
app.add_typer(inspection_commands.app)
app.add_typer(scoring_commands.app)
app.add_typer(ledger_commands.app, name="ledger")
app.add_typer(report_commands.app)


EXAMPLES = 6
"""Problems that the demo prints; all of them are in its files."""


@app.command("run")
@in_turn
def run_all(
    folder: RoundFolder,
    no_marks: NoMarks = False,
    recheck: Recheck = False,
    ledger: LedgerUrl = "",
) -> None:
    """一次做完：收表、计分、写排名表和意见书。"""
    of, problems = opened(folder, ledger=ledger)
    scores, problems, made = _run(of, problems, marks=not no_marks, recheck=recheck)
    if scores is not None:
        print_scores(scores)
    print_problems(problems)
    if scores is not None:
        _tell_where(of, problems)
    tell_marked(of, made)
    finish(problems)


@app.command("demo")
@in_turn
def demo(folder: RoundFolder) -> None:
    """生成一个虚构的县，像督学那样填好检查表（常见的错也有），从收表到意见书走一遍。"""
    clear_leftovers(folder)
    if folder.exists() and not is_sample(folder) and (folder.is_file() or any(folder.iterdir())):
        not_started([problem("folder-in-use", Place(str(folder)), name=str(folder))])
    if left := clear_sample(folder):
        not_started(left)
    with progress("填检查表") as told:
        sample, problems = make_sample(folder, told)
    if sample is None:
        not_started(problems)
    of = sample.opened
    with progress("写空白检查表") as told:
        write_blank_workbooks(
            of.folder.workbooks, of.round, of.rubrics, of.roster, of.plan, "visit", told
        )
    say(f"{of.round.title}：学校 {len(of.roster.schools)} 所，安排检查 {len(of.plan)} 次")
    say(f"收回检查表 {sample.returned} 份，其中 {sample.faulty} 份故意留了常见的错")
    scores, problems, made = _run(of, problems, marks=True)
    if scores is not None:
        print_scores(scores)
    say(f"读表发现的问题，先看 {EXAMPLES} 条：")
    print_problems(problems, EXAMPLES)
    _tell_where(of, problems)
    tell_marked(of, made)
    say(f"想知道一个数从哪里来：scoring explain {folder} {_first_school(of)}")


def _run(
    opened: OpenRound, problems: list[Problem], *, marks: bool, recheck: bool = False
) -> tuple[Scores | None, list[Problem], Marked | None]:
    """Collects, marks, scores and reports; the scores are None where there is nothing to score."""
    with progress("读检查表") as told, progress("看佐证") as looked:
        held = collect(opened, told, looked=looked, recheck=recheck)
    say(f"共 {held.files} 个文件，计入检查记录 {len(held.visits)} 份")
    met: list[Problem] = []
    made = mark(opened, held, met) if marks else None
    scores, problems = score_and_write(opened, problems, held, met)
    if scores is not None:
        with progress("写报告") as told:
            problems += write_reports(
                opened,
                scores,
                problems,
                workers=min(2, os.cpu_count() or 1),
                progress=told,
            )
        published(opened, report_paths(opened.folder))
    return scores, problems, made


def _tell_where(opened: OpenRound, problems: list[Problem]) -> None:
    summary = counted(problems)
    say(f"问题：{summary}" if summary else "没有发现问题")
    say(f"结果在 {opened.folder.results}，排名表和意见书在 {opened.folder.reports}")


def _first_school(opened: OpenRound) -> str:
    return next(iter(opened.roster.schools.values())).name


def main() -> None:
    """Runs the program; see ``scoring --help``."""
    run(app)


if __name__ == "__main__":
    main()
