"""Schools and inspectors who come and go are written into the clerk's own rosters."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from inspections.collecting.collecting import collect
from inspections.ledger.of_round import open_round
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.plan import planned_lines
from inspections.steps.changing_rosters import (
    add_inspector,
    add_school,
    remove_school,
    replace_inspector,
)
from inspections.workbook.rows.editing import edited
from inspections.workbook.rows.edits import ByHandError, Fill, Insert, Remove
from inspections.workbook.rows.references import Move, moved
from scoring.__main__ import app
from tests.inspections.small_round import INSPECTORS, SCHOOLS, spec, write
from tests.inspections.started_round import started

NEW = ("21068103", "第三小学", {"学段": "小学", "有食堂": "是", "寄宿": "否"})


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return started(tmp_path / "春季").folder


def opened(folder: Folder) -> OpenRound:
    of, problems = open_round(folder.root)
    assert of is not None, problems
    return of


def kept_as_workbook(folder: Folder, *, beside: bool = False) -> None:
    """The roster of schools as a clerk keeps it: title, numbers, sum, remarks, another sheet."""
    folder.schools.unlink()
    with xlsxwriter.Workbook(folder.root / "roster" / "schools.xlsx") as book:
        page = book.add_worksheet("学校")
        line, text = book.add_format({"border": 1}), book.add_format({"num_format": "@"})
        page.merge_range("A1:H1", "全县学校一览表", line)
        heads = ["序号", "学校代码", "学校名称", "学段", "有食堂", "寄宿", "教师数", "备注"]
        page.write_row("A2", heads, line)
        for number, school in enumerate(SCHOOLS, 1):
            row = number + 1
            page.write_number(row, 0, number, line)
            page.write_string(row, 1, school.id, text)
            values = [school.name, *(str(school.traits[it]) for it in heads[3:6])]
            page.write_row(row, 2, values, line)
            page.write_formula(row, 6, f"={number}*10", line, number * 10)
            page.write_blank(row, 7, None, line)
        page.merge_range("A5:B5", "合计", line)
        page.write_formula("G5", "=SUM(G3:G4)", line, 30)
        page.merge_range("A6:H6", "填表人：某某", line)
        page.data_validation("D3:D4", {"validate": "list", "source": ["小学", "初中"]})
        page.set_row(4, 33)
        page.print_area("A1:H6")
        other = book.add_worksheet("填写说明")
        other.write_formula("A1", "=学校!G5", None, 30)
        if beside:
            page.write_comment("A5", "批注")


def sheet(folder: Folder) -> list[list[object]]:
    page = openpyxl.load_workbook(folder.schools)["学校"]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_a_school_goes_above_the_sum_and_all_else_stays(folder: Folder) -> None:
    kept_as_workbook(folder)
    assert len(opened(folder).roster.schools) == 2
    before, plan = folder.schools.read_bytes(), folder.plan.read_bytes()
    shown, problems = add_school(folder.root, *NEW)
    assert shown is not None, problems
    assert (shown.written, shown.line, shown.place.sheet) == (False, 5, "学校")
    assert {item.rubric for item in shown.replan.added} == {"kitchen", "party"}
    assert (folder.schools.read_bytes(), folder.plan.read_bytes()) == (before, plan)
    done, problems = add_school(folder.root, *NEW, write=True)
    assert done is not None
    assert done.written, problems
    rows = sheet(folder)
    assert rows[4] == [3, "21068103", "第三小学", "小学", "是", "否", None, None]
    assert (rows[5][0], rows[5][6]) == ("合计", "=SUM(G3:G5)")
    assert rows[6][0] == "填表人：某某"
    book = openpyxl.load_workbook(folder.schools)
    page = book["学校"]
    assert sorted(map(str, page.merged_cells.ranges)) == ["A1:H1", "A6:B6", "A7:H7"]
    assert str(page.data_validations.dataValidation[0].sqref) == "D3:D5"
    assert page.row_dimensions[6].height == 33
    assert page["C5"].border.left.style == "thin"
    assert page["B5"].number_format == "@"
    assert page.print_area == "'学校'!$A$1:$H$7"
    assert book["填写说明"]["A1"].value == "=学校!G6"
    # What formulas came to is still there, or schools would have lost it.
    results = openpyxl.load_workbook(folder.schools, data_only=True)["学校"]
    assert [results[f"G{row}"].value for row in (3, 4, 6)] == [10, 20, 30]
    of = opened(folder)
    assert of.roster.schools["21068103"].traits["有食堂"] == "是"
    assert {item.school for item in of.plan} == {*of.roster.schools}


def test_a_school_goes_and_its_sheets_are_told(folder: Folder) -> None:
    kept_as_workbook(folder)
    of = opened(folder)
    write(of, folder.returned / "王.xlsx", spec())
    assert len(collect(of, workers=0).visits) == 1
    shown, problems = remove_school(folder.root, "一小")
    assert shown is not None
    assert [(item.code, dict(item.params)["count"]) for item in problems] == [
        ("school-sheets-held", "1")
    ]
    done, _ = remove_school(folder.root, "一小", write=True)
    assert done is not None
    assert done.written
    rows = sheet(folder)
    assert [row[1] for row in rows[2:3]] == [SCHOOLS[1].id]
    assert (rows[3][0], rows[3][6]) == ("合计", "=SUM(G3:G3)")
    assert {item.school for item in planned_lines(folder.plan)} == {SCHOOLS[1].id}
    assert {*opened(folder).roster.schools} == {SCHOOLS[1].id}


@pytest.mark.parametrize(
    ("encoding", "mark", "separator", "end"),
    [
        ("gb18030", b"", ",", "\r\n"),
        ("utf-8", b"\xef\xbb\xbf", ",", "\r\n"),
        ("utf-16-le", b"\xff\xfe", "\t", "\r\n"),
        ("utf-8", b"", ";", "\n"),
    ],
)
def test_a_text_file_keeps_encoding_and_separator(
    folder: Folder, encoding: str, mark: bytes, separator: str, end: str
) -> None:
    lines = folder.schools.read_text(encoding="utf-8").splitlines()
    note = '"合计",2所学校,,,'
    text = end.join(line.replace(",", separator) for line in [*lines, note]) + end
    folder.schools.write_bytes(mark + text.encode(encoding))
    done, problems = add_school(folder.root, *NEW, write=True)
    assert done is not None, [item.message for item in problems]
    data = folder.schools.read_bytes()
    assert data.startswith(mark)
    after = data[len(mark) :].decode(encoding).split(end)
    before = text.split(end)
    made = separator.join(["21068103", "第三小学", "小学", "是", "否"])
    assert after == [*before[:3], made, *before[3:]]
    gone, _ = remove_school(folder.root, "21068103", write=True)
    assert gone is not None
    assert folder.schools.read_bytes() == mark + text.encode(encoding)


def test_what_would_be_wrong_is_not_written(folder: Folder) -> None:
    before = folder.schools.read_bytes()
    for arguments, code in (
        ((SCHOOLS[0].id, "又一小学", NEW[2]), "roster-id-twice"),
        ((NEW[0], NEW[1], NEW[2] | {"学段": "大学堂"}), "roster-trait-value"),
        ((NEW[0], NEW[1], NEW[2] | {"没有的列": "1"}), "roster-no-column"),
    ):
        done, problems = add_school(folder.root, *arguments, write=True)
        assert done is None
        assert code in [item.code for item in problems]
    assert folder.schools.read_bytes() == before


def test_what_can_only_be_changed_by_hand(folder: Folder) -> None:
    kept_as_workbook(folder, beside=True)
    before = folder.schools.read_bytes()
    done, problems = add_school(folder.root, *NEW, write=True)
    assert (done, [item.code for item in problems]) == (None, ["roster-by-hand"])
    assert folder.schools.read_bytes() == before
    with pytest.raises(ByHandError):
        edited(b"\xd0\xcf\x11\xe0" + bytes(600), "", [Remove(1)])


def test_an_inspector_comes(folder: Folder) -> None:
    cells = {"督学代码": "D09", "检查组": "二组"}
    done, _ = add_inspector(folder.root, "赵新", cells, write=True)
    assert done is not None
    assert done.written
    assert not done.replan.changes
    assert folder.inspectors.read_text(encoding="utf-8").splitlines()[-1] == "D09,赵新,,二组"


def test_one_takes_the_place_of_another(folder: Folder) -> None:
    plan = folder.plan.read_bytes()
    done, problems = replace_inspector(
        folder.root, "王建国", "赵新", {"督学代码": "D09"}, write=True
    )
    assert done is not None, problems
    assert problems == []
    lines = folder.inspectors.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "督学代码,姓名,单位,检查组,离任,接替"
    assert lines[1] == "D01,王建国,督导室,一组,是"
    assert lines[-1] == "D09,赵新,,一组,,王建国"
    people = opened(folder).roster.inspectors
    assert (people["D01"].left, people["D09"].replaces) == (True, "D01")
    assert people["D09"].team == "一组"
    assert folder.plan.read_bytes() == plan
    for old, count in (("没有这人", 0), ("张伟", 0), ("王建国", 0)):
        again, problems = replace_inspector(folder.root, old, "钱", write=True)
        assert again is None
        assert [item.code for item in problems] == ["inspector-unknown-here"], count


def test_the_commands_show_first(folder: Folder) -> None:
    run = CliRunner()
    where = str(folder.root)
    first = ["round", "add-school", where, NEW[0], NEW[1], "--set", "学段=小学"]
    rest = ["--set", "有食堂=是", "--set", "寄宿=否"]
    shown = run.invoke(app, [*first, *rest])
    assert shown.exit_code == 0, shown.output
    assert "增加学校：第三小学（roster/schools.csv 第 4 行）" in shown.output
    assert "还没有改，照办请加 --yes" in shown.output
    assert "补排 2 次" in shown.output
    done = run.invoke(app, [*first, *rest, "--yes"])
    assert done.exit_code == 0, done.output
    assert "已经改好" in done.output
    wrong = run.invoke(app, [*first, *rest, "--yes"])
    assert wrong.exit_code == 2
    bad = run.invoke(app, ["round", "add-school", where, "1", "2", "--set", "学段"])
    assert bad.exit_code == 2
    for arguments in (
        ["remove-school", where, NEW[1]],
        ["add-inspector", where, "钱", "--team", "三组", "--code", "D20"],
        ["replace-inspector", where, "D02", "孙", "--code", "D21"],
    ):
        made = run.invoke(app, ["round", *arguments, "--yes"])
        assert made.exit_code == 0, made.output
    of = opened(folder)
    assert {*of.roster.schools} == {it.id for it in SCHOOLS}
    assert {*of.roster.inspectors} == {*(it.id for it in INSPECTORS), "D20", "D21"}


@pytest.mark.parametrize(
    ("formula", "put_in", "taken_out"),
    [
        ("SUM(C3:C9)", "SUM(C3:C10)", "SUM(C3:C9)"),
        ("SUM($C$3:$C$12)", "SUM($C$3:$C$13)", "SUM($C$3:$C$11)"),
        ("A10+B11", "A11+B12", "#REF!+B10"),
        ('"A10"&A9', '"A10"&A9', '"A10"&A9'),
        ("别的!A10+'名 册'!A10", "别的!A10+'名 册'!A11", "别的!A10+'名 册'!#REF!"),
        ("LOG10(A3)+A10B", "LOG10(A3)+A10B", "LOG10(A3)+A10B"),
    ],
)
def test_references_follow(formula: str, put_in: str, taken_out: str) -> None:
    assert moved(formula, Move("名 册", 10), "名 册") == put_in
    assert moved(formula, Move("名 册", 10, up=True), "名 册") == taken_out


def test_a_table_of_excels_own_grows(folder: Folder) -> None:
    folder.schools.unlink()
    heads = ["学校代码", "学校名称", "学段", "有食堂", "寄宿"]
    with xlsxwriter.Workbook(folder.root / "roster" / "schools.xlsx") as book:
        rows = [[one.id, one.name, "小学", "是", "否"] for one in SCHOOLS]
        columns = [{"header": name} for name in heads]
        book.add_worksheet("学校").add_table("A1:E3", {"columns": columns, "data": rows})
    done, problems = add_school(folder.root, *NEW, write=True)
    assert done is not None, problems
    (table,) = openpyxl.load_workbook(folder.schools)["学校"].tables.values()
    assert (table.ref, table.autoFilter.ref) == ("A1:E4", "A1:E4")
    assert len(opened(folder).roster.schools) == 3


def test_parts_that_are_not_touched_stay_byte_for_byte(folder: Folder) -> None:
    kept_as_workbook(folder)
    data = folder.schools.read_bytes()
    after = edited(data, "学校", [Insert(4), Fill(4, {1: "21068103"}, 3)])
    with ZipFile(io.BytesIO(data)) as old, ZipFile(io.BytesIO(after)) as new:
        same = {name for name in old.namelist() if old.read(name) == new.read(name)}
        left = {*old.namelist()} - same
    assert left == {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
