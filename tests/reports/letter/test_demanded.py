"""A demand goes no further than the finding: levels, entered points, opinions near the best."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from inspections.records.record import Observation, State
from reports.faults import Fault
from reports.ranking.common_faults import Common, common
from rubrics.rules import Entry, Rectify
from rubrics.rules.rectify import OPINIONS, owed
from rubrics.rules.simple import EnteredPoints
from tests.reports.letter.inspected import SCHOOL, letter, observation, rubric, scored

NAMES = ("shuangjian", "canteen", "party")


def graded(name: str) -> list[str]:
    """The graded items of a shipped rubric."""
    return [item.id for item in rubric(name).indicators if item.rule.kind == "grade"]


def fault_of(name: str, seen: Observation) -> Fault:
    (found,) = [item for item in letter(rubric(name), [seen]).faults if item.owner == seen.owner]
    return found


def at_level(name: str, item: str, level: str) -> Observation:
    plain = observation(rubric(name), item, SCHOOL, 1.0)
    return replace(plain, values={"": level}, fault="台账不全", evidence=("台账.jpg",))


@pytest.mark.parametrize(("name", "item"), [(n, i) for n in NAMES for i in graded(n)])
def test_only_the_lowest_level_is_told_to_do_all(name: str, item: str) -> None:
    whole = next(one.rectify for one in rubric(name).indicators if one.id == item)
    assert whole is not None
    for level in ("B", "C"):
        found = fault_of(name, at_level(name, item, level))
        told = Rectify(demand="请对照细则，改进没有达到“A”的方面。", days=whole.days)
        assert found.demands == (told,)
    assert fault_of(name, at_level(name, item, "D")).demands == (whole,)


def test_the_parts_of_a_composite_keep_their_own_deadlines() -> None:
    of = rubric("party")
    plain = observation(of, "C6", SCHOOL, 1.0)
    seen = replace(
        plain, values=plain.values | {"质量": "B"}, fault="不够深入", evidence=("记录.jpg",)
    )
    (asked,) = fault_of("party", seen).demands
    assert "没有达到“A”" in asked.demand
    assert asked.days == 30


@pytest.mark.parametrize(
    ("ballots", "mild"),
    [
        ({"好": 24, "较好": 6}, True),
        ({"好": 20, "较好": 5, "一般": 5}, True),
        ({"好": 10, "较好": 10, "差": 10}, False),
    ],
)
def test_a_vote_near_the_best_is_told_to_listen_on(ballots: dict[str, int], mild: bool) -> None:
    of = rubric("party")
    plain = observation(of, "G1", SCHOOL, 1.0)
    counts = dict.fromkeys(("好", "较好", "一般", "差", "invalid"), 0) | ballots | {"entitled": 30}
    values = {key: Decimal(count) for key, count in counts.items()}
    seen = replace(plain, values=values, evidence=("测评表.pdf",))
    found = fault_of("party", seen)
    (asked,) = found.demands
    assert (asked.demand == OPINIONS.demand) is mild
    # Nothing is told that the printed points do not tell.
    assert mild is (found.points * 10 <= 50_000)


@pytest.mark.parametrize(("satisfied", "mild"), [(43, True), (20, False)])
def test_a_survey_near_the_best_is_told_the_same(satisfied: int, mild: bool) -> None:
    of = rubric("shuangjian")
    plain = observation(of, "G1", SCHOOL, 1.0)
    values = {"satisfied": satisfied, "returned": 50, "sent": 50}
    seen = replace(plain, values={key: Decimal(n) for key, n in values.items()})
    (asked,) = fault_of("shuangjian", seen).demands
    assert (asked.demand == OPINIONS.demand) is mild


def test_entered_points_ask_for_what_is_lacking() -> None:
    rule, whole = EnteredPoints(kind="points"), Rectify(demand="请建立制度。", days=15)
    told = {
        points: [owed(one, whole) for one in rule.asks(Decimal(5), Entry({"": Decimal(points)}))]
        for points in ("5", "4", "0")
    }
    assert told["5"] == []
    assert told["4"] == [Rectify(demand="请对照细则，改进扣分的方面。", days=15)]
    assert told["0"] == [whole]


def test_the_example_among_common_faults_is_that_of_most_schools() -> None:
    of = rubric("canteen")
    plain = observation(of, "H2", SCHOOL, 1.0)
    missing = next(key for key in plain.values if key != "演练")

    def lacking(key: str) -> Observation:
        values = plain.values | {key: Decimal(0)}
        return replace(plain, values=values, fault="没有", evidence=("台账.jpg",))

    scores, _ = scored(of, [lacking("演练")], others={})
    first = scores.rubrics["canteen"].schools[0]
    other, _ = scored(of, [lacking(missing)], others={})
    second = replace(other.rubrics["canteen"].schools[0], total=0)
    held = replace(scores.rubrics["canteen"], schools=(second, first, first))
    (found,) = [one for one in common(held) if one.owner == "H2"]
    assert isinstance(found, Common)
    assert found.demand == "请组织食品安全事故应急演练并存档。（15 日内）"
    assert all(fault.fact for _, fault in found.cases)
    assert {item.state for item in first.indicators} == {State.CHECKED}
