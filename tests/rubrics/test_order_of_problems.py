"""Problems are listed by what they cost: files, sheets, cells; causes before what follows."""

from __future__ import annotations

import random

import pytest

from rubrics.messages.ordering import worst_first
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.terminal import print_problems

SHEET = ("returned/表.xlsx", "第一小学")
BY_COST = [
    problem("workbook-foreign", Place("returned/别的.xlsx")),
    problem("school-other", Place(*SHEET, "B2"), typed="二小", school="一小"),
    problem("visit-outside", Place(*SHEET, "K4"), day="3日", since="1日", until="2日"),
    problem("head-missing", Place(*SHEET, "K5"), label="检查日期", effect="，这张表没有计入"),
    problem("head-missing", Place(*SHEET, "K3"), label="到校时间"),
    *(
        problem("entry-not-understood", Place(*SHEET, f"H{row}"), value="?", expected="数")
        for row in range(40)
    ),
    problem("evidence-cut", Place("evidence/01/1.jpg")),
    problem("evidence-folder-unknown", Place("evidence/一小旧"), count=3),
    problem("evidence-not-found", Place(*SHEET, "L9"), name="1.jpg", why="没有找到", folder="f"),
]


def codes(problems: list[Problem]) -> list[str]:
    return [item.code for item in problems]


@pytest.mark.parametrize("seed", range(5))
def test_what_costs_most_stands_first(seed: int) -> None:
    mixed = random.Random(seed).sample(BY_COST, len(BY_COST))
    by_cost = codes(BY_COST)
    told = codes(worst_first(mixed))
    # Both fields of the head are one kind, of different cost.
    assert sorted(told[1:4]) == sorted(by_cost[1:4])
    assert (told[0], told[4:]) == (by_cost[0], by_cost[4:])


def test_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems(BY_COST[::-1])
    said = capsys.readouterr().out
    assert "写的是“二小”" in said
    assert "……这样的错误另有 28 条" in said
    print_problems(BY_COST[::-1], 12)
    assert "……另有 36 条（错误 34，提醒 2）" in capsys.readouterr().out
