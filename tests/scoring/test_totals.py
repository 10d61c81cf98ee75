"""From records to the published total: states, excused items, rounding, extras, combining."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inspections.records.record import State
from tests.scoring.small import grades, item, points, rubric, school, schools, visit

BONUS = {
    "cap": 3,
    "items": [
        {"id": "J1", "title": "省级", "rule": bonus}
        for bonus in [{"kind": "bonus", "each": 2, "limit": 2, "family": "典型"}]
    ]
    + [
        {"id": "J2", "title": "市级", "rule": {"kind": "bonus", "each": 1, "limit": 2}
         | {"family": "典型"}},
        {"id": "J3", "title": "其他", "rule": {"kind": "bonus", "each": "0.8", "limit": 5}},
    ],
}  # fmt: skip
PENALTY = {
    "cap": 10,
    "items": [
        {"id": "K1", "title": "信访", "rule": {"kind": "penalty", "each": 1, "limit": 4}},
        {"id": "K2", "title": "瞒报", "rule": {"kind": "penalty", "each": 9, "limit": 9}},
    ],
}


def test_a_junior_school_without_primary_items_is_normalised() -> None:
    of = rubric(item("A1", 87), item("B3", 5), item("B4", 5), item("C1", 3))
    found = school(of, visit("初中", {"A1": 80, "B3": "NA", "B4": "NA", "C1": "NA"}))
    assert points(found.applicable) == 87
    assert (points(found.normalised), points(found.total)) == (Decimal("91.95"), Decimal("91.95"))
    assert (found.status, found.grade, found.excused) == ("complete", "优秀", 130000)


def test_what_does_not_apply_is_excused_whatever_was_entered() -> None:
    of = rubric(item("A1", 87), item("A2", 13, when={"学段": "小学"}))
    found = school(of, visit("a", {"A1": 80, "A2": 0}), traits={"a": {"学段": "初中"}})
    assert found.indicator("A2").state is State.EXCUSED
    assert found.indicator("A2").reason == "不适用（限学段为小学）"
    assert points(found.total) == Decimal("91.95")


def test_rounding_comes_before_grading() -> None:
    of = rubric(item("A1", 10), grades=grades(优秀="9.0", 良好=8, 合格=None), places=1)
    found = schools(of, [visit("a", {"A1": "8.95"}), visit("b", {"A1": "8.9499"})])
    assert {name: (points(it.total), it.grade) for name, it in found.items()} == {
        "a": (9, "优秀"),
        "b": (Decimal("8.9"), "良好"),
    }


def test_the_total_is_rounded_once() -> None:
    # 2/3 of 10 is 6.666..., and with 0.005 of bonus 6.671666..., not 6.67 + 0.005 = 6.68.
    extra = {"id": "J", "title": "x", "rule": {"kind": "bonus", "each": "0.005", "limit": 1}}
    of = rubric(item("A1", 3), item("A2", 7), bonus={"cap": 1, "items": [extra]})
    found = school(of, visit("a", {"A1": 2, "A2": "NA", "J": 1}, evidence=("J",)))
    assert (points(found.normalised), points(found.total)) == (Decimal("6.67"), Decimal("6.67"))


@pytest.mark.parametrize(
    ("mode", "unranked", "grade", "excused"),
    [("exclude", "有 1 项未查", "", 0), ("excuse", "", "优秀", 130000)],
)
def test_what_was_not_checked_is_never_zero(
    mode: str, unranked: str, grade: str, excused: int
) -> None:
    of = rubric(item("A1", 87), item("A2", 13))
    found = school(of, visit("a", {"A1": 80, "A2": None}), unchecked=mode)
    assert points(found.total) == Decimal("91.95")
    assert (found.status, found.unranked, found.grade) == ("provisional", unranked, grade)
    assert (found.excused, found.unchecked) == (excused, 1)


def test_too_much_excused_gets_no_verdict() -> None:
    of = rubric(item("A1", 59), item("A2", 40), item("A3", 1), excused_limit=40)
    found = schools(
        of,
        [
            visit("a", {"A1": 59, "A2": "NA", "A3": 1}),
            visit("b", {"A1": 59, "A2": "NA", "A3": "NA"}),
        ],
    )
    assert (found["a"].grade, found["a"].rank) == ("优秀", 1)
    assert (found["b"].grade, found["b"].rank, found["b"].unranked) == (
        "不评定",
        None,
        "缺项 41 分，超过 40 分，不评定",
    )


def test_a_school_without_records_and_one_the_rubric_is_not_for() -> None:
    of = rubric(item("A1", 10), when={"学段": "小学"})
    found = schools(
        of,
        [visit("a", {"A1": 9}), visit("幼", {"A1": 9})],
        traits={"a": {"学段": "小学"}, "b": {"学段": "小学"}, "幼": {"学段": "幼儿园"}},
    )
    assert [(it.status, it.unranked, it.total) for it in found.values()] == [
        ("complete", "", 90000),
        ("not_visited", "未检查", None),
        ("inapplicable", "不适用", None),
    ]
    assert found["幼"].indicator("A1").state is State.INAPPLICABLE
    assert found["b"].indicator("A1").state is State.UNCHECKED


@pytest.mark.parametrize(
    ("typed", "bonus", "penalty"),
    [
        ({"J1": 1, "J2": 2}, "2", "0"),  # one family: the higher of 2 and 2
        ({"J1": 0, "J2": 1, "J3": 2}, "2.6", "0"),
        ({"J1": 1, "J3": 9}, "3", "0"),  # 2 + 5, under the shared cap
        ({"K1": 9, "K2": 1}, "0", "10"),
    ],
)
def test_extras_have_limits_families_and_caps(
    typed: dict[str, int], bonus: str, penalty: str
) -> None:
    of = rubric(item("A1", 100), bonus=BONUS, penalty=PENALTY)
    found = school(of, visit("a", {"A1": 90, **typed}, evidence=tuple(typed)))
    assert (points(found.bonus), points(found.penalty)) == (Decimal(bonus), Decimal(penalty))
    assert points(found.total) == 90 + Decimal(bonus) - Decimal(penalty)


@pytest.mark.parametrize(
    ("pending", "bonus", "penalty"), [("full", 0, 0), ("zero", 0, 1), ("as_observed", 2, 1)]
)
def test_extras_without_evidence_wait(pending: str, bonus: int, penalty: int) -> None:
    of = rubric(item("A1", 100), bonus=BONUS, penalty=PENALTY, pending=pending)
    found = school(of, visit("a", {"A1": 90, "J1": 1, "K1": 1}))
    assert (points(found.bonus), points(found.penalty)) == (bonus, penalty)
    assert [(it.extra, it.pending) for it in found.extras] == [("J1", True), ("K1", True)]


MANY = {"甲": 6, "乙": 7, "丙": 9, "丁": 10, "戊": 10}


@pytest.mark.parametrize(
    ("how", "earned"),
    [
        ({"inspectors": "mean"}, "8.4"),
        ({"inspectors": "median"}, "9"),
        ({"inspectors": "trimmed"}, "8.6667"),
        ({"inspectors": "trimmed", "trim_from": 6}, "8.4"),
        ({"inspectors": "worst"}, "6"),
    ],
)
def test_inspectors_are_combined(how: dict[str, Any], earned: str) -> None:
    visits = [visit("a", {"A1": typed}, inspector=name) for name, typed in MANY.items()]
    found = school(rubric(item("A1")), *visits, combining=how)
    assert points(found.indicator("A1").earned) == Decimal(earned)


def test_an_even_median_is_the_mean_of_the_middle_two_half_up() -> None:
    visits = [visit("a", {"A1": typed}, inspector=typed) for typed in ("9.0001", "9", "1", "10")]
    found = school(rubric(item("A1")), *visits, combining={"inspectors": "median"})
    assert points(found.indicator("A1").earned) == Decimal("9.0001")


OCCASIONS = {"平时": (6, date(2026, 9, 20)), "年终": (9, date(2026, 10, 20))}


@pytest.mark.parametrize(
    ("how", "earned"),
    [
        ({"visits": "mean"}, "7.5"),
        ({"visits": "weighted", "weights": {"平时": 40, "年终": 60}}, "7.8"),
        ({"visits": "latest"}, "9"),
        ({"visits": "worst"}, "6"),
    ],
)
def test_visits_are_combined(how: dict[str, Any], earned: str) -> None:
    visits = [
        visit("a", {"A1": typed}, occasion=name, day=day)
        for name, (typed, day) in OCCASIONS.items()
    ]
    found = school(rubric(item("A1")), *visits, combining=how, occasions=["平时", "年终"])
    assert points(found.indicator("A1").earned) == Decimal(earned)


def test_weights_are_shared_among_the_visits_that_took_place() -> None:
    how = {"visits": "weighted", "weights": {"平时": 40, "年终": 60}}
    found = school(
        rubric(item("A1")),
        visit("a", {"A1": 6}, occasion="平时"),
        visit("a", {"A1": None}, occasion="年终"),
        combining=how,
        occasions=["平时", "年终"],
    )
    assert points(found.indicator("A1").earned) == 6


def test_inspectors_come_before_visits() -> None:
    # Two on the first visit, one on the second: (6 + 8) / 2 = 7, then (7 + 10) / 2.
    visits = [
        visit("a", {"A1": 6}, occasion="平时", inspector="甲"),
        visit("a", {"A1": 8}, occasion="平时", inspector="乙"),
        visit("a", {"A1": 10}, occasion="年终"),
    ]
    found = school(rubric(item("A1")), *visits, occasions=["平时", "年终"])
    assert points(found.indicator("A1").earned) == Decimal("8.5")


def test_only_those_who_checked_count() -> None:
    visits = [
        visit("a", {"A1": 8, "A2": "NA", "A3": "NA"}, inspector="甲"),
        visit("a", {"A1": None, "A2": "NA", "A3": None}, inspector="乙"),
    ]
    found = school(rubric(item("A1"), item("A2"), item("A3")), *visits)
    assert [it.state for it in found.indicators] == [
        State.CHECKED,
        State.EXCUSED,
        State.UNCHECKED,
    ]
    assert points(found.indicator("A1").earned) == 8


def test_on_the_level_of_totals_each_record_is_normalised_alone() -> None:
    # Alone 10 of 10 and 10 of 20, so 20 and 10 out of 20; together 7.5 + 5 of 20.
    of = rubric(item("A1", 10), item("A2", 10), places=4)
    visits = [
        visit("a", {"A1": 10, "A2": "NA"}, inspector="甲"),
        visit("a", {"A1": 5, "A2": 5}, inspector="乙"),
    ]
    alone = school(of, *visits, combining={"level": "total"})
    together = school(of, *visits)
    assert (points(alone.total), points(together.total)) == (15, Decimal("12.5"))
    assert [it.earned for it in alone.indicators] == [it.earned for it in together.indicators]


def test_demerits_are_not_normalised_and_a_bonus_takes_some_off() -> None:
    bands = [{"grade": "好", "range": "≤5"}, {"grade": "差", "range": ">5"}]
    of = rubric(
        item("A1", 25), item("A2", 25), item("A3", 25), scale="demerits", grades=bands, bonus=BONUS
    )
    visits = [
        visit("a", {"A1": 5, "A2": "NA", "A3": 2, "J1": 1}, evidence=("J1",)),
        visit("b", {"A1": 5, "A2": 0, "A3": 1}),
    ]
    found = schools(of, visits)
    assert [(points(it.normalised), points(it.total)) for it in found.values()] == [(7, 5), (6, 6)]
    assert [(it.grade, it.rank) for it in found.values()] == [("好", 1), ("差", 2)]


@pytest.mark.parametrize(
    ("scale", "gain", "a1", "a2"), [("merits", "11.49", 10, 79), ("demerits", "10", 10, 2)]
)
def test_what_putting_it_right_gives_back(scale: str, gain: str, a1: int, a2: int) -> None:
    of = rubric(item("A1", 20), item("A2", 67), item("A3", 13), scale=scale)
    typed = a2 if scale == "demerits" else a2 - 12
    found = school(of, visit("a", {"A1": a1, "A2": typed, "A3": "NA"}))
    assert points(found.indicator("A1").gain) == Decimal(gain)


def test_reasons_are_told_by_inspector_where_they_differ() -> None:
    fault = {"kind": "deduct", "faults": [{"label": "缺公示", "each": "0.5", "unit": "班日"}]}
    of = rubric(item("A1", 3, rule=fault), item("A2", 3, rule=fault, evidence="on_deduction"))
    found = school(
        of,
        visit("a", {"A1": 1, "A2": 1}, inspector="甲"),
        visit("a", {"A1": 3, "A2": 1}, inspector="乙"),
    )
    assert (
        found.indicator("A1").reason == "李四：缺公示 3 班日 × 0.5 分；张三：缺公示 1 班日 × 0.5 分"
    )
    assert found.indicator("A2").reason == "缺公示 1 班日 × 0.5 分（没有佐证材料，待核）"
    assert (found.indicator("A2").earned, found.indicator("A2").pending) == (30000, True)


def test_evidence_of_one_inspector_does_not_prove_the_other() -> None:
    of = rubric(item("A1", 10, evidence="on_deduction"))
    found = school(
        of,
        visit("a", {"A1": 6}, inspector="甲", evidence=("A1",)),
        visit("a", {"A1": 6}, inspector="乙"),
    )
    assert points(found.indicator("A1").earned) == 8
    assert found.indicator("A1").pending
