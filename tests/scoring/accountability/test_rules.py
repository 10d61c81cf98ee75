"""accountability.yaml: what ships is right, and what is wrong is told with line and known names."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspections.accountability.measures import MEASURES
from rubrics.files.shipped import load_named, shipped
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem
from scoring.accountability.examples import example_text
from scoring.accountability.loading import load_rules
from scoring.accountability.rules import KINDS

RULE = """rules:
- id: 甲
  title: 某规则
  rubric: canteen
  conditions: {grade: [不合格]}
  kind: 约谈
  basis: [{text: 某办法}]
  office: 安全股
"""


@pytest.fixture(scope="module")
def rubrics() -> dict[str, Rubric]:
    made = {name: load_named(name, Path())[0] for name in shipped()}
    return {name: rubric for name, rubric in made.items() if rubric is not None}


def told(folder: Path, text: str, rubrics: dict[str, Rubric]) -> list[Problem]:
    path = folder / "accountability.yaml"
    path.write_text(text, encoding="utf-8")
    made, problems = load_rules(path, rubrics, path.name)
    assert (made is None) == bool(problems)
    return problems


def test_the_examples_of_all_rubrics_are_right(tmp_path: Path, rubrics: dict[str, Rubric]) -> None:
    assert told(tmp_path, example_text(rubrics, composite=True), rubrics) == []
    for name, rubric in rubrics.items():
        assert told(tmp_path, example_text({name: rubric}, composite=False), {name: rubric}) == []


def test_without_a_file_nothing_is_proposed(tmp_path: Path) -> None:
    made, problems = load_rules(tmp_path / "accountability.yaml", {})
    assert made is None
    assert [item.code for item in problems] == ["accountability-missing"]


def test_kinds_are_the_same_in_rules_and_decisions() -> None:
    assert KINDS == MEASURES


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("{grade: [不合格]}", "{petitions: ≥1}", 5, "petitions"),
        ("{grade: [不合格]}", "{grade: [极差]}", 5, "优秀"),
        ("{grade: [不合格]}", "{red_line: [Z9]}", 5, "R1"),
        ("{grade: [不合格]}", "{below: {Z: 60%}}", 5, "Z"),
        ("{grade: [不合格]}", "{at_least: {Z: 60%}}", 5, "A、"),
        ("{grade: [不合格]}", "{key_items: [Z]}", 5, "A1"),
        ("{grade: [不合格]}", "{tier_failed: {Z: ≥1}}", 5, "重点"),
        ("{grade: [不合格]}", "{rank: {first: 3, tie: all, within: Z}}", 5, "county"),
        ("{grade: [不合格]}", "{red_line: true}\n  when: {Z: 是}", 6, "寄宿"),
        ("{grade: [不合格]}", "{red_line: true}\n  when:\n    学段: [小学,\n      Z]", 8, "初中"),
        ("{grade: [不合格]}", "{}", 5, "没有写条件"),
        ("{grade: [不合格]}", "{running: 2, overdue: ≥1}", 5, "running"),
        ("{grade: [不合格]}", "{running: 2, below: {A1: 60%}}", 5, "A1"),
        ("{grade: [不合格]}", "{rank: {first: 3, last: 2, tie: all}}", 5, "first"),
        ("{grade: [不合格]}", "{rank: {first: 3}}", 5, "tie"),
        ("{grade: [不合格]}", "{rank: {first: 3, tie: all, by: [姓名]}}", 5, "key_failed"),
        ("rubric: canteen", "rubric: 食堂", 4, "canteen"),
        ("rubric: canteen", "rubric: composite", 5, "综合分"),
        ("kind: 约谈", "kind: 罚款", 6, "移送"),
        ("kind: 约谈", "kind: 取消评优评先资格", 2, "years"),
        ("kind: 约谈", "kind: 移送", 2, "to"),
        ("kind: 约谈", "kind: 限期整改", 2, "days"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, rubrics: dict[str, Rubric], old: str, new: str, line: int, says: str
) -> None:
    assert old in RULE
    [problem] = told(tmp_path, RULE.replace(old, new), rubrics)
    assert problem.code == "accountability-value"
    assert problem.place.cell.startswith(f"第 {line} 行")
    assert says in problem.message + problem.remedy


def test_an_unknown_condition_lists_the_known_ones(
    tmp_path: Path, rubrics: dict[str, Rubric]
) -> None:
    [problem] = told(tmp_path, RULE.replace("grade: [不合格]", "petitions: ≥1"), rubrics)
    assert "overdue" in problem.remedy
    assert "red_line" in problem.remedy
