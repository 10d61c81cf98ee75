"""A sample of the fuzz run (``make fuzz``): damaged workbooks are read right, or reported."""

from __future__ import annotations

from pathlib import Path

from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import sheet_layout
from inspections.workbook.reading.workbook import read_workbook
from tests.conftest import Convert
from tests.fuzz.oracle import untrue
from tests.fuzz.reference import seen
from tests.fuzz.running import bases, damaged, fresh_round, run
from tests.inspections.small_round import SCHOOLS

SEED = 20260305


def test_damaged_workbooks_are_read_right_or_reported(tmp_path: Path) -> None:
    of = fresh_round(tmp_path)
    report = run(of, bases(of, tmp_path, office=False), SEED, range(250), workers=2)
    assert report.wrong == []
    assert report.files == 250
    assert report.refused > 30
    assert report.silent > 30


def test_so_are_those_that_an_office_program_saved(tmp_path: Path, soffice: Convert) -> None:
    of = fresh_round(tmp_path)
    own, *_ = bases(of, tmp_path, office=False)
    sources = [soffice(own, to=to, into=tmp_path / to)[0] for to in ("xlsx", "ods", "xls")]
    report = run(of, sources, SEED, range(120), workers=2)
    assert report.wrong == []


def test_undamaged_workbooks_are_understood_by_both_readers(tmp_path: Path) -> None:
    of = fresh_round(tmp_path)
    layout = sheet_layout(of.rubrics["kitchen"], SCHOOLS[0].traits)
    for path in bases(of, tmp_path, office=False):
        record = read_workbook(path.read_bytes(), path.name, expectations(of))
        there = seen(path.read_bytes())
        assert there is not None
        assert len(record.sheets[0].typed) > 15
        assert untrue(record, there, layout) == ""
        # The oracle is not blind: another number, another place, nothing at all.
        sheet = there.sheets[record.sheets[0].name]
        held = dict(sheet)
        for change in (
            {"H9": sheet["H10"]},
            {"H9": []},
            {"A9": sheet["A10"]},
            {"H12": sheet["H9"]},
        ):
            sheet |= change
            assert untrue(record, there, layout) != "", change
            sheet.clear()
            sheet |= held


def test_a_seed_gives_the_same_files(tmp_path: Path) -> None:
    of = fresh_round(tmp_path)
    sources = [(path.suffix, path.read_bytes()) for path in bases(of, tmp_path, office=False)]
    for number in range(20):
        assert damaged(sources, 3, number) == damaged(sources, 3, number)
