"""A sample of the fuzz run (``make fuzz``): damaged workbooks are read right, or reported."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import sheet_layout
from inspections.workbook.reading.workbook import read_workbook
from tests.conftest import Convert
from tests.fuzz.moments import same_moment
from tests.fuzz.mutations.kinds import KINDS
from tests.fuzz.mutations.mutation import Expected
from tests.fuzz.oracle import UNDECIDED, unexpected, untrue
from tests.fuzz.reference import Sheet, seen
from tests.fuzz.running import bases, damaged, fresh_round, run
from tests.fuzz.shown import misleads
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
        changes: tuple[Sheet, ...] = (
            {"H9": sheet["H10"]},
            {"H9": []},
            {"A9": sheet["A10"]},
            {"H12": sheet["H9"]},
        )
        for change in changes:
            sheet |= change
            assert untrue(record, there, layout) != "", change
            sheet.clear()
            sheet |= held


def test_a_seed_gives_the_same_files(tmp_path: Path) -> None:
    of = fresh_round(tmp_path)
    sources = [(path.suffix, path.read_bytes()) for path in bases(of, tmp_path, office=False)]
    for number in range(20):
        assert damaged(sources, 3, number) == damaged(sources, 3, number)


def test_every_kind_of_damage_is_done_and_comes_to_what_is_expected(tmp_path: Path) -> None:
    of = fresh_round(tmp_path)
    layout, known = sheet_layout(of.rubrics["kitchen"], SCHOOLS[0].traits), expectations(of)
    own, _, shared, _ = bases(of, tmp_path, office=False)
    held = [path.read_bytes() for path in (own, shared)]
    before = [read_workbook(data, own.name, known) for data in held]
    kinds = {kind.name: kind for kind in KINDS[".xlsx"]}
    for name in kinds:
        done = 0
        for seed in range(40):
            which = seed % len(held)
            try:
                data = kinds[name].change(held[which], random.Random(f"{name}-{seed}"))
            except Exception:  # nothing there to change in this one
                continue
            done += data != held[which]
            try:
                record = read_workbook(data, own.name, known)
            except Exception:  # refused whole
                assert kinds[name].expected is not Expected.SAME, (name, seed)
                continue
            assert untrue(record, seen(data), layout) in ("", UNDECIDED), (name, seed)
            assert unexpected(record, before[which], kinds[name].expected) == "", (name, seed)
            if done > 1:
                break
        assert done, name


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (time(8, 20), "0.34722222222222221"),
        (time(8, 20), "PT08H20M00S"),
        (time(8, 20), "08:20:00"),
        (time(8, 20), "1899-12-30T08:20:00"),
        (datetime(1899, 12, 30, 8, 20), "0.3472222"),
        (datetime(1899, 12, 31, 8, 20), "08:20"),
        (datetime(1904, 1, 1, 8, 20), "0.3472222"),
        (timedelta(hours=8, minutes=20), "PT8H20M0.4S"),
        (date(2026, 3, 5), "46086"),
        (datetime(2026, 3, 5), "2026-03-05"),
        (date(2026, 3, 5), "44624"),
    ],
)
def test_a_moment_is_the_same_whatever_its_type(raw: object, text: str) -> None:
    assert same_moment(raw, text, epoch=1462)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (time(8, 20), "0.3473"),
        (time(8, 20), "1.34722222222222221"),
        (time(8, 20), "2026-03-05T08:20:00"),
        (datetime(2026, 3, 5), "46087"),
        (date(2026, 3, 5), "2026-03-06"),
        (timedelta(hours=8), "八点"),
        ("8:20", "08:20"),
    ],
)
def test_another_moment_is_another(raw: object, text: str) -> None:
    assert not same_moment(raw, text, epoch=1462)


@pytest.mark.parametrize(
    ("code", "value", "text", "wrong"),
    [
        ("General", "5", False, False),
        ('0"分"', "5", False, False),
        ("0.0", "0.5", False, False),
        ("yyyy-mm-dd", "5", False, False),
        ("@", "5", False, False),
        ('"5"', "0", False, True),
        ('"5"', "5", False, False),
        (";;;", "5", False, True),
        ("0;;", "0", False, True),
        ("0,", "5000", False, True),
        ('"1"0', "5", False, True),
        ('[>1]"√";0', "5", False, True),
        ('[>1]"√";0', "1", False, False),
        ("0", "0.5", False, True),
        ("0;0;0;@", "是", True, False),
        ('0;0;0;"否"', "是", True, True),
        ('0;0;0;"是"', "√", True, False),
        ('0;0;0;"是"', "×", True, True),
        ('"5"', "是", True, False),
    ],
)
def test_what_a_format_makes_of_an_entry(code: str, value: str, text: bool, wrong: bool) -> None:
    assert misleads(code, value, text=text) is wrong
