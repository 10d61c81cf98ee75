from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from inspections.collecting.collecting import collect
from inspections.workbook.form.contents import RowEntry
from reports.commands import app
from scoring.__main__ import app as program
from tests.inspections.small_round import INSPECTORS, SCHOOLS, spec, write
from tests.inspections.started_round import started


@pytest.fixture(scope="module")
def kitchen_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round with one kitchen inspected by two inspectors, one of whom mistyped a number."""
    of = started(tmp_path_factory.mktemp("round") / "春季")
    for inspector in INSPECTORS[:2]:
        other = next(item for item in INSPECTORS[:2] if item is not inspector)
        typed = {"A6": RowEntry("大约九成")} if inspector is INSPECTORS[1] else {}
        sheet = replace(spec(head={"同行督学": other.name}, rows=typed), inspector=inspector)
        write(of, of.folder.returned / f"{inspector.id}.xlsx", sheet)
    assert len(collect(of, workers=0).visits) == 2
    return of.folder.root


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", *(str(item) for item in arguments)])


def made(folder: Path) -> Sequence[str]:
    return sorted(
        path.relative_to(folder / "reports").as_posix()
        for path in (folder / "reports").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )


def test_all_reports_are_written(kitchen_round: Path) -> None:
    result = run(kitchen_round)
    assert result.exit_code == 0, result.output
    assert made(kitchen_round) == ["letters/kitchen/第一小学.pdf", "排名表.xlsx", "通报.docx"]


def test_the_workbook_tells_what_the_reading_met(kitchen_round: Path) -> None:
    run(kitchen_round, "--only", "ranking")
    book = openpyxl.load_workbook(kitchen_round / "reports" / "排名表.xlsx")
    said = [str(cell.value) for row in book["读取问题"].iter_rows() for cell in row]
    assert "entry-not-understood" in said
    assert "returned/D02.xlsx" in said


def test_only_what_was_asked_for_is_written(kitchen_round: Path) -> None:
    for name in ("排名表.xlsx", "通报.docx"):
        (kitchen_round / "reports" / name).unlink(missing_ok=True)
    assert run(kitchen_round, "--only", "letters").exit_code == 0
    assert made(kitchen_round) == ["letters/kitchen/第一小学.pdf"]


def test_the_same_round_gives_the_same_bytes(kitchen_round: Path) -> None:
    run(kitchen_round)
    first = {name: (kitchen_round / "reports" / name).read_bytes() for name in made(kitchen_round)}
    run(kitchen_round)
    again = {name: (kitchen_round / "reports" / name).read_bytes() for name in made(kitchen_round)}
    assert first == again


def test_letters_are_written_as_word_files_where_that_is_asked_for(kitchen_round: Path) -> None:
    word = "word/kitchen/第一小学.docx"
    assert run(kitchen_round, "--school", "第一小学", "--word").exit_code == 0
    assert word in made(kitchen_round)
    path = kitchen_round / "reports" / word
    path.write_bytes(b"changed")
    (kitchen_round / "reports/word/.written").unlink()
    result = run(kitchen_round, "--word")
    assert result.exit_code == 0
    assert f"reports/{word}" in result.output
    assert path.read_bytes() == b"changed"
    path.unlink()
    # Done all at once, they are written too, also where nothing else is new.
    assert CliRunner().invoke(program, ["run", str(kitchen_round), "--word"]).exit_code in (0, 1)
    assert path.exists()
    shutil.rmtree(kitchen_round / "reports/word")


def test_no_bar_is_drawn_in_a_pipe(kitchen_round: Path) -> None:
    assert run(kitchen_round, "--only", "ranking").output.splitlines() == [
        f"已写排名表，在 {kitchen_round / 'reports'}"
    ]


def test_a_file_that_cannot_be_written_costs_no_other_and_ends_in_1(kitchen_round: Path) -> None:
    book = kitchen_round / "reports" / "排名表.xlsx"
    book.unlink(missing_ok=True)
    book.mkdir()
    try:
        result = run(kitchen_round)
    finally:
        book.rmdir()
    assert result.exit_code == 1
    assert "写不进去" in result.output
    assert "letters/kitchen/第一小学.pdf" in made(kitchen_round)
    written, lost = result.output.splitlines()[-2:]
    assert written.startswith("已写意见书、通报") and lost == "没有写成：排名表，原因见上"


def test_last_round_s_results_bring_the_change(kitchen_round: Path, tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    (results / "scores.csv").write_text(
        "school_id,school,group,rubric,total,rank\n"
        f"{SCHOOLS[0].id},第一小学,小学组,kitchen,15.5,2\n"
        f"{SCHOOLS[0].id},第一小学,小学组,party,,\n",
        encoding="utf-8-sig",
    )
    assert run(kitchen_round, "--only", "ranking", "--previous", tmp_path).exit_code == 0
    book = openpyxl.load_workbook(kitchen_round / "reports" / "排名表.xlsx")
    said = [cell.value for row in book["食堂 小学组"].iter_rows() for cell in row]
    assert "较上次" in said
    assert 15.5 in said


def test_last_round_s_results_that_were_cut_short_are_a_problem(
    kitchen_round: Path, tmp_path: Path
) -> None:
    results = tmp_path / "results"
    results.mkdir()
    (results / "scores.csv").write_text("school_id,rubric,total\n", encoding="utf-8-sig")
    digest = hashlib.sha256((results / "scores.csv").read_bytes()).hexdigest()
    for told, status in ((digest, 0), ("0" * 64, 1)):
        text = json.dumps({"files": {"scores.csv": told}})
        (results / "result.json").write_text(text, encoding="utf-8")
        done = run(kitchen_round, "--only", "ranking", "--previous", tmp_path)
        assert (done.exit_code, "不是同一次写出的" in done.output) == (status, bool(status))


def test_last_round_s_results_that_are_not_there_are_a_problem(
    kitchen_round: Path, tmp_path: Path
) -> None:
    result = run(kitchen_round, "--only", "ranking", "--previous", tmp_path)
    assert result.exit_code == 1
    book = openpyxl.load_workbook(kitchen_round / "reports" / "排名表.xlsx")
    said = [cell.value for row in book["食堂 小学组"].iter_rows() for cell in row]
    assert "较上次" not in said


def test_no_round_and_bad_usage_end_in_2(kitchen_round: Path, tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 2
    result = run(kitchen_round, "--only", "everything")
    assert result.exit_code == 2


def test_a_round_without_records_ends_in_1_and_writes_nothing(tmp_path: Path) -> None:
    of = started(tmp_path / "空")
    result = run(of.folder.root)
    assert result.exit_code == 1
    assert not of.folder.reports.exists()
