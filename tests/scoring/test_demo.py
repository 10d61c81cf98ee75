"""The demo: an invented county from workbooks to letters, the same in every run."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from scoring.__main__ import app

# What the slips and strays of the sample must be caught as.
CAUGHT = {
    "entry-interpreted",
    "entry-lost",
    "entry-missing",
    "entry-not-understood",
    "evidence-cut",
    "evidence-missing",
    "evidence-not-found",
    "evidence-shared",
    "evidence-time",
    "evidence-unused",
    "facts-differ",
    "fault-missing",
    "inspector-unknown",
    "inspectors-few",
    "items-unchecked",
    "ratio-above-one",
    "red-line-unanswered",
    "school-unvisited",
    "sheet-copied",
    "sheet-school-unknown",
    "states-differ",
    "visit-conflict",
    "visit-outside",
    "visit-reversed",
    "visit-short",
    "workbook-foreign",
    "workbook-old-rubric",
    "workbook-other-round",
    "workbook-unreadable",
}


def demo(folder: Path) -> Result:
    return CliRunner().invoke(app, ["demo", str(folder)])


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        # The ledger and what is remembered of it and of files hold times.
        if path.is_file() and path.name != "ledger.db" and path.parent.name != ".scoring"
    }


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("样例") / "demo"
    done = demo(folder)
    assert done.exit_code == 0, done.output
    assert "结果在" in done.output
    return folder


def test_every_school_is_scored_and_has_its_letters(county: Path) -> None:
    scores = rows(county / "results" / "scores.csv")
    assert len({row["school_id"] for row in scores}) == 60
    visited = [row for row in scores if row["status"] in ("complete", "provisional")]
    assert len(visited) == 154
    assert {row["grade"] for row in visited} >= {"优秀", "良好", "合格", "不合格", "不评定"}
    letters = {
        (path.parent.name, path.stem) for path in (county / "reports" / "letters").rglob("*.pdf")
    }
    assert letters == {(row["rubric"], row["school"]) for row in visited}
    assert (county / "reports" / "排名表.xlsx").is_file()


def test_the_usual_mistakes_are_caught(county: Path) -> None:
    found = {row["code"] for row in rows(county / "results" / "problems.csv")}
    assert found >= CAUGHT, CAUGHT - found


def test_a_second_run_replaces_the_first_with_the_same_bytes(county: Path) -> None:
    before = digests(county)
    (county / "reports" / "手记.txt").write_text("明天再看", encoding="utf-8")
    done = demo(county)
    assert done.exit_code == 0, done.output
    assert digests(county) == before


def test_a_folder_that_is_no_demo_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "重要.txt"
    kept.write_text("请勿删除", encoding="utf-8")
    done = demo(tmp_path)
    assert done.exit_code == 2
    assert kept.read_text(encoding="utf-8") == "请勿删除"
