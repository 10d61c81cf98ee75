"""A letter says on how many answers a figure rests, how sure it is, and what is not settled."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from inspections.records.record import Heard, Weighed
from reports.letter.content import letter_blocks, texts
from reports.letter.subject import Letter
from tests.reports.letter.inspected import SCHOOL, letter, observation, rubric

OF = rubric("shuangjian")
SLOTS = ("satisfied", "returned", "sent")


def told(satisfied: int, returned: int, sent: int, undecided: int = 0, unit: str = "份") -> str:
    return text_of(one(satisfied, returned, sent, undecided, unit))


def one(
    satisfied: int,
    returned: int,
    sent: int,
    undecided: int = 0,
    unit: str = "份",
    weighed: Weighed | None = None,
) -> Letter:
    files = ("第 1 号文件",)
    heard = Heard(SLOTS, "家长问卷", "满意吗", files, returned, unit, undecided, weighed)
    counts = dict(zip(SLOTS, map(Decimal, (satisfied, returned, sent)), strict=True))
    seen = replace(observation(OF, "G1", SCHOOL, 1), values=counts, heard=(heard,))
    return letter(OF, [seen])


def text_of(letter: Letter) -> str:
    return "\n".join(text for block in letter_blocks(letter) for text in texts(block))


def test_a_share_comes_with_its_answers_and_its_interval() -> None:
    # Wilson's interval of 240 of 300, as published tables have it: 0.7511 to 0.8414.
    assert (
        "“G1 家长满意度”依据“家长问卷”的300份有效答卷（发出400份，回收率75%），"
        "满意率80%（95%置信区间75.1%—84.1%）。"
    ) in told(240, 300, 400)


def test_interviews_are_counted_as_such() -> None:
    assert "“家长问卷”的300人次回答" in told(240, 300, 400, unit="人次")


def test_a_small_sample_is_told_and_does_not_count() -> None:
    text = told(20, 25, 400)
    assert "的25份有效答卷" in text and "样本不足，不计分" in text


@pytest.mark.parametrize(("satisfied", "returned"), [(48, 52), (3, 60), (298, 300)])
def test_few_people_on_one_side_are_not_told(satisfied: int, returned: int) -> None:
    text = told(satisfied, returned, 80 if returned < 80 else 300)
    assert "有一类回答不足5人，不列满意率" in text
    # Neither the count of either side nor the share from which it follows.
    shown = re.sub(r"第?\d+(\.\d+)?分|\d+项", "", text)
    assert f"{satisfied}份" not in shown and f"{returned - satisfied}份" not in shown
    assert "置信区间" not in text


def test_flagged_answers_that_nobody_decided_on_make_it_provisional() -> None:
    open_one = one(240, 300, 400, undecided=12)
    assert "其中12份答卷是否有效尚未决定" in text_of(open_one)
    assert "其中答卷是否有效尚未决定" in text_of(one(240, 300, 400, undecided=3))
    assert open_one.provisional and "暂定总分" in text_of(open_one)


def test_figures_that_inspectors_counted_are_told_as_before() -> None:
    assert "问卷依据" not in text_of(letter(OF))
