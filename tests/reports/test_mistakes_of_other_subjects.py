"""A round of institutions with mistakes of all kinds, command by command, in their own words."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from inspections.round.opened import read_round
from inspections.workbook.form.expectations import expectations
from inspections.workbook.form.layout import Column
from inspections.workbook.reading.workbook import read_workbook
from scoring.__main__ import app
from tests.conftest import Convert
from tests.reports.accountability.ruled import ACCEPTED, rule

RUBRIC = """\
id: jigou
version: "1"
title: 机构办学评价
points: 100
letter_title: 检查意见书
people: 监管人员
subject:
  name: 机构
  code: [统一社会信用代码]
  columns: {登记地址: [地址]}
  groups: [类别]
traits:
  类别: {type: choice, options: [学科, 艺术]}
self_assessment: true
dimensions:
  - id: A
    title: 办学
    points: 100
    indicators:
      - id: A1
        title: 教师资格
        points: 40
        basis: [N]
        method: [查阅档案]
        evidence: none
        rule: {kind: deduct, faults: [{label: 没有资格任教, each: 20, unit: 人}]}
        rectify: {demand: 请清退没有资格的人员。, days: 15}
      - id: A2
        title: 公示
        points: 30
        basis: [N]
        method: [现场查看]
        when: {类别: 学科}
        key: true
        rule: {kind: all_or_none}
        rectify: {demand: 请公示。, days: 15}
      - id: A3
        title: 管理
        points: 20
        basis: [N]
        method: [现场查看]
        evidence: none
        excusable: true
        rule: {kind: discretionary, least: 1, most: 10}
        rectify: {demand: 请改进管理。, days: 15}
      - id: A4
        title: 家长满意
        points: 10
        basis: [N]
        method: [问卷]
        evidence: none
        rule: {kind: survey, full: 80%}
red_lines:
  - id: R1
    title: 无证办学
    triggers: [{flag: 无证, label: 是否查实无证办学}]
    consequence: {grade: 不合格, award_lost: true}
    basis: [N]
grades:
  - {grade: 合格, range: ≥60}
  - {grade: 不合格, range: <60}
documents: {N: {title: 管理办法}}
"""
ROSTER = """\
统一社会信用代码,机构名称,地址,类别
J1,青禾培训学校,青禾路1号,学科
J2,星光艺术中心,青禾路2号,艺术
J3,博学教育,青禾路3号,学科
J4,春风学堂,青禾路4号,艺术
"""
BAD_ROSTER = ROSTER + "J3,博学教育,,学科\nJ7,春风学堂,,舞蹈\n,无代码,,学科\n"
PEOPLE = """\
姓名,监管人员代码,检查组,组长
张一,1,一组,是
周二,2,一组,
吴三,3,二组,是
郑四,4,二组,
"""
BAD_PEOPLE = PEOPLE + "钱五,5,一组,是\n钱五,5,,或许\n,6,一组,\n"
ANSWERS = "机构名称,您满意吗\n" + "青禾培训学校,满意\n" * 6 + "没有这一家,满意\n" * 2
CLASSES = "机构名称,年级,班级,学生数\n星光艺术中心,一,1,30\n博学教育,一,1,20\n"
ACCOUNTABILITY = """\
rules:
  - id: 约谈
    title: 不合格的约谈
    rubric: jigou
    conditions: {grade: [不合格]}
    kind: 约谈
    basis: [{text: 管理办法, verified: U}]
    office: 监管科
  - id: 取消
    title: 触碰红线
    rubric: jigou
    conditions: {red_line: true}
    kind: 取消评优评先资格
    years: 1
    basis: [{text: 管理办法, verified: U}]
    office: 监管科
