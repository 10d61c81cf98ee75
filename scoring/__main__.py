"""The program ``scoring``: hangs up the doors of the rooms. ``python -m scoring`` runs it too."""

from __future__ import annotations

import typer

from rubrics import commands as rubric_commands
from scoring.program import run

app = typer.Typer(
    help="学校督导检查计分：细则、检查表、收表、计分、排名、意见书。",
    no_args_is_help=True,
    add_completion=False,
)
app.add_typer(rubric_commands.app, name="rubric")
# Doors without a name put their commands at the top: scoring collect, scoring score, ...


def main() -> None:
    """Runs the program; see ``scoring --help``."""
    run(app)


if __name__ == "__main__":
    main()
