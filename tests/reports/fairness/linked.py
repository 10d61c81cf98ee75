"""An invented round whose inspectors are linked, with severities that are known: records alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from inspections.records.record import Observation, Record, RecordKey, State, Value
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.round import Round
from inspections.round.school import Inspector, Roster, School
from reports.fairness.subject import Subject
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place
from scoring.fairness.measuring import measured
from tests.rubrics.strategies import GRADES

LEVELS = "ABCDE"
Answer = Callable[[Random, str, float], Mapping[str, Value]]
"""What somebody enters for an indicator, by how good the school seems to them (0 to 1)."""


def rubric(
    *,
    judged: int = 10,
    counted: int = 6,
    secret: bool = True,
    each: object = 1,
    fact: Mapping[str, object] | None = None,
    **more: object,
) -> Rubric:
    """``judged`` indicators of five levels, in two dimensions, and ``counted`` ones in a third, in
    which ``each`` fault costs so much; or with the rule ``fact``.
    """
    told = {"basis": [], "method": ["现场查看"], "evidence": "none"}
    shares = {level: str(1 - place / 4) for place, level in enumerate(LEVELS)}
    grade = {"kind": "grade", "levels": shares}
    fault = {"kind": "deduct", "faults": [{"label": "问题", "each": each}]}
    fault = dict(fact or fault)
    parts = {"A": (judged - judged // 2, grade), "B": (judged // 2, grade), "C": (counted, fault)}
    dimensions = []
    for name, (count, rule) in parts.items():
        items = [
            {"id": f"{name}{n + 1}", "title": f"{name}的第{n + 1}项", "points": 5, "rule": rule}
            | told
            for n in range(count)
        ]
        if items:
            dimensions.append(
                {"id": name, "title": f"{name}方面", "points": 5 * count, "indicators": items}
            )
    if secret and counted:
        dimensions[-1]["indicators"][-1]["confidential"] = True  # type: ignore[index]
    points = 5 * (judged + counted)
    ranges = [f"≥{points * 0.8:g}", f"[{points * 0.6:g}, {points * 0.8:g})", f"<{points * 0.6:g}"]
    grades = [{"grade": grade, "range": span} for grade, span in zip(GRADES, ranges, strict=False)]
    made = {"id": "linked", "version": "1", "title": "比较细则", "points": points, "documents": {}}
    return Rubric.model_validate(made | {"dimensions": dimensions, "grades": grades} | more)


def habits(random: Random, item: str, seems: float) -> Mapping[str, Value]:
    """Levels and counts of faults, as chance has them."""
    if item.startswith("C"):
        return {"": Decimal(sum(random.random() > seems for _ in range(2)))}
    return {"": LEVELS[sum(random.random() > seems for _ in range(4))]}


def linked(
    folder: Path,
    *,
    schools: int = 24,
    inspectors: int = 6,
    seats: int = 2,
    visits: int = 1,
    severe: Mapping[str, float] | None = None,
    careless: Collection[str] = (),
    apart: float = 0.05,
    of: Rubric | None = None,
    answer: Answer = habits,
    seed: int = 1,
    **settings: object,
) -> Subject:
    """Each school by some of ``inspectors`` (D01 ...), who change; counts are mostly seen alike.

    ``severe``: by how much worse (of 1) what is judged seems to somebody; to those who are
    ``careless`` each indicator seems as chance has it. ``apart``: how often a count is seen
    differently.
    """
    held, random = of or rubric(), Random(seed)
    occasions = tuple(f"第{n + 1}次" for n in range(visits))
    window = {"since": "2026-10-12", "until": "2026-11-06"}
    round_ = Round.model_validate(
        {"id": "r", "title": "秋季检查", "bureau": "教育局", "rubrics": [held.id]}
        | {"window": window, "occasions": occasions, "ranking": {"groups": []}}
        | settings
    )
    people = {f"D{n + 1:02}": _person(n) for n in range(inspectors)}
    places = {f"s{n}": School(f"s{n}", f"第{n + 1}学校", {}) for n in range(schools)}
    records = []
    for school in places.values():
        quality = random.uniform(0.6, 0.95)
        for occasion in occasions:
            team = random.sample(list(people), min(seats, inspectors))
            seen = random.randrange(10**9)
            day = date(2026, 10, 12) + timedelta(days=random.randrange(20))
            for who in team:
                entered = []
                for item in held.indicators:
                    apart = random.random() < (apart if item.id.startswith("C") else 0.5)
                    chance = Random(f"{seen}{item.id}{who if apart else ''}")
                    counted = item.id.startswith("C")
                    seems = quality - (0 if counted else (severe or {}).get(who, 0))
                    if who in careless and not counted:
                        seems = random.choice([0.0, 1.0])
                        chance = random
                    values = answer(chance, item.id, seems)
                    cell = Place(f"{who}.xlsx", f"{who}{school.name}", f"F{len(entered) + 9}")
                    entered.append(
                        Observation(item.id, State.CHECKED, values, places={"": cell})
                        if values
                        else Observation(item.id, State.UNCHECKED, places={"state": cell})
                    )
                arrived = datetime.combine(day, time(8, random.randrange(60)))
                records.append(
                    Record(
                        RecordKey(school.id, held.id, occasion, who),
                        held.version,
                        day,
                        (who, *(one for one in team if one != who)),
                        tuple(entered),
                        arrived=arrived,
                        left=arrived + timedelta(hours=3),
                        file=f"{who}.xlsx",
                        sheet=f"{who}{school.name}",
                    )
                )
    roster = Roster(places, people)
    opened = OpenRound(Folder(folder), round_, {held.id: held}, roster, ())
    return Subject(opened, measured(round_, opened.rubrics, roster, records))


def _person(number: int) -> Inspector:
    names = "赵钱孙李周吴郑王冯陈褚卫"
    return Inspector(f"D{number + 1:02}", f"{names[number % 12]}某{number + 1}", "督导室", "")
