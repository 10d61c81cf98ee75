"""A letter says when its figures rest on records that were changed after an earlier result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspections.collecting.decision_making import judge_item
from inspections.ledger.chain import By
from inspections.ledger.decisions import Verdict
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from reports.steps.running import run_round
from tests.inspections.small_round import SCHOOLS, spec, write
from tests.reports.test_commands import started

RESENT = "此前写出过结果，后来检查组更正、重交了检查表，本意见书以更正后的记录为准"
DECIDED = "此前写出过结果，后来我局核定、更正了检查记录，本意见书以更正后的记录为准"


@pytest.fixture
def of(tmp_path: Path) -> OpenRound:
    made = started(tmp_path / "春季")
    write(made, made.folder.returned / "表.xlsx", spec())
    run_round(made.folder.root)
    return made


@pytest.fixture
def read(pages: Callable[[bytes], list[str]]) -> Callable[[OpenRound], str]:
    def letter(of: OpenRound) -> str:
        run_round(of.folder.root)
        (path,) = of.folder.reports.rglob("letters/*/*.pdf")
        return "".join(pages(path.read_bytes()))

    return letter


Read = Callable[[OpenRound], str]


def test_a_first_result_says_nothing_of_it(of: OpenRound, read: Read) -> None:
    assert "此前写出过结果" not in read(of)


def test_a_corrected_sheet_is_told(of: OpenRound, read: Read) -> None:
    write(of, of.folder.returned / "表.xlsx", spec(rows={"A1.x": RowEntry(3)}))
    assert RESENT in read(of)
    assert RESENT in read(of)


def test_a_sheet_that_says_the_same_under_another_name_is_not(of: OpenRound, read: Read) -> None:
    (of.folder.returned / "表.xlsx").unlink()
    write(of, of.folder.returned / "另存.xlsx", spec(head={"陪同人员及职务": "另一人"}))
    assert "此前写出过结果" not in read(of)


def test_a_decision_is_told(of: OpenRound, read: Read) -> None:
    judge_item(
        of, Verdict.CORRECT, SCHOOLS[0].id, "kitchen", "A6", By("张主任", "核对台账"), value="90"
    )
    assert DECIDED in read(of)
