"""Rules that no plan breaks, by a reader that knows nothing of how plans are made."""

from __future__ import annotations

from datetime import date

import pytest

from inspections.planning.keeping import breaches
from inspections.planning.planned import Planned, plan_from
from inspections.planning.rules import BUSY
from inspections.planning.telling_apart import help_text
from tests.inspections.planning.counties import county, drawn_county


def planned(inputs: object, seed: str = "2026") -> Planned:
    made, problems = plan_from(inputs, seed)  # type: ignore[arg-type]
    assert made is not None, [item.message for item in problems]
    return made


def linked(made: Planned, rubric: str) -> bool:
    """Whether a walk over visits under a rubric reaches every inspector who makes one."""
    together = [
        set(made.teams[team].members)
        for team, own in made.visits.items()
        for _, visit in own
        if rubric in visit.rubrics
    ]
    everybody = set().union(*together)
    reached = set(sorted(everybody)[:1])
    while more := {it for team in together if team & reached for it in team - reached}:
        reached |= more
    return reached == everybody


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


def test_inspectors_are_linked_and_the_price_is_told() -> None:
    wide = planned(county(60, 10))
    assert not wide.price.apart and wide.price.extra == 0 and wide.price.fixed == 4
    # Fewer than there are pairs: some go instead of others, which costs nothing.
    narrow = planned(county(10, 10, avoid=0, day={"visits": 2}))
    assert not narrow.price.apart and narrow.price.moved > 0 and narrow.price.extra == 0
    # Who goes alone shares a visit with nobody unless somebody goes along.
    alone = planned(county(12, 4, avoid=0, team={"size": 1}))
    assert not alone.price.apart and alone.price.extra >= 3
    sent = sum(len(alone.teams[team].members) * len(own) for team, own in alone.visits.items())
    visits = sum(map(len, alone.visits.values()))
    assert sent == visits + alone.price.extra == sum(alone.load.values())


@pytest.mark.parametrize(("schools", "inspectors"), [(120, 20), (400, 60)])
def test_a_rubric_that_few_teams_inspect_hangs_together(schools: int, inspectors: int) -> None:
    inputs = county(
        schools, inspectors, team={"skills": {"kitchen": ["食品"]}},
        strata=[
            {"name": "食堂", "when": {"有食堂": "是"}, "rubrics": ["kitchen"], "share": "10%"},
            {"name": "党建", "rubrics": ["party"], "share": "60%"},
        ],
    )  # fmt: skip
    before = 0
    for seed in map(str, range(10)):
        first, _ = plan_from(inputs, seed, procedure=1)
        made = planned(inputs, seed)
        assert first is not None and not made.price.apart
        assert linked(made, "kitchen") and linked(made, "party")
        assert made.spread[1] - made.spread[0] <= 4 and made.price.extra <= 4
        # Who is drawn does not depend on who goes there.
        assert made.draws == first.draws
        before += not linked(first, "kitchen")
    assert before >= 8


def test_where_inspectors_cannot_be_linked_it_is_told_who_and_why() -> None:
    inputs = county(4, 8, date(2026, 9, 1), avoid=0, day={"visits": 1})
    (party,) = (it for it in planned(inputs).price.apart if it.rubric == "party")
    assert len(party.parts) == 4 and party.why == (BUSY,)
    assert sorted(code for part in party.parts for code in part) == list(inputs.roster.inspectors)
    assert help_text(party) == "放长 window 或增加督学，让人有空跟查"
    longer = planned(county(4, 8, date(2026, 9, 2), avoid=0, day={"visits": 1}))
    assert "party" not in {it.rubric for it in longer.price.apart}


def test_draws_by_the_first_procedure_are_repeated() -> None:
    """Digests are of plans that the program made when there was no other procedure."""
    wide = county(60, 10, share="50%", by=("学段",), team={"skills": {"kitchen": ["食品"]}})
    narrow = county(10, 10, avoid=0, day={"visits": 2})
    for inputs, digest in ((wide, "8901243008d797da"), (narrow, "50840533cab589e2")):
        made, _ = plan_from(inputs, "2026", procedure=1)
        assert made is not None and made.digest.startswith(digest)
        assert not planned(inputs).digest.startswith(digest)


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
