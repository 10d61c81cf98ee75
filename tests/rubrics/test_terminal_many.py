"""Many problems of one kind leave a screen that is still read: the first, and how many more."""

from __future__ import annotations

import pytest

from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.terminal import MANY, SHOWN, print_problems


def notes(count: int) -> list[Problem]:
    return [
        problem("confirm-nothing", Place(f"returned/{n}.xlsx", "表", "B9"), section="一")
        for n in range(count)
    ]


def printed(problems: list[Problem], capsys: pytest.CaptureFixture[str], *most: int) -> str:
    print_problems(problems, *most)
    return capsys.readouterr().out


def test_notes_of_one_kind_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(notes(60), capsys)
    assert said.count("没有用上") == 2
    assert "另有 58 条，在 58 个文件里" in said


def test_a_few_are_told_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(notes(3), capsys).count("没有用上") == 3


def test_a_kind_with_many_hides_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    gone = [problem("file-missing", Place(f"{n}.xlsx"), name=f"{n}.xlsx") for n in range(99)]
    foreign = [problem("workbook-foreign", Place("别.xlsx"))]
    said = printed([*gone, *foreign, *notes(60)], capsys)
    assert "别.xlsx" in said
    assert "没有用上" in said
    assert len(said.splitlines()) < 2 * SHOWN


def test_all_are_printed_where_all_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(notes(60), capsys, 60).count("没有用上") == 60
    assert MANY
