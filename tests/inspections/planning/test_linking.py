"""Inspectors of each rubric are linked by visits that they made together, or it is told why not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.demo.county import county as sample_county
from inspections.demo.making import start_sample
from inspections.planning.bridges import bridges
from inspections.planning.inputs import of_round
from inspections.planning.linking import parts_of
from inspections.planning.planned import plan_from
from inspections.planning.rules import BUSY
from inspections.planning.telling_apart import help_text
from tests.inspections.planning.counties import county
from tests.inspections.planning.made_plans import linked, planned


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
    assert not planned(narrow).digest.startswith("50840533cab589e2")


def test_the_sample_hangs_together_whatever_is_thrown(tmp_path: Path) -> None:
    opened, _ = start_sample(tmp_path / "样例", sample_county())
    assert opened is not None
    inputs = of_round(opened)
    before = 0
    for thrown in range(20):
        made = planned(inputs, f"种子+{thrown:02}")
        assert not made.price.apart and all(linked(made, it) for it in inputs.rubrics)
        assert made.price.extra == 0 and made.spread == (8, 12)
        first, _ = plan_from(inputs, f"种子+{thrown:02}", procedure=1)
        before += first is not None and not linked(first, "catered")
    assert before >= 5


@given(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=4, unique=True), max_size=8))
def test_bridges_are_those_without_whom_there_are_more_parts(teams: list[list[int]]) -> None:
    def nodes(held: list[list[int]]) -> int:
        """Parts of teams and people; somebody whom no team has left is one of their own."""
        people = {one for own in teams for one in own} - {one for own in held for one in own}
        return len(parts_of([own for own in held if own])) + len(people) + held.count([])

    now = nodes(teams)
    slow = {
        (at, one)
        for at, own in enumerate(teams)
        for one in own
        if nodes([*teams[:at], [it for it in own if it != one], *teams[at + 1 :]]) > now
    }
    assert bridges(teams) == slow
