"""What the entries of an indicator mean: given slot values and a state, what state comes out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from inspections.records.observing import (
    Answers,
    Question,
    observe,
    observe_extra,
    observe_red_line,
    question_of,
)
from inspections.records.record import Observation, State, Value
from rubrics.files.loading import loads_rubric
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place
from rubrics.rules import Composite, Threshold
from tests.inspections.small_round import one_dimension

RUBRIC = one_dimension(
    "sample",
    28,
    """
  - {id: A1, title: 逐次, points: 2, basis: [文1], method: [现场查看], excusable: true,
     rule: {kind: deduct, faults: [{id: x, label: 一般, each: 0.5}, {id: y, label: 严重, each: 1}]}}
  - {id: A2, title: 酌情, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: discretionary, least: 1, most: 2}}
  - {id: A3, title: 留样, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: threshold, readings: [{label: 留样, within: ≥125, unit: g, samples: 3, each: 1}]}}
  - {id: A4, title: 比率, points: 2, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: ratio, numerator: 实有, denominator: 应有, full: 100%}}
  - {id: A5, title: 测评, points: 2, basis: [文1], method: [民主测评], evidence: none,
     rule: {kind: votes, options: {好: 1, 差: 0.4}, quorum: 2/3}}
  - {id: A6, title: 问卷, points: 2, basis: [文1], method: [问卷], evidence: none,
     rule: {kind: survey, full: 90%}}
  - {id: A7, title: 复合, points: 4, basis: [文1], method: [现场查看], evidence: none,
     rule: {kind: composite, combine: sum, parts: [
       {id: rule, label: 制度, points: 2, rule: {kind: all_or_none}},
       {id: held, label: 落实, points: 2, when: {寄宿: 是},
        rule: {kind: discretionary, least: 0.5, most: 2}}]}}
  - {id: A8, title: 限寄宿, points: 2, basis: [文1], method: [现场查看], when: {寄宿: 是},
     rule: {kind: all_or_none}}
  - {id: A9, title: 红线, points: 2, basis: [文1], method: [现场查看], evidence: required,
     rule: {kind: all_or_none},
     red_lines: [{title: 乱收费, triggers: [{flag: proved, label: 是否查实}],
                  consequence: {award_lost: true}}]}
  - {id: B1, title: 等级, points: 2, basis: [文1], method: [现场查看],
     rule: {kind: grade, levels: {A: 1, B: 0.8}}}
  - {id: B2, title: 分档, points: 2, basis: [文1], method: [现场查看],
     rule: {kind: bands, label: 时长, unit: 分钟,
            bands: [{range: ≤60, points: 2}, {range: ">60", points: 0}]}}
  - {id: B3, title: 线性, points: 2, basis: [文1], method: [现场查看],
     rule: {kind: linear, label: 完成, full: 10}}
  - {id: B4, title: 清单, points: 2, basis: [文1], method: [现场查看],
     rule: {kind: checklist, each: 1, items: [{id: p, label: 方案}, {id: q, label: 总结}]}}
red_lines:
- {id: R1, title: 虚假佐证, triggers: [{flag: fake, label: 是否提供虚假佐证}],
   consequence: {award_lost: true}, basis: [文1]}
bonus:
  cap: 2
  items: [{id: J1, title: 典型经验, rule: {kind: bonus, each: 1, limit: 2}}]
