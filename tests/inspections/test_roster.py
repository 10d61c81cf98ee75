"""Rosters as bureaus keep them: tables in the test, problems by code and cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from inspections.round.codes import code_from_name
from inspections.round.roster import read_inspectors, read_roster, read_schools
from inspections.round.round import Ranking
from inspections.round.school import Inspector
from rubrics.messages.problems import Problem
from tests.conftest import Convert
from tests.inspections.small_round import KITCHEN, rubric

HEADINGS = ["学校代码", "学校名称", "学段", "食堂经营方式", "正式党员数", "寄宿"]
ROWS: list[Sequence[object]] = [
    ["21068101", "第一小学", "小学", "自营", 9, "是"],
    ["21068102", "第二 幼儿园", "幼儿园", "无", 3, "否"],
]


def saved(path: Path, rows: Sequence[Sequence[object]], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    if merge:
        book.worksheets[0].merge_cells(merge)
    book.save(path)
    return path


def as_csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def codes(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    return [(item.code, item.place.cell) for item in problems]


def schools(tmp_path: Path, *rows: Sequence[object], merge: str = "") -> list[tuple[str, str]]:
    _, problems = read_schools(saved(tmp_path / "校.xlsx", rows, merge))
    return codes(problems)


def test_a_roster_without_a_mistake(tmp_path: Path) -> None:
    found, problems = read_schools(saved(tmp_path / "校.xlsx", [HEADINGS, *ROWS]))
    assert problems == []
    first, second = (row.school for row in found)
    assert (first.id, first.name, second.name) == ("21068101", "第一小学", "第二 幼儿园")
    assert first.traits["正式党员数"] == Decimal(9)
    assert (first.traits["有食堂"], second.traits["有食堂"]) == ("是", "否")
    assert (first.traits["设支委会"], second.traits["设支委会"]) == ("是", "否")
    assert found[1].places["正式党员数"].cell == "E3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "校.csv"
    path.write_bytes(as_csv([HEADINGS, *ROWS]).encode(encoding))
    expected, _ = read_schools(saved(tmp_path / "校.xlsx", [HEADINGS, *ROWS]))
    found, problems = read_schools(path)
    assert problems == []
    assert [row.school for row in found] == [row.school for row in expected]


def test_a_rubric_brings_columns_of_its_own(tmp_path: Path) -> None:
    """Its own traits are read, derived and asked for like those of all rubrics."""
    own = {
        "床位数": {"type": "number", "headings": ["宿舍床位"]},
        "大宿舍": {"type": "yes_no", "derived": {"床位数": "≥300"}},
    }
    base = rubric(KITCHEN)
    made = type(base).model_validate(base.model_dump() | {"traits": own, "when": {"大宿舍": True}})
    rows = [[*HEADINGS, "宿舍床位"], [*ROWS[0], 400], [*ROWS[1], ""]]
    inspectors = saved(tmp_path / "督学.xlsx", [["督学代码", "姓名"], ["D01", "王建国"]])
    roster, problems = read_roster(saved(tmp_path / "校.xlsx", rows), inspectors, [made])
    first, second = roster.schools.values()
    assert (first.traits["床位数"], first.traits["大宿舍"]) == (Decimal(400), "是")
    assert "大宿舍" not in second.traits
    assert ("roster-trait-missing", "G3") in codes(problems)


def test_tab_separated_text(tmp_path: Path) -> None:
    path = tmp_path / "校.csv"
    path.write_text(as_csv([HEADINGS, *ROWS], "\t"), encoding="utf-16")
    assert len(read_schools(path)[0]) == 2


def test_formats_of_other_office_programs(tmp_path: Path, soffice: Convert) -> None:
    source = saved(tmp_path / "校.xlsx", [HEADINGS, *ROWS])
    expected, _ = read_schools(source)
    for ending in ("ods", "xls"):
        (path,) = soffice(source, to=ending, into=tmp_path / ending)
        found, problems = read_schools(path)
        assert problems == []
        assert [row.school for row in found] == [row.school for row in expected]


def test_other_spellings_titles_above_and_blanks_around(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        ["某县学校名册（2026年）"],
        [],
        ["代码", "校名 ", "办学 类型", "供餐方式", "党员数", "是否寄宿", None],
        ["２１０６８１０１", " 第一小学", "小学 ", "自营", "９", "√"],
        [None, "  ", None],
        ["21068102", "第二小学", "小学", "无", "3", "无"],
        ["", "", ""],
    ]
    found, problems = read_schools(saved(tmp_path / "校.xlsx", rows, merge="A1:F1"))
    assert problems == []
    assert [row.school.id for row in found] == ["21068101", "21068102"]
    assert found[0].school.name == "第一小学"
    assert [row.school.traits["寄宿"] for row in found] == ["是", "否"]


def test_a_trait_that_is_none_is_told_once(tmp_path: Path) -> None:
    rows = [HEADINGS, ["21068101", "第一小学", "中学", "自营"], ["21068102", "第二小学", "小 学"]]
    path = saved(tmp_path / "校.xlsx", rows)
    people = saved(tmp_path / "人.xlsx", [["督学代码", "姓名"], ["D01", "王建国"]])
    roster, problems = read_roster(path, people, (), Ranking(groups=("学段",)))
    assert codes(problems) == [("roster-trait-value", "C2")]
    assert "学段" not in roster.schools["21068101"].traits
    assert roster.schools["21068102"].traits["学段"] == "小学"


MISTAKES: list[tuple[str, Sequence[Sequence[object]], list[tuple[str, str]]]] = [
    ("no code", [HEADINGS, ["", *ROWS[0][1:]], ROWS[1]], [("roster-id-missing", "A2")]),
    ("a remark below", [HEADINGS, *ROWS, ["", "合计 2 所"]], [("roster-row-aside", "A4")]),
    ("doubled", [HEADINGS, *ROWS, ROWS[0]], [("roster-id-twice", "A4")]),
    ("case", [HEADINGS, ["A1", "甲"], ["a1", "乙"]], [("roster-id-alike", "A3")]),
    ("width", [HEADINGS, ["A1", "甲"], ["ａ１", "乙"]], [("roster-id-alike", "A3")]),
    ("blank within", [HEADINGS, ["A1", "甲"], ["A 1", "乙"]], [("roster-id-alike", "A3")]),
    ("no name", [HEADINGS, ["1", "", "小学"]], [("roster-name-missing", "B2")]),
    ("same name", [HEADINGS, *ROWS, ["21068103", "第 一小学"]], [("roster-name-twice", "B4")]),
    ("choice", [HEADINGS, ["1", "甲", "小学校"]], [("roster-trait-value", "C2")]),
    ("number", [HEADINGS, ["1", "甲", "小学", "无", "九"]], []),
    ("no number", [HEADINGS, ["1", "甲", "小学", "无", "若干"]], [("roster-trait-value", "E2")]),
    ("yes or no", [HEADINGS, ["1", "甲", "小学", "无", 1, "部分"]], [("roster-trait-value", "F2")]),
    ("unknown heading", [[*HEADINGS, "电话"], [*ROWS[0], "1"]], [("roster-heading-unknown", "G1")]),
    ("no heading", [[*HEADINGS, None], [*ROWS[0], "1"]], [("roster-heading-unknown", "G1")]),
    ("heading twice", [[*HEADINGS, "学校类别"], ROWS[0]], [("roster-heading-twice", "G1")]),
    ("column missing", [["学校代码", "学段"], ["1", "小学"]], [("roster-heading-missing", "A1")]),
    ("no headings at all", [["1", "甲"], ["2", "乙"]],
     [("roster-heading-missing", "A1")]),
    ("zero lost", [HEADINGS, ["02106810", "甲"], [2106811, "乙"]], [("roster-id-number", "A3")]),
    ("digits lost", [HEADINGS, [2106811234567890123, "乙"]], [("roster-id-number", "A2")]),
    ("numbers throughout", [HEADINGS, [21068101, "甲"], [21068102.0, "乙"]], []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "problems"), [row[1:] for row in MISTAKES], ids=lambda row: "")
def test_mistakes_are_named_with_their_cell(
    tmp_path: Path, rows: Sequence[Sequence[object]], problems: list[tuple[str, str]]
) -> None:
    assert schools(tmp_path, *rows) == problems


def test_codes_stored_as_numbers_are_whole(tmp_path: Path) -> None:
    found, _ = read_schools(saved(tmp_path / "校.xlsx", [HEADINGS, [21068101.0, "甲"]]))
    assert found[0].school.id == "21068101"


@pytest.mark.parametrize(("merge", "cell"), [("C1:D1", "C1"), ("E1:F2", "E1")])
def test_merged_headings_are_reported(tmp_path: Path, merge: str, cell: str) -> None:
    rows: list[Sequence[object]] = [HEADINGS, ["", "", "", "", "", ""], *ROWS]
    assert ("roster-heading-merged", cell) in schools(tmp_path, *rows, merge=merge)


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    assert codes(read_schools(tmp_path / "无.xlsx")[1]) == [("file-missing", "")]
    bad = tmp_path / "坏.xlsx"
    bad.write_text("不是表格", encoding="utf-8")
    assert codes(read_schools(bad)[1]) == [("table-unreadable", "")]
    (tmp_path / "空.csv").write_bytes(b"")
    assert {code for code, _ in codes(read_schools(tmp_path / "空.csv")[1])} == {
        "roster-heading-missing"
    }


def test_inspectors(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        ["工号", "姓名", "工作单位", "组别"],
        ["D01", "王建国", "督导室", "一组"],
        [1002, "李秀", "", ""],
        ["", "赵六", "", ""],
        ["D01", "钱七", "", ""],
    ]
    found, problems = read_inspectors(saved(tmp_path / "督学.xlsx", rows))
    assert found == [
        Inspector("D01", "王建国", "督导室", "一组"),
        Inspector("1002", "李秀", "", "1002"),
        Inspector(code_from_name("赵六"), "赵六", "", code_from_name("赵六")),
    ]
    assert codes(problems) == [
        ("roster-id-twice", "A5"),
        ("roster-id-given", "B4"),
        ("roster-team-missing", "D3"),
    ]


def gaps(tmp_path: Path, headings: list[str], row: list[object]) -> list[tuple[str, str]]:
    path = saved(tmp_path / "校.xlsx", [list[object](headings), row])
    people = saved(tmp_path / "督学.xlsx", [["工号", "姓名"], ["D01", "王"]])
    _, problems = read_roster(path, people, [rubric(KITCHEN)], Ranking(groups=("学段",)))
    return codes(problems)


BASE = ["学校代码", "学校名称", "学段", "食堂经营方式", "寄宿"]


@pytest.mark.parametrize(
    ("headings", "row", "problems"),
    [
        (BASE, ["1", "甲", "小学", "自营", "否"], []),
        (BASE, ["1", "甲", "小学", "自营", ""], [("roster-trait-missing", "E2")]),
        (BASE, ["1", "甲", "", "自营", "否"], [("roster-trait-missing", "C2")]),
        (BASE, ["1", "甲", "小学", "", "否"], [("roster-trait-missing", "D2")]),
        # Without a canteen the rubric asks nothing, so what it would turn on may be missing.
        (BASE, ["1", "甲", "小学", "无", ""], []),
        (BASE[:4], ["1", "甲", "小学", "自营"], [("roster-column-missing", "A1")]),
        ([*BASE[:3], "有食堂", "寄宿"], ["1", "甲", "小学", "是", "否"], []),
    ],
)
def test_traits_on_which_a_rubric_turns_must_be_there(
    tmp_path: Path, headings: list[str], row: list[object], problems: list[tuple[str, str]]
) -> None:
    assert gaps(tmp_path, headings, row) == problems
