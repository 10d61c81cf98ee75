"""Generated counties: a round, its schools with their traits, and what its inspectors entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import strategies as st

from inspections.records.record import Record, RecordKey
from inspections.records.self_assessment import OwnScore
from inspections.round.round import Round
from inspections.round.school import Roster, School
from rubrics.language.repeating import repeat_of
from rubrics.language.rubric import Rubric
from rubrics.language.self_assessing import self_assessed
from rubrics.values.traits import known_traits
from scoring.results.before import Before, FoundBefore
from scoring.results.own_scores import Given
from tests.rubrics.strategies import GRADES, rubrics
from tests.scoring.entered import Habits, visit

DAYS = [date(2025, 3, 1), date(2025, 8, 31), date(2025, 9, 1), date(2026, 8, 31), date(2026, 9, 1)]
"""On both sides of the dates on which generated rules change."""

ELAPSED = {"week": 43, "month": 10, "quarter": 3, "half_year": 1, "term": 2, "year": 0}
OCCASIONS = ("平时", "年终", "回头看")


@dataclass(frozen=True)
class County:
    """A round with everything that was entered."""

    round: Round
    rubrics: dict[str, Rubric]
    roster: Roster
    visits: tuple[Record, ...]
    before: FoundBefore = field(default_factory=dict)
    own: Mapping[tuple[str, str], Given] = field(default_factory=dict)


@st.composite
def schools(draw: st.DrawFn, name: str = "s1") -> School:
    traits: dict[str, str | Decimal] = {}
    for trait, about in known_traits().items():
        if about.choices:
            traits[trait] = draw(st.sampled_from(about.choices))
        else:
            traits[trait] = draw(st.sampled_from([Decimal(n) for n in (0, 3, 7, 50, 500)]))
    return School(name, name, traits)


weights = st.sampled_from([Decimal(n) for n in ("0", "40", "60", "33.3", "1")])


@st.composite
def rounds(draw: st.DrawFn, ids: list[str], occasions: tuple[str, ...]) -> Round:
    combining = {
        "facts": draw(st.sampled_from(["agreed", "combined"])),
        "level": draw(st.sampled_from(["indicator", "indicator", "total"])),
        "inspectors": draw(st.sampled_from(["mean", "median", "trimmed", "weighted", "worst"])),
        "trim_from": 3,
        "inspector_weights": {name: draw(weights) for name in ["甲", "乙"] if draw(st.booleans())},
        "visits": draw(
            st.sampled_from(["mean", "median", "trimmed", "weighted", "latest", "worst"])
        ),
        "trim_visits_from": 3,
        "weights": {name: draw(weights) for name in occasions if draw(st.booleans())},
    }
    quota = {
        "share": draw(st.sampled_from(["30%", "1/3", "1/2", "0%"])),
        "edge": draw(st.sampled_from(["keep", "cut"])),
        "round": draw(st.sampled_from(["down", "half_up"])),
        "at_least": draw(st.integers(0, 1)),
    }
    ranking = {
        "groups": draw(st.sampled_from([(), ("区域",), ("区域", "办学性质")])),
        "tie_keys": draw(
            st.permutations(["key_failed", "dimension:A", "dimension:B"]).flatmap(
                lambda keys: st.integers(0, 3).map(lambda count: tuple(keys[:count]))
            )
        ),
        "red_line": draw(st.sampled_from(["last", "unranked"])),
        "quotas": draw(
            st.permutations(
                [
                    quota | {"grade": grade, "then": then}
                    for grade, then in pairwise(GRADES)
                    if draw(st.booleans())
                ]
            )
        ),
    }
    if draw(st.integers(1, 3)) == 3:
        ranking |= {"quotas": [], "distribution": draw(distributions())}
    return Round.model_validate(
        {
            "id": "r",
            "title": "检查",
            "bureau": "教育局",
            "rubrics": ids,
            "window": {"since": "2025-03-01", "until": "2026-09-01"},
            "elapsed": ELAPSED,
            "occasions": occasions,
            "combining": combining,
            "unchecked": draw(st.sampled_from(["exclude", "excuse"])),
            "ranking": ranking,
            "weights": {name: draw(weights) for name in ids if draw(st.booleans())},
        }
    )


@st.composite
def distributions(draw: st.DrawFn) -> dict[str, object]:
    """Shares of some of the grades, written in any order."""
    shares = draw(st.sampled_from([("40%", "40%", "20%"), ("1/3", "2/3"), ("30%", "0%", "70%")]))
    names = draw(st.permutations(GRADES))[: len(shares)]
    return {
        "grades": dict(zip(names, shares, strict=True)),
        "round": draw(st.sampled_from(["down", "half_up", "largest_remainder"])),
        "edge": draw(st.sampled_from(["keep", "cut"])),
        "group_from": draw(st.integers(1, 3)),
        "red_lined": draw(st.sampled_from(["counted", "apart"])),
    }


@st.composite
def narrow_rubrics(draw: st.DrawFn, name: str) -> Rubric:
    """Few possible totals, so that ties, conditions on grades and limits decide."""
    flagged = [{"flag": "f", "label": "查实？"}]
    does = [{"award_lost": True}, {"ceiling": "良好"}, {"zero_total": True}, {"lower": 1}]
    does += [{"grade": "不合格"}, {"award_lost": True, "rank": "last"}, {"rank": "unranked"}]

    def item(code: str, **more: object) -> dict[str, object]:
        tier = draw(st.sampled_from(["关键", "重点", "一般"]))
        rule = {"kind": "points", "values": [0, 1, 2]}
        told = {"title": code, "basis": ["甲"], "method": ["现场查看"], "evidence": "none"}
        return {"id": code, "points": 2, "rule": rule, "tier": tier, **told, **more}

    a1 = item("A1", key=True)
    line = {"title": "红线", "triggers": flagged, "consequence": draw(st.sampled_from(does))}
    b1 = item("B1", key={"triggers": [{"below": 1}]}, red_lines=[line])
    conditions = st.fixed_dictionaries(
        {},
        optional={
            "dimensions_at_least": st.sampled_from(["50%", "75%"]),
            "dimensions_reach": st.fixed_dictionaries(
                {"at_least": st.just(1), "share": st.sampled_from(["50%", "75%"])}
            ),
            "key_failed_at_most": st.integers(0, 1),
            "tier_failed_at_most": st.just({"关键": 0}) | st.just({"重点": 1, "一般": 0}),
            "largest_at_most": st.just(1),
        },
    )
    limit = st.sampled_from(
        [
            {"failed": 1, "ceiling": "良好"},
            {"failed": 2, "grade": "不评定"},
            {"failed": 1, "tier": "重点", "grade": "合格"},
        ]
    )
    ranges = ["≥5", "[3, 5)", "[2, 3)", "<2"]
    if demerits := draw(st.booleans()):
        ranges = ["≤1", "(1, 3]", "(3, 5]", ">5"]
    made = {
        "id": name,
        "version": "1",
        "title": name,
        "points": 8,
        "scale": "demerits" if demerits else "merits",
        "places": draw(st.integers(0, 1)),
        "documents": {"甲": {"title": "甲"}},
        "dimensions": [
            {"id": "A", "title": "甲方面", "points": 4, "indicators": [a1, item("A2")]},
            {"id": "B", "title": "乙方面", "points": 4, "indicators": [b1, item("B2")]},
        ],
        "grades": [
            {"grade": grade, "range": span, **draw(conditions)}
            for grade, span in zip(GRADES, ranges, strict=True)
        ],
        "key_limits": draw(st.lists(limit, max_size=2)),
    }
    return Rubric.model_validate(made)


@st.composite
def close_races(draw: st.DrawFn) -> County:
    """2-8 schools of one kind under two narrow rubrics."""
    found = {name: draw(narrow_rubrics(name)) for name in ("one", "two")}
    of = draw(rounds(list(found), OCCASIONS[:1]))
    traits = draw(schools()).traits
    members = [School(f"s{n}", f"s{n}", traits) for n in range(draw(st.integers(2, 8)))]
    habits = Habits(unchecked=draw(st.sampled_from([0, 5])), excused=0, flagged=30)
    random = Random(draw(st.integers(0, 2**32 - 1)))
    visits = tuple(
        visit(random, rubric, key, traits, DAYS[0], habits)
        for rubric in found.values()
        for school in members
        for key in [RecordKey(school.id, rubric.id, OCCASIONS[0], "甲")]
    )
    return County(of, found, Roster({school.id: school for school in members}, {}), visits)


@st.composite
def counties(draw: st.DrawFn) -> County:
    """1-4 schools, 1-3 inspectors, 1-3 occasions; twins enter the same, so that totals tie."""
    found = draw(st.lists(rubrics(), min_size=1, max_size=2, unique_by=lambda item: item.id))
    occasions = OCCASIONS[: draw(st.integers(1, 3))]
    of = draw(rounds([item.id for item in found], occasions))
    first = draw(schools("s0"))
    members = [first]
    twins = [0]
    for number in range(1, draw(st.integers(1, 4))):
        name = f"s{number}"
        if draw(st.booleans()):
            members.append(School(name, name, first.traits))
            twins.append(draw(st.sampled_from([0, number])))
        else:
            members.append(draw(schools(name)))
            twins.append(number)
    habits = Habits(
        unchecked=draw(st.sampled_from([0, 0, 5, 30])),
        excused=draw(st.sampled_from([0, 5, 30])),
        proven=draw(st.sampled_from([100, 60])),
        flagged=draw(st.sampled_from([0, 10, 50])),
    )
    inspectors = ["甲", "乙", "丙"][: draw(st.integers(1, 3))]
    absent = draw(st.sampled_from([0, 0.2]))
    seed = draw(st.integers(0, 2**32 - 1))
    visits = []
    for rubric in found:
        for school, twin in zip(members, twins, strict=True):
            random = Random(f"{seed} {rubric.id} {twin}")
            for occasion in occasions:
                for inspector in inspectors:
                    day = random.choice(DAYS)
                    key = RecordKey(school.id, rubric.id, occasion, inspector)
                    made = visit(random, rubric, key, school.traits, day, habits)
                    if random.random() >= absent:
                        visits.append(made)
    Random(seed).shuffle(visits)
    roster = Roster({school.id: school for school in members}, {})
    before = {}
    for rubric in found:
        pairs = [(school.id, item.id) for school in members for item in rubric.indicators]
        held = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6))
        asked = {item.id for item in rubric.indicators if repeat_of(rubric, item)}
        told = (Before("2026春", "2026春-0001"),)
        before[rubric.id] = {pair: told for pair in held if pair[1] in asked}
    own = {
        (school.id, rubric.id): own_scores(Random(f"{seed}{school.id}"), rubric, school)
        for rubric in found
        for school in members
        if draw(st.booleans())
    }
    return County(of, {item.id: item for item in found}, roster, tuple(visits), before, own)


def own_scores(random: Random, rubric: Rubric, school: School) -> Given:
    """What a school gives itself: mostly all the points, some of it less, blank or not at all."""
    made = {}
    for item in self_assessed(rubric, school.traits):
        if random.random() < 0.9:
            some = (item.points * random.randint(0, 4) / 4).quantize(Decimal("0.0001"))
            made[item.id] = OwnScore(random.choice([item.points, item.points, some, None]))
    return made
