"""Weights over points that share no divisor: fractions larger than any column of numpy's holds."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from inspections.records.record import RecordKey
from inspections.round.round import Combining, Round
from inspections.round.school import Roster, School
from rubrics.language.rubric import Rubric
from tests.rubrics.strategies import GRADES
from tests.scoring.entered import Habits, visit
from tests.scoring.rounds import DAYS, County
from tests.scoring.test_reference import compare

ODD = [
    Decimal(number) / 10_000
    for number in (
        202_919,
        104_729,
        86_028,
        130_363,
        155_921,
        99_991,
        74_093,
        50_021,
        12_553,
        7_919,
    )
]


def rubric(excused: str) -> Rubric:
    """Two dimensions of weights 33 and 67, each of two groups whose points are all odd."""
    dimensions = []
    for name, points, weight in (("A", ODD[:5], 33), ("B", ODD[5:], 67)):
        items = [
            {
                "id": f"{name}{n}",
                "title": f"{name}{n}",
                "points": each,
                "group": f"组{n % 2}",
                "rule": {"kind": "deduct", "faults": [{"id": "x", "label": "处", "each": "0.3"}]},
                "basis": ["N"],
                "method": ["查阅档案"],
                "excusable": True,
                "evidence": "none",
            }
            for n, each in enumerate(points)
        ]
        sums = {f"组{k}": sum(points[k::2]) for k in (0, 1)}
        shifted = {"组0": sums["组0"] - Decimal("0.0007"), "组1": sums["组1"] + Decimal("0.0007")}
        one = {"id": name, "title": name, "points": sum(points), "weight": weight}
        dimensions.append(one | {"groups": shifted, "indicators": items})
    grades = [{"grade": GRADES[0], "range": "≥60"}, {"grade": GRADES[-1], "range": "<60"}]
    return Rubric.model_validate(
        {
            "id": "odd",
            "version": "1",
            "title": "权重",
            "points": 100,
            "excused": excused,
            "dimensions": dimensions,
            "grades": grades,
            "documents": {"N": {"title": "某文"}},
        }
    )


@pytest.mark.parametrize("level", ["indicator", "total"])
@pytest.mark.parametrize("excused", ["rubric", "dimension", "group"])
def test_they_come_to_what_the_reference_says(excused: str, level: str) -> None:
    of, random = rubric(excused), Random(11)
    members = [School(f"s{n}", f"s{n}", {}) for n in range(8)]
    habits = Habits(unchecked=10, excused=30, flagged=0)
    visits = tuple(
        visit(random, of, RecordKey(school.id, of.id, "第1次", who), {}, DAYS[0], habits)
        for school in members
        for who in ("甲", "乙", "丙")
    )
    settings = Round.model_validate(
        {
            "id": "r",
            "title": "轮",
            "bureau": "局",
            "rubrics": [of.id],
            "occasions": ["第1次"],
            "window": {"since": "2025-01-01", "until": "2026-12-31"},
            "period": {"since": "2025-01-01", "until": "2026-12-31"},
            "combining": Combining(level=level, inspectors="mean").model_dump(),
            "ranking": {"groups": []},
        }
    )
    roster = Roster({school.id: school for school in members}, {})
    compare(County(settings, {of.id: of}, roster, visits))
