"""Ranks, ties, groups, quotas, medians, and the composite over several rubrics."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.round.round import GradeQuota
from scoring.verdict.ranking import within_quotas
from tests.scoring.small import grades, item, points, rubric, schools, scored, visit

HUNDRED = rubric(item("A1", 60), item("B1", 40, key=True))


def typed(**totals: tuple[float | str, float | str]) -> list[Any]:
    return [
        visit(name, {"A1": str(first), "B1": str(second)})
        for name, (first, second) in totals.items()
    ]


def ranks(found: dict[str, Any]) -> list[int | None]:
    return [it.rank for it in found.values()]


def test_ties_share_a_place_and_the_next_is_left_out() -> None:
    found = schools(HUNDRED, typed(a=(60, 40), b=(60, 38), c=(58, 40), d=(50, 40)))
    assert ranks(found) == [1, 2, 2, 4]
    assert {it.group_size for it in found.values()} == {4}


def test_what_looks_equal_is_equal() -> None:
    found = schools(HUNDRED, typed(a=("50.004", 40), b=("50.0049", 40), c=("50.005", 40)))
    assert ranks(found) == [2, 2, 1]


@pytest.mark.parametrize(
    ("keys", "places", "decided"),
    [
        ((), [1, 1, 1], ["", "", ""]),
        (("key_failed",), [1, 2, 2], ["关键项不合格项数"] * 3),
        (("dimension:A",), [3, 1, 2], ["维度A"] * 3),
        (("key_failed", "dimension:A"), [1, 2, 3], ["关键项不合格项数"] * 2 + ["维度A"]),
        (("dimension:Z",), [1, 1, 1], ["", "", ""]),
    ],
)
def test_ties_are_broken_by_keys_that_are_named(
    keys: tuple[str, ...], places: list[int], decided: list[str]
) -> None:
    found = schools(
        HUNDRED,
        typed(a=(50, 40), b=(55, 35), c=(54, 36)),
        ranking={"groups": [], "tie_keys": keys},
    )
    assert ranks(found) == places
    assert [it.tie_key for it in found.values()] == decided


def test_groups_are_ranked_apart_and_have_medians_of_their_own() -> None:
    stages = {"a": "小学", "b": "初中", "c": "小学", "d": "小学", "e": "小学"}
    found = schools(
        HUNDRED,
        typed(a=(60, 40), b=(30, 40), c=(50, "40"), d=(49, "40"), e=(40, 40)),
        traits={name: {"学段": stage, "区域": "城区"} for name, stage in stages.items()},
        ranking={"groups": ["学段", "区域"]},
    )
    assert [(it.group, it.rank, it.group_size) for it in found.values()] == [
        ("小学·城区组", 1, 4),
        ("初中·城区组", 1, 1),
        ("小学·城区组", 2, 4),
        ("小学·城区组", 3, 4),
        ("小学·城区组", 4, 4),
    ]
    # Who is alone is compared with nobody.
    assert (found["b"].median, found["b"].gap) == (None, None)
    compared = [it for it in found.values() if not it.alone]
    assert [(points(it.median), points(it.gap)) for it in compared] == [
        (Decimal("89.5"), Decimal("10.5")),
        (Decimal("89.5"), Decimal("0.5")),
        (Decimal("89.5"), Decimal("-0.5")),
        (Decimal("89.5"), Decimal("-9.5")),
    ]
    first = found["a"].dimensions[0]
    assert (first.share, first.median) == (10000, 8250)  # shares of 60: 50 and 49


@pytest.mark.parametrize(
    ("does", "mode", "places"),
    [
        ({"award_lost": True}, "last", [1, 2, 3]),
        ({"award_lost": True}, "unranked", [1, 2, 3]),
        ({"lower": 1}, "last", [1, 2, 3]),
        ({"zero_total": True}, "last", [3, 1, 2]),
        ({"grade": "不合格"}, "last", [3, 1, 2]),
        ({"grade": "不合格"}, "unranked", [None, 1, 2]),
        ({"grade": "不合格", "rank": "kept"}, "unranked", [1, 2, 3]),
        ({"award_lost": True, "rank": "last"}, "unranked", [3, 1, 2]),
        ({"award_lost": True, "rank": "unranked"}, "last", [None, 1, 2]),
    ],
)
def test_a_red_line_does_to_the_rank_what_is_written(
    does: dict[str, Any], mode: str, places: list[int | None]
) -> None:
    flag = {"flag": "查实", "label": "是否查实"}
    red = {"title": "乱收费", "triggers": [flag], "consequence": does}
    of = rubric(item("A1", 100, red_lines=[red]))
    visits = [
        visit("a", {"A1": {"": 99, "查实": 1}}),
        visit("b", {"A1": 90}),
        visit("c", {"A1": 80}),
    ]
    found = schools(of, visits, ranking={"groups": [], "red_line": mode})
    assert ranks(found) == places
    assert found["a"].unranked == ("触及红线：乱收费" if places[0] is None else "")
    assert found["a"].group_size == (2 if places[0] is None else 3)


@pytest.mark.parametrize(
    ("more", "kept", "why"),
    [
        ({}, 0, ""),
        ({"round": "half_up"}, 1, "，四舍五入"),
        ({"at_least": 1}, 1, "，每组至少 1 所"),
        ({"round": "half_up", "at_least": 2}, 2, "，每组至少 2 所"),
        ({"share": "50%"}, 1, ""),
        ({"share": "50%", "round": "half_up"}, 2, "，四舍五入"),
    ],
)
def test_a_share_of_a_small_group_is_rounded_as_written(
    more: dict[str, Any], kept: int, why: str
) -> None:
    quota = {"grade": "优秀", "share": "30%", "then": "良好"} | more
    found = schools(
        HUNDRED,
        typed(a=(60, 40), b=(60, 38), c=(58, 38)),
        ranking={"groups": [], "quotas": [quota]},
    )
    assert [it.grade for it in found.values()] == ["优秀"] * kept + ["良好"] * (3 - kept)
    assert f"（3 所中 {kept} 所{why}）" in found["c"].limits[0]


@given(
    grade=st.lists(st.integers(0, 3), min_size=1, max_size=30),
    group=st.integers(1, 3),
    quotas=st.lists(
        st.builds(
            GradeQuota,
            grade=st.sampled_from("甲乙丙"),
            then=st.sampled_from("乙丙丁"),
            share=st.sampled_from(["0%", "30%", "1/2", "2/3"]),
            edge=st.sampled_from(["keep", "cut"]),
            round=st.sampled_from(["down", "half_up"]),
            at_least=st.integers(0, 2),
        ),
        max_size=4,
    ),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_quotas_makes_no_difference(
    grade: list[int], group: int, quotas: list[GradeQuota], random: Random
) -> None:
    count = len(grade)
    groups = np.arange(count) % group
    rank = np.array([random.randint(0, count) for _ in grade])
    names = [*"甲乙丙丁", "不评定"]
    first = within_quotas(quotas, names, np.array(grade), rank, groups)
    mixed = random.sample(quotas, len(quotas))
    assert first.tolist() == within_quotas(mixed, names, np.array(grade), rank, groups).tolist()
    assert (first >= np.array(grade)).all()
    assert (first[rank == 0] == np.array(grade)[rank == 0]).all()


@pytest.mark.parametrize(
    ("share", "edge", "excellent"),
    [
        ("50%", "cut", "ab"),
        ("30%", "cut", "a"),
        ("3/5", "cut", "ab"),
        ("3/5", "keep", "abcd"),
        ("100%", "cut", "abcd"),
        ("10%", "keep", ""),
    ],
)
def test_a_quota_keeps_the_first_by_rank(share: str, edge: str, excellent: str) -> None:
    found = schools(
        HUNDRED,
        typed(a=(60, 40), b=(60, 39), c=(60, 38), d=(59, 39), e=(50, 30)),
        ranking={
            "groups": [],
            "quotas": [{"grade": "优秀", "share": share, "then": "良好", "edge": edge}],
        },
    )
    assert "".join(name for name, it in found.items() if it.grade == "优秀") == excellent
    assert {it.grade for it in found.values()} <= {"优秀", "良好"}
    for name in set("abcd") - set(excellent):
        [told] = found[name].limits
        assert told.startswith("“优秀”不超过本组的 ")
        assert told.endswith("名评为“良好”")


def composite_of(weights: dict[str, int], **more: Any) -> list[tuple[Any, ...]]:
    of = [
        HUNDRED.model_copy(update={"id": "学习"}),
        rubric(item("A1", 50), id="canteen", when={"有食堂": "是"}, grades=grades(合格=None)),
        rubric(
            item("A1", 20),
            id="demerits",
            scale="demerits",
            grades=[{"grade": "好", "range": "≤20"}],
        ),
    ]
    visits = [
        visit(name, {"A1": first, "B1": 40}, of="学习") for name, first in [("a", 50), ("b", 48)]
    ]
    visits += [visit("a", {"A1": 40}, of="canteen")]
    visits += [visit("a", {"A1": 5}, of="demerits"), visit("b", {"A1": 0}, of="demerits")]
    traits = {"a": {"有食堂": "是"}, "b": {"有食堂": "否"}, "c": {"有食堂": "否"}}
    scores, _ = scored(of, visits, traits=traits, weights=weights, **more)
    return [
        (it.school.id, it.total and points(it.total), it.rank, it.group_size, it.unranked)
        for it in scores.composite
    ]


def test_a_school_without_a_canteen_is_weighted_anew() -> None:
    # a: (90 x 40 + 80 x 30) / 70 = 85.714...; b: 88 alone; c was not visited.
    assert composite_of({"学习": 40, "canteen": 30}) == [
        ("a", Decimal("85.71"), 2, 2, ""),
        ("b", 88, 1, 2, ""),
        ("c", None, None, 2, "细则：未检查"),
    ]


def test_demerits_count_as_what_is_left_of_them() -> None:
    found = composite_of({"学习": 1, "demerits": 1})
    assert [it[1] for it in found] == [Decimal("82.5"), 94, None]  # (90 + 75) / 2, (88 + 100) / 2


def test_without_weights_there_is_no_composite() -> None:
    assert composite_of({}) == []
