"""The program ``scoring``: hangs up the doors of the rooms. ``python -m scoring`` runs it too."""

from __future__ import annotations

from scoring.interrupted import heed_signals  # first: the others take a moment to load

# isort: split
from multiprocessing import freeze_support

import typer

from inspections import commands as inspection_commands
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
# That room knows rubrics, and cannot score.
rubric_commands.app.command("try")(scoring_commands.try_rows)
app.add_typer(rubric_commands.app, name="rubric")
# Doors without a name put their commands at the top: scoring collect, scoring score, ...
app.add_typer(inspection_commands.app)
app.add_typer(scoring_commands.app)
app.add_typer(inspection_commands.ledger_app, name="ledger")
app.add_typer(report_commands.app)


def main() -> None:
    """Runs the program; see ``scoring --help``."""
    freeze_support()
    heed_signals()
    run(app)


if __name__ == "__main__":
    main()
