"""Rules that no plan breaks, by a reader that knows nothing of how plans are made."""

from __future__ import annotations

from datetime import date

import pytest

from inspections.planning.keeping import breaches
from inspections.planning.planned import Planned, plan_from
from tests.inspections.planning.counties import county, drawn_county
from tests.inspections.planning.made_plans import linked, planned


def test_drawn_counties_keep_every_rule() -> None:
    kept = 0
    for seed in range(200):
        inputs = drawn_county(seed)
        made, problems = plan_from(inputs, str(seed))
        if made is None:
            assert problems
            continue
        kept += 1
        assert list(breaches(inputs, made)) == [], seed
        apart = {it.rubric for it in made.price.apart}
        assert {it for it in inputs.rubrics if not linked(made, it)} == apart, seed
    assert kept > 90


def test_the_reader_of_rules_finds_each_rule_broken() -> None:
    inputs = county(20, 8, avoid=2, team={"skills": {"kitchen": ["食品"]}}, day={"visits": 2})
    made = planned(inputs)
    name, team = next(iter(made.teams.items()))
    visit = made.visits[name][0][1]
    avoiding = next(
        code for code, one in inputs.roster.inspectors.items() if visit.school in inputs.avoids(one)
    ) if any(visit.school in inputs.avoids(one) for one in inputs.people) else None  # fmt: skip
    lone = {**made.teams, name: type(team)(team.members[:1], team.since, team.until)}
    broken = Planned(made.draws, lone, made.visits, made.load, made.price)
    assert any(it.rule == "人数" for it in breaches(inputs, broken))
    if avoiding:
        other = {
            **made.teams,
            name: type(team)((avoiding, team.members[0]), team.since, team.until),
        }
        broken = Planned(made.draws, other, made.visits, made.load, made.price)
        assert any(it.rule == "回避" for it in breaches(inputs, broken))
    day = made.visits[name][0][0]
    crowded = {
        **made.visits,
        name: [(day, it) for own in made.visits.values() for _, it in own][:3],
    }
    broken = Planned(made.draws, made.teams, crowded, made.load, made.price)
    assert any(it.rule == "一天几所" for it in breaches(inputs, broken))


def test_the_same_seed_gives_the_same_plan_and_another_another() -> None:
    inputs = county(60, 10, share="50%", by=("学段",))
    one, again, other = (planned(inputs, seed) for seed in ("甲", "甲", "乙"))
    assert one.digest == again.digest and one.plan == again.plan
    assert one.digest != other.digest


def test_the_order_of_rosters_plays_no_part() -> None:
    inputs = county(30, 8, share="50%")
    roster = inputs.roster
    turned = type(roster)(
        dict(reversed(roster.schools.items())), dict(reversed(roster.inspectors.items()))
    )
    other = type(inputs)(inputs.round, inputs.rubrics, turned)
    assert planned(inputs).digest == planned(other).digest


def test_everybody_has_as_much_to_do() -> None:
    least, most = planned(county(60, 10)).spread
    assert (least, most) == (12, 12)


def test_a_third_a_month_is_everybody_in_three() -> None:
    made = planned(
        county(30, 8, date(2026, 11, 30), occasions=("9月", "10月", "11月"), share="1/3", times=1)
    )
    went = [visit.school for own in made.visits.values() for _, visit in own]
    assert len(went) == 30 == len(set(went))


def test_strata_get_their_share_and_at_least_so_many() -> None:
    inputs = county(
        80, 10, by=("学段",), share="10%", at_least=3,
        strata=[{"name": "食堂", "when": {"有食堂": "是"}, "rubrics": ["kitchen"], "share": "1/4"}],
    )  # fmt: skip
    made = planned(inputs)
    for one in made.draws:
        pool = len(one.layer.schools)
        due = -(-pool // 4) if one.layer.name.startswith("食堂") else -(-pool // 10)
        assert len(one.drawn) == max(due, 3), one.layer.name
        assert all(
            rubrics == (("kitchen",) if one.layer.name.startswith("食堂") else ("party",))
            for school, rubrics in one.layer.schools.items()
            if inputs.roster.schools[school].traits["有食堂"] == "是"
        )


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("plan-room", {"schools": 60, "inspectors": 4, "until": date(2026, 9, 3)}),
        ("plan-people-few", {"schools": 3, "inspectors": 2, "team": {"size": 3}}),
        ("plan-skill-none", {"schools": 9, "inspectors": 6, "team": {"skills": {"party": ["无"]}}}),
        ("plan-day-short", {"schools": 9, "inspectors": 6, "day": {"visit": 400, "minutes": 300}}),
        ("plan-times", {"schools": 9, "inspectors": 6, "share": "30%", "times": 1}),
        ("plan-avoided", {"schools": 3, "inspectors": 4, "avoid": 3}),
        (
            "plan-skill-room",
            {"schools": 10, "inspectors": 12, "until": date(2026, 9, 1), "avoid": 0,
             "team": {"skills": {"party": ["食品"]}}},
        ),
        ("plan-collision", {"schools": 8, "inspectors": 2, "avoid": 0}),
    ],
)  # fmt: skip
def test_what_collides_is_named(code: str, wanted: dict[str, object]) -> None:
    inputs = county(**wanted)  # type: ignore[arg-type]
    made, problems = plan_from(inputs, "2026")
    assert made is None and {item.code for item in problems} == {code}


def test_two_alone_have_a_plan_where_they_need_not_rotate() -> None:
    inputs = county(8, 2, avoid=0, team={"rotate": False})
    assert not planned(inputs).price.apart


def test_a_stretch_that_greed_cannot_fill_is_solved_exactly() -> None:
    """Seats are filled one after another; where that fails, HiGHS finds the one way there is."""
    import numpy as np

    from inspections.planning.rules import Asked, people_of
    from inspections.planning.solving import colliding, solved

    people = people_of(county(4, 4, avoid=0, team={"skills": {"kitchen": ["食品"]}}))
    # D000 and D003 know food. The first trip may have D000 alone of them, the second only D003.
    apart = [np.array([False, False, True, True]), np.array([True, False, False, False])]
    asked = [Asked(out, frozenset({"食品专长的人"}), (), ()) for out in apart]
    cost = np.arange(4)
    assert solved(people, asked, {}, cost) == [[0, 1], [2, 3]]
    assert solved(people, asked, {2: {3}}, cost) is None
    assert colliding(people, asked, {2: {3}, 3: {2}}) == ["同两人不连着同组"]
