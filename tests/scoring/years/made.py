"""Generated results of rounds under a small rubric."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from hypothesis import strategies as st

from inspections.records.record import State
from rubrics.files.loading import loads_rubric
from rubrics.language.digest import digest
from rubrics.language.rubric import Rubric
from scoring.years.held import HeldItem, HeldRound, HeldRubric, HeldSchool

_TEXT = """
id: small
version: "{version}"
title: 小细则
points: 10
documents: {{文1: {{title: 某通知}}}}
grades: [{{grade: 合格, range: ≥0}}]
dimensions:
- id: A
  title: 甲
  points: 10
  indicators:
  - {{id: A1, title: 一, points: 4, basis: [文1], method: [现场查看], rule: {{kind: all_or_none}}}}
  - {{id: A2, title: 二, points: 3, basis: [文1], method: [现场查看], rule: {{kind: {kind}}}}}
  - {{id: {last}, title: 三, points: 3, basis: [文1], method: [现场查看], rule: {{kind: points}}}}
"""


@cache
def rubric(version: str = "1", kind: str = "points", last: str = "A3") -> Rubric:
    made, problems = loads_rubric(_TEXT.format(version=version, kind=kind, last=last))
    assert made is not None, problems
    return made


def held(schools: dict[str, HeldSchool], of: Rubric | None = None) -> HeldRubric:
    of = of or rubric()
    return HeldRubric(of.id, of.title, of, digest(of), of.places, schools)


def a_round(number: int, rubric: HeldRubric) -> HeldRound:
    day = date(2026, number + 1, 1)
    return HeldRound(f"r{number}", f"第{number}轮", "某局", day, day, {rubric.id: rubric})


@st.composite
def schools(draw: st.DrawFn, id: str) -> HeldSchool:
    group = draw(st.sampled_from(["小学组", "初中组"]))
    points = {"A1": 40_000, "A2": 30_000, "A3": 30_000}
    items = {}
    for name, full in points.items():
        quarters = draw(st.one_of(st.none(), st.integers(0, 4)))
        earned = None if quarters is None else full * quarters // 4
        state = State.CHECKED if earned is not None else State.UNCHECKED
        items[name] = HeldItem(state, full, earned)
    total = draw(st.one_of(st.none(), st.integers(0, 1000).map(lambda n: n * 100)))
    return HeldSchool(
        id,
        id,
        group,
        total,
        "" if total is not None else "未查",
        open=draw(st.booleans()),
        applies=draw(st.integers(0, 9)) > 0,
        items=items if total is not None else {},
    )


@st.composite
def rounds(draw: st.DrawFn, most: int = 4) -> list[HeldRound]:
    """Rounds in which schools come and go, with competition ranks within their groups."""
    found = []
    for number in range(draw(st.integers(2, most))):
        ids = draw(st.lists(st.sampled_from("甲乙丙丁戊己"), unique=True, min_size=1))
        there = {id: draw(schools(id)) for id in ids}
        found.append(a_round(number, held({id: _placed(one, there) for id, one in there.items()})))
    return found


def _placed(one: HeldSchool, all_of_them: dict[str, HeldSchool]) -> HeldSchool:
    mates = [
        it.total for it in all_of_them.values() if it.group == one.group and it.total is not None
    ]
    if one.total is None:
        return replace(one, group_size=len(mates))
    return replace(one, rank=1 + sum(it > one.total for it in mates), group_size=len(mates))
