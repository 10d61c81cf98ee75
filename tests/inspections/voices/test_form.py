"""What a survey site is given is read back from its export, and feeds what it was asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from inspections.steps.voices import write_form
from inspections.voices.heads import is_private
from rubrics.files.shipped import shipped
from scoring.__main__ import app
from tests.inspections.small_round import SCHOOLS, one_dimension
from tests.inspections.voices.test_feeding import ONE, a_round, collect, numbers, table, take

RUBRIC = one_dimension(
    "ask",
    4,
    """
  - {id: A1, title: 家长满意度, points: 2, basis: [文1], method: [问卷],
     rule: {kind: survey, full: 90%, question: 您对学校的课后服务满意吗,
            options: [满意, 基本满意, 不满意, 不了解], satisfied: [满意], people: [家长]}}
  - {id: A2, title: 食堂满意度, points: 1, basis: [文1], method: [问卷],
     rule: {kind: survey, full: 80%}}
  - {id: A3, title: 民主测评, points: 1, basis: [文1], method: [民主测评],
     rule: {kind: votes, options: {好: 1, 差: 0}}}
""",
)


def cells(path: Path, sheet: str) -> list[list[Any]]:
    return [[*row] for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    (tmp_path / "ask.yaml").write_text(RUBRIC, encoding="utf-8")
    done = CliRunner().invoke(
        app, ["voices", "form", str(tmp_path / "ask.yaml"), "--out", str(tmp_path), "--class"]
    )
    assert done.exit_code == 0, done.output
    return tmp_path


def test_a_form_asks_what_the_rubric_needs_and_nobodys_name(made: Path) -> None:
    rows = cells(made / "ask-问卷.xlsx", "问卷")
    assert [row[1] for row in rows[1:]] == [
        "孩子（您）所在的学校", "您的身份", "孩子（学生）在几年级", "孩子（学生）在几班",
        "您对学校的课后服务满意吗", "您对学校的“食堂”满意吗",
    ]  # fmt: skip
    assert rows[5][3:6] == ["满意\n基本满意\n不满意\n不了解", "满意", "家长"]
    assert cells(made / "ask-问卷.xlsx", "民主测评票")[1][3] == "好\n差\n弃权"
    text = (made / "ask-问卷.txt").read_text(encoding="utf-8-sig")
    assert "5. 您对学校的课后服务满意吗[单选题]\n满意\n基本满意" in text
    assert "好\n差" not in text


def test_an_xlsform_keeps_the_rules_of_xlsforms(made: Path) -> None:
    book = made / "ask-xlsform.xlsx"
    survey, choices = cells(book, "survey"), cells(book, "choices")
    assert survey[0][:3] == ["type", "name", "label::中文 (zh)"]
    lists = {row[0] for row in choices[1:]}
    names = [row[1] for row in survey[1:]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in names)
    for kind, *_ in survey[1:]:
        assert kind == "text" or (kind.startswith("select_one ") and kind.split()[1] in lists)
    pairs = [(row[0], row[1]) for row in choices[1:]]
    assert len(set(pairs)) == len(pairs) and not any(re.search(r"\s", name) for _, name in pairs)
    asked = {row[1]: row[4] for row in survey[1:]}
    assert asked["Q5"] == "${Q2} = '家长'" and ("options1", "家长") in pairs
    assert cells(book, "settings")[1][1] == "ask"


def test_an_export_of_the_form_feeds_the_rubric_it_was_made_for(made: Path, tmp_path: Path) -> None:
    lines = (made / "ask-voices.txt").read_text(encoding="utf-8")
    found = re.findall(r"item: (\S+), survey: .*?, question: (.*?)}", lines)
    assert [item for item, _ in found] == ["ask/A1", "ask/A2"]
    voices = [{"item": item, "survey": "家长问卷", "question": asked} for item, asked in found]
    of = a_round(tmp_path / "再", voices, RUBRIC)
    heads = [row[1] for row in cells(made / "ask-问卷.xlsx", "问卷")[1:]]
    heads = [f"{number}、{text}" for number, text in enumerate(heads, 1)]
    rows = [[ONE, "家长", "二年级", "2班", "满意", "满意"]] * 6
    rows += [[ONE, "家长", "一年级", "2班", "基本满意", "一般"]] * 5
    rows += [[ONE, "家长", "一年级", "2班", "不了解", "不满意"]]
    rows += [[ONE, "学生", "一年级", "2班", "不满意", "非常满意"]] * 2
    take(of, table(tmp_path / "家长问卷.csv", ",".join(heads), *rows))
    held = collect(of, workers=0)
    # Parents alone, of whom one has no opinion; 满意 alone counts as satisfied.
    assert numbers(held, ONE, "A1") == {"satisfied": 6, "returned": 11, "sent": 11}
    assert numbers(held, ONE, "A2") == {"satisfied": 8, "returned": 14, "sent": 14}


def test_the_schools_of_a_round_are_the_choices(tmp_path: Path) -> None:
    of = a_round(
        tmp_path, [{"item": "ask/A1", "survey": "甲", "only": {"年级": ["一年级"]}}], RUBRIC
    )
    written, _ = write_form("ask", tmp_path / "出", of_round=of.folder.root)
    assert len(written) == 4
    links = cells(written[0], "学校链接")
    assert [row[2] for row in links[1:]] == [f"?school={one.id}" for one in SCHOOLS]
    assert "几年级" in str(cells(written[0], "问卷"))


def test_a_question_that_asks_who_somebody_is_is_left_out(tmp_path: Path) -> None:
    asked = RUBRIC.replace("您对学校的课后服务满意吗", "请留下您的姓名和电话")
    (tmp_path / "ask.yaml").write_text(asked, encoding="utf-8")
    written, problems = write_form(str(tmp_path / "ask.yaml"), tmp_path)
    assert "voices-form-private" in [one.code for one in problems]
    assert not any(is_private(str(row[1])) for row in cells(written[0], "问卷")[1:])


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_rubric_has_a_form_or_says_why_not(name: str, tmp_path: Path) -> None:
    written, problems = write_form(name, tmp_path)
    codes = {one.code for one in problems}
    assert bool(written) != ("voices-form-none" in codes)
