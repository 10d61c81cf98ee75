"""Readers that hang or die, files that change under them: each costs only the guilty file."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspections.collecting import reading_apart
from inspections.collecting.collecting import collect
from inspections.collecting.one_file import read_file
from inspections.collecting.reading_apart import as_read
from inspections.collecting.returned_files import file_digest, returned_files
from inspections.round.opened import OpenRound
from inspections.workbook.form.expectations import expectations
from inspections.workbook.reading.workbook_record import WorkbookRecord
from rubrics.apart import limits
from tests.inspections.hostile.case import round_in, workbook, xml
from tests.inspections.small_round import RowEntry, spec, write

ROWS = "".join(
    f'<row r="{n}">' + "".join(f'<c r="{c}{n}"><v>1</v></c>' for c in "BCDEFGHIJKLM") + "</row>"
    for n in range(200, 60_200)
)
"""So many that to read them takes seconds, in which no signal is heard."""


def slow(of: OpenRound, path: Path) -> Path:
    return xml(workbook(of, path), lambda text: text.replace("</sheetData>", ROWS + "</sheetData>"))


def aborting(of: OpenRound, path: Path) -> Path:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return xml(workbook(of, path), lambda text: text.replace("</sheetData>", far))


def honest(of: OpenRound, folder: Path, count: int) -> list[Path]:
    return [
        write(of, folder / f"{n:03}.xlsx", spec(rows={"A1.x": RowEntry(n)})) for n in range(count)
    ]


def said(record: WorkbookRecord) -> str:
    errors = [item.message for item in record.problems if item.severity.value == "error"]
    return errors[0] if errors else ""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_reader_that_does_not_come_back_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    of = round_in(tmp_path)
    files = honest(of, tmp_path, 9)
    files.insert(5, slow(of, tmp_path / "慢"))
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.4)
    jobs = [(path, path.name) for path in files]
    counted: list[int] = []
    began = time.monotonic()
    found = list(reading_apart.reading(jobs, expectations(of), workers, counted.append, as_read))
    assert time.monotonic() - began < 60
    assert [record.file for record in found] == [path.name for path in files]
    assert [bool(said(record)) for record in found] == [path.stem == "慢" for path in files]
    assert "没有读完" in said(found[5])
    assert sum(counted) == len(files)


@pytest.mark.parametrize("where", [(0, 6, 7), (12, 13, 14), (10, 12, 14), (0, 1, 2)])
def test_readers_that_die_cost_only_the_files_that_killed_them(
    tmp_path: Path, where: tuple[int, ...]
) -> None:
    of = round_in(tmp_path)
    files = honest(of, tmp_path, 12)
    bad = [aborting(of, tmp_path / f"坏{n}") for n in range(3)]
    mixed = list(files)
    for at, path in zip(where, bad, strict=True):
        mixed.insert(at, path)
    jobs = [(path, path.name) for path in mixed]
    found = list(reading_apart.reading(jobs, expectations(of), 2, lambda count: None, as_read))
    assert [bool(said(record)) for record in found] == [path in bad for path in mixed]
    counts = [
        item.values["x"]
        for record in found
        for sheet in record.sheets
        if sheet.visit
        for item in sheet.visit.observations
        if item.owner == "A1"
    ]
    assert counts == list(range(12))


def test_what_dies_says_nothing_to_the_user(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    of = round_in(tmp_path)
    job = (aborting(of, tmp_path / "坏"), "坏")
    list(reading_apart.reading([job], expectations(of), 1, lambda count: None, as_read))
    assert capfd.readouterr() == ("", "")


def test_files_that_go_or_shrink_while_they_are_read(tmp_path: Path) -> None:
    of = round_in(tmp_path)
    files = honest(of, of.folder.returned, 3)

    def progress(done: int, due: int) -> None:
        files[-1].unlink(missing_ok=True)
        files[1].write_bytes(files[1].read_bytes()[:1000])

    for path in files:
        assert file_digest(path)
    found = collect(of, progress, workers=0)
    assert [visit.file for visit in found.visits] == ["returned/000.xlsx"]
    wrong = {item.place.file for item in found.problems if item.code == "workbook-unreadable"}
    assert wrong <= {"returned/001.xlsx", "returned/002.xlsx"}
    again = collect(of, workers=0)
    assert {item.place.file for item in again.problems if item.severity.value == "error"} == {
        "returned/001.xlsx"
    }


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    of = round_in(tmp_path)
    os.mkfifo(tmp_path / "管道.xlsx")
    assert file_digest(tmp_path / "管道.xlsx") == ""
    record = read_file((tmp_path / "管道.xlsx", "管道.xlsx"), expectations(of))
    assert "读不到文件" in said(record)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Somebody who may not read everything, as an inspector's computer has it."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_files_and_folders_that_may_not_be_read(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    folder = Path("/tmp") / f"hostile-{os.getpid()}"
    returned = folder / "returned"
    (returned / "锁着的").mkdir(parents=True)
    try:
        of = round_in(folder)
        path = workbook(of, returned / "表")
        workbook(of, returned / "锁着的" / "里面")
        path.chmod(0)
        (returned / "锁着的").chmod(0)
        request.getfixturevalue("nobody")
        workbooks, others = returned_files(returned)
        assert (workbooks, others) == ([path], [returned / "锁着的"])
        assert "读不到文件" in said(read_file((path, "表"), expectations(of)))
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        (returned / "锁着的").chmod(0o700)
        shutil.rmtree(folder)


def test_a_name_that_is_no_text_is_told_in_text(tmp_path: Path) -> None:
    of = round_in(tmp_path)
    name = of.folder.name(of.folder.returned / "\udcff甲.xlsx")
    assert name == r"returned/\xff甲.xlsx"
