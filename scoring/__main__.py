"""The program ``scoring``: hangs up the doors of the rooms. ``python -m scoring`` runs it too."""

from __future__ import annotations

from scoring import one_thread as one_thread  # before NumPy is loaded
from scoring.interrupted import heed_signals  # first: the others take a moment to load

# isort: split
from multiprocessing import freeze_support

import typer

from inspections import commands as inspection_commands
from reports import (
    accountability_commands,
    fairness_commands,
    follow_up_commands,
    planning_commands,
    rectify_commands,
    voices_commands,
    year_commands,
)
from reports import commands as report_commands
from rubrics import commands as rubric_commands
from scoring import commands as scoring_commands
from scoring.program import run

app = typer.Typer(
    help="学校督导检查计分：细则、检查表、收表、计分、排名、意见书。",
    no_args_is_help=True,
    add_completion=False,
)
app.command("run")(report_commands.run)
app.command("demo")(report_commands.demo)
inspection_commands.round_app.command("draw")(planning_commands.draw)
inspection_commands.round_app.command("redraw")(planning_commands.redraw)
inspection_commands.round_app.command("severity")(scoring_commands.severity)
inspection_commands.voices_app.command("report")(voices_commands.report)
# That room knows rubrics, and cannot score.
rubric_commands.app.command("try")(scoring_commands.try_rows)
app.add_typer(rubric_commands.app, name="rubric")
# Doors without a name put their commands at the top: scoring collect, scoring score, ...
app.add_typer(inspection_commands.app)
app.add_typer(scoring_commands.app)
app.add_typer(inspection_commands.ledger_app, name="ledger")
inspection_commands.follow_up_app.command("send")(follow_up_commands.send)
inspection_commands.follow_up_app.command("report")(follow_up_commands.report)
app.add_typer(inspection_commands.follow_up_app, name="followup")
# Those who hand out and collect know no scores, and write no papers.
inspection_commands.rectify_app.command("open")(rectify_commands.open_items)
inspection_commands.rectify_app.command("book")(rectify_commands.book)
inspection_commands.rectify_app.command("report")(rectify_commands.report)
app.add_typer(inspection_commands.rectify_app, name="rectify")
app.add_typer(accountability_commands.app, name="accountability")
app.add_typer(report_commands.app)
app.add_typer(year_commands.app)
app.command("fairness")(fairness_commands.fairness)
app.add_typer(report_commands.template_app, name="template")


def main() -> None:
    """Runs the program; see ``scoring --help``."""
    freeze_support()
    heed_signals()
    run(app)


if __name__ == "__main__":
    main()
