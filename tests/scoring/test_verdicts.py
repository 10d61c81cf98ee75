"""Key items, red lines and grades: what each does, and how it is told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from scoring.results.scores import RedLineHit
from tests.scoring.small import grades, item, points, rubric, school, visit

FAULTS = {"kind": "deduct", "faults": [{"label": "问题", "each": 1}]}
VOTES = {"kind": "votes", "options": {"好": 1, "差": "0.4"}}


def line(*triggers: dict[str, Any], **consequence: Any) -> dict[str, Any]:
    return {"title": "乱收费", "triggers": list(triggers), "consequence": consequence}


FLAG = {"flag": "查实", "label": "是否查实"}


@pytest.mark.parametrize(
    ("trigger", "rule", "typed", "hit"),
    [
        (FLAG, {"kind": "points"}, {"": 10, "查实": 1}, True),
        (FLAG, {"kind": "points"}, {"": 0, "查实": 0}, False),
        ({"below": 4}, {"kind": "points"}, {"": "3.5"}, True),
        ({"below": 4}, {"kind": "points"}, {"": 4}, False),
        ({"part": "", "at_least": 3}, FAULTS, {"": 3}, True),
        ({"part": "", "at_least": 3}, FAULTS, {"": 2}, False),
        (
            {"part": "差", "share_at_least": "1/3"},
            VOTES,
            {"好": 2, "差": 1, "invalid": 7, "entitled": 10},
            True,
        ),
        (
            {"part": "差", "share_at_least": "1/3"},
            VOTES,
            {"好": 21, "差": 10, "invalid": 0, "entitled": 31},
            False,
        ),
    ],
)
def test_what_sets_off_a_red_line(
    trigger: dict[str, Any], rule: dict[str, Any], typed: dict[str, Any], hit: bool
) -> None:
    of = rubric(item("A1", 10, rule=rule, red_lines=[line(trigger, award_lost=True)]))
    found = school(of, visit("a", {"A1": typed}))
    assert bool(found.red_lines) is hit
    assert found.award_eligible is not hit


@pytest.mark.parametrize(
    ("consequence", "total", "grade", "eligible", "effect"),
    [
        ({"zero_total": True}, 0, "不合格", True, "总分归零"),
        ({"grade": "不合格"}, 95, "不合格", True, "等次定为“不合格”"),
        ({"ceiling": "合格"}, 95, "合格", True, "等次不高于“合格”"),
        ({"lower": 1}, 95, "良好", True, "等次降 1 档"),
        ({"lower": 9}, 95, "不合格", True, "等次降 9 档"),
        ({"award_lost": True}, 95, "优秀", False, "取消评优评先资格"),
        (
            {"ceiling": "良好", "award_lost": True, "refer": "移送市场监管部门"},
            95,
            "良好",
            False,
            "等次不高于“良好”；取消评优评先资格；移送市场监管部门",
        ),
    ],
)
def test_what_a_red_line_does(
    consequence: dict[str, Any], total: int, grade: str, eligible: bool, effect: str
) -> None:
    of = rubric(item("A1", 100, red_lines=[line(FLAG, **consequence)]))
    found = school(of, visit("a", {"A1": {"": 95, "查实": 1}}))
    assert (points(found.total), found.grade, found.award_eligible) == (total, grade, eligible)
    assert found.red_lines == (RedLineHit("A1", "乱收费", effect),)
    told = (f"触及红线“乱收费”：{effect}",) if grade != "优秀" else ()
    assert found.limits == told


def test_one_inspector_who_establishes_it_is_enough() -> None:
    of = rubric(item("A1", 100, red_lines=[line(FLAG, ceiling="合格")]))
    records = [
        visit("a", {"A1": {"": 95, "查实": number}}, inspector=f"i{number}") for number in (0, 1)
    ]
    assert school(of, *records).grade == "合格"


def test_a_red_line_of_its_own_has_an_own_question() -> None:
    own = {"id": "R1", **line(FLAG, grade="不合格")}
    of = rubric(item("A1", 100), red_lines=[own])
    assert school(of, visit("a", {"A1": 95, "R1": {"查实": 1}})).grade == "不合格"
    assert school(of, visit("a", {"A1": 95, "R1": {"查实": 0}})).grade == "优秀"


@pytest.mark.parametrize("trigger", [FLAG, {"below": 60}])
@pytest.mark.parametrize(
    ("pending", "grade", "waiting"),
    [("full", "优秀", True), ("zero", "不合格", False), ("as_observed", "不合格", False)],
)
def test_a_red_line_without_evidence_waits(
    trigger: dict[str, Any], pending: str, grade: str, waiting: bool
) -> None:
    of = rubric(
        item("A1", 100, evidence="required", red_lines=[line(trigger, grade="不合格")]),
        pending=pending,
    )
    found = school(of, visit("a", {"A1": {"": 50, "查实": 1}}))
    assert (found.grade, bool(found.red_lines), bool(found.red_lines_pending)) == (
        grade,
        not waiting,
        waiting,
    )


LIMITS = [{"failed": 1, "ceiling": "良好"}, {"failed": 2, "grade": "不合格"}]


@pytest.mark.parametrize(
    ("typed", "failed", "grade", "limits"),
    [
        ({"A1": 4, "A2": 4}, (), "优秀", ()),
        ({"A1": "3.9", "A2": 4}, ("A1",), "良好", ("关键项不合格 1 项（A1），等次不高于“良好”",)),
        (
            {"A1": 3, "A2": {"": 4, "查实": 1}},
            ("A1", "A2"),
            "不合格",
            ("关键项不合格 2 项（A1、A2），等次定为“不合格”",),
        ),
        ({"A1": 4, "A2": 2}, (), "优秀", ()),  # A2 has triggers of its own: a loss is none of them
    ],
)
def test_key_items_limit_the_grade(
    typed: dict[str, Any], failed: tuple[str, ...], grade: str, limits: tuple[str, ...]
) -> None:
    of = rubric(
        item("A1", 4, key=True),
        item("A2", 4, key={"triggers": [FLAG]}),
        item("A3", 92),
        key_limits=LIMITS,
    )
    found = school(of, visit("a", {"A3": 92} | typed))
    assert (found.key_failed, found.grade, found.limits) == (failed, grade, limits)


def test_a_key_limit_may_leave_no_verdict_and_then_there_is_no_rank() -> None:
    limits = [{"failed": 1, "grade": "不评定"}]
    of = rubric(item("A1", 4, key=True), item("A2", 96), key_limits=limits)
    found = school(of, visit("a", {"A1": 3, "A2": 96}))
    assert (found.grade, found.rank, found.unranked) == ("不评定", None, "不评定")


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"dimensions_at_least": "60%"}, "“维度B”得分率 55%，不足 60%，不能评为“优秀”"),
        ({"key_failed_at_most": 0}, "关键项不合格 1 项（B1），不能评为“优秀”"),
        ({"tier_failed_at_most": {"重点": 1}}, "重点项不合格 2 项（B1、B2），不能评为“优秀”"),
    ],
)
def test_a_grade_has_conditions(condition: dict[str, Any], reason: str) -> None:
    bands = grades(优秀=90, 良好=80, 合格=None)
    bands[0] |= condition
    of = rubric(
        item("A1", 80),
        item("B1", 10, key=True, tier="重点"),
        item("B2", 10, tier="重点"),
        grades=bands,
    )
    found = school(of, visit("a", {"A1": 80, "B1": "5.5", "B2": "5.5"}))
    assert (points(found.total), found.grade, found.limits) == (91, "良好", (reason,))
    better = school(of, visit("a", {"A1": 80, "B1": 10, "B2": 9}))
    assert (better.grade, better.limits) == ("优秀", ())


def test_what_failed_key_items_took_away_is_told_once() -> None:
    bands = grades(优秀=90, 良好=80, 合格=60, 不合格=None)
    bands[0]["key_failed_at_most"] = 0
    limits = [{"failed": 1, "ceiling": "良好"}, {"failed": 2, "ceiling": "合格"}]
    of = rubric(
        item("A1", 90),
        *(item(f"B{n}", 5, key=True) for n in (1, 2)),
        grades=bands,
        key_limits=limits,
    )
    for typed, told in [
        ({"B1": "4.5", "B2": 5}, "关键项不合格 1 项（B1），不能评为“优秀”"),
        ({"B1": "4.5", "B2": "4.5"}, "关键项不合格 2 项（B1、B2），等次不高于“合格”"),
    ]:
        found = school(of, visit("a", {"A1": 90} | typed))
        assert found.limits == (told,)


def test_a_share_just_below_the_limit_does_not_look_like_it() -> None:
    bands = grades(优秀=50, 合格=None)
    bands[0]["dimensions_at_least"] = "60%"
    of = rubric(item("A1", 90), item("B1", 10), grades=bands)
    found = school(of, visit("a", {"A1": 90, "B1": "5.9999"}))
    assert found.limits == ("“维度B”得分率 59.99%，不足 60%，不能评为“优秀”",)


def test_demerits_are_limited_by_the_sum_and_by_the_largest() -> None:
    bands = [
        {"grade": "5", "range": "[0, 15]", "largest_at_most": 5},
        {"grade": "4", "range": "(15, 20]", "largest_at_most": 10},
        {"grade": "1", "range": ">20"},
    ]
    of = rubric(item("A1", 25), item("A2", 25), item("A3", 25), scale="demerits", grades=bands)
    for typed, grade in [
        ((5, 5, 5), "5"),
        ((10, 0, 5), "4"),
        ((10, 10, 0), "4"),
        ((15, 0, 0), "1"),
    ]:
        values = dict(zip(("A1", "A2", "A3"), typed, strict=True))
        assert school(of, visit("a", values)).grade == grade, typed
    assert school(of, visit("a", {"A1": 10, "A2": 0, "A3": 5})).limits == (
        "单项最高 10，超过 5，不能评为“5”",
    )


def test_merits_are_limited_by_the_largest_loss() -> None:
    bands = grades(优秀=80, 合格=0)
    bands[0]["largest_at_most"] = 5
    of = rubric(item("A1", 50), item("A2", 50), grades=bands)
    assert school(of, visit("a", {"A1": 50, "A2": 50})).grade == "优秀"
    assert school(of, visit("a", {"A1": 45, "A2": 45})).grade == "优秀"
    found = school(of, visit("a", {"A1": 50, "A2": 40}))
    assert (found.grade, found.limits) == ("合格", ("单项扣了 10 分，超过 5 分，不能评为“优秀”",))


def test_two_grades_of_one_range_are_told_apart_by_a_condition() -> None:
    bands = [
        {"grade": "低", "range": "≤4", "largest_at_most": 2},
        {"grade": "低中", "range": "≤4"},
        {"grade": "高", "range": ">4"},
    ]
    of = rubric(item("A1", 5), item("A2", 5), scale="demerits", grades=bands)
    for typed, grade in [((2, 2), "低"), ((3, 0), "低中"), ((3, 2), "高")]:
        values = dict(zip(("A1", "A2"), typed, strict=True))
        assert school(of, visit("a", values)).grade == grade, typed


def test_the_last_grade_takes_what_is_left() -> None:
    of = rubric(item("A1", 10), grades=grades(优秀=9, 合格=6))
    assert school(of, visit("a", {"A1": Decimal("0.5")})).grade == "合格"