"""
TYPED = ("青禾培训学校",)
_OF_SCHOOLS = re.compile(r"校(?![验对正])|督学|(?<=\d)\s?所(?!有)")


def said(text: str) -> Iterator[str]:
    """What speaks of schools or 督学 in a text, with what stands around it."""
    for typed in TYPED:
        text = text.replace(typed, "")
    for met in _OF_SCHOOLS.finditer(text):
        yield text[max(met.start() - 20, 0) : met.end() + 12].replace("\n", " ")


class Round:
    """A round that is gone through by commands; ``told`` is what they printed."""

    def __init__(self, base: Path) -> None:
        self.base, self.folder, self.told = base, base / "2026", list[tuple[str, str]]()

    def run(self, *words: object, refused: bool = False) -> str:
        """Runs a command, which may end with problems; in vain only where it is to be refused."""
        line = [str(word) for word in words]
        run = CliRunner().invoke(app, line)
        assert (run.exit_code == 2) is refused, (line, run.output, run.exception)
        assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
        self.told.append((" ".join(line[:2]), run.output))
        return run.output

    def start(self, folder: Path, month: str, *files: Path) -> None:
        """Starts a round of a month; ``files``: both rosters and the rubric."""
        schools, people, rubric = files
        self.run(
            "round", "start", folder, "--schools", schools, "--inspectors", people,
            "--rubric", rubric, "--from", f"2026-{month}-01", "--to", f"2026-{month}-20",
            "--title", f"{month}月机构检查",
        )  # fmt: skip
        settings = folder / "round.yaml"
        text = re.sub(r"# day: \S+", f"day: 2026-{month}-25", settings.read_text(encoding="utf-8"))
        settings.write_text(text, encoding="utf-8")

    def write(self, name: str, text: str) -> Path:
        """Writes a file beside the round."""
        path = self.base / name
        path.write_text(text, encoding="utf-8")
        return path


def fill(blank: Path, to: Path, head: dict[str, str], entries: dict[str, object]) -> None:
    book = load_workbook(blank)
    sheet = book.worksheets[1]
    for cell, value in head.items():
        sheet[cell] = value
    for row in sheet.iter_rows(min_row=7):
        address = str(row[0].value)
        if address in entries:
            row[Column.ENTRY].value = entries[address]
        if (note := entries.get(f"{address}!")) is not None:
            row[Column.FAULT].value = note
        if (proof := entries.get(f"{address}~")) is not None:
            row[Column.EVIDENCE].value = proof
        if (state := entries.get(f"{address}?")) is not None:
            row[Column.STATE].value = state
    to.parent.mkdir(exist_ok=True)
    book.save(to)


HEAD = {"K3": "8:30", "M3": "11:00", "K4": "2026-11-10", "F4": "副职"}
MISTAKES: tuple[tuple[dict[str, str], dict[str, object]], ...] = (
    (
        {"B3": "", "F3": "", "K3": "11:30", "M3": "8:00", "K4": "2026-12-40", "F4": ""},
        {"A1": -3, "A2": "也许", "A3": 3, "A4.satisfied": 9, "A4.returned": 5},
    ),
    (
        {"B3": "王五", "F3": "张一", "K3": "8:30", "M3": "8:31", "K4": "2025-11-10"},
        {"A1": "三", "A2": "×", "A3?": "合理缺项", "R1": "也许", "R1.无证": "也许"},
    ),
    (
        {"B3": "", "F3": "周二", "K4": "2026-11-10", "M4": "第九次", "A3": "教师"},
        {"A1": 99, "A2": "×", "A3": "很差", "A3?": "合理缺项", "A4.satisfied": "多数"},
    ),
    ({"B2": "改了名的机构", "L3": "几点走的", **HEAD}, {"A1": 2, "A2": "√", "A2?": "未查"}),
)
PLEASED = {"A4.satisfied": 45, "A4.returned": 50, "A4.sent": 60}
RIGHT: tuple[dict[str, object], ...] = (
    {"A1": 2, "A1!": "两人没有资格", "A2": "×", "A2!": "没有公示", "A2~": "公示栏记录", "A3": 3,
     "A3!": "混乱", **PLEASED, "A4.satisfied": 20},
    {"A1": 0, "A3": 0, "R1.无证": "是", "R1!": "没有证", **PLEASED},
    {"A1": 1, "A1!": "一人没有资格", "A2": "√", "A2~": "公示栏记录", "A3": 0, **PLEASED},
    {"A1": 0, "A3?": "合理缺项", **PLEASED},
)  # fmt: skip


def books(folder: Path) -> list[Path]:
    return sorted((folder / "workbooks").rglob("*.xlsx"), key=lambda path: path.name)


def people_of(path: Path) -> dict[str, str]:
    one, other = ("张一", "周二") if "一组" in str(path) else ("吴三", "郑四")
    return {"B3": one, "F3": other}


@pytest.fixture(scope="module")
def gone_through(tmp_path_factory: pytest.TempPathFactory, soffice: Convert) -> Round:
    of = Round(tmp_path_factory.mktemp("错表"))
    folder, run = of.folder, of.run
    rubric = of.write("jigou.yaml", RUBRIC)
    schools, people = of.write("jg.csv", ROSTER), of.write("ry.csv", PEOPLE)
    wrong = (of.write("bad.csv", BAD_ROSTER), of.write("bad_people.csv", BAD_PEOPLE))
    run("rubric", "check", rubric)
    run("rubric", "show", rubric)
    run("rubric", "try", rubric, of.write("try.csv", "机构名称,监管人员,类别,A1\n甲,张,学科,x\n"))
    run("round", "template", of.base / "blank", "--rubric", rubric)
    run("round", "check", "--schools", wrong[0], "--inspectors", wrong[1], "--rubric", rubric)
    of.start(folder, "11", schools, people, rubric)
    run("round", "check", folder)
    run("selfassess", "send", folder)
    run("selfassess", "collect", folder)
    run("selfassess", "status", folder)
    run("workbooks", folder)
    blank = books(folder)
    assert len(blank) == len(MISTAKES)
    for path, (head, entries) in zip(blank, MISTAKES, strict=True):
        fill(path, of.base / "filled" / path.name, people_of(path) | head, entries)
    filled = sorted((of.base / "filled").iterdir())
    soffice(*filled, to="xlsx", into=folder / "returned")
    shutil.copy(folder / "returned" / blank[2].name, folder / "returned" / "另一份.xlsx")
    (folder / "returned" / "坏了.xlsx").write_bytes(b"junk")
    run("run", folder)
    run("round", "status", folder)
    run("monthly", folder, "--month", "2026-10")
    assert list((folder / "marked").rglob("*.xlsx"))
    shutil.copytree(folder, of.base / "with_mistakes")
    shutil.rmtree(folder / "returned")
    for path, entries in zip(blank, RIGHT, strict=True):
        fill(path, folder / "returned" / path.name, people_of(path) | HEAD, entries)
    run("collect", folder)
    run("voices", "import", folder, of.write("家长问卷.csv", ANSWERS))
    run("voices", "import", folder, of.write("班级.csv", CLASSES), "--kind", "班级人数")
    run("voices", "import", folder, of.write("看不懂.csv", "甲,乙\n1,2\n"))
    run("voices", "status", folder)
    run("voices", "report", folder)
    run("voices", "form", rubric, "--out", of.base / "form")
    run("score", folder)
    run("report", folder, "--stage", "初步")
    run("objection", "add", folder, "J1", "jigou", "--text", "请复核", "--by", "甲")
    run("objection", "list", folder)
    run("objection", "decide", folder, "1", "不采纳", "--why", "属实")
    run("score", folder)
    run("report", folder, "--issue")
    run("explain", folder, "J1")
    run("explain", folder, "J2", "jigou")
    run("explain", folder, "--bulletin", "0")
    run("explain", folder, "没有的", refused=True)
    run("ledger", "history", folder, "J1")
    run("ledger", "log", folder)
    run("rectify", "open", folder)
    run("rectify", "send", folder)
    run("rectify", "book", folder)
    run("rectify", "report", folder)
    run("rectify", "status", folder)
    run("rectify", "template", folder)
    run("followup", "draw", folder, "--why", "复查")
    run("followup", "send", folder)
    run("followup", "status", folder)
    run("followup", "report", folder)
    run("accountability", "example", folder)
    (folder / "accountability.yaml").write_text(ACCOUNTABILITY, encoding="utf-8")
    run("accountability", "check", folder)
    run("accountability", "propose", folder, "--day", "2026-12-01")
    rule(folder, lambda *_: ACCEPTED)
    run("accountability", "collect", folder, "--day", "2026-12-02")
    run("accountability", "papers", folder, "--day", "2026-12-02")
    run("accountability", "status", folder, "--day", "2026-12-02")
    run("report", folder, "--issue")
    run("monthly", folder, "--month", "2026-11")
    autumn = of.base / "later"
    of.start(autumn, "12", schools, people, rubric)
    run("workbooks", autumn)
    for path, entries in zip(books(autumn), RIGHT[1:] + RIGHT[:1], strict=True):
        head = people_of(path) | HEAD | {"K4": "2026-12-10"}
        fill(path, autumn / "returned" / path.name, head, entries)
    run("collect", autumn)
    run("score", autumn)
    run("year", folder, autumn, "--out", of.base / "year")
    run("round", "add-school", folder, "J1", "重复", refused=True)
    run("round", "add-school", folder, "J9", "新来的", "--set", "类别=艺术", "--yes")
    run("round", "add-inspector", folder, "孙六", "--code", "6", "--team", "一组", "--yes")
    run("round", "replace-inspector", folder, "孙六", "李七", "--code", "7", "--yes")
    run("round", "replace-inspector", folder, "没有", "李八", refused=True)
    run("round", "remove-school", folder, "J1")
    run("round", "replan", folder)
    return of


def test_what_commands_print_has_the_words_of_the_rubric(gone_through: Round) -> None:
    assert [(name, *said(text)) for name, text in gone_through.told if list(said(text))] == []
    told = "\n".join(text for _, text in gone_through.told)
    for words in ("同行监管人员", "监管人员的名册", "到达时间", "离开时间", "没有机构“没有的”"):
        assert words in told, words


def texts(path: Path, pdftotext: Path) -> str:
    """All that stands in a file, however deep."""
    if is_zipfile(path):
        with ZipFile(path) as parts:
            names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
            return "\n".join((*names, *(parts.read(name).decode() for name in names)))
    if path.suffix == ".pdf":
        run = subprocess.run([pdftotext, "-raw", path, "-"], capture_output=True, check=True)
        return "".join(run.stdout.decode().split())
    if path.suffix == ".json":
        return json.dumps(json.loads(path.read_bytes()), ensure_ascii=False)
    return path.read_text(encoding="utf-8-sig", errors="replace")


def test_what_is_written_has_the_words_of_the_rubric(gone_through: Round, pdftotext: Path) -> None:
    base = gone_through.base
    paths = [path for path in sorted(base.rglob("*")) if path.is_file()]
    found = {}
    for path in paths:
        name = str(path.relative_to(base))
        if path.suffix in {".sqlite", ".db", ".lock", ".key"} or "evidence" in name:
            continue
        if lines := [*said(path.name), *said(texts(path, pdftotext))]:
            found[name] = lines[:6]
    assert found == {}


def test_workbooks_of_before_are_read_as_those_of_now(gone_through: Round) -> None:
    """They called whoever inspects 督学, and the sheet of own scores 学校自评."""
    opened, _ = read_round(gone_through.base / "later")
    assert opened is not None
    path = gone_through.base / "later" / "returned" / books(opened.folder.root)[0].name
    book = load_workbook(path)
    guide, visit = book.worksheets[:2]
    assert (visit["A3"].value, visit["E3"].value) == ("填表人", "同行监管人员")
    visit["A3"], visit["E3"] = "填表督学", "同行督学"
    book["机构自评"].title = "学校自评"
    steps = [row[0] for row in guide.iter_rows(max_col=1) if "监管人员" in str(row[0].value)]
    assert steps
    for step in steps:
        step.value = str(step.value).replace("监管人员", "督学")
    book.save(gone_through.base / "以前.xlsx")
    expected = expectations(opened)
    now = read_workbook(path.read_bytes(), "甲.xlsx", expected)
    before = read_workbook((gone_through.base / "以前.xlsx").read_bytes(), "甲.xlsx", expected)
    assert [item.code for item in before.problems] == [item.code for item in now.problems]
    records = [[sheet.visit for sheet in one.sheets] for one in (now, before)]
    assert [it and replace(it, digest="") for it in records[0]] == [
        it and replace(it, digest="") for it in records[1]
    ]
    assert any(records[0])
