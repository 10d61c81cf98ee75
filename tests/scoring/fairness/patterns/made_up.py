"""Made-up rounds: honest inspectors of every kind, and one who does what a test looks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from inspections.records.record import Observation, Record, RecordKey
from inspections.records.record_list import Entry, Evidence, Head, Named, RecordList
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place
from rubrics.values.points import SCALE, IntArray
from scoring.engine.applicability import applicability
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns, layout
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import ratings_of
from tests.scoring.small import item, rubric

Floats = npt.NDArray[np.float64]
Design = Literal["pairs", "mixed", "alone"]

START = date(2026, 10, 12)
JUDGED, MEASURED, COUNTED = 6, 4, 5
ELAPSED: dict[str, int] = {}


def a_rubric(places: int = 2) -> Rubric:
    """Six judged indicators, four with three readings each, five that are counted: 100 points."""
    judged = [item(f"A{n}", 10, rule={"kind": "points", "step": "0.5"}) for n in range(1, 7)]
    reading = {"within": "[0, 8]", "label": "温度", "unit": "℃", "samples": 3, "each": 1}
    measured = [
        item(f"B{n}", 5, rule={"kind": "threshold", "readings": [reading]}) for n in range(1, 5)
    ]
    faults = [{"label": "问题", "each": 1, "unit": "处"}]
    counted = [item(f"C{n}", 4, rule={"kind": "deduct", "faults": faults}) for n in range(1, 6)]
    return rubric(*judged, *measured, *counted, places=places, visit={"min_minutes": 60})


@dataclass
class Round:
    """What the inspectors of a round enter, before it is put in columns.

    ``judged``: records x 6, points in halves; ``read``: records x 4 x 3, ℃; ``faults``: records x
    5, counts; ``arrived`` and ``minutes`` by record. Mutable: a pattern is planted in it.
    """

    school: IntArray
    inspector: IntArray
    day: IntArray
    judged: Floats
    read: Floats
    faults: IntArray
    arrived: IntArray
    minutes: IntArray
    texts: dict[tuple[int, str], str] = field(default_factory=dict)

    def of(self, inspector: int) -> IntArray:
        """The rows of one inspector."""
        found: IntArray = np.flatnonzero(self.inspector == inspector)
        return found

    def sheets(self, of: Rubric | None = None) -> Sheets:
        """As the program gets it."""
        of = of or a_rubric()
        owners, slots = layout(of)
        rows = len(self.school)
        order = np.lexsort((self.inspector, self.school))
        units = np.zeros((rows, len(slots)), np.int64, "F")
        entered = [
            *((f"A{n + 1}", self.judged[:, n]) for n in range(JUDGED)),
            *((f"B{n + 1}.{k + 1}", self.read[:, n, k]) for n in range(MEASURED) for k in range(3)),
            *((f"C{n + 1}", self.faults[:, n]) for n in range(COUNTED)),
        ]
        given = np.zeros((rows, len(slots)), bool, "F")
        for name, values in entered:
            there = np.isfinite(values)
            units[:, slots[name]] = np.rint(np.where(there, values, 0) * SCALE)[order]
            given[:, slots[name]] = there[order]
        count = int(self.school.max(initial=-1)) + 1
        schools = [School(f"s{n}", f"第{n}学校", {}) for n in range(count)]
        people = tuple(f"P{n:03d}" for n in range(int(self.inspector.max(initial=-1)) + 1))
        states = np.full((rows, len(owners)), CHECKED, np.int8, "F")
        columns = Columns(
            schools,
            ("第1次",),
            self.school[order],
            np.zeros(rows, np.int64),
            self.day[order] + START.toordinal(),
            slots,
            units,
            given,
            owners,
            states,
            np.ones(states.shape, bool, "F"),
            applicability([{} for _ in schools]),
            inspectors=people,
            inspector=self.inspector[order],
        )
        heads = [self._head(row, people) for row in order.tolist()]
        texts = {
            (at, owner): self.texts[row, owner]
            for at, row in enumerate(order.tolist())
            for held, owner in self.texts
            if held == row
        }
        return Sheets(ratings_of(of, columns, ELAPSED), columns, Heads(heads, texts))

    def _head(self, row: int, people: Sequence[str]) -> Head:
        day = START + timedelta(days=int(self.day[row]))
        arrived = datetime(day.year, day.month, day.day) + timedelta(minutes=int(self.arrived[row]))
        key = RecordKey(f"s{self.school[row]}", "sample", "第1次", people[self.inspector[row]])
        left = arrived + timedelta(minutes=int(self.minutes[row]))
        told = f"{people[self.inspector[row]]}.xlsx", f"第{self.school[row]}学校", f"{row:064x}"
        return Head(key, day, arrived if self.minutes[row] else None, left, *told)


class Heads(RecordList):
    """Records of which only heads, places and fault texts are asked for."""

    def __init__(self, heads: Sequence[Head], texts: Mapping[tuple[int, str], str]) -> None:
        self.heads = heads
        self.texts = texts

    def record(self, place: int) -> Record:
        raise NotImplementedError

    def faults(self, places: Sequence[int]) -> Iterator[Mapping[str, str]]:
        """Those that were given."""
        for place in places:
            yield {owner: text for (row, owner), text in self.texts.items() if row == place}

    def place_of(self, place: int, owner: str, key: str) -> Place:
        """A cell named by what stands in it."""
        return Place(self.heads[place].file, self.heads[place].sheet, f"{owner}.{key}")

    def answer(self, place: int, owner: str) -> Observation | None:
        raise NotImplementedError

    def chosen(self, places: Sequence[int]) -> RecordList:
        raise NotImplementedError

    def entries(self) -> Iterator[list[Entry]]:
        raise NotImplementedError

    def named(self) -> Iterator[list[Named]]:
        raise NotImplementedError

    def proved(self, place: int) -> Mapping[str, Evidence]:
        raise NotImplementedError

    def digests(self) -> Iterator[str]:
        raise NotImplementedError

    def with_records(self, changed: Mapping[int, Record]) -> RecordList:
        raise NotImplementedError

    def with_evidence(self, bound: Mapping[int, Mapping[str, Evidence]]) -> RecordList:
        raise NotImplementedError


def honest(
    seed: int, *, people: int = 12, visits: int = 60, design: Design = "pairs", tough: bool = True
) -> Round:
    """A round of honest inspectors, who differ in what is no pattern where ``tough``.

    Some are stricter, over all and by indicator, some less exact, some slower; schools are better
    or worse in all, have thermometers that show whole or half degrees, and are further from the
    truth where they are weak. Two at one school see the same facts, but for one in fifty.
    ``design``: always the same two, any two, or one by himself. Schools in the order of the days.
    """
    chance = np.random.default_rng(seed)
    quality = chance.normal(0, 1, visits) * 0.7
    truth = 8 + quality[:, None] + chance.normal(0, 0.9, (visits, JUDGED))
    strict = chance.normal(0, 0.4, (people, 1)) + chance.normal(0, 0.2, (people, JUDGED))
    exact = chance.uniform(0.35, 0.8, people)
    slow = chance.normal(0, 0.15, people)
    if not tough:
        strict, exact, slow = 0 * strict, np.full(people, 0.5), 0 * slow
    level = chance.normal(4.5, 1.2, (visits, MEASURED)) - 0.4 * quality[:, None]
    read = level[:, :, None] + chance.normal(0, 0.4, (visits, MEASURED, 3))
    step = chance.choice([0.1, 0.1, 0.1, 0.5, 1.0] if tough else [0.1], visits)
    read = np.rint(read / step[:, None, None]) * step[:, None, None]
    faults = chance.poisson(np.exp(-0.9 - 0.6 * quality)[:, None], (visits, COUNTED))
    minutes = 100 * np.exp(chance.normal(0, 0.2, visits))
    made: list[tuple[int, int]] = []
    for visit in range(visits):
        match design:
            case "pairs":
                first = 2 * int(chance.integers(people // 2))
                team = [first, first + 1]
            case "mixed":
                team = chance.choice(people, 2, replace=False).tolist()
            case "alone":
                team = [int(chance.integers(people))]
        made += [(visit, person) for person in sorted(team)]
    school, person = (np.array(part) for part in zip(*made, strict=True))
    noise = chance.normal(0, 1, (len(school), JUDGED)) * exact[person][:, None]
    weak = 1 + 0.4 * (quality[school] < -0.5) if tough else np.ones(len(school))
    judged = truth[school] + strict[person] + noise * weak[:, None]
    slip = chance.random((len(school), COUNTED)) < 0.02
    took = minutes[school] * np.exp(slow[person - person % 2 if design == "pairs" else person])
    return Round(
        school,
        person,
        school * 20 // visits,
        np.clip(np.rint(judged * 2) / 2, 0, 10),
        read[school],
        faults[school] + slip,
        8 * 60 + 30 + 5 * chance.integers(0, 6, visits)[school],
        np.maximum(np.rint(took / 5) * 5, 5).astype(int),
    )
