"""Pages of 现场反馈单 read from the bytes of their parts: the same as by the reader of sheets."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from inspections.round.opened import OpenRound
from inspections.workbook.drawing.package import packed
from inspections.workbook.form.contents import SheetEntries, SheetSpec
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.feedback import ENTRIES, FEEDBACK, FURTHER, LAST
from inspections.workbook.reading import xlsx_facts
from inspections.workbook.reading.paper_parts import page_texts
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from rubrics.files.loading import load_rubric
from tests.inspections.workbook.sheets import INSPECTORS, open_round, school, workbooks

Convert = Callable[..., list[Path]]
LIBRARY = Path(__file__).parents[3] / "rubrics" / "library"


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> OpenRound:
    rubric, _ = load_rubric(LIBRARY / "canteen.yaml")
    assert rubric is not None
    return open_round([rubric], [school(1, random.Random(7))], tmp_path_factory.mktemp("parts"))


@pytest.fixture(scope="module")
def blank(of: OpenRound) -> bytes:
    at = next(iter(of.roster.schools.values()))
    made = SheetEntries(feedback={"单位意见": "1<2 & “同意”", "见证人": "周甲"})
    return workbooks(of).data([SheetSpec(at, "canteen", "第1次", "第1组", INSPECTORS[0], made)])


def read(data: bytes, of: OpenRound) -> WorkbookRecord:
    return read_workbook(data, "表.xlsx", expectations(of))


def by_sheets(data: bytes, of: OpenRound, monkeypatch: pytest.MonkeyPatch) -> WorkbookRecord:
    with monkeypatch.context() as patch:
        patch.setattr(xlsx_facts, "is_paper", lambda sheet: False)
        return read(data, of)


TYPED = {
    "nothing": (FEEDBACK, "A1", None),
    "entry": (FEEDBACK, ENTRIES["反馈地点"].cell, "校长室"),
    "number": (FEEDBACK, ENTRIES["反馈时间"].cell, 15.5),
    "over a formula": (FEEDBACK, "B9", "另有一处"),
    "over a formula of the list": (FEEDBACK, "N3", "改写了"),
    "over a label": (FEEDBACK, ENTRIES["见证人"].label_range, "经办人"),
    "beside": (FEEDBACK, "G4", 0),
    "far beside": (FEEDBACK, "X40", "记一笔"),
    "below": (FEEDBACK, f"B{LAST + 2}", "记一笔"),
    "a formula below": (FEEDBACK, f"B{LAST + 2}", '="记"&"一笔"'),
    "on the second page": (FURTHER, "B6", "记一笔"),
    "an escape": (FEEDBACK, "B9", "_x0041_"),
}


@pytest.mark.parametrize("case", TYPED)
def test_both_ways_say_the_same(
    case: str, of: OpenRound, blank: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, memory = load_workbook(BytesIO(blank)), BytesIO()
    sheet, cell, typed = TYPED[case]
    if typed is not None:
        book[sheet][cell] = typed
    book.save(memory)
    data = memory.getvalue()
    found = read(data, of)
    assert found == by_sheets(data, of, monkeypatch)
    if case not in ("nothing", "entry", "number", "a formula below"):
        assert "sheet-typed" in {item.code for item in found.problems}


def test_cells_that_hide_from_a_quick_look(blank: bytes) -> None:
    with ZipFile(BytesIO(blank)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = next(it for it in sorted(parts) if b"feedback=1" in parts[it])
    typed = b'<c t="inlineStr" r="B9"><is><t>X</t></is></c>'
    twice = b'<c r="A9" t="inlineStr"><is><t>X</t></is></c>' * 2
    for odd in (typed, twice, b"<!-- X --><c/>", b'<c r="B9" t="b"><v>1</v></c>'):
        changed = re.sub(rb'<c r="B9".*?</c>', odd, parts[name], count=1)
        assert page_texts(changed, []) is None


def test_pages_that_an_office_program_saved_are_read_so(
    of: OpenRound, blank: bytes, soffice: Convert, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "表.xlsx").write_bytes(blank)
    (saved,) = soffice(tmp_path / "表.xlsx", to="xlsx", into=tmp_path / "saved")
    for data in (blank, saved.read_bytes()):
        assert set(xlsx_facts.read_facts(data).papers) == {FEEDBACK, FURTHER}
        found = read(data, of)
        assert found == by_sheets(data, of, monkeypatch)
        assert not any(item.code == "sheet-typed" for item in found.problems)


def test_the_same_parts_give_the_same_bytes(blank: bytes) -> None:
    with ZipFile(BytesIO(blank)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert packed(parts) == blank
