"""What the readers of returned workbooks know holds for every table that comes in."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from inspections.round.codes import code_from_name
from inspections.round.roster import read_inspectors, read_roster, read_schools
from inspections.round.round import Ranking
from inspections.round.table import read_table
from rubrics.messages.problems import Problem
from rubrics.tables.reading import read_sheets
from rubrics.tables.sheet import UnreadableError
from tests.inspections.test_roster import codes, saved

HEAD = ["学校代码", "学校名称", "学段", "学生数"]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def csv_codes(tmp_path: Path, *typed: str) -> tuple[list[str], list[tuple[str, str]]]:
    lines = [f"{code},第{number}小学" for number, code in enumerate(typed, 1)]
    path = written(tmp_path / "校.csv", "\n".join(["学校代码,学校名称", *lines]))
    rows, problems = read_schools(path)
    return [row.school.id for row in rows], codes(problems)


@pytest.mark.parametrize(
    ("typed", "read", "problems"),
    [
        (['="0101"', '="0102"'], ["0101", "0102"], []),
        (['"=""0101"""', "0102"], ["0101", "0102"], []),
        (["'0101", "’0102"], ["0101", "0102"], []),
        (["2.10681E+11", "2.1e11"], [], [("roster-id-made", "A2"), ("roster-id-made", "A3")]),
        (["101", "1102"], ["101", "1102"], [("roster-id-number", "A2")]),
        (["A-1", "Ｂ－２"], ["A-1", "B-2"], []),
    ],
)
def test_codes_that_excel_made_of_others_in_text(
    tmp_path: Path, typed: list[str], read: list[str], problems: list[tuple[str, str]]
) -> None:
    assert csv_codes(tmp_path, *typed) == (read, problems)


def test_codes_that_excel_made_of_others_in_cells(tmp_path: Path) -> None:
    from datetime import date

    rows = [HEAD, [True, "甲"], [date(2026, 1, 1), "乙"], [1.1, "丙"], ["1-2", "丁"]]
    found, problems = read_schools(saved(tmp_path / "校.xlsx", rows))
    assert [row.school.id for row in found] == ["1-2"]
    assert codes(problems) == [("roster-id-made", f"A{row}") for row in (2, 3, 4)]


