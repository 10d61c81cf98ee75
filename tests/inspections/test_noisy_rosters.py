"""Whatever stands around them, a roster's schools are the same as in the clean one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.round.roster import read_schools
from inspections.round.school import School
from rubrics.messages.problems import Problem, has_errors
from tests.conftest import Convert
from tests.inspections.noisy_rosters import WORDS, Drawn, as_text, as_workbook, noisy, schools

QUIET = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def meant(clean: list[dict[str, str]]) -> list[tuple[str, str, dict[str, object]]]:
    return [
        (
            item["学校代码"],
            item["学校名称"],
            {name: item[name] for name in WORDS} | {"学生数": Decimal(item["学生数"])},
        )
        for item in clean
    ]


def told(rows: list[School]) -> list[tuple[str, str, dict[str, object]]]:
    names = (*WORDS, "学生数")
    return [(it.id, it.name, {name: it.traits.get(name) for name in names}) for it in rows]


def read(path: Path) -> tuple[list[School], list[Problem]]:
    rows, problems = read_schools(path)
    return [row.school for row in rows], problems


@QUIET
@given(st.data())
def test_workbooks(tmp_path: Path, data: st.DataObject) -> None:
    clean = data.draw(schools())
    path = as_workbook(data.draw(noisy(clean, text=False)), tmp_path / "校.xlsx")
    found, problems = read(path)
    assert told(found) == meant(clean), [item.message for item in problems]
    assert not has_errors(problems), [item.message for item in problems]


@QUIET
@given(
    st.data(),
    st.sampled_from(",\t;"),
    st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")),
    st.sampled_from((".csv", ".txt", ".tsv", ".xls")),
)
def test_text(tmp_path: Path, data: st.DataObject, mark: str, encoding: str, ending: str) -> None:
    clean = data.draw(schools())
    (sheet,) = data.draw(noisy(clean, text=True))
    path = tmp_path / f"校{ending}"
    path.write_bytes(as_text(sheet, mark).encode(encoding))
    found, problems = read(path)
    assert told(found) == meant(clean), [item.message for item in problems]
    assert not has_errors(problems)


def test_other_programs(tmp_path: Path, soffice: Convert) -> None:
    head = ["序号", "学校代码", "学校名称", "基本情况", ""]
    sheets = [
        Drawn(
            "小学",
            [
                ["青禾县学校名册"],
                head,
                ["", "", "", "学段", "学生数"],
                ["一、城区学校"],
                ["1", "0101", "甲小学", "完全小学", "702人"],
                ["2", "0102", "乙小学", "", "0"],
                ["合计", "2所"],
            ],
            [(0, 0, 0, 4), (1, 3, 1, 4), *((1, it, 2, it) for it in range(3)), (4, 3, 5, 3)],
        ),
        Drawn("特教", [["校名", "代码", "学段"], ["丙学校", "0201", "特殊教育学校"]]),
    ]
    path = as_workbook(sheets, tmp_path / "校.xlsx")
    book = openpyxl.load_workbook(path)
    book["小学"]["F2"] = "备注"
    book["小学"]["F5"] = "=1/0"
    book["特教"]["D1"], book["特教"]["D2"] = "班级数", "=NA()"
    hidden = book.create_sheet("旧名册")
    hidden.append(["代码", "校名"])
    hidden.append(["0999", "旧学校"])
    hidden.sheet_state = "hidden"
    book.save(path)
    for ending in ("xlsx", "xls", "ods"):
        (converted,) = soffice(path, to=ending, into=tmp_path / ending)
        found, problems = read(converted)
        assert [(it.id, it.name, it.traits.get("学段")) for it in found] == [
            ("0101", "甲小学", "小学"),
            ("0102", "乙小学", "小学"),
            ("0201", "丙学校", "特教"),
        ]
        assert found[0].traits["学生数"] == Decimal(702)
        assert sorted((it.code, it.place.sheet) for it in problems) == [
            ("entry-lost", "特教"),
            ("roster-heading-unknown", "小学"),
            ("roster-row-aside", "小学"),
            ("roster-row-aside", "小学"),
            ("table-sheet-hidden", "旧名册"),
        ], ending
