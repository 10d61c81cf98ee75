"""Cells with more text than Excel can hold: each is named, and none costs another file anything."""

from __future__ import annotations

import resource
import zipfile
from pathlib import Path

import pytest

from inspections.collecting.collecting import collect
from inspections.round.opened import OpenRound
from rubrics.tables.long_cells import LONGEST
from tests.inspections.hostile.case import SHEET, round_in, workbook
from tests.inspections.small_round import INSPECTORS, spec, write

MB = 1 << 20
FAULT = "灶台有油污"


def with_text(of: OpenRound, path: Path, text: str, times: int) -> Path:
    """A workbook in which a fault is ``text`` so many times over; compressed it is small."""
    path = workbook(of, path)
    with zipfile.ZipFile(path) as parts:
        held = {item.filename: parts.read(item) for item in parts.infolist()}
    before, found, behind = held[SHEET].partition(FAULT.encode())
    assert found
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, data in held.items():
            if name != SHEET:
                new.writestr(name, data)
                continue
            with new.open(name, "w") as part:
                part.write(before)
                for _ in range(times):
                    part.write(text.encode())
                part.write(behind)
    return path


@pytest.mark.parametrize(("length", "told"), [(LONGEST, 0), (LONGEST + 1, 1)])
def test_a_cell_that_excel_could_not_hold_is_named(tmp_path: Path, length: int, told: int) -> None:
    of = round_in(tmp_path)
    of.folder.returned.mkdir(parents=True)
    with_text(of, of.folder.returned / "乙", "油", length)
    found = collect(of, workers=1)
    long = [item for item in found.problems if item.code == "cell-too-long"]
    assert len(long) == told
    for item in long:
        assert item.place.cell == "K8"
        assert str(LONGEST) in item.message.replace(",", "")
    (visit,) = found.visits
    assert max(len(item.fault or "") for item in visit.observations) == LONGEST


def test_files_of_120_mb_cost_this_process_nothing_and_an_honest_one_counts(
    tmp_path: Path,
) -> None:
    of = round_in(tmp_path)
    of.folder.returned.mkdir(parents=True)
    for number in range(4):
        with_text(of, of.folder.returned / f"{number}乙", "x" * MB, 120)
    honest = spec(inspector=INSPECTORS[1], head={"同行督学": "王建国"})
    write(of, of.folder.returned / "甲.xlsx", honest)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = collect(of, workers=1)
    assert "returned/甲.xlsx" in {visit.file for visit in found.visits}
    guilty = {item.place.file for item in found.problems if item.severity.value == "error"}
    assert guilty == {f"returned/{number}乙.xlsx" for number in range(4)}
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 150 * MB
