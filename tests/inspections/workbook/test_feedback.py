"""现场反馈单: LibreOffice reckons what the engine takes off, and what is typed comes back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from inspections.demo.filling import fill
from inspections.round.elapsed import elapsed_periods
from inspections.round.opened import OpenRound
from inspections.round.school import School
from inspections.workbook.form.contents import SheetEntries, SheetSpec
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.feedback import (
    ENTRIES,
    FEEDBACK,
    FIRST,
    FURTHER,
    FURTHER_FIRST,
    FURTHER_ROWS,
    ROOM,
    ROWS,
    Part,
)
from inspections.workbook.form.layout import Column
from inspections.workbook.marking.copying import copied_out
from inspections.workbook.reading.workbook import read_workbook
from inspections.workbook.reading.workbook_record import WorkbookRecord
from rubrics.files.loading import load_rubric
from rubrics.language.confidential import confidential
from rubrics.language.rubric import Rubric
from rubrics.language.subject import Subject
from rubrics.values.conditions import holds
from scoring.results.one_entry import score_observation
from tests.inspections.workbook.sheets import INSPECTORS, open_round, school, workbooks

LIBRARY = sorted((Path(__file__).parents[3] / "rubrics" / "library").glob("*.yaml"))
Convert = Callable[..., list[Path]]


def shipped() -> list[Rubric]:
    """All rubrics of the library, as if all were about schools: one round has one subject."""
    found = [load_rubric(path)[0] for path in LIBRARY]
    return [one.model_copy(update={"subject": Subject()}) for one in found if one is not None]


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory) -> OpenRound:
    chance = random.Random(3)
    drawn = [school(number, chance) for number in range(1, 999)]
    return open_round(shipped(), drawn, tmp_path_factory.mktemp("feedback"))


def under(of: OpenRound, rubric: Rubric) -> list[School]:
    """The first three of those that a rubric is for."""
    held = [at for at in of.roster.schools.values() if holds(rubric.when, at.traits)]
    assert len(held) >= 3, rubric.id
    return held[:3]


def entries(of: OpenRound, rubric: Rubric, at: School) -> SheetEntries:
    day = date(2026, 3, 5)
    made = fill(rubric, at, "王建国", "李秀英", day, elapsed_periods(of.round))
    return SheetEntries(made.head, made.rows, made.sections)


def spec(of: OpenRound, rubric: Rubric, at: School) -> SheetSpec:
    return SheetSpec(at, rubric.id, "第1次", "第1组", INSPECTORS[0], entries(of, rubric, at))


def lengthened(of: OpenRound) -> Iterator[SheetSpec]:
    """Sheets of one school whose first fact grows line by line: all below it moves down by a row,
    until something stands over the edge of the first page."""
    rubric = of.rubrics["shuangjian"]
    made = spec(of, rubric, under(of, rubric)[0])
    row, entry = next((row, it) for row, it in made.entries.rows.items() if it.fault)
    for lines in range(20, 26):
        longer = replace(entry, fault="长" * ROOM[Part.FACT] * lines)
        yield replace(made, entries=replace(made.entries, rows={**made.entries.rows, row: longer}))


def read(data: bytes, of: OpenRound) -> WorkbookRecord:
    return read_workbook(data, "表.xlsx", expectations(of))


def told(rows: list[list[object]], first: int, count: int) -> list[tuple[int, str]]:
    """(number, owner) of the items that begin on a page."""
    found = []
    for row in rows[first - 1 : first - 1 + count]:
        if isinstance(row[0], float):
            text = str(row[1])
            for mark in ("★关键项 ", "◆红线 "):
                text = text.replace(mark, "")
            found.append((int(row[0]), text.split(" ")[0]))
    return found


def test_the_paper_lists_what_the_engine_takes_off(of: OpenRound, soffice: Convert) -> None:
    paths, due = [], []
    usual = [spec(of, rubric, at) for rubric in of.rubrics.values() for at in under(of, rubric)]
    for number, made in enumerate([*usual, *lengthened(of)]):
        rubric, at = of.rubrics[made.rubric], made.school
        path = of.folder.root / f"{number}.xlsx"
        workbooks(of).write(path, [made])
        visit = read(path.read_bytes(), of).sheets[0].visit
        assert visit is not None
        lost = []
        for item in rubric.indicators:
            seen = visit.observation(item.id)
            if seen is None or confidential(item):
                continue
            score = score_observation(
                rubric,
                item,
                seen,
                day=visit.day,
                elapsed=elapsed_periods(of.round),
                traits=at.traits,
            )
            whole = int(item.points * 10_000)
            missing = 0 if score.earned is None else whole - score.earned
            if rubric.scale == "demerits":
                missing = score.earned or 0
            if score.pending or score.key_failed or (seen.state == "已查" and missing > 0):
                lost.append(item.id)
        paths.append(path)
        due.append(lost)
    saved = soffice(*paths, to="xlsx", into=of.folder.root / "saved")
    by_name = {path.name: path for path in saved}
    begun: list[bool] = []
    for path, lost in zip(paths, due, strict=True):
        book = CalamineWorkbook.from_path(str(by_name[path.name]))
        pages = [
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in (FEEDBACK, FURTHER)
        ]
        found = told(pages[0], FIRST, ROWS) + told(pages[1], FURTHER_FIRST, FURTHER_ROWS)
        assert [number for number, _ in found] == list(range(1, len(found) + 1))
        known = [owner for _, owner in found if owner in {*lost}]
        assert known == lost[: len(known)]
        if "写不下" not in str(pages[1]):
            assert known == lost
        # What goes on from the first page says which item it is; an empty second page says so.
        goes_on = pages[1][FURTHER_FIRST - 1]
        later = {int(row[0]) for row in pages[1][FURTHER_FIRST - 1 :] if isinstance(row[0], float)}
        last = len([number for number, _ in found if number not in later])
        continued = bool(goes_on[1]) and not isinstance(goes_on[0], float)
        assert (goes_on[0] == f"续{last}") is continued
        assert ("没有续项" in str(pages[1][1][0])) is (goes_on[1] == "")
        begun.append(continued)
    assert any(begun)
    assert not all(begun)


@pytest.fixture
def canteen(of: OpenRound) -> tuple[SheetSpec, bytes]:
    made = spec(of, of.rubrics["canteen"], next(iter(of.roster.schools.values())))
    return made, workbooks(of).data([made])


def edited(data: bytes, change: Callable[[Worksheet, Worksheet], None]) -> bytes:
    book = load_workbook(BytesIO(data))
    change(book[book.sheetnames[1]], book[FEEDBACK])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_what_is_typed_comes_back(of: OpenRound, canteen: tuple[SheetSpec, bytes]) -> None:
    made, data = canteen
    layout = workbooks(of).form(made).layout
    rows = [block.first.number for block in layout.blocks if block.first.kind != "inapplicable"]

    def change(visit: Worksheet, paper: Worksheet) -> None:
        visit[Column.AT_ONCE.at(rows[0])] = "当场改正"
        visit[Column.AT_ONCE.at(rows[1])] = "说过了"
        paper[ENTRIES["拒签原因"].cell] = "负责人外出"
        paper[ENTRIES["见证人"].cell] = "社区工作人员"
        paper["G4"] = "另记"
        paper["B9"] = "改成别的"

    read_back = read(edited(data, change), of)
    (sheet,) = read_back.sheets
    assert sheet.visit is not None
    assert sheet.visit.observations[0].at_once == "当场改正"
    typed = {item.key: item.raw for item in sheet.typed if not item.owner}
    assert (typed["拒签原因"], typed["见证人"]) == ("负责人外出", "社区工作人员")
    codes = [(item.code, item.place.sheet, item.place.cell) for item in read_back.problems]
    assert ("at-once-unclear", sheet.name, Column.AT_ONCE.at(rows[1])) in codes
    assert ("sheet-typed", FEEDBACK, "G4") in codes
    (said,) = (it.message for it in read_back.problems if it.code == "sheet-typed")
    assert "B9“改成别的”" in said


@pytest.mark.parametrize(
    ("cell", "formula"),
    [(f"B{FIRST + 1}", '="没有问题"'), (f"A{FIRST}", "=9"), (f"D{FIRST + ROWS - 1}", "=B9&1")],
)
def test_a_formula_that_was_altered_is_told(
    of: OpenRound, canteen: tuple[SheetSpec, bytes], cell: str, formula: str
) -> None:
    _, data = canteen

    def change(visit: Worksheet, paper: Worksheet) -> None:
        paper[cell] = formula

    (said,) = (it for it in read(edited(data, change), of).problems if it.code == "sheet-typed")
    assert (said.place.sheet, said.place.cell) == (FEEDBACK, cell)
    assert f"{cell}“{formula}”" in said.message


@pytest.mark.parametrize("ending", ["as it went out", "openpyxl", "LibreOffice"])
def test_formulas_that_nobody_altered_are_not_told(
    of: OpenRound, canteen: tuple[SheetSpec, bytes], soffice: Convert, tmp_path: Path, ending: str
) -> None:
    _, data = canteen
    if ending == "openpyxl":
        data = edited(data, lambda visit, paper: None)
    if ending == "LibreOffice":
        (tmp_path / "表.xlsx").write_bytes(data)
        (path,) = soffice(tmp_path / "表.xlsx", to="xlsx", into=tmp_path / "另存")
        data = path.read_bytes()
    assert "sheet-typed" not in {it.code for it in read(data, of).problems}


def test_a_copy_keeps_what_was_typed(of: OpenRound, canteen: tuple[SheetSpec, bytes]) -> None:
    _, data = canteen

    def change(visit: Worksheet, paper: Worksheet) -> None:
        paper[ENTRIES["拒签原因"].cell] = "负责人外出"

    copy = copied_out(edited(data, change), of, workbooks(of), ())
    assert copy is not None
    (sheet,) = read(copy.data, of).sheets
    assert ("拒签原因", "负责人外出") in [(item.key, item.raw) for item in sheet.typed]


def test_sheets_of_earlier_editions_have_no_such_column(
    of: OpenRound, canteen: tuple[SheetSpec, bytes]
) -> None:
    _, data = canteen

    def earlier(visit: Worksheet, paper: Worksheet) -> None:
        for merged in list(visit.merged_cells.ranges):
            if merged.min_col == Column.AT_ONCE + 1:
                visit.unmerge_cells(merged.coord)
        for row in visit.iter_rows(min_col=Column.AT_ONCE + 1, max_col=Column.AT_ONCE + 1):
            row[0].value = None

    def scribbled(visit: Worksheet, paper: Worksheet) -> None:
        earlier(visit, paper)
        visit[Column.AT_ONCE.at(9)] = "当场改正"

    before = read(data, of)
    old = read(edited(data, earlier), of)
    assert old.problems == before.problems
    assert old.sheets[0].visit is not None
    noted = read(edited(data, scribbled), of)
    assert [item.place.cell for item in noted.problems if item.code == "entry-misplaced"] == ["U9"]


def test_secret_items_are_not_on_the_paper(of: OpenRound) -> None:
    for rubric in of.rubrics.values():
        secret = [item.title for item in rubric.indicators if confidential(item)]
        for at in under(of, rubric):
            data = workbooks(of).data([spec(of, rubric, at)])
            paper = load_workbook(BytesIO(data))[FEEDBACK]
            texts = "".join(str(cell.value) for row in paper.iter_rows() for cell in row)
            assert not any(f" {title}：" in texts for title in secret)
