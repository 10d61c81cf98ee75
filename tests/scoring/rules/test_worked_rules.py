"""Every rule kind on figures that can be checked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspections.records.record import Observation, State, Value
from rubrics.language.rubric import Indicator, Rubric
from rubrics.values.points import from_units
from scoring.results.one_entry import score_observation
from scoring.results.scores import IndicatorScore

ELAPSED = {"week": 40, "month": 10, "quarter": 3, "half_year": 1, "term": 2, "year": 0}
DAY = date(2026, 10, 12)


def indicator(rule: dict[str, Any], points: str, **more: Any) -> Indicator:
    return Indicator.model_validate(
        {"id": "A1", "title": "指标", "points": points, "basis": ["法1"], "method": ["现场查看"]}
        | {"rule": rule, "evidence": "none"}
        | more
    )


def rubric(item: Indicator, **more: Any) -> Rubric:
    points = str(item.points)
    return Rubric.model_validate(
        {
            "id": "sample",
            "version": "1",
            "title": "细则",
            "points": points,
            "dimensions": [
                {"id": "A", "title": "一", "points": points, "indicators": [item.model_dump()]}
            ],
            "grades": [{"grade": "合格", "range": "≥0"}],
            "documents": {"法1": {"title": "文件"}},
        }
        | more
    )


def score(
    rule: dict[str, Any], points: str, given: dict[str, str | int], **more: Any
) -> IndicatorScore:
    item = indicator(rule, points, **more.pop("indicator", {}))
    values: dict[str, Value] = {}
    for key, value in given.items():
        try:
            values[key] = Decimal(value)
        except ArithmeticError:
            values[key] = str(value)
    seen = Observation("A1", State.CHECKED, values, evidence=more.pop("evidence", ()))
    return score_observation(
        rubric(item, **more.pop("rubric", {})),
        item,
        seen,
        day=more.pop("day", DAY),
        elapsed=ELAPSED,
        traits=more.pop("traits", {}),
    )


def fault(key: str, each: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "label": f"问题{key}", "each": each, **more}


DEDUCT = {"kind": "deduct", "faults": [{"label": "缺公示", "each": "0.5", "unit": "班日"}]}
TWO_FAULTS = {"kind": "deduct", "faults": [fault("甲", "0.5", limit="1"), fault("乙", "1")]}
REPEAT = {"kind": "deduct", "faults": [fault("甲", "0.5", repeat_from=3, repeat_each="1")]}
CHECKLIST = {
    "kind": "checklist",
    "each": "0.5",
    "items": [
        {"id": "方案", "label": "方案"},
        {"id": "总结", "label": "总结"},
        {"id": "合同", "label": "合同", "points": "2"},
    ],
}
WHOLE = {"kind": "all_or_none", "requirements": [{"id": x, "label": x} for x in "甲乙"]}
DISCRETION = {"kind": "discretionary", "least": "1", "most": "2"}
LEVELS = {"kind": "grade", "levels": {"好": "1", "较好": "0.8", "一般": "0.6", "差": "0.3"}}
FRIDGE = {
    "kind": "threshold",
    "readings": [
        {"label": "冷藏", "unit": "℃", "within": "[0, 8]", "samples": 3, "each": "0.5"}
        | {"id": "fridge"},
        {"label": "中心温度", "unit": "℃", "within": "≥70", "id": "core"},
    ],
}
START = {
    "kind": "threshold",
    "readings": [{"label": "上课", "within": "≥8:20", "measure": "time"}],
}
HOMEWORK = {
    "kind": "bands",
    "label": "书面作业日平均时长",
    "unit": "分钟",
    "bands": [
        {"range": "≤60", "points": "5"},
        {"range": "(60, 70]", "points": "3"},
        {"range": "(70, 80]", "points": "1.5"},
        {"range": ">80", "points": "0"},
    ],
}
LINEAR = {"kind": "linear", "label": "达标率", "full": "90", "zero": "60", "unit": "%"}
DOWNHILL = {"kind": "linear", "label": "次数", "full": "0", "zero": "3"}
RATIO = {"kind": "ratio", "numerator": "持证", "denominator": "应持证", "unit": "人"}
QUOTA = {"kind": "quota", "label": "专题研究", "times": 2, "per": "term", "each": "0.5"}
VOTES = {
    "kind": "votes",
    "options": {"好": "1", "较好": "0.8", "一般": "0.6", "差": "0.4"},
    "quorum": "2/3",
}
SURVEY = {"kind": "survey", "full": "90%", "min_returned": 30, "min_rate": "60%"}
FEES = {
    "kind": "composite",
    "combine": "losses",
    "parts": [
        {"id": "公示", "points": "1", "label": "收费公示", "rule": {"kind": "all_or_none"}},
        {
            "id": "减免",
            "rule": {"kind": "deduct", "faults": [fault("x", "0.5", unit="人") | {"id": None}]},
        },
    ],
}


def ballots(a: int, b: int, c: int, d: int, entitled: int) -> dict[str, str | int]:
    return {"好": a, "较好": b, "一般": c, "差": d, "invalid": 0, "entitled": entitled}


@pytest.mark.parametrize(
    ("rule", "points", "given", "earned"),
    [
        (DEDUCT, "3", {"": 0}, "3"),
        (DEDUCT, "3", {"": 3}, "1.5"),
        (DEDUCT, "3", {"": 7}, "0"),
        (DEDUCT, "3", {"": 10**30}, "0"),
        (TWO_FAULTS, "4", {"甲": 9, "乙": 1}, "2"),
        (REPEAT, "4", {"甲": 2}, "3"),
        (REPEAT, "4", {"甲": 4}, "1"),
        (CHECKLIST, "3", {"方案": 1, "总结": 0, "合同": 1}, "2.5"),
        (CHECKLIST, "3", {"方案": 0, "总结": 0, "合同": 0}, "0"),
        (WHOLE, "2", {"甲": 1, "乙": 1}, "2"),
        (WHOLE, "2", {"甲": 1, "乙": 0}, "0"),
        ({"kind": "all_or_none"}, "2", {"": 0}, "0"),
        ({"kind": "points"}, "8", {"": "6.5"}, "6.5"),
        (DISCRETION, "3", {"": "1.5", "reason": "记录不全"}, "1.5"),
        (LEVELS, "2", {"": "较好"}, "1.6"),
        (LEVELS, "0.3333", {"": "一般"}, "0.2"),  # 0.19998, half-up to 1/10000
        (FRIDGE, "3", {"fridge.1": "8", "core": "70"}, "3"),
        (FRIDGE, "3", {"fridge.1": "8.1", "fridge.3": "-0.5", "core": "75"}, "2"),
        (FRIDGE, "3", {"fridge.1": "4", "core": "69.9"}, "0"),
        (START, "3", {"": 500}, "3"),
        (START, "3", {"": 499}, "0"),
        (HOMEWORK, "5", {"": 60}, "5"),
        (HOMEWORK, "5", {"": "60.0001"}, "3"),
        (HOMEWORK, "5", {"": 70}, "3"),
        (HOMEWORK, "5", {"": 81}, "0"),
        (LINEAR, "3", {"": 75}, "1.5"),
        (LINEAR, "3", {"": 40}, "0"),
        (LINEAR, "3", {"": 99}, "3"),
        (DOWNHILL, "1", {"": 1}, "0.6667"),
        (RATIO | {"full": "100%"}, "4", {"have": 9, "due": 12}, "3"),
        (RATIO | {"full": "90%"}, "4", {"have": 9, "due": 10}, "4"),
        (RATIO | {"full": "90%"}, "1", {"have": 1, "due": 3}, "0.3704"),
        (RATIO | {"each": "2"}, "4", {"have": 9, "due": 10}, "2"),
        (QUOTA, "2", {"": 4}, "2"),
        (QUOTA, "2", {"": 1}, "0.5"),
        (QUOTA, "2", {"": 99}, "2"),
        (VOTES, "5", ballots(6, 2, 1, 1, 12), "4.3"),
        (VOTES | {"trim_from": 5}, "5", ballots(6, 2, 1, 1, 12), "4.5"),
        (SURVEY, "2", {"satisfied": 36, "returned": 50, "sent": 60}, "1.6"),
        (SURVEY, "2", {"satisfied": 45, "returned": 50, "sent": 60}, "2"),
        (FEES, "4", {"公示": 0, "减免": 3}, "1.5"),
        (FEES, "4", {"公示": 1, "减免": 0}, "4"),
    ],
)
def test_a_rule_earns_what_it_says(
    rule: dict[str, Any], points: str, given: dict[str, str | int], earned: str
) -> None:
    assert from_units(score(rule, points, given).earned) == Decimal(earned)


RATIO_BANDS = RATIO | {
    "bands": [
        {"range": "[90%, 100%]", "points": "2"},
        {"range": "[60%, 90%)", "points": "1"},
        {"range": "[0%, 60%)", "points": "0"},
    ]
}


@pytest.mark.parametrize(
    ("have", "due", "earned"), [(9, 10, "2"), (899, 1000, "1"), (2, 3, "1"), (59, 100, "0")]
)
def test_a_ratio_falls_into_its_band_without_rounding(have: int, due: int, earned: str) -> None:
    found = score(RATIO_BANDS, "2", {"have": have, "due": due})
    assert from_units(found.earned) == Decimal(earned)


def test_nothing_due_is_excused() -> None:
    found = score(RATIO_BANDS, "2", {"have": 0, "due": 0})
    assert (found.state, found.reason, found.gain) == (State.EXCUSED, "应有数为 0", 0)


@pytest.mark.parametrize(
    ("returned", "sent", "state"),
    [
        (29, 30, State.EXCUSED),
        (30, 50, State.CHECKED),
        (30, 51, State.EXCUSED),
        (0, 0, State.EXCUSED),
    ],
)
def test_too_small_a_sample_is_excused(returned: int, sent: int, state: State) -> None:
    found = score(SURVEY, "2", {"satisfied": 0, "returned": returned, "sent": sent})
    assert found.state is state
    assert (found.reason == "样本不足") == (state is State.EXCUSED)


@pytest.mark.parametrize(("entitled", "state"), [(15, State.CHECKED), (16, State.UNCHECKED)])
def test_a_vote_below_its_quorum_is_not_checked(entitled: int, state: State) -> None:
    found = score(VOTES, "5", ballots(10, 0, 0, 0, entitled))
    assert found.state is state
    assert (found.reason == "测评无效") == (state is State.UNCHECKED)


@pytest.mark.parametrize(
    ("rule", "points", "given", "earned", "reason"),
    [
        (DEDUCT, "3", {"": 2}, "1", "缺公示 2 班日 × 0.5 分"),
        ({"kind": "points"}, "25", {"": 10}, "10", "评分 10 分"),
        ({"kind": "points"}, "25", {"": 0}, "0", ""),
        (LEVELS, "10", {"": "一般"}, "6", "评为“一般”（系数 0.6）"),
    ],
)
def test_demerits_are_what_is_lost_or_what_the_rule_says_outright(
    rule: dict[str, Any], points: str, given: dict[str, str | int], earned: str, reason: str
) -> None:
    found = score(rule, points, given, rubric={"scale": "demerits"})
    assert from_units(found.earned) == Decimal(earned)
    assert found.gain == found.earned
    assert found.reason == reason


PARTS = {
    "kind": "composite",
    "combine": "sum",
    "parts": [
        {"id": "有无", "points": "1", "rule": {"kind": "all_or_none"}},
        {"id": "率", "points": "3", "rule": RATIO | {"full": "100%"}},
        {
            "id": "小学",
            "points": "2",
            "when": {"学段": "小学"},
            "rule": {"kind": "deduct", "faults": [{"label": "问题", "each": "1"}]},
        },
    ],
}


@pytest.mark.parametrize(
    ("combine", "stage", "have", "due", "earned"),
    [
        ("sum", "小学", 1, 3, "4"),
        ("sum", "初中", 1, 3, "3"),  # 2 of 4 points, scaled to 6
        ("sum", "小学", 0, 0, "6"),  # the ratio drops out: 3 of 3
        ("min", "小学", 1, 3, "2"),
        ("min", "初中", 3, 3, "6"),
        ("losses", "小学", 1, 3, "4"),
    ],
)
def test_parts_are_combined(combine: str, stage: str, have: int, due: int, earned: str) -> None:
    given: dict[str, str | int] = {"有无": 1, "率.have": have, "率.due": due, "小学": 0}
    found = score(PARTS | {"combine": combine}, "6", given, traits={"学段": stage})
    assert from_units(found.earned) == Decimal(earned)


def test_a_dated_rule_goes_by_the_day_of_the_visit() -> None:
    later = {"kind": "deduct", "faults": [{"label": "缺公示", "each": "1", "unit": "班日"}]}
    dated = {"effective": [{"rule": later, "basis": ["法1"], "since": "2026-09-01"}]}
    before = score(DEDUCT, "3", {"": 2}, indicator=dated, day=date(2026, 8, 31))
    after = score(DEDUCT, "3", {"": 2}, indicator=dated, day=date(2026, 9, 1))
    assert (before.earned, after.earned) == (20000, 10000)
    assert after.reason == "缺公示 2 班日 × 1 分"


@pytest.mark.parametrize(
    ("pending", "scale", "earned"),
    [
        ("full", "merits", 30000),
        ("zero", "merits", 0),
        ("as_observed", "merits", 20000),
        ("full", "demerits", 0),
        ("zero", "demerits", 30000),
        ("as_observed", "demerits", 10000),
    ],
)
def test_a_deduction_without_evidence_is_pending(pending: str, scale: str, earned: int) -> None:
    extra = {"rubric": {"pending": pending, "scale": scale}, "indicator": {"evidence": "required"}}
    found = score(DEDUCT, "3", {"": 2}, **extra)
    assert (found.earned, found.pending) == (earned, True)
    proven = score(DEDUCT, "3", {"": 2}, evidence=("照片1.jpg",), **extra)
    assert not proven.pending


@pytest.mark.parametrize(
    ("rule", "points", "given", "reason"),
    [
        (DEDUCT, "3", {"": 0}, ""),
        (DEDUCT, "3", {"": 3}, "缺公示 3 班日 × 0.5 分"),
        (TWO_FAULTS, "4", {"甲": 9, "乙": 0}, "问题甲 9 处 × 0.5 分（此项最多扣 1 分）"),
        (REPEAT, "4", {"甲": 4}, "问题甲 4 处 × 0.5 分（第 3 处起每处 1 分）"),
        (CHECKLIST, "3", {"方案": 0, "总结": 1, "合同": 0}, "缺方案、合同，扣 2.5 分"),
        (WHOLE, "2", {"甲": 1, "乙": 0}, "乙不符合要求"),
        (DISCRETION, "3", {"": "1.5", "reason": "记录不全"}, "酌情扣 1.5 分：记录不全"),
        (LEVELS, "2", {"": "较好"}, "评为“较好”（系数 0.8）"),
        (START, "3", {"": 485}, "上课 8:05，应不早于 8:20"),
        (
            FRIDGE,
            "3",
            {"fridge.1": "12", "fridge.2": 9, "core": 70},
            "冷藏 12 ℃、9 ℃，应为 0～8 ℃，2 处 × 0.5 分",
        ),
        (HOMEWORK, "5", {"": 65}, "书面作业日平均时长 65 分钟（超过 60、不超过 70 分钟），计 3 分"),
        (LINEAR, "3", {"": 75}, "达标率 75%，满分线 90%"),
        (
            RATIO | {"full": "100%"},
            "4",
            {"have": 9, "due": 12},
            "应持证 12 人，持证 9 人（75%）",
        ),
        (QUOTA, "2", {"": 1}, "专题研究应 4 次，实际 1 次，缺 3 次 × 0.5 分"),
        (VOTES, "5", ballots(6, 2, 1, 1, 12), "测评票：好 6、较好 2、一般 1、差 1"),
        (
            SURVEY,
            "2",
            {"satisfied": 36, "returned": 50, "sent": 60},
            "满意 36 份、收回 50 份（72%），满分线 90%",
        ),
        (FEES, "4", {"公示": 0, "减免": 3}, "收费公示不符合要求；问题x 3 人 × 0.5 分"),
    ],
)
def test_a_loss_is_told_in_words(
    rule: dict[str, Any], points: str, given: dict[str, str | int], reason: str
) -> None:
    assert score(rule, points, given).reason == reason