@pytest.mark.parametrize("ending", [".xls", ".csv", ".ods", ".dat"])
def test_content_comes_before_the_ending(tmp_path: Path, ending: str) -> None:
    workbook = saved(tmp_path / "a.xlsx", [HEAD, ["0101", "甲"]]).read_bytes()
    text = "学校代码\t学校名称\n0101\t甲\n".encode("utf-16-le")
    for data in (workbook, text):
        path = tmp_path / f"校{ending}"
        path.write_bytes(data)
        found, problems = read_schools(path)
        assert ([row.school.id for row in found], problems) == (["0101"], [])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
         .encode("utf-16"), "XML 表格"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word"),
        (b"\xd0\xcf\x11\xe0rest", "损坏"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "图片"),
        (b"PK\x03\x04rest", "损坏"),
        (b"\x01\x02\x03\x04", "损坏"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_told_in_chinese(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read_sheets(data)
    path = tmp_path / "校.xls"
    path.write_bytes(data)
    assert codes(read_schools(path)[1]) == [("table-unreadable", "")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('学校代码,学校名称\n0101,"甲小学\n0102,乙小学\n', 2),
        ('学校代码,学校名称\n0101,甲小学\n0102,"乙小学\n0103,丙"小学\n', 3),
        ('学校代码,学校名称,学段\n0101,"甲小学,小学\n0102,乙小学",小学\n', 0),
        ('学校代码,学校名称,学段\n0101,"甲小学\n0102,乙小学",小学\n0103,丙小学,"小学\n', 4),
    ],
)
def test_an_open_quote_is_told_at_its_line(tmp_path: Path, text: str, line: int) -> None:
    _, problems = read_schools(written(tmp_path / "校.csv", text))
    told = [item.place.cell for item in problems if item.code == "table-quote"]
    assert told == ([f"第 {line} 行"] if line else [])


def test_errors_are_told_in_whatever_cell(tmp_path: Path) -> None:
    rows = [HEAD, ["0101", "#N/A", "小学", 1], ["0102", "乙", "#REF!", "#DIV/0!"],
            ["#NAME?", "丙", "小学", "=1+1"]]  # fmt: skip
    found, problems = read_schools(saved(tmp_path / "校.xlsx", rows))
    assert [row.school.id for row in found] == ["0101", "0102"]
    assert sorted(codes(problems)) == [("entry-lost", at) for at in ("A4", "B2", "C3", "D3")]


def test_errors_of_newer_programs_cost_their_cell_alone(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", [HEAD, ["0101", "甲", "小学", "#N/A"]])
    new = tmp_path / "校.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as made:
        for name in old.namelist():
            made.writestr(name, old.read(name).replace(b"#N/A", b"#SPILL!"))
    found, problems = read_schools(new)
    assert [row.school.id for row in found] == ["0101"]
    assert codes(problems) == [("entry-lost", "D2")]
    assert "#SPILL!" in problems[0].message


def edited(path: Path, rows: Sequence[Sequence[object]], edit: Any) -> Path:
    book = openpyxl.load_workbook(saved(path, rows))
    edit(book)
    book.save(path)
    return path


def test_a_per_cent_is_no_number_of_pupils(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book.worksheets[0]["D2"].number_format = "0%"
        book.worksheets[0]["D3"].number_format = '0"%"'

    rows = [HEAD, ["0101", "甲", "小学", 0.5], ["0102", "乙", "小学", 5]]
    _, problems = read_schools(edited(tmp_path / "校.xlsx", rows, edit))
    assert codes(problems) == [("roster-trait-value", "D2")]


def test_merged_cells_down_a_column_hold_for_all_of_them(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book.worksheets[0].merge_cells("C2:C3")
        book.worksheets[0].merge_cells("B3:B4")

    rows = [HEAD, ["1", "甲", "小学"], ["2", "乙", ""], ["3", "", "初中"]]
    found, problems = read_schools(edited(tmp_path / "校.xlsx", rows, edit))
    assert [row.school.traits["学段"] for row in found] == ["小学", "小学", "初中"]
    assert codes(problems) == [("cell-merged", "B4")]
    teams = [["姓名", "检查组"], ["王一", "一组"], ["李二", ""], ["张三", "二组"]]
    path = edited(tmp_path / "人.xlsx", teams, lambda it: it.worksheets[0].merge_cells("B2:B3"))
    assert [item.team for item in read_inspectors(path)[0]] == ["一组", "一组", "二组"]


def test_all_sheets_are_read_or_named(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book.create_sheet("初中").append(["校名", "代码"])
        book["初中"].append(["乙", "2"])
        book.create_sheet("算式").append(["一", "二"])
        book.create_sheet("空")

    path = edited(tmp_path / "校.xlsx", [HEAD, ["1", "甲"]], edit)
    found, problems = read_schools(path)
    assert [row.school.id for row in found] == ["1", "2"]
    assert [(it.code, it.place.sheet) for it in problems] == [("table-sheet-unread", "算式")]
    table, problems = read_table(path)
    assert table is not None
    assert [(it.code, it.place.sheet) for it in problems] == [
        ("table-sheet-unread", "初中"),
        ("table-sheet-unread", "算式"),
    ]


def test_a_missing_column_is_told_once_with_the_headings_not_understood(tmp_path: Path) -> None:
    head = ["学校代码", "学校名称", "学校类型", "城乡类型"]
    rows = [head, *([str(it), f"第{it}校", "完全小学", "镇区"] for it in range(100, 230))]
    people = saved(tmp_path / "人.xlsx", [["姓名"], ["王一"]])
    path = saved(tmp_path / "校.xlsx", rows)
    _, problems = read_roster(path, people, (), Ranking(groups=("学段", "区域")))
    told: list[Problem] = [it for it in problems if it.severity == "error"]
    assert codes(told) == [("roster-column-missing", "A1")]
    for word in ("“学段”“区域”", "130 所", "“学校类型”（填的像是“学段”", "“城乡类型”"):
        assert word in told[0].message
    assert [it.code for it in problems if it.severity != "error"] == [
        "roster-heading-unknown",
        "roster-id-given",
    ]


def test_the_same_wrong_value_and_the_same_gap_are_told_once(tmp_path: Path) -> None:
    rows = [HEAD, *([str(it), f"第{it}校", "镇区" if it % 2 else ""] for it in range(10, 30))]
    people = saved(tmp_path / "人.xlsx", [["姓名"], ["王一"]])
    path = saved(tmp_path / "校.xlsx", rows)
    _, problems = read_roster(path, people, (), Ranking(groups=("学段",)))
    assert codes(problems) == [
        ("roster-trait-value", "C3"),
        ("roster-id-given", "A2"),
        ("roster-trait-missing", "C2"),
    ]
    assert "10 处" in problems[0].message and "等 10 所" in problems[2].message


def test_codes_from_names_are_stable_and_tell_no_name(tmp_path: Path) -> None:
    first = saved(tmp_path / "a.xlsx", [["姓名", "单位"], ["王建国", "甲"], ["李 秀", "乙"]])
    later = saved(tmp_path / "b.xlsx", [["姓名"], ["张三"], ["李秀"], ["王建国"], ["王建国"]])
    before = {item.name: item.id for item in read_inspectors(first)[0]}
    people, problems = read_inspectors(later)
    after = {item.name: item.id for item in people}
    assert after["王建国"] == before["王建国"] == code_from_name(" 王 建国 ")
    assert after["李秀"] == before["李 秀"]
    assert "roster-id-needed" in [item.code for item in problems]


@pytest.mark.parametrize("damage", ["name", "method", "manifest"])
def test_packages_of_no_known_kind_are_no_tables(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "校.xlsx"
    part = "META-INF/manifest.xml" if damage == "manifest" else "数.xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as parts:
        parts.writestr("content.xml", b"<x/>")
        parts.writestr(part, b"<x/>" * 20)
    data = path.read_bytes()
    if damage == "name":
        data = data.replace("数".encode(), b"\xa5\xff\xff")
    else:
        start = data.index(part.encode()) + len(part.encode())
        data = data[: start + 4] + b"\xff" * 4 + data[start + 8 :]
    path.write_bytes(data)
    _, problems = read_table(path)
    assert codes(problems) == [("table-unreadable", "")]
