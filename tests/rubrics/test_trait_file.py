"""A bureau's own traits in a file of their own, beside the rubrics that ask for them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rubrics.files.loading import load_rubric, loads_rubric
from rubrics.files.shipped import load_named, traits_for
from rubrics.language.digest import digest
from rubrics.messages.problems import Problem
from scoring.__main__ import app

TEXT = Path(__file__).with_name("sample.yaml").read_text(encoding="utf-8")
SAMPLE = re.sub(r"(?m)^when: .*\n", "", TEXT)
OWN = """\
有宿舍: {type: yes_no, headings: [是否有宿舍]}
片区: {type: choice, options: [东片, 西片], words: {东片: [河东]}}
床位数: {type: number, unit: 张}
大宿舍: {type: yes_no, derived: {床位数: ≥300}}
"""


def written(folder: Path, when: str, own: str | None = OWN) -> Path:
    path = folder / "mine.yaml"
    path.write_text(f"{SAMPLE}\nwhen: {when}\n", encoding="utf-8")
    if own is not None:
        (folder / "traits.yaml").write_text(own, encoding="utf-8")
    return path


def codes(problems: list[Problem]) -> list[str]:
    return [item.code for item in problems]


def test_a_condition_asks_for_a_trait_of_the_file(tmp_path: Path) -> None:
    made, problems = load_rubric(written(tmp_path, "{有宿舍: true, 大宿舍: false}"))
    assert problems == []
    assert made is not None
    assert set(made.traits) == {"有宿舍", "床位数", "大宿舍"}


def test_what_no_condition_asks_for_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "{有宿舍: true}")
    first, _ = load_rubric(path)
    (tmp_path / "traits.yaml").write_text(OWN + "校车: {type: yes_no}\n", encoding="utf-8")
    second, _ = load_rubric(path)
    assert first is not None
    assert second is not None
    assert digest(first) == digest(second)
    changed = OWN.replace("headings: [是否有宿舍]", "headings: [宿舍]")
    (tmp_path / "traits.yaml").write_text(changed, encoding="utf-8")
    third, _ = load_rubric(path)
    assert third is not None
    assert digest(third) != digest(first)


@pytest.mark.parametrize(
    ("when", "line"),
    [
        ("{有宿舍: true}", "有宿舍: {type: yes_no}"),
        ('{床位数: "≥50"}', "床位数: {type: number}"),
        ("{片区: [东片, 西片]}", "片区: {type: choice, options: [东片, 西片, ……]}"),
    ],
)
def test_an_unknown_trait_is_told_with_the_line_that_adds_it(
    tmp_path: Path, when: str, line: str
) -> None:
    path = written(tmp_path, when, own=None)
    made, problems = load_rubric(path)
    assert made is None
    assert codes(problems) == ["rubric-trait-unknown"]
    assert dict(problems[0].params)["lines"] == line
    (tmp_path / "traits.yaml").write_text(line.replace(", ……", "") + "\n", encoding="utf-8")
    assert load_rubric(path)[1] == []


@pytest.mark.parametrize(
    ("own", "code", "line"),
    [
        ("寄宿: {type: yes_no}\n", "rubric-trait-twice", "第 1 行"),
        (
            "甲: {type: yes_no}\n乙: {type: yes_no, derived: {丙: true}}\n",
            "rubric-trait-unknown",
            "第 2 行",
        ),
        ("甲: {type: yes_no, derived: {学段: 大学}}\n", "rubric-trait-value", "第 1 行"),
        ("甲: {type: choice}\n", "rubric-value", "第 1 行"),
        ("甲: {kind: yes_no}\n", "rubric-unknown-key", "第 1 行"),
        ("甲\n", "rubric-value", ""),
        ("甲: {type: yes_no\n", "yaml-syntax", "第"),
    ],
)
def test_a_mistake_is_told_in_the_file_of_traits(
    tmp_path: Path, own: str, code: str, line: str
) -> None:
    made, problems = load_rubric(written(tmp_path, "{学段: 小学}", own))
    assert made is None
    found = next(item for item in problems if item.code == code)
    assert found.place.file == str(tmp_path / "traits.yaml")
    assert found.place.cell.startswith(line)


def test_a_file_elsewhere_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "{有宿舍: true}", own=None)
    other = tmp_path / "局里的特征.yaml"
    other.write_text(OWN, encoding="utf-8")
    run = CliRunner().invoke(app, ["rubric", "check", str(path), "--traits", str(other)])
    assert run.exit_code == 0, run.output
    assert CliRunner().invoke(app, ["rubric", "check", str(path)]).exit_code != 0


def test_traits_stand_beside_the_rubric_or_in_the_folder_of_the_round(tmp_path: Path) -> None:
    folder = tmp_path / "rubrics"
    folder.mkdir()
    path = written(folder, "{有宿舍: true}", own=None)
    (tmp_path / "traits.yaml").write_text(OWN, encoding="utf-8")
    assert traits_for(str(path), tmp_path) == tmp_path / "traits.yaml"
    made, problems = load_named("rubrics/mine.yaml", tmp_path)
    assert made is not None, problems
    assert traits_for("canteen", tmp_path) is None


def test_a_trait_of_the_rubric_itself_goes_before(tmp_path: Path) -> None:
    path = written(tmp_path, "{片区: 南片}")
    path.write_text(
        path.read_text(encoding="utf-8") + "traits: {片区: {type: choice, options: [南片]}}\n",
        encoding="utf-8",
    )
    made, problems = load_rubric(path)
    assert made is not None, problems
    assert made.traits["片区"].options == ("南片",)
    assert loads_rubric(path.read_text(encoding="utf-8"))[0] == made
