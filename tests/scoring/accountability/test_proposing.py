"""Who is proposed, against a reference in plain Python that shares nothing with the program."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import hypothesis.strategies as st
from hypothesis import given

from scoring.accountability.proposing import Earlier, propose
from scoring.accountability.rules import Rules
from scoring.accountability.standing import Kept, Standing, ToPutRight

GRADES = ("优秀", "合格", "不合格")


def rules(conditions: object, **more: object) -> Rules:
    rule = {
        "id": "甲", "title": "某规则", "rubric": "r", "conditions": conditions, "kind": "约谈",
        "basis": [{"text": "某办法"}], "office": "某股",
    }  # fmt: skip
    return Rules.model_validate({"rules": [rule | more]})


def school(number: int, **more: object) -> Standing:
    made = Standing(f"s{number}", f"第{number}小学", "r", "某细则", group="小学组", group_size=9)
    return replace(made, **more)  # type: ignore[arg-type]


@st.composite
def counties(draw: st.DrawFn) -> list[Standing]:
    found = []
    for number in range(draw(st.integers(1, 9))):
        group = draw(st.sampled_from(["小学组", "初中组"]))
        keys = tuple(f"K{n}" for n in range(draw(st.integers(0, 3))))
        found.append(
            school(
                number,
                group=group,
                total=draw(st.sampled_from([None, 500_000, 599_999, 600_000, 900_000])),
                grade=draw(st.sampled_from(GRADES)),
                key_failed=keys,
                red_lines=(("C1", "红线"),) if draw(st.booleans()) else (),
                award_eligible=draw(st.booleans()),
                kept={"A": Kept("甲", Fraction(draw(st.integers(0, 4)), 4))},
                dimensions=("A",),
                rectify=ToPutRight(tuple("x" * draw(st.integers(0, 2)))),
            )
        )
    sizes = {
        g: sum(x.group == g and x.total is not None for x in found) for g in ("小学组", "初中组")
    }
    return [
        replace(
            one,
            group_size=sizes[one.group],
            rank=None
            if one.total is None
            else 1 + sum(x.group == one.group and (x.total or 0) > one.total for x in found),
        )
        for one in found
    ]


def proposed(made: Rules, county: list[Standing], *earlier: list[Standing]) -> set[str]:
    before = [Earlier("往轮", one) for one in earlier]
    return {one.school for one in propose(made, county, before).proposals}


@given(
    counties(), st.sampled_from(["all", "none"]), st.integers(1, 4), st.booleans(), st.booleans()
)
def test_first_and_last_with_ties(
    county: list[Standing], tie: str, count: int, first: bool, whole: bool
) -> None:
    within = "county" if whole else "group"
    end = {"first" if first else "last": count}
    got = proposed(rules({"rank": {**end, "tie": tie, "within": within}}), county)
    expected = set()
    for one in county:
        if one.total is None or not (whole or one.group_size > 1):
            continue
        peers = [x.total for x in county if x.total is not None and (whole or x.group == one.group)]
        ahead = sum(x > one.total if first else x < one.total for x in peers)
        level = sum(x == one.total for x in peers)
        if (ahead if tie == "all" else ahead + level - 1) < count:
            expected.add(one.school)
    assert got == expected


@given(counties())
def test_conditions(county: list[Standing]) -> None:
    asked = {"total": "<60", "grade": ["不合格"], "key_failed": "≥2", "below": {"A": "60%"}}
    assert proposed(rules(asked), county) == {
        x.school
        for x in county
        if x.total is not None
        and x.total < 600_000
        and x.grade == "不合格"
        and len(x.key_failed) >= 2
        and x.kept["A"].share * 10 < 6
    }
    either = [{"red_line": True, "award_lost": True}, {"overdue": "≥2"}]
    assert proposed(rules(either), county) == {
        x.school
        for x in county
        if (x.red_lines and not x.award_eligible) or len(x.rectify.overdue) >= 2
    }


@given(counties(), counties())
def test_two_rounds_running(now: list[Standing], before: list[Standing]) -> None:
    asked = rules({"grade": ["不合格"], "running": 2})
    bad = [{x.school for x in one if x.grade == "不合格"} for one in (now, before)]
    assert proposed(asked, now, before) == bad[0] & bad[1]
    done = propose(asked, now)
    assert done.proposals == ()
    assert len(done.unseen) == 1


def test_a_tie_is_decided_by_figure_first_and_then_stated() -> None:
    county = [
        school(n, total=900_000, rank=1, key_failed=("K",) * failed)
        for n, failed in enumerate((0, 1, 1, 2))
    ]
    asked = {"first": 2, "tie": "none", "by": ["key_failed"]}
    done = propose(rules({"rank": asked}), county)
    assert [one.school for one in done.proposals] == ["s0"]
    [(_, tie)] = done.ties
    assert (tie.names, tie.sure, tie.taken) == (("第1小学", "第2小学"), 1, False)
    done = propose(rules({"rank": {**asked, "tie": "all"}}), county)
    assert [one.school for one in done.proposals] == ["s0", "s1", "s2"]
    assert "同分全部列入" in done.proposals[0].figures


def test_places_go_on_to_others_only_where_the_rule_says_so() -> None:
    county = [school(n, total=900_000 - n, rank=n + 1, award_eligible=n > 0) for n in range(4)]
    rank = {"first": 2, "tie": "all"}
    assert proposed(rules({"rank": rank, "award_lost": False}), county) == {"s1"}
    passed = {"rank": {**rank, "among": "met"}, "award_lost": False}
    assert proposed(rules(passed), county) == {"s1", "s2"}


def test_the_fifth_of_one_fault_counts_and_five_of_several_do_not() -> None:
    one = school(1, faults=(("A1 缺公示", 5),))
    other = school(2, faults=(("A1 缺公示", 4), ("A1 过期", 3)))
    assert proposed(rules({"same_fault": "≥5"}), [one, other]) == {"s1"}


def test_what_is_not_verified_says_so() -> None:
    [made] = propose(rules({"grade": ["优秀"]}), [school(1, grade="优秀")]).proposals
    assert made.basis == "某办法〔待局里确认〕"


def test_complaints_count_where_a_list_was_taken_in() -> None:
    asked = rules({"complaints": "≥3"}, rubric=None)
    whole = [school(number, rubric="", complaints=count) for number, count in enumerate((3, 2))]
    (proposal,) = propose(asked, whole).proposals
    assert (proposal.school, "投诉 3 件" in proposal.figures) == ("s0", True)
    # Nobody knows is not none: not even of those who ask for none.
    unknown = [school(number, rubric="") for number in range(2)]
    assert not propose(rules({"complaints": "≤0"}, rubric=None), unknown).proposals
