"""What evidence does to a score: a deduction waits for its file, and stands when it has come."""

from __future__ import annotations

import csv
import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from inspections.ledger.of_round import open_round
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from scoring.__main__ import app
from tests.inspections.evidence.photographs import photograph
from tests.inspections.rosters import start_files
from tests.inspections.small_round import KITCHEN, SCHOOLS, spec, write

TAKEN = datetime(2026, 3, 5, 9, 30)


def run(*arguments: object) -> str:
    return CliRunner().invoke(app, [str(item) for item in arguments]).output


@pytest.fixture
def of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenRound:
    """A round in which a deduction names one photograph, which nobody has sent yet."""
    monkeypatch.chdir(tmp_path)
    given = start_files(Path(), f"pending: full\n{KITCHEN.strip()}\n")
    run("round", "start", "批次", *given, "--from", "2026-03-01", "--to", "2026-03-31")
    made, _ = open_round(tmp_path / "批次")
    assert made is not None
    rows = {"A1": RowEntry(fault="灶台有油污", evidence="IMG_7.jpg")}
    inspector = made.roster.inspectors["D01"]
    write(made, made.folder.returned / "表.xlsx", spec(rows=rows, inspector=inspector))
    return made


def results(of: OpenRound) -> tuple[str, list[str]]:
    """(points earned by A1, codes of the problems of evidence) after a whole run."""
    run("collect", of.folder.root)
    run("score", of.folder.root)

    def rows(name: str) -> list[dict[str, str]]:
        text = (of.folder.results / name).read_text("utf-8-sig")
        return list(csv.DictReader(text.splitlines()))

    seen = [row for row in rows("indicators.csv") if row["indicator"] == "A1" and row["earned"]]
    (earned,) = (row["earned"] for row in seen)
    codes = [row["code"] for row in rows("problems.csv") if row["code"].startswith("evidence")]
    return earned, codes


def test_a_deduction_waits_for_the_file_that_was_promised(of: OpenRound) -> None:
    assert results(of) == ("4.0000", ["evidence-not-found"])  # 2 x 0.5 wait
    path = of.folder.evidence / SCHOOLS[0].id / "img_7.JPG"
    photograph(path, taken=TAKEN)
    assert results(of) == ("3.0000", [])
    path.write_bytes(path.read_bytes()[:300])
    assert results(of) == ("4.0000", ["evidence-cut", "evidence-not-found"])
    path.unlink()
    photograph(of.folder.evidence / "第一小学" / "A1.jpg", taken=TAKEN)
    assert results(of) == ("3.0000", ["evidence-not-found"])


def test_a_figure_is_followed_to_the_file_its_digest_and_its_hour(of: OpenRound) -> None:
    path = photograph(of.folder.evidence / SCHOOLS[0].id / "IMG_7.jpg", taken=TAKEN)
    results(of)
    told = run("explain", of.folder.root, "第一小学", "kitchen", "A1")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert f"evidence/{SCHOOLS[0].id}/IMG_7.jpg，SHA-256 {digest}，摄于 2026-03-05 09:30" in told
    path.unlink()
    run("collect", of.folder.root)
    told = run("explain", of.folder.root, "第一小学", "kitchen", "A1")
    assert digest not in told
    assert "不作佐证" in told and "IMG_7.jpg" in told
