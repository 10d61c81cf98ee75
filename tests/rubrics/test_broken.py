"""One broken rubric for each kind of mistake; its first lines say what must be reported, where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rubrics.files.loading import advised_rubric, load_rubric
from rubrics.messages.catalogue import CATALOGUE
from rubrics.messages.problems import Problem, Severity, has_errors

BROKEN = sorted(Path(__file__).with_name("broken").glob("*.yaml"))
ADVISED = sorted(Path(__file__).with_name("advised").glob("*.yaml"))
# Mistakes that no readable file can hold, or that other rooms report, have tests of their own.
ELSEWHERE = {
    "rubric-missing",
    "rubric-sheet-missing",
    "rubric-sheet-unknown",
    "rubric-heading-missing",
    "rubric-heading-unknown",
    "rubric-row-orphan",
    "rubric-cell-unused",
    "rubric-rule-twice",
    "rubric-id-made",
}


def expected(path: Path) -> list[tuple[str, int]]:
    said = re.findall(r"^# 应报 (\S+) 第 (\d+) 行$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [(code, int(line)) for code, line in said]


def reported(problems: list[Problem]) -> list[tuple[str, int]]:
    found = [(item, re.match(r"第 (\d+) 行", item.place.cell)) for item in problems]
    return [(item.code, int(line[1]) if line else 0) for item, line in found]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_reported_at_its_line(path: Path) -> None:
    rubric, problems = load_rubric(path)
    assert reported(problems) == expected(path)
    assert (rubric is None) == has_errors(problems)
    assert all(item.place.file == str(path) for item in problems)


@pytest.mark.parametrize("path", ADVISED, ids=lambda path: path.stem)
def test_what_could_be_written_better_is_told_to_its_author_alone(path: Path) -> None:
    rubric, problems = advised_rubric(path)
    assert rubric is not None
    assert reported(problems) == expected(path)
    assert {item.severity for item in problems} == {Severity.WARNING}
    assert load_rubric(path) == (rubric, [])


def test_every_code_of_the_rubrics_has_a_broken_file() -> None:
    shown = {code for path in (*BROKEN, *ADVISED) for code, _ in expected(path)}
    codes = {code for code in CATALOGUE if code.startswith(("rubric-", "yaml-"))}
    assert codes - ELSEWHERE - {"yaml-empty"} == shown & codes
