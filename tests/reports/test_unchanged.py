"""Who finds nothing new writes no report; whatever may matter has them written anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspections.collecting.collecting import collect
from inspections.ledger.of_round import open_round
from reports import unchanged
from reports.steps import reporting
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from scoring.steps.scoring import write_scores
from tests.inspections.small_round import spec, write
from tests.inspections.started_round import started


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


def test_word_files_are_written_also_where_nothing_is_new(folder: Path) -> None:
    ran, _ = run_round(folder, word=True)
    assert ran is not None
    [path] = (folder / "reports" / "word").rglob("*.docx")
    assert path.stat().st_size > 10_000


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


@pytest.fixture
def reported(folder: Path, written: list[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same round, with reports that ``report`` wrote; no file is too young to be believed."""
    monkeypatch.setattr(unchanged, "_SETTLED", -(10**12))
    forgotten(folder)
    report_round(folder)
    assert written == ["written"]
    written.clear()
    return folder


def test_a_second_report_writes_nothing(reported: Path, written: list[str]) -> None:
    before = {path: path.read_bytes() for path in (reported / "reports").rglob("*.*")}
    made, problems = report_round(reported)
    assert made is not None
    assert made.kinds == ("ranking", "letters", "bulletin")
    assert problems == []
    assert written == []
    assert {path: path.read_bytes() for path in (reported / "reports").rglob("*.*")} == before


def test_young_files_are_read_instead_of_believed(
    folder: Path, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> list[str]:
        return (folder / ".scoring" / "reports.txt").read_text().split()

    monkeypatch.setattr(unchanged, "_SETTLED", 10**18)
    report_round(folder)
    assert kept()[1:] == ["-", "-"]
    report_round(folder)  # what was sent in may have changed unseen
    assert written == ["written"] * 2
    monkeypatch.setattr(unchanged, "_SETTLED", -(10**12))
    report_round(folder)
    whole = kept()
    assert "-" not in whole
    (folder / ".scoring" / "reports.txt").write_text(" ".join([*whole[:2], "-"]))
    report_round(folder)  # the reports themselves are read
    assert kept() == whole
    assert written == ["written"] * 3


def a_returned_workbook(folder: Path) -> None:
    (path,) = (folder / "returned").iterdir()
    os.utime(path, (1, 1))


def a_photograph(folder: Path) -> None:
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / "a.jpg").write_bytes(b"")


def a_run_that_was_killed(folder: Path) -> None:
    (folder / "reports" / "letters" / ".writing").write_text("")


def something_collected(folder: Path) -> None:
    opened, _ = open_round(folder)
    assert opened is not None
    write(opened, folder / "returned" / "又一份.xlsx", spec())
    collect(opened, workers=0)


@pytest.mark.parametrize(
    "change",
    [
        another_title, an_edited_letter, a_removed_book, forgotten,
        a_returned_workbook, a_photograph, a_run_that_was_killed, something_collected,
    ],
)  # fmt: skip
def test_what_matters_to_a_report_has_them_written(
    reported: Path, written: list[str], change: Callable[[Path], None]
) -> None:
    change(reported)
    if change in (another_title, something_collected):  # the scores must be of the same
        write_scores(reported)
    report_round(reported)
    assert written == ["written"]
    report_round(reported)
    assert written == ["written"]


def test_what_was_asked_for_otherwise_is_written(
    reported: Path, written: list[str], tmp_path: Path
) -> None:
    (tmp_path / "results").mkdir()
    scores = "school_id,group,rubric,total,rank\nS01,小学组,kitchen,15.5,2\n"
    (tmp_path / "results" / "scores.csv").write_text(scores, encoding="utf-8")
    report_round(reported, only=["letters"])
    assert written == []
    for _ in range(2):
        report_round(reported, previous=tmp_path)
    assert written == ["written"]
    report_round(reported, only=["ranking"])
    report_round(reported)
    assert written == ["written"] * 3
    run_round(reported)  # what the one wrote stands for the other
    assert written == ["written"] * 3
    report_round(reported, previous=tmp_path)
    run_round(reported)
    assert written == ["written"] * 5
