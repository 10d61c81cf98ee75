"""scoring score and scoring run, as scripts use them, on a round of filled workbooks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inspections.ledger.of_round import open_round
from inspections.workbook.form.contents import RowEntry
from scoring.__main__ import app
from tests.inspections.rosters import start_files
from tests.inspections.small_round import spec, write


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(item) for item in arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A round with one kitchen's workbook returned."""
    monkeypatch.chdir(tmp_path)
    given = start_files(Path())
    assert run("round", "start", "批次", *given, "--from", "2026-03-01", "--to", "2026-03-31")
    return tmp_path / "批次"


def fill(folder: Path, name: str = "a.xlsx", **rows: RowEntry) -> None:
    of, _ = open_round(folder)
    assert of is not None
    inspector = of.roster.inspectors["D01"]
    write(of, of.folder.returned / name, spec(rows=rows, inspector=inspector))


def test_a_folder_that_is_no_round(tmp_path: Path) -> None:
    for command in ("score", "run"):
        done = run(command, tmp_path)
        assert done.exit_code == 2
        assert "不是一个检查批次" in done.output


def test_nothing_was_collected(folder: Path) -> None:
    done = run("score", folder)
    assert done.exit_code == 1
    assert "台账里还没有检查记录" in done.output
    assert not (folder / "results").exists() or not list((folder / "results").iterdir())


def test_score_writes_results_and_prints_the_first(folder: Path) -> None:
    fill(folder)
    assert run("collect", folder).exit_code == 0
    done = run("score", folder)
    assert done.exit_code == 0, done.output
    assert "第一小学" in done.output
    assert {path.name for path in (folder / "results").iterdir()} == {
        "scores.csv",
        "indicators.csv",
        "problems.csv",
        "result.json",
        "ledger.json",
    }
    # A1: two faults at 0.5 of 20 points; A8 is for boarding schools.
    assert "17.0000,18.0000,18.89" in (folder / "results" / "scores.csv").read_text("utf-8-sig")


def test_score_as_json(folder: Path) -> None:
    fill(folder)
    run("collect", folder)
    done = run("score", folder, "--json")
    told = json.loads(done.output)
    [kitchen] = told["rubrics"]
    assert (kitchen["id"], kitchen["ranked"], kitchen["complete"]) == ("kitchen", 1, 1)
    assert done.exit_code == (1 if any(it["severity"] == "error" for it in told["problems"]) else 0)


def test_a_workbook_that_was_not_collected_is_mentioned(folder: Path) -> None:
    fill(folder)
    run("collect", folder)
    fill(folder, "b.xlsx", A6=RowEntry(90))
    done = run("score", folder)
    assert "1 个文件没有收" in done.output


def test_run_does_everything(folder: Path) -> None:
    fill(folder, A6=RowEntry("大约"))
    done = run("run", folder)
    assert done.exit_code == 1  # an entry that cannot be understood; everything else was made
    assert "“大约”看不懂" in done.output
    assert (folder / "results" / "scores.csv").is_file()
    assert list((folder / "reports").rglob("*.xlsx"))
    assert list((folder / "reports").rglob("*.pdf"))
