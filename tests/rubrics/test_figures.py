"""The figures of a rubric, counted by hand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from rubrics.files.loading import load_rubric, loads_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Rubric
from rubrics.language.statistics import Tally, applicable, figures
from tests.rubrics.strategies import rubrics

TEXT = """
id: sample
version: "1"
title: 样例
points: 10
when: {学段: [小学, 初中]}
documents: {法1: {title: 文件}}
grades: [{grade: 合格, range: ≥6}, {grade: 不合格, range: <6}]
dimensions:
  - id: A
    title: 甲
    points: 10
    indicators:
      - {id: A1, title: 子, points: 5, rule: {kind: all_or_none}, basis: [法1],
         method: [问卷, 个别谈话], verified: true, key: true}
      - {id: A2, title: 丑, points: 3, rule: {kind: points}, basis: [法1], method: [问卷],
         when: {学段: 初中, 寄宿: 是}}
      - id: A3
        title: 寅
        points: 2
        basis: [法1]
        method: [查阅档案]
        rule:
          kind: composite
          combine: min
          parts:
            - {id: 有, rule: {kind: all_or_none}}
            - {id: 好, rule: {kind: grade, levels: {A: 1, B: 0.5}}}
"""


def sample() -> Rubric:
    rubric, problems = loads_rubric(TEXT)
    assert problems == []
    assert rubric is not None
    return rubric


def test_figures_of_a_small_rubric() -> None:
    found = figures(sample())
    assert found.whole == Tally(3, Fraction(10))
    assert found.methods == {
        "问卷": Tally(2, Fraction(8)),
        "个别谈话": Tally(1, Fraction(5)),
        "查阅档案": Tally(1, Fraction(2)),
    }
    # A composite of a fact and a judgement does not rest on judgement alone.
    assert found.judgement == Tally(1, Fraction(3))
    assert found.share(found.judgement) == Fraction(3, 10)
    assert found.verified == Tally(1, Fraction(5))
    assert found.key_items == 1


def test_a_stage_has_everything_else() -> None:
    stages = figures(sample()).stages
    assert stages["小学"] == Tally(2, Fraction(7))
    assert stages["初中"] == Tally(3, Fraction(10))
    assert stages["幼儿园"] is None
    assert applicable(sample(), {"学段": "初中", "寄宿": "否"}) == Tally(2, Fraction(7))


def test_the_stages_of_the_homework_rubric() -> None:
    """As the fact sheet has it: a junior school lacks B3, B4, C1 (13 points), a primary B5 (5)."""
    rubric, _ = load_rubric(shipped()["shuangjian"])
    assert rubric is not None
    stages = figures(rubric).stages
    assert stages["九年一贯制"] == Tally(42, Fraction(100))
    assert stages["小学"] == Tally(41, Fraction(95))
    assert stages["初中"] == Tally(39, Fraction(87))
    assert stages["普通高中"] is None


@given(rubrics())
def test_parts_are_never_more_than_the_whole(rubric: Rubric) -> None:
    found = figures(rubric)
    assert sum(part.exact for part in found.kinds.values()) == rubric.points
    assert found.whole.exact == found.whole.points == rubric.points
    for part in [*found.methods.values(), found.judgement, found.verified]:
        assert part.exact <= found.whole.exact
        assert abs(Fraction(part.points) - part.exact) <= Fraction(1, 20_000)
        assert 0 <= found.share(part) <= 1
