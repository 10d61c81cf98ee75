"""A round of institutions, from a blank roster to the letters: no paper speaks of schools."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from typer.testing import CliRunner

from inspections.round.opened import read_round
from inspections.workbook.form.layout import Column
from scoring.__main__ import app

RUBRIC = """\
id: training
version: "1"
title: 校外培训机构评价
points: 100
letter_title: 检查意见书
people: 检查人员
subject:
  name: 机构
  code: [统一社会信用代码]
  columns: {登记地址: [地址], 负责人: [法定代表人]}
  groups: [类别]
traits:
  类别: {type: choice, options: [学科, 艺术]}
dimensions:
  - id: A
    title: 办学
    points: 100
    indicators:
      - id: A1
        title: 不聘学校在职教师
        points: 60
        basis: [N]
        method: [查阅档案]
        evidence: none
        rule: {kind: deduct, faults: [{label: 聘用学校在职教师, each: 20, unit: 人}]}
        rectify: {demand: 请清退学校在职教师。, days: 15}
      - id: A2
        title: 公示
        points: 40
        basis: [N]
        method: [现场查看]
        evidence: none
        when: {类别: 学科}
        rule: {kind: all_or_none}
        rectify: {demand: 请公示。, days: 15}
grades:
  - {grade: 合格, range: ≥60}
  - {grade: 不合格, range: <60}