""",
)


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    made, problems = loads_rubric(RUBRIC)
    assert made is not None, [item.message for item in problems]
    return made


BOARDING: Mapping[str, Value] = {"寄宿": "是"}
DAY: Mapping[str, Value] = {"寄宿": "否"}


def asked(rubric: Rubric, indicator: str, traits: Mapping[str, Value] = BOARDING) -> Question:
    found = next(item for item in rubric.indicators if item.id == indicator)
    return question_of(found, traits)


def outcome(made: Question, answers: Answers) -> tuple[Observation, list[tuple[str, str]]]:
    observation, problems = observe(made, answers)
    return observation, [(item.code, item.place.cell) for item in problems]


def given(declared: State | None = None, /, **values: object) -> Answers:
    """Slot values by key, ``_`` for the only slot; the cell of a slot is named after its key."""
    named = {key.strip("_").replace("__", "."): value for key, value in values.items()}
    read: dict[str, Value] = {
        key: value if isinstance(value, str) else Decimal(str(value))
        for key, value in named.items()
    }
    keys = [*read, "x", "y", "due", "have", "invalid", "entitled", "state", "fault", "evidence"]
    keys += ["1", "sent", "returned", "satisfied", "proved", "held", "rule", "q", "fake", ""]
    places = {key: Place("甲.xlsx", "表", key or "own") for key in keys}
    return Answers(read, declared=declared, places=places, fault="事实", evidence=("1.jpg",))


def bare(answers: Answers, **changes: Any) -> Answers:
    return answers._replace(**({"fault": "", "evidence": ()} | changes))


CHECKED, UNCHECKED, EXCUSED = State.CHECKED, State.UNCHECKED, State.EXCUSED

UNSUPPORTED = [("fault-missing", "fault"), ("evidence-missing", "evidence")]

CASES = [
    # indicator, what was entered, state, problems
    ("A1", bare(given()), UNCHECKED, []),
    ("A1", given(x=1), CHECKED, []),
    ("A1", bare(given(CHECKED)), CHECKED, []),
    ("A1", given(), UNCHECKED, [("entry-missing", "x")]),
    ("A1", bare(given(x=1)), CHECKED, UNSUPPORTED),
    ("A1", bare(given(x=0)), CHECKED, []),
    ("A1", bare(given(UNCHECKED)), UNCHECKED, []),
    ("A1", given(UNCHECKED, x=1), UNCHECKED, [("entry-unexpected", "x")]),
    ("A1", bare(given(EXCUSED), remark="新建校"), EXCUSED, []),
    ("A1", bare(given(State.INAPPLICABLE), remark="新建校"), EXCUSED, []),
    ("A1", bare(given(EXCUSED)), UNCHECKED, [("excuse-without-reason", "state")]),
    ("A1", bare(given(EXCUSED, x=1), remark="新建校"), EXCUSED, [("entry-unexpected", "x")]),
    ("A1", bare(given(CHECKED), lost=frozenset("x")), UNCHECKED, []),
    ("A2", bare(given(EXCUSED), remark="无"), UNCHECKED, [("state-not-excusable", "state")]),
    ("A2", given(_=1), CHECKED, [("reason-missing", "own")]),
    ("A2", given(_=1, reason="杂乱"), CHECKED, []),
    ("A2", given(_=0.5, reason="杂乱"), UNCHECKED, [("entry-out-of-range", "own")]),
    ("A3", given(_1=130), CHECKED, []),
    ("A3", given(_2=130), CHECKED, []),
    ("A3", given(CHECKED), UNCHECKED, [("entry-missing", "1")]),
    ("A3", bare(given(_1=130, _3=90)), CHECKED, [("fault-missing", "fault")]),
    ("A4", given(have=3, due=4), CHECKED, []),
    ("A4", given(have=3), UNCHECKED, [("entry-missing", "due")]),
    ("A4", given(have=5, due=4), UNCHECKED, [("ratio-above-one", "have")]),
    ("A4", given(have=0, due=0), CHECKED, []),
    ("A5", given(好=9, 差=1, invalid=0, entitled=10), CHECKED, []),
    ("A5", given(好=9, 差=1, invalid=1, entitled=10),
     UNCHECKED, [("votes-above-entitled", "entitled")]),
    ("A6", given(satisfied=40, returned=50, sent=60), CHECKED, []),
    ("A6", given(satisfied=51, returned=50, sent=60),
     UNCHECKED, [("survey-inconsistent", "satisfied")]),
    ("A6", given(satisfied=40, returned=61, sent=60),
     UNCHECKED, [("survey-inconsistent", "returned")]),
    ("A7", given(rule=1, held=0), CHECKED, []),
    ("A7", given(rule=1), UNCHECKED, [("entry-missing", "held")]),
    ("A7", given(rule=1, held=1), CHECKED, [("reason-missing", "held")]),
    ("A7", given(rule=1, held=1, held__reason="缺记录"), CHECKED, []),
    ("A8", given(_=1), CHECKED, []),
    ("A9", given(_=1, proved=0), CHECKED, []),
    ("A9", given(_=1), CHECKED, [("red-line-unanswered", "proved")]),
    ("A9", bare(given(_=1, proved=0)), CHECKED, [("evidence-missing", "evidence")]),
    ("B1", given(_="A"), CHECKED, []),
    ("B1", bare(given(_="B")), CHECKED, UNSUPPORTED),
    ("B2", bare(given(_=60)), CHECKED, []),
    ("B2", bare(given(_=61)), CHECKED, UNSUPPORTED),
    ("B3", bare(given(_=10)), CHECKED, []),
    ("B3", bare(given(_=9)), CHECKED, UNSUPPORTED),
    ("B4", given(p=1), UNCHECKED, [("entry-missing", "q")]),
    ("B4", bare(given(p=1, q=0)), CHECKED, UNSUPPORTED),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "answers", "state", "problems"), CASES)
def test_states_and_problems(
    rubric: Rubric,
    indicator: str,
    answers: Answers,
    state: State,
    problems: list[tuple[str, str]],
) -> None:
    observation, found = outcome(asked(rubric, indicator), answers)
    assert observation.state is state
    assert found == problems


def test_a_school_without_the_trait_is_excused_with_the_condition_as_reason(rubric: Rubric) -> None:
    observation, problems = outcome(asked(rubric, "A8", DAY), bare(given()))
    assert (observation.state, observation.reason) == (EXCUSED, "不适用（限寄宿）")
    assert problems == []
    observation, problems = outcome(asked(rubric, "A8", DAY), bare(given(_=1)))
    assert (observation.state, problems) == (EXCUSED, [("entry-unexpected", "own")])


def test_a_part_that_does_not_apply_is_not_asked_for(rubric: Rubric) -> None:
    made = asked(rubric, "A7", DAY)
    assert outcome(made, given(rule=1))[0].state is CHECKED
    observation, problems = outcome(made, given(rule=1, held=1))
    assert dict(observation.values) == {"rule": Decimal(1)}
    assert problems == [("entry-unexpected", "held")]


def test_a_composite_none_of_whose_parts_applies_is_excused(rubric: Rubric) -> None:
    made = next(item for item in rubric.indicators if item.id == "A7")
    assert isinstance(made.rule, Composite)
    part = made.rule.parts[1]
    rule = made.rule.model_copy(update={"parts": (part, part.model_copy(update={"id": "more"}))})
    alone = made.model_copy(update={"rule": rule})
    assert observe(question_of(alone, DAY), bare(given()))[0].state is EXCUSED
    assert observe(question_of(alone, BOARDING), bare(given()))[0].state is UNCHECKED


def test_a_kind_of_reading_that_may_be_missing_is_not_asked_for(rubric: Rubric) -> None:
    made = next(item for item in rubric.indicators if item.id == "A3")
    assert isinstance(made.rule, Threshold)
    hot, cold = (
        made.rule.readings[0].model_copy(update={"id": key, "optional": key == "cold"})
        for key in ("hot", "cold")
    )
    rule = made.rule.model_copy(update={"readings": (hot, cold)})
    asked_of = question_of(made.model_copy(update={"rule": rule}), DAY)
    assert observe(asked_of, given(hot__1=130))[0].state is CHECKED
    _, problems = observe(asked_of, given(cold__1=130))
    assert [item.code for item in problems] == ["entry-missing"]


def test_a_red_line_that_is_established_wants_a_fact_and_evidence(rubric: Rubric) -> None:
    made = next(item for item in rubric.indicators if item.id == "A9")
    asked_of = question_of(made.model_copy(update={"evidence": "on_deduction"}), DAY)
    _, problems = observe(asked_of, bare(given(_=1, proved=1)))
    assert [item.code for item in problems] == ["fault-missing", "evidence-missing"]
    _, problems = observe(asked_of, bare(given(_=1, proved=0)))
    assert problems == []


def test_blank_counts_become_zero_only_where_something_was_checked(rubric: Rubric) -> None:
    observation, _ = outcome(asked(rubric, "A1"), given(x=2))
    assert dict(observation.values) == {"x": Decimal(2), "y": Decimal(0)}
    observation, _ = outcome(asked(rubric, "A1"), bare(given()))
    assert dict(observation.values) == {}


def test_a_deduction_without_reason_takes_nothing(rubric: Rubric) -> None:
    assert outcome(asked(rubric, "A2"), given(_=1))[0].values[""] == 0


def test_an_unanswered_flag_is_no(rubric: Rubric) -> None:
    assert outcome(asked(rubric, "A9"), given(_=1))[0].values["proved"] == 0


def test_an_excuse_keeps_its_reason(rubric: Rubric) -> None:
    observation, _ = outcome(asked(rubric, "A1"), bare(given(EXCUSED), remark="新建校"))
    assert observation.reason == "新建校"


@pytest.mark.parametrize(
    ("answers", "state", "problems"),
    [
        (given(fake=0), CHECKED, []),
        (given(fake=1), CHECKED, []),
        (given(), UNCHECKED, ["red-line-unanswered"]),
        (bare(given(), lost=frozenset({"fake"})), UNCHECKED, []),
    ],
)
def test_red_lines_of_their_own(
    rubric: Rubric, answers: Answers, state: State, problems: list[str]
) -> None:
    observation, found = observe_red_line(rubric.red_lines[0], answers)
    assert observation.state is state
    assert [item.code for item in found] == problems


@pytest.mark.parametrize(
    ("answers", "state", "problems"),
    [
        (given(), UNCHECKED, []),
        (given(_=1), CHECKED, []),
        (bare(given(_=0)), CHECKED, []),
        (bare(given(_=1)), CHECKED, ["evidence-missing"]),
    ],
)
def test_extras(rubric: Rubric, answers: Answers, state: State, problems: list[str]) -> None:
    observation, found = observe_extra(rubric.extras[0], answers)
    assert observation.state is state
    assert [item.code for item in found] == problems
