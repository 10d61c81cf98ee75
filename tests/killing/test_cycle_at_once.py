"""Commands after scores: several at once, and a paper that somebody has open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inspections.ledger.objections import all_objections
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.rectification import all_cases
from inspections.ledger.verifying import verify
from tests.killing.cycle_round import Cycle, cycle, step
from tests.killing.rounds import Struck, at_rest
from tests.killing.test_at_once import NO_TURNS, well
from tests.killing.test_locked import LOCKED


@pytest.fixture(scope="module")
def made(program: Struck, tmp_path_factory: pytest.TempPathFactory) -> Cycle:
    return cycle(tmp_path_factory.mktemp("cycle") / "春季", program)


@pytest.mark.parametrize("setup", [[], [NO_TURNS]], ids=["in turns", "all at once"])
def test_hearing_and_opening_at_once(
    setup: list[str], made: Cycle, program: Struck, tmp_path: Path
) -> None:
    folder = shutil.copytree(made.before["add"], tmp_path / "春季")
    file = ["objection", "add", "春季", "第一小学", "kitchen", "--received", "2026-04-13", "--text"]
    commands = [
        [*file, "甲"],
        [*file, "乙"],
        [*file, "甲"],
        step("add", "春季"),
        step("add", "春季"),
    ]
    well(program, program.at_once(*commands, cwd=tmp_path, setup=setup))
    of, _ = open_round(folder)
    assert of is not None
    with ledger_of(of) as ledger:
        assert verify(ledger).broken is None
        filed, cases = all_objections(ledger), all_cases(ledger)
    assert [one.number for one in filed] == [1, 2, 3]
    assert sorted(one.text for one in filed[1:]) == ["乙", "甲"]
    assert [one.number for one in cases] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("book", "reports/整改台账.xlsx"),
        ("compared", "reports/回头看报告.xlsx"),
        ("propose", "accountability/sent/问责和表彰建议.xlsx"),
    ],
)
def test_a_paper_that_somebody_has_open(
    name: str, file: str, made: Cycle, program: Struck, tmp_path: Path
) -> None:
    right = shutil.copytree(made.before[name], tmp_path / "right" / "春季")
    assert program.order(*step(name, "春季"), cwd=right.parent) in (0, 1)
    folder = shutil.copytree(made.before[name], tmp_path / "春季")
    assert program.order(*step(name, "春季"), cwd=tmp_path, setup=[LOCKED.format(name=file)]) == 1
    assert "Traceback" not in program.said
    assert f"{file} 写不进去：文件正被其他程序打开" in program.said
    assert program.order(*step(name, "春季"), cwd=tmp_path) in (0, 1)
    assert at_rest(folder) == at_rest(right)
