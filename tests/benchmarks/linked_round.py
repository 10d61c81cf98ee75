"""A round of any size in which everybody goes with many others: what fairness is measured on.

Entries are drawn as matrices, so that 20,000 sheets are there at once; a sheet becomes an object
where somebody looks at it, as sheets of a ledger do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from inspections.records.entered import Entered
from inspections.records.record import Observation, Observations, Record, RecordKey, State
from inspections.records.record_list import Entry, Evidence, Head, Named, RecordList, faults_of
from inspections.round.folder import Folder
from inspections.round.opened import OpenRound
from inspections.round.round import Period, Ranking, Round
from inspections.round.school import Inspector, Roster, School
from rubrics.language.rubric import Rubric
from rubrics.language.slots import slots
from rubrics.messages.problems import Place
from rubrics.rules import Slot
from scoring.fairness.ratings import Floats

STAGES = ("小学", "初中", "九年一贯制", "幼儿园")
OCCASION, START, DAYS = "第1次", date(2026, 9, 1), 100
LEVELS, JUDGED = "ABCD", 3


@dataclass(frozen=True)
class LinkedRound:
    """A round, and all sheets that came back."""

    opened: OpenRound
    records: RecordList


def linked_round(
    folder: Path,
    schools: int,
    inspectors: int,
    seed: int = 20260901,
    *,
    stock: bool = False,
) -> LinkedRound:
    """Each school by two inspectors drawn at random, who judge apart and see the same facts.

    40 indicators: 12 in four levels, 8 in half points, 8 with three readings each, 12 that are
    counted. Of kindergartens two do not apply. ``stock``: faults are told in one phrase that all
    have at hand, else each in words of its own.
    """
    random = np.random.default_rng(seed)
    rubric = _rubric()
    width = len(str(schools))
    roster = Roster(
        {
            code: School(code, f"第{at}学校", {"学段": STAGES[at % 4]})
            for at in range(schools)
            for code in [f"S{at:0{width}}"]
        },
        {
            code: Inspector(code, f"督学{at}", "督导室", code)
            for at in range(inspectors)
            for code in [f"D{at:03}"]
        },
    )
    settings = Round.model_validate(
        {
            "id": "linked",
            "title": "抽查",
            "bureau": "某局",
            "rubrics": (rubric.id,),
            "window": Period(since=START, until=START + timedelta(days=DAYS)),
            "occasions": (OCCASION,),
            "ranking": Ranking(groups=("学段",)),
        }
    )
    opened = OpenRound(Folder(folder), settings, {rubric.id: rubric}, roster, ())
    return LinkedRound(opened, _records(random, rubric, roster, stock))


class Matrices(RecordList):
    """Records whose entries are columns; rows as in ``heads``."""

    def __init__(self, heads: Sequence[Head], held: Entered, stock: bool) -> None:
        self.heads, self._held, self._stock = heads, held, stock

    def entered(self) -> Entered:
        return self._held

    def chosen(self, places: Sequence[int]) -> Matrices:
        return Matrices(
            [self.heads[place] for place in places], self._held.chosen(places), self._stock
        )

    def record(self, place: int) -> Record:
        head, held = self.heads[place], self._held

        def made(owner: str) -> Observation:
            at = {
                key: held.values[held.cells[place, column]]
                for column, (whose, key) in enumerate(held.addresses)
                if whose == owner
            }
            where = "现场" if self._stock else head.sheet
            fault = f"{where}有问题，当场说明" if at.get("") else ""
            return Observation(owner, State.CHECKED, at, fault=fault)

        seen = Observations(held.owners, made)
        return Record(head.key, "1", head.day, (head.key.inspector,), seen)

    def place_of(self, place: int, owner: str, key: str) -> Place:
        head = self.heads[place]
        return Place(head.file, head.sheet, f"{owner}.{key}")

    def answer(self, place: int, owner: str) -> Observation | None:
        return self.record(place).observation(owner)

    def entries(self) -> Iterator[list[Entry]]:
        raise NotImplementedError

    def named(self) -> Iterator[list[Named]]:
        raise NotImplementedError

    def faults(self, places: Sequence[int]) -> Iterator[Mapping[str, str]]:
        return (faults_of(self.record(place)) for place in places)

    def proved(self, place: int) -> Mapping[str, Evidence]:
        return {}

    def digests(self) -> Iterator[str]:
        raise NotImplementedError

    def with_records(self, changed: Mapping[int, Record]) -> RecordList:
        raise NotImplementedError

    def with_evidence(self, bound: Mapping[int, Mapping[str, Evidence]]) -> RecordList:
        raise NotImplementedError


def _records(random: np.random.Generator, rubric: Rubric, roster: Roster, stock: bool) -> Matrices:
    schools, inspectors = len(roster.schools), len(roster.inspectors)
    first = random.integers(0, inspectors, schools)
    second = (first + random.integers(1, inspectors, schools)) % inspectors
    inspector = np.stack([first, second], axis=1).ravel()
    school = np.repeat(np.arange(schools), 2)
    quality = random.normal(0.75, 0.1, schools)[school]
    strict = random.normal(0, 0.04, inspectors)[inspector]
    addresses: list[tuple[str, str]] = []
    columns: list[np.ndarray] = []
    values: list[Any] = []
    for item in rubric.indicators:
        for slot in slots(item):
            own, cells = _entered(random, slot, quality, strict, school)
            addresses.append((item.id, slot.key))
            columns.append(cells + len(values))
            values += own
    owners = tuple(item.id for item in rubric.indicators)
    states = np.full((2 * schools, len(owners)), list(State).index(State.CHECKED), np.int8)
    held = Entered(
        owners,
        tuple(addresses),
        tuple(values),
        states,
        np.zeros_like(states),
        np.stack(columns, axis=1).astype(np.int32),
    )
    return Matrices(_heads(random, rubric, roster, school, inspector), held, stock)


def _entered(
    random: np.random.Generator, slot: Slot, quality: Floats, strict: Floats, school: np.ndarray
) -> tuple[list[Any], np.ndarray]:
    """All values that a slot may have, and which of them stands in each row."""
    size = len(school) // 2

    def fact(drawn: np.ndarray) -> np.ndarray:
        slip = random.random(len(school)) < 0.01
        return drawn[school] + slip

    if slot.entry in ("choice", "points"):
        seen = quality - strict + random.normal(0, 0.1, size)[school]
        seen = seen + random.normal(0, 0.08, len(school))
        if slot.entry == "choice":
            return list(LEVELS), np.clip(np.floor((1 - seen) * 6), 0, 3).astype(int)
        halves = 2 * JUDGED
        marks = np.clip(np.rint(halves * seen), 0, halves).astype(int)
        return [Decimal(n) / 2 for n in range(halves + 1)], marks
    if slot.entry == "number":
        degrees = fact(np.clip(np.rint(random.normal(55, 15, size)), 0, 110))
        return [Decimal(n) / 10 for n in range(112)], degrees.astype(int)
    faults = fact(random.poisson(3 * np.clip(1 - quality[::2], 0, 1)))
    return [Decimal(n) for n in range(40)], np.minimum(faults, 39).astype(int)


def _heads(
    random: np.random.Generator,
    rubric: Rubric,
    roster: Roster,
    school: np.ndarray,
    inspector: np.ndarray,
) -> list[Head]:
    schools, people = list(roster.schools.values()), list(roster.inspectors)
    day = random.integers(0, DAYS, len(schools))
    arrived = 8 * 60 + 30 + 5 * random.integers(0, 60, len(schools))
    took = 5 * np.rint(20 * np.exp(random.normal(0, 0.2, len(schools)))).astype(int)
    found = []
    for row, (at, who) in enumerate(zip(school.tolist(), inspector.tolist(), strict=True)):
        own = START + timedelta(days=int(day[at]))
        start = datetime(own.year, own.month, own.day) + timedelta(minutes=int(arrived[at]))
        key = RecordKey(schools[at].id, rubric.id, OCCASION, people[who])
        left = start + timedelta(minutes=int(took[at]))
        told = f"{people[who]}/{schools[at].name}.xlsx", schools[at].name, f"{row:064x}"
        found.append(Head(key, own, start, left, *told))
    return found


def _rubric() -> Rubric:
    levels = {"A": "1", "B": "0.7", "C": "0.4", "D": "0"}
    reading = {"within": "[0, 8]", "label": "温度", "unit": "℃", "samples": 3, "each": 1}
    faults = [{"label": "问题", "each": "0.5", "unit": "处"}]
    kinds: list[tuple[str, int, int, dict[str, Any]]] = [
        ("A", 12, JUDGED, {"kind": "grade", "levels": levels}),
        ("B", 8, JUDGED, {"kind": "points", "step": "0.5"}),
        ("C", 8, 2, {"kind": "threshold", "readings": [reading]}),
        ("D", 12, 2, {"kind": "deduct", "faults": faults}),
    ]
    return Rubric.model_validate(
        {
            "id": "linked",
            "version": "1",
            "title": "比较用细则",
            "documents": {"文1": {"title": "比较用文件"}},
            "dimensions": [
                {
                    "id": name,
                    "title": name,
                    "points": count * points,
                    "indicators": [
                        {
                            "id": f"{name}{n + 1}",
                            "title": f"{name} 第{n + 1}项",
                            "points": points,
                            "rule": rule,
                            "basis": ["文1"],
                            "method": ["现场查看"],
                            "evidence": "none",
                            "when": {"学段": list(STAGES[:3])} if (name, n) in _SOME else None,
                        }
                        for n in range(count)
                    ],
                }
                for name, count, points, rule in kinds
            ],
            "grades": [
                {"grade": "优秀", "range": "≥90"},
                {"grade": "良好", "range": "[75, 90)"},
                {"grade": "合格", "range": "[60, 75)"},
                {"grade": "不合格", "range": "<60"},
            ],
        }
    )


_SOME = {("A", 11), ("D", 11)}
