"""The program ``scoring``: hangs up the doors of the rooms. ``python -m scoring`` runs it too."""

from __future__ import annotations

import os

import typer

from inspections import commands as inspection_commands
from inspections.collecting import collect
from inspections.commands import RoundFolder, opened
from inspections.console import counted, finish, print_problems, progress
from reports import commands as report_commands
from reports.written import write_reports
from rubrics import commands as rubric_commands
from scoring import commands as scoring_commands
from scoring.commands import print_scores, score_and_write
from scoring.program import run

app = typer.Typer(
    help="学校督导检查计分：细则、检查表、收表、计分、排名、意见书。",
    no_args_is_help=True,
    add_completion=False,
)
app.add_typer(rubric_commands.app, name="rubric")
# Doors without a name put their commands at the top: scoring collect, scoring score, ...
app.add_typer(inspection_commands.app)
app.add_typer(scoring_commands.app)
app.add_typer(report_commands.app)


@app.command("run")
def run_all(folder: RoundFolder) -> None:
    """一次做完：收表、计分、写排名表和意见书。"""
    of, problems = opened(folder)
    with progress("读检查表") as told:
        held = collect(of, told)
    typer.echo(f"共 {held.files} 个文件，计入检查记录 {len(held.visits)} 份")
    scores, problems = score_and_write(of, problems, held)
    if scores is None:
        print_problems(problems)
        raise typer.Exit(1)
    with progress("写报告") as told:
        problems += write_reports(
            of,
            scores,
            problems,
            workers=min(2, os.cpu_count() or 1),
            progress=lambda doing, done, whole: told(done, whole),
        )
    print_scores(scores)
    print_problems(problems)
    summary = counted(problems)
    typer.echo(f"结果在 {of.folder.results}，排名表和意见书在 {of.folder.reports}")
    typer.echo(f"问题：{summary}" if summary else "没有发现问题")
    finish(problems)


def main() -> None:
    """Runs the program; see ``scoring --help``."""
    run(app)


if __name__ == "__main__":
    main()
