"""Schools as good or as bad as a letter's test wants them, scored by the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from functools import cache
from itertools import islice
from random import Random

from inspections.demo.answers import Answers, Typed, answers
from inspections.demo.facts import fault_text
from inspections.records.record import Observation, Record, RecordKey, State, Value
from inspections.round.elapsed import elapsed_periods
from inspections.round.round import Letters, Period, Round
from inspections.round.school import Inspector, Roster, School
from reports.letter.peers import Peers, peers
from reports.letter.subject import Letter
from rubrics.files.loading import load_rubric
from rubrics.files.shipped import shipped
from rubrics.language.rubric import Rubric
from rubrics.language.slots import slots
from rubrics.messages.problems import Place
from rubrics.rules import Rule, Votes
from rubrics.values.conditions import TraitValue, holds
from rubrics.values.traits import with_derived
from scoring.results.rounds import score_round
from scoring.results.scores import Scores

TRAITS: dict[str, TraitValue] = with_derived(
    {
        "学段": "小学",
        "区域": "城区",
        "办学性质": "公办",
        "学生数": Decimal(900),
        "班级数": Decimal(20),
        "食堂经营方式": "自营和委托",
        "就餐人数": Decimal(800),
        "寄宿": "否",
        "收费课后服务": "是",
        "引进第三方": "是",
        "党组织形式": "支部",
        "正式党员数": Decimal(30),
        "分党小组": "是",
        "书记校长一肩挑": "否",
        "发展党员任务": "是",
    }
)
SCHOOL = School("S01", "青禾县第一小学", TRAITS)
INSPECTORS = (
    Inspector("D01", "钱一鸣", "督导室", "一组"),
    Inspector("D02", "孙二平", "督导室", "一组"),
)
COMPANION = "李陪同校长"
ROUND = Round(
    id="r",
    title="2026年秋季督导检查",
    bureau="青禾县教育局",
    rubrics=("canteen",),
    window=Period(since=date(2026, 10, 12), until=date(2026, 11, 6)),
    period=Period(since=date(2026, 1, 1), until=date(2026, 10, 31)),
    letters=Letters(day=date(2026, 11, 16), objection_to="青禾县教育局督导室"),
)
DAY = date(2026, 10, 14)


@cache
def rubric(name: str) -> Rubric:
    made, problems = load_rubric(shipped()[name])
    assert made is not None, problems
    return made


def observation(
    of: Rubric, indicator: str, school: School, quality: float, seed: str = ""
) -> Observation:
    """What an inspector enters for one indicator of a school of this quality, 0 to 1."""
    item = next(item for item in of.indicators if item.id == indicator)
    elapsed = elapsed_periods(ROUND)
    chance = Random(f"{school.id} {indicator} {seed}")
    found = answers(item.rule_on(DAY), item.points, school.traits, elapsed, quality, chance)
    found |= {s.key: "否" for s in slots(item, school.traits) if s.entry == "flag"}
    if quality == 1:
        _please(item.rule, found)
    fact = fault_text(item, found, school.traits, elapsed, of.scale == "demerits")
    proof = (f"{indicator}-{seed or 1}.jpg",) if fact or item.evidence == "required" else ()
    return Observation(
        indicator,
        State.CHECKED,
        {key: _value(typed) for key, typed in found.items()},
        fault=fact,
        evidence=proof,
        places={"fault": Place("returned/甲.xlsx", "青禾县第一小学", f"J{len(indicator)}")},
    )


def _please(rule: Rule, found: Answers) -> None:
    """Opinions are never unanimous by chance: here they are."""
    for key in [key for key in found if key.split(".")[-1] == "satisfied"]:
        found[key] = found[f"{key.removesuffix('satisfied')}returned"]
    if isinstance(rule, Votes):
        cast = {name: int(found[name]) for name in rule.options}
        found |= dict.fromkeys(cast, 0) | {next(iter(cast)): sum(cast.values())}


def _value(typed: Typed) -> Value:
    marks = {"√": Decimal(1), "×": Decimal(0), "是": Decimal(1), "否": Decimal(0)}
    if isinstance(typed, str):
        return marks.get(typed, typed)
    if isinstance(typed, time):
        return Decimal(typed.hour * 60 + typed.minute)
    return Decimal(str(typed))


def faulty(of: Rubric, indicator: str, school: School = SCHOOL) -> Observation:
    """The same where something is wrong."""
    made = _faulty(of, indicator, school)
    assert made is not None, indicator
    return made


def _faulty(of: Rubric, indicator: str, school: School) -> Observation | None:
    tries = (observation(of, indicator, school, 0.0, str(seed)) for seed in range(50))
    return next((made for made in tries if made.fault), None)


def visits(
    of: Rubric,
    school: School,
    quality: float,
    changes: Iterable[Observation] = (),
    occasion: str = "第1次",
    day: date = DAY,
) -> list[Record]:
    """The records of both inspectors, who saw the same; ``changes`` take the place of entries."""
    own = {item.owner: item for item in changes}
    entered = [
        own.pop(item.id, None) or observation(of, item.id, school, quality)
        for item in of.indicators
        if holds(item.when, school.traits)
    ]
    return [
        Record(
            RecordKey(school.id, of.id, occasion, inspector.id),
            of.version,
            day,
            (inspector.id, *(other.id for other in INSPECTORS if other is not inspector)),
            (*entered, *own.values()),
            companion=COMPANION,
            file=f"returned/{inspector.id}.xlsx",
        )
        for inspector in INSPECTORS
    ]


def roster(*schools: School) -> Roster:
    return Roster({s.id: s for s in schools}, {i.id: i for i in INSPECTORS})


def scored(
    of: Rubric,
    changes: Iterable[Observation] = (),
    *,
    school: School = SCHOOL,
    settings: Round = ROUND,
    others: Mapping[str, float] = {"S02": 0.95, "S03": 0.9, "S04": 0.85},
    more: Iterable[Record] = (),
) -> tuple[Scores, Roster]:
    """A faultless school but for ``changes``, beside others that are not."""
    rest = [replace(school, id=code, name=f"青禾县{code}小学") for code in others]
    entered = visits(of, school, 1.0, changes)
    for other in rest:
        entered += visits(of, other, others[other.id])
    known = roster(school, *rest)
    scores, _ = score_round(settings, {of.id: of}, known, (), [*entered, *more])
    return scores, known


def letter(
    of: Rubric,
    changes: Iterable[Observation] = (),
    *,
    school: School = SCHOOL,
    settings: Round = ROUND,
    more: Iterable[Record] = (),
) -> Letter:
    """The letter of that school."""
    scores, known = scored(of, changes, school=school, settings=settings, more=more)
    held = scores.rubrics[of.id]
    group = peers(held.schools)
    score = held.schools[0]
    return Letter(settings, of, score, known, group.get(score.group, Peers()))


def with_faults(of: Rubric, count: int, *, school: School = SCHOOL) -> list[Observation]:
    """So many entries in which something is wrong."""
    fitting = (item.id for item in of.indicators if holds(item.when, school.traits))
    found = (_faulty(of, name, school) for name in fitting)
    return list(islice((made for made in found if made), count))
