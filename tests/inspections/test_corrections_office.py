"""The round trip as people walk it: a marked copy, corrected and saved in LibreOffice."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from inspections.chasing.status import round_status
from inspections.collecting.collecting import collect
from inspections.collecting.marked_copies import write_marked_copies
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from tests.conftest import Convert, InOffice
from tests.inspections.small_round import entry_cell, small_round, spec, write

SCRIPT = Path(__file__).parent / "workbook" / "type_in_office.py"
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}
WRONG = {"A1.x": RowEntry("几处"), "A4.have": RowEntry(9), "A7": RowEntry("11点30")}
RIGHT = {"A1.x": "2", "A4.have": "5", "A7": "11:30"}

Typing = Callable[[Path, Mapping[str, str], Path], dict[str, Path]]


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = small_round(tmp_path / "批次")
    made.folder.returned.mkdir(parents=True)
    return made


@pytest.fixture
def corrected(
    of: OpenRound,
    in_office: InOffice,
) -> Typing:
    """Types over entries of a workbook, and saves it in all formats into a folder."""

    def type_over(source: Path, rows: Mapping[str, str], into: Path) -> dict[str, Path]:
        into.mkdir()
        made = {kind: into / f"改好了 .{kind}" for kind in FILTERS}
        job = {
            "source": str(source),
            "cells": {"第一小学": {entry_cell(of, key): text for key, text in rows.items()}},
            "save": [[str(path), FILTERS[kind]] for kind, path in made.items()],
        }
        in_office(SCRIPT, job, into)
        return made

    return type_over


def sweep(of: OpenRound) -> tuple[list[str], list[tuple[str, str]], int]:
    """The files that count, the problems with their files, and how many copies there are."""
    found = collect(of, workers=0)
    made, met = write_marked_copies(of, found.problems)
    assert met == []
    problems = [(item.code, item.place.file) for item in found.problems]
    return [visit.file for visit in found.visits], problems, made.copies


@pytest.mark.parametrize("original", ["xlsx", "ods"])
def test_corrected_in_the_office(
    of: OpenRound, original: str, corrected: Typing, soffice: Convert, tmp_path: Path
) -> None:
    plain = write(of, tmp_path / "交来的.xlsx", spec(rows=WRONG))
    returned = of.folder.returned / "一组" / f"交来的.{original}"
    returned.parent.mkdir()
    (saved,) = soffice(plain, to=original, into=tmp_path / "存")
    shutil.copy(saved, returned)
    name = of.folder.name(returned)
    files, problems, copies = sweep(of)
    assert (files, copies) == ([name], 1)
    assert [code for code, _ in problems] == [
        "entry-not-understood", "ratio-above-one", "entry-interpreted"
    ]  # fmt: skip
    made = corrected(of.folder.marked / "一组" / "交来的.xlsx", RIGHT, tmp_path / "改")
    for kind, path in made.items():
        back = of.folder.returned / "新收的" / path.name
        back.parent.mkdir(exist_ok=True)
        shutil.copy(path, back)
        assert sweep(of) == ([of.folder.name(back)], [], 0), kind
        assert not [item for item in round_status(of).matters if item.file]
        back.unlink()
        # Put in the place of the original, whose name it need not have.
        returned.unlink()
        shutil.copy(path, returned.with_suffix(f".{kind}"))
        assert sweep(of)[1:] == ([], 0), kind
        returned.with_suffix(f".{kind}").unlink()
        shutil.copy(saved, returned)
        assert sweep(of) == (files, problems, 1)


def test_saved_without_a_change_it_is_no_worse(
    of: OpenRound, corrected: Typing, tmp_path: Path
) -> None:
    write(of, of.folder.returned / "表.xlsx", spec(rows=WRONG))
    _, problems, _ = sweep(of)
    made = corrected(of.folder.marked / "表.xlsx", {}, tmp_path / "没改")
    for kind in ("xlsx", "ods"):
        back = of.folder.returned / made[kind].name
        shutil.copy(made[kind], back)
        name = of.folder.name(back)
        assert sweep(of) == ([name], [(code, name) for code, _ in problems], 1)
        back.unlink()
