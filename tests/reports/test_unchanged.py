"""A run that finds nothing new writes no report; whatever may matter has them written anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports.steps import reporting
from reports.steps.running import run_round
from tests.inspections.small_round import spec, write
from tests.reports.test_commands import started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A round that was run once."""
    of = started(tmp_path / "春季")
    write(of, of.folder.returned / "表.xlsx", spec())
    ran, _ = run_round(of.folder.root)
    assert ran is not None
    assert ran.scores is not None
    return of.folder.root


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Filled with a line every time that reports are written."""
    calls: list[str] = []
    write_reports: Any = reporting.write_reports

    def counted(*args: Any, **more: Any) -> Any:
        calls.append("written")
        return write_reports(*args, **more)

    monkeypatch.setattr(reporting, "write_reports", counted)
    return calls


def test_a_second_run_writes_nothing(folder: Path, written: list[str]) -> None:
    before = {path: path.read_bytes() for path in (folder / "reports").rglob("*.*")}
    ran, _ = run_round(folder)
    assert ran is not None
    assert ran.scores is not None
    assert written == []
    assert {path: path.read_bytes() for path in (folder / "reports").rglob("*.*")} == before


def another_title(folder: Path) -> None:
    path = folder / "round.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: 新的"), encoding="utf-8")


def an_edited_letter(folder: Path) -> None:
    letter = next((folder / "reports" / "letters").rglob("*.pdf"))
    letter.write_bytes(letter.read_bytes() + b"%")


def a_removed_book(folder: Path) -> None:
    (folder / "reports" / "排名表.xlsx").unlink()


def an_edited_result(folder: Path) -> None:
    (folder / "results" / "scores.csv").write_text("", encoding="utf-8")


def forgotten(folder: Path) -> None:
    (folder / ".scoring" / "reports.txt").unlink()


@pytest.mark.parametrize(
    "change",
    [another_title, an_edited_letter, a_removed_book, an_edited_result, forgotten],
)
def test_what_matters_has_them_written(
    folder: Path, written: list[str], change: Callable[[Path], None]
) -> None:
    change(folder)
    run_round(folder)
    if change is an_edited_result:  # the same results are put back, and the reports are theirs
        assert (folder / "results" / "scores.csv").stat().st_size
        assert written == []
        return
    assert written == ["written"]
