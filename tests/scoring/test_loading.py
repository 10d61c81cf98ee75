"""What the program loads before it is asked for anything, and when it has to start workers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import scoring.__main__
from inspections.workbook.form.contents import RowEntry
from tests.inspections.voices.test_feeding import a_round, returned

ROOT = Path(__file__).parents[2]

HEAVY = (
    "PIL",
    "fontTools",
    "multiprocessing.pool",
    "numpy",
    "openpyxl",
    "pandas",
    "psycopg",
    "pydantic",
    "python_calamine",
    "reportlab",
    "sqlalchemy",
    "xlsxwriter",
    "yaml",
    "inspections.ledger",
    "inspections.steps",
    "inspections.workbook",
    "reports.steps",
    "reports.type",
    "rubrics.language",
    "rubrics.workbook",
    "scoring.engine",
    "scoring.steps",
)

AFTER = """
import runpy, sys
sys.argv = ["scoring", *sys.argv[1:]]
try:
    runpy.run_module("scoring", run_name="__main__")
except SystemExit as left:
    assert left.code == 0, left.code
print("", *sorted(sys.modules), sep="\\n")
"""


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", AFTER, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        cwd=ROOT,
        check=True,
    )
    return set(done.stdout.splitlines())


def test_an_ordinary_round_is_worked_through_without_scipy(tmp_path: Path) -> None:
    made = a_round(tmp_path, [])
    returned(made, {"A5.投诉": RowEntry(1)})
    for command in ("collect", "status", "score", "report"):
        code = AFTER.replace("assert left.code == 0, left.code", "pass")
        words = [sys.executable, "-c", code, command, str(made.folder.root)]
        done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True)
        assert "numpy" in done.stdout or command in ("collect", "status")
        assert "scipy" not in done.stdout.splitlines(), command
    assert (made.folder.results / "scores.csv").exists()


def test_help_loads_nothing_that_works() -> None:
    assert not loaded("--help").intersection(HEAVY)


@pytest.mark.parametrize("command", ["round start", "ledger", "rubric try", "report"])
def test_nor_does_the_help_of_a_command(command: str) -> None:
    # typer itself loads pydantic below the top.
    assert not loaded(*command.split(), "--help").intersection(HEAVY) - {"pydantic"}


def test_how_a_round_stands_is_told_without_what_reads_draws_or_scores() -> None:
    code = "import inspections.steps.chasing, sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    idle = {"numpy", "openpyxl", "pandas", "PIL", "inspections.workbook.reading", "scoring"}
    assert "inspections.chasing.status" in done.stdout
    assert not set(done.stdout.splitlines()).intersection(idle)


def test_a_room_loads_nothing_until_it_is_asked() -> None:
    code = "import rubrics, inspections, scoring, reports, sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert not set(done.stdout.splitlines()).intersection(HEAVY)


def test_a_frozen_program_begins_with_what_its_workers_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(scoring.__main__, "freeze_support", lambda: calls.append("workers"))
    monkeypatch.setattr(scoring.__main__, "run", lambda app: calls.append("command"))
    scoring.__main__.main()
    assert calls == ["workers", "command"]
