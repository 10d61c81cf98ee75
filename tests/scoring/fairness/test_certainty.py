"""What is printed beside ranks of how sure they are: by rubric, and over all of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from inspections.records.record import Record
from rubrics.language.rubric import Rubric
from scoring.fairness.certainty import composite_errors, with_certainty
from scoring.fairness.errors import Errors
from scoring.fairness.measuring import measured
from scoring.results.certainty import NAMED, Certainty
from scoring.results.rounds import score_round
from scoring.results.rows import SchoolRows
from scoring.results.scores import CompositeScore, SchoolScore, Scores
from tests.scoring.fairness.linked import (
    ITEMS,
    county,
    linked_rubric,
    scored,
    settings,
    sheets,
    weights,
)
from tests.scoring.rounds import County, close_races, counties

RED = {"A1": {"": "10", "f": "1"}}


def certain(scores: Scores) -> dict[str, SchoolScore]:
    return {one.school.id: one for one in scores.rubrics["sample"].schools}


def check(certainty: Certainty, scores: dict[str, SchoolScore] | dict[str, CompositeScore]) -> None:
    """What holds of all that is printed, whatever the records are."""
    for code, held in certainty.places.items():
        own = scores[code]
        assert own.rank is not None and own.rank > 0
        assert 1 <= held.low <= own.rank <= held.high <= own.group_size
        assert held.first <= own.rank <= held.last
        group = {it: one for it, one in scores.items() if one.group == own.group}
        assert len(held.nearest) == (held.alike if held.alike <= NAMED else 2)
        for school in held.nearest:
            other, rank = certainty.places[school.id], group[school.id].rank
            assert rank is not None and school.id != code
            assert held.first <= rank <= held.last
            assert other.first <= own.rank <= other.last  # if one cannot be told from the other
        assert (held.among_first is None) == (held.among_last is None)
        if held.among_first is not None and held.among_last is not None:
            assert 0 <= held.among_first <= 1 and 0 <= held.among_last <= 1


def test_a_round_that_does_not_ask_is_given_back_as_it_was() -> None:
    roster = county(12)
    of = settings(ranking={"certainty": False})
    scores = scored(of, [linked_rubric()], roster, sheets(roster))
    rows = scores.rubrics["sample"].schools
    assert isinstance(rows, SchoolRows) and rows.filled is None
    assert with_certainty(of, scores) is scores and not scores.certainty


def test_it_says_what_the_analysis_of_fairness_says() -> None:
    roster, of, rubric = county(40, groups=3), settings(), linked_rubric()
    visits = sheets(roster)
    scores = with_certainty(of, scored(of, [rubric], roster, visits))
    found = scores.certainty["sample"]
    check(found, certain(scores))
    assert found.known and set(found.places) == set(roster.schools)
    assert (found.level, found.sure, found.among, found.seed) == ("九成", 0.9, 10, 20_240_101)
    one = measured(of, {rubric.id: rubric}, roster, visits).rubrics["sample"]
    assert (one.error.unknown, one.error.remedy) == (found.unknown, found.remedy)
    codes = list(roster.schools)
    for group in one.groups:
        assert group.ranks is not None
        for place, at in enumerate(group.schools.tolist()):
            held = found.places[codes[at]]
            assert (held.low, held.high) == (group.ranks.low[place], group.ranks.high[place])
            assert held.among_first == group.ranks.first[place]
            assert held.place == group.ranks.place(place)
        ranked = group.ranks.rank[group.ranks.order]
        for start, end in group.ranks.brackets():
            for place in range(start, end + 1):
                code = codes[int(group.schools[group.ranks.order[place]])]
                assert found.places[code].first <= ranked[start]
                assert found.places[code].last >= ranked[end]


def test_the_order_of_records_makes_no_difference() -> None:
    roster, of, rubric = county(20), settings(), linked_rubric()
    visits = sheets(roster)
    other = Random(3).sample(visits, len(visits))
    one, again = (
        with_certainty(of, scored(of, [rubric], roster, it)).certainty for it in (visits, other)
    )
    assert one == again


def test_errors_are_those_of_the_records_that_are_there() -> None:
    """More differing sheets make intervals wider, alike ones none at all."""
    roster, of, rubric = county(30), settings(), linked_rubric()
    wide, narrow = (
        with_certainty(of, scored(of, [rubric], roster, sheets(roster, off=off))).certainty
        for off in (1.5, 0.3)
    )
    width = [
        sum(it.high - it.low for it in found["sample"].places.values()) for found in (wide, narrow)
    ]
    assert width[0] > 2 * width[1]
    same = scored(of, [rubric], roster, sheets(roster, off=0))
    for held in with_certainty(of, same).certainty["sample"].places.values():
        assert held.low == held.high and held.first == held.last


def test_ties_red_lines_excused_and_unchecked() -> None:
    roster, rubric = county(24), linked_rubric()
    same = dict.fromkeys(ITEMS, "7.5")
    changed: dict[str, dict[str, object]] = {
        "S001": same,
        "S002": same | {"A1": "5", "B1": "10"},  # equal in all, less in A, which parts them
        "S003": dict.fromkeys(ITEMS, "10") | RED,
        "S004": {"A2": "NA", "B3": "NA"},
        "S005": {"B5": None},
    }
    of = settings(ranking={"tie_keys": ["dimension:A"]})
    visits = sheets(roster, changed=changed)
    scores = with_certainty(of, scored(of, [rubric], roster, visits))
    found, told = scores.certainty["sample"], certain(scores)
    check(found, told)
    assert told["S001"].total == told["S002"].total and told["S001"].tie_key
    first, second = told["S001"].rank, told["S002"].rank
    assert first is not None and second == first + 1
    assert found.places["S002"].first <= first  # equal totals are never told apart
    assert told["S003"].ranked_last and "S003" not in found.places
    assert all(school.id != "S003" for held in found.places.values() for school in held.nearest)
    assert "S004" in found.places and told["S005"].rank is None and "S005" not in found.places


def test_with_one_inspector_it_cannot_know_and_says_what_would_help() -> None:
    roster, of = county(12), settings()
    scores = scored(of, [linked_rubric()], roster, sheets(roster, seats=1))
    found = with_certainty(of, scores).certainty["sample"]
    assert not found.known and not found.places
    assert "无从知道" in found.left_out and "每次去两名督学" in found.left_out


@pytest.mark.parametrize("schools", [1, 2, 3, 11])
def test_small_groups(schools: int) -> None:
    roster, of = county(schools + 8, groups=1), settings()
    known = dict(roster.schools)
    for code in list(known)[schools:]:  # the others are a group of their own
        known[code] = replace(known[code], traits={"学段": "高中"})
    roster = replace(roster, schools=known)
    scores = with_certainty(of, scored(of, [linked_rubric()], roster, sheets(roster)))
    found = scores.certainty["sample"]
    check(found, certain(scores))
    own = [found.places.get(code) for code in list(known)[:schools]]
    if schools == 1:
        assert own == [None]  # it is compared with nobody
    for held in own if schools > 1 else []:
        assert held is not None
        assert (held.among_first is None) == (schools <= 10)


def test_demerits_rank_the_other_way_round() -> None:
    rubric = linked_rubric(
        scale="demerits",
        grades=[{"grade": "好", "range": "≤30"}, {"grade": "不合格", "range": ">30"}],
    )
    roster, of = county(20), settings()
    visits = sheets(roster, changed={"S001": dict.fromkeys(ITEMS, "0")})
    scores = with_certainty(of, scored(of, [rubric], roster, visits))
    told, found = certain(scores), scores.certainty["sample"]
    check(found, told)
    worst = max(told.values(), key=lambda one: one.total or 0)
    assert found.places[worst.school.id].high == 20
    assert found.places[worst.school.id].low > found.places[_best(told)].high


def _best(told: dict[str, SchoolScore]) -> str:
    return min(told.values(), key=lambda one: one.rank or 99).school.id


def two_rubrics(seats: tuple[int, int] = (2, 2), **more: object) -> tuple[Scores, list[Record]]:
    roster = county(36, groups=2)
    one, two = linked_rubric("one"), linked_rubric("two", when={"学段": "小学"})
    visits = [
        *sheets(roster, "one", seats=seats[0]),
        *sheets(roster, "two", seats=seats[1], seed=2),
    ]
    visits = [
        it for it in visits
        if it.key.rubric == "one" or roster.schools[it.key.school].traits["学段"] == "小学"
    ]  # fmt: skip
    of = settings("one", "two", weights={"one": "60", "two": "40"}, **more)
    return with_certainty(of, scored(of, [one, two], roster, visits)), visits


def test_over_all_rubrics() -> None:
    scores, _ = two_rubrics()
    whole = scores.composite_certainty
    assert whole is not None and whole.known
    told = {one.school.id: one for one in scores.composite}
    check(whole, told)
    assert set(whole.places) == {code for code, one in told.items() if one.rank}
    # Where the second does not apply, the place is that of the first alone, and as sure.
    only = [code for code, one in told.items() if set(one.weights) == {"one"}]
    assert len(only) == 18
    for code in only:
        there, here = scores.certainty["one"].places[code], whole.places[code]
        assert abs(there.low - here.low) <= 1 and abs(there.high - here.high) <= 1
        assert (there.first, there.last, there.nearest) == (here.first, here.last, here.nearest)
    assert whole.unknown == ("《one细则》《two细则》不同日子之间的差别",)


def test_over_all_rubrics_nothing_is_known_where_one_is_not() -> None:
    scores, _ = two_rubrics(seats=(2, 1))
    assert scores.certainty["one"].known and not scores.certainty["two"].known
    whole = scores.composite_certainty
    assert whole is not None and not whole.places
    assert "《two细则》每所学校只有一名督学的一份记录" in whole.left_out


def test_over_all_rubrics_nothing_is_known_where_the_records_of_one_are_all_alike() -> None:
    roster = county(36, groups=2)
    one, two = linked_rubric("one"), linked_rubric("two")
    alike = dict.fromkeys(ITEMS, "1")
    visits = [
        *sheets(roster, "one"),
        *sheets(roster, "two", changed=dict.fromkeys(roster.schools, alike)),
    ]
    of = settings("one", "two", weights={"one": "60", "two": "40"})
    scores = with_certainty(of, scored(of, [one, two], roster, visits))
    assert scores.certainty["one"].known and not scores.certainty["two"].known
    whole = scores.composite_certainty
    assert whole is not None and not whole.places and "《two细则》可以相互比较的" in whole.left_out


def test_errors_over_all_rubrics_add_up_by_weight() -> None:
    """The variance of 0.6 x one + 0.4 x two, and what two schools share by an inspector."""
    scores, _ = two_rubrics()
    figures = []
    for held in scores.rubrics.values():
        assert isinstance(held.schools, SchoolRows)
        figures.append(held.schools.figures)
    size = len(scores.composite)
    school = np.arange(size)
    one = Errors(np.full(size, 4.0), 9.0, school, school // 2, np.ones(size), 30)
    two = Errors(np.full(size, 1.0), 16.0, school, np.zeros(size, int), np.full(size, 0.5), 12)
    known, parts = list(zip(figures, (one, two), strict=True)), weights(one="60", two="40")
    found = composite_errors(known, parts, np.ones(size, bool))
    both = np.array([len(it.weights) == 2 for it in scores.composite])
    due = np.where(both, 0.36 * 13 + 0.16 * (1 + 16 * 0.25), 13)
    assert found.variance == pytest.approx(due) and found.freedom == 12
    first, second = np.flatnonzero(both)[:2]
    assert found.covariance()[first, second] == pytest.approx(0.16 * 4)
    assert found.covariance()[0, 1] == pytest.approx(0.6 * 9)  # only the first applies to one
    alone = composite_errors(known, parts, ~both)
    assert alone.variance == pytest.approx(13) and alone.freedom == 30


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(county=counties() | close_races())
def test_any_round_can_ask(county: County) -> None:
    ranking = county.round.ranking.model_copy(update={"certainty": True})
    of = county.round.model_copy(update={"ranking": ranking})
    scores, _ = score_round(of, county.rubrics, county.roster, (), county.visits)
    told = with_certainty(of, scores)
    for name, found in told.certainty.items():
        check(found, {it.school.id: it for it in scores.rubrics[name].schools})
    if told.composite_certainty is not None:
        check(told.composite_certainty, {it.school.id: it for it in scores.composite})


def test_nobody_is_asked_for_a_rubric_without_records() -> None:
    roster, of = county(6), settings("sample", "other")
    other: Rubric = linked_rubric("other")
    scores = scored(of, [linked_rubric(), other], roster, sheets(roster))
    assert list(with_certainty(of, scores).certainty) == ["sample"]