documents: {N: {title: 管理办法}}
"""
ROSTER = """\
统一社会信用代码,机构名称,地址,法定代表人,类别
91330100MA2AAAAA01,阳光培训学校,青禾路1号,王某甲,学科
91330100MA2AAAAA02,星光艺术中心,青禾路2号,李某乙,艺术
91330100MA2AAAAA03,博学教育,青禾路3号,赵某丙,学科
"""
INSPECTORS = "姓名,检查组\n张一,一组\n周二,一组\n吴三,二组\n郑四,二组\n"
FAULT = "现场查明，有学校教师任课"
ENTRIES = ({"A1": 3, "A2": "×"}, {"A1": 0}, {"A1": 1, "A2": "√"})
TYPED = ("阳光培训学校", "学校在职教师", FAULT, "校外培训")


def scoring(*words: object) -> str:
    run = CliRunner().invoke(app, [str(word) for word in words])
    assert run.exit_code in (0, 1), run.output
    return run.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("机构")
    for name, text in (("jg.csv", ROSTER), ("dx.csv", INSPECTORS), ("training.yaml", RUBRIC)):
        (base / name).write_text(text, encoding="utf-8")
    folder = base / "2026"
    scoring(
        "round", "start", folder, "--schools", base / "jg.csv", "--inspectors", base / "dx.csv",
        "--rubric", base / "training.yaml", "--from", "2026-11-01", "--to", "2026-11-20",
        "--title", "机构检查",
    )  # fmt: skip
    settings = folder / "round.yaml"
    text = re.sub(r"# day: \S+", "day: 2026-11-25", settings.read_text(encoding="utf-8"))
    settings.write_text(text, encoding="utf-8")
    scoring("workbooks", folder)
    by_name = {path.name: path for path in (folder / "workbooks").rglob("*.xlsx")}
    for name, entries in zip(sorted(by_name), ENTRIES, strict=True):
        book = load_workbook(by_name[name])
        sheet = book.worksheets[1]
        people = ("张一", "周二") if "一组" in str(by_name[name]) else ("吴三", "郑四")
        head = {"B3": people[0], "F3": people[1], "K3": "8:30", "M3": "11:00"}
        for cell, value in (head | {"K4": "2026-11-10", "F4": "副职"}).items():
            sheet[cell] = value
        for row in sheet.iter_rows(min_row=7):
            if (owner := row[0].value) in entries:
                row[Column.ENTRY].value = entries[owner]
                row[Column.FAULT].value = FAULT if entries[owner] not in (0, "√") else None
        book.save(folder / "returned" / name)
    scoring("collect", folder)
    scoring("score", folder)
    scoring("report", folder, "--issue")
    return folder


def papers(folder: Path, pdftotext: Path) -> Iterator[tuple[str, str]]:
    """(file, line) of all that was written for others to read."""
    for path in sorted(folder.rglob("*.pdf")):
        run = subprocess.run(
            [pdftotext, "-raw", path, "-"], capture_output=True, check=True, text=True
        )
        yield path.name, "".join(run.stdout.split())
    for path in sorted(folder.rglob("*.docx")):
        for said in docx.Document(str(path)).element.body.iter(qn("w:p")):
            yield path.name, "".join(held.text or "" for held in said.iter(qn("w:t")))
    for part in ("workbooks", "reports", "rectify", "followup", "accountability"):
        for path in sorted((folder / part).rglob("*.xlsx")):
            for sheet in load_workbook(path).worksheets:
                yield path.name, sheet.title
                for row in sheet.iter_rows(values_only=True):
                    yield from ((path.name, it) for it in row if isinstance(it, str))


def of_schools(text: str) -> bool:
    for typed in TYPED:
        text = text.replace(typed, "")
    return not text.startswith("=") and bool(re.search(r"校(?![验正])|\d ?所(?!有)", text))


def test_all_of_it_speaks_of_institutions(folder: Path, pdftotext: Path) -> None:
    opened, _ = read_round(folder)
    assert opened is not None
    assert opened.round.ranking.groups == ("类别",)
    scoring("rectify", "open", folder)
    scoring("rectify", "send", folder)
    scoring("rectify", "book", folder)
    scoring("rectify", "report", folder)
    scoring("followup", "draw", folder, "--why", "复查")
    scoring("followup", "send", folder)
    scoring("followup", "report", folder)
    scoring("monthly", folder, "--month", "2026-11")
    lines = [(name, line) for name, line in papers(folder, pdftotext) if name != "排名表.xlsx"]
    assert [found for found in lines if of_schools(found[1])] == []
    told = "\n".join(line for _, line in lines)
    assert any(FAULT in line for name, line in lines if name == "整改台账.xlsx")
    for words in ("你单位", "3家机构", "各机构", "机构陈述意见", "机构负责人"):
        assert words in told, words
    assert "机构代码" in (folder / "roster" / "plan.csv").read_text(encoding="utf-8-sig")


def test_the_ranking_workbook_speaks_of_institutions(folder: Path) -> None:
    book = load_workbook(folder / "reports" / "排名表.xlsx")
    for sheet in book.worksheets:
        said = [
            it for row in sheet.iter_rows(values_only=True) for it in row if isinstance(it, str)
        ]
        assert [text for text in said if of_schools(text)] == [], sheet.title


def test_what_rosters_tell_is_for_inspectors_alone(folder: Path, pdftotext: Path) -> None:
    for name, line in papers(folder, pdftotext):
        if "王某甲" in line or "青禾路1号" in line:
            assert name.startswith("91330100MA2AAAAA01"), name
            assert line == "登记地址：青禾路1号；负责人：王某甲"
    for path in (folder / "results").iterdir():
        assert "王某甲" not in path.read_text(encoding="utf-8")


def test_a_round_inspects_one_kind(folder: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(
        app,
        [
            "round", "check", "--schools", str(folder.parent / "jg.csv"),
            "--inspectors", str(folder.parent / "dx.csv"),
            "--rubric", str(folder.parent / "training.yaml"), "--rubric", "party",
        ],
    )  # fmt: skip
    assert run.exit_code == 2
    assert "一个批次只查一种对象" in run.output


def test_a_blank_roster_has_the_columns_of_the_subject(folder: Path, tmp_path: Path) -> None:
    scoring("round", "template", tmp_path, "--rubric", folder.parent / "training.yaml")
    page = load_workbook(tmp_path / "机构名册.xlsx").worksheets[0]
    heads = [cell.value for cell in page[1]]
    assert heads == ["*统一社会信用代码", "*机构名称", "登记地址", "负责人", "类别"]


def test_an_institution_is_added_and_planned(folder: Path) -> None:
    output = scoring(
        "round", "add-school", folder, "91330100MA2AAAAA09", "新来机构", "--set", "类别=艺术"
    )
    assert "新来机构" in output
