"""Scoring whole matrices, beside pandas doing the same arithmetic on the same numbers.

45 indicators (faults counted, things missing, readings in bands), of which one in nine does not
apply to kindergartens; two inspectors; mean, normalisation, one rounding, ranks within stages. All
in whole numbers on both sides, so that both must agree to the last digit. Ours also gives states,
dimensions, medians, key items, red lines and grades.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from inspections.round.round import Ranking
from inspections.round.school import School
from rubrics.language.rubric import Indicator, Rubric
from rubrics.rules import Bands, Checklist, Deduct
from rubrics.values.points import SCALE, to_units
from scoring.engine.applicability import applicability
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns, layout
from scoring.results.figures import Figures, score_columns
from tests.benchmarks.timing import Contender, Subject

STAGES = ("小学", "初中", "九年一贯制", "幼儿园")
INSPECTORS = 2
LONG = 50_000
"""A row for every cell of more schools would not fit into memory."""

RANKING = Ranking(groups=("学段",))
RANGES, SHARES, EDGES = (
    ("≤60", "(60, 70]", "(70, 90]", ">90"),
    (100, 75, 50, 0),
    [-1, 60, 70, 90, 10**6],
)
FULL, CENT = 1_000_000, 100
"""100 points and 0.01 point in units of 1/10000."""


def subjects(folder: Path, large: bool) -> Iterator[Subject]:
    """Yields 10,000 schools, and with ``large`` also 500,000; nothing is written to ``folder``."""
    yield _subject(10_000, rounds=15)
    if large:
        yield _subject(500_000, rounds=2)


def _subject(schools: int, rounds: int) -> Subject:
    rubric = _rubric()
    columns = _columns(rubric, schools)
    wide = _wide(columns)
    ours, theirs = score_columns(rubric, columns, ranking=RANKING), by_pandas(rubric, wide)
    _agree(ours, theirs)
    contenders = [
        Contender("本工具", partial(score_columns, rubric, columns, ranking=RANKING)),
        Contender("pandas（宽表 groupby）", partial(by_pandas, rubric, wide)),
    ]
    if schools <= LONG:
        long = _long(rubric, wide)
        _agree(ours, by_pandas_long(rubric, long))
        contenders.append(
            Contender("pandas（长表 groupby）", partial(by_pandas_long, rubric, long))
        )
    title = f"计分：{schools:,} 校×{len(rubric.indicators)} 项×{INSPECTORS} 人"
    return Subject(title, "校", schools, tuple(contenders), rounds)


def by_pandas(rubric: Rubric, wide: pd.DataFrame) -> pd.DataFrame:
    """Scores one row a record, one column a slot; returns total and rank by school."""
    records = {}
    for item in rubric.indicators:
        points, rule = to_units(item.points), item.rule
        match rule:
            case Deduct():
                cost = wide[item.id] * to_units(rule.faults[0].each)
                earned = (points - cost).clip(lower=0)
            case Checklist():
                names = [f"{item.id}.{part.id}" for part in rule.items]
                missing = len(names) - wide[names].sum(axis=1)
                earned = (points - missing * to_units(rule.each or 0)).clip(lower=0)
            case Bands():
                worth = np.array([to_units(band.points) for band in rule.bands])
                earned = pd.Series(worth[pd.cut(wide[item.id], EDGES, labels=False)])
            case _:
                raise TypeError(rule.kind)
        records[item.id] = earned.where(wide["stage"] != "幼儿园") if item.when else earned
    table = pd.DataFrame(records)
    grouped = table.groupby(wide["school"])
    means = _half_up(grouped.sum(), INSPECTORS)
    points_of = pd.Series({item.id: to_units(item.points) for item in rubric.indicators})
    applicable = (grouped.count() > 0).astype("int64").mul(points_of).sum(axis=1)
    return _ranked(wide.groupby("school")["stage"].first(), means.sum(axis=1), applicable)


def by_pandas_long(rubric: Rubric, long: pd.DataFrame) -> pd.DataFrame:
    """The same from one row a record and indicator, as a database would give it."""
    rules = pd.DataFrame(
        {
            "indicator": [item.id for item in rubric.indicators],
            "kind": [item.rule.kind for item in rubric.indicators],
            "points": [to_units(item.points) for item in rubric.indicators],
            "each": [_each(item) for item in rubric.indicators],
            "narrow": [item.when is not None for item in rubric.indicators],
        }
    )
    rows = long.merge(rules, on="indicator")
    rows = rows[~(rows["narrow"] & (rows["stage"] == "幼儿园"))]
    share = np.array(SHARES)[pd.cut(rows["value"], EDGES, labels=False)]
    counted = (rows["points"] - rows["value"] * rows["each"]).clip(lower=0)
    rows["earned"] = np.where(rows["kind"] == "bands", rows["points"] * share // 100, counted)
    cells = rows.groupby(["school", "indicator"]).agg(
        earned=("earned", "sum"), points=("points", "first")
    )
    cells["earned"] = _half_up(cells["earned"], INSPECTORS)
    sums = cells.groupby("school").sum()
    return _ranked(long.groupby("school")["stage"].first(), sums["earned"], sums["points"])


def _each(item: Indicator) -> int:
    """What one fault, or one missing thing, costs."""
    match item.rule:
        case Deduct():
            return to_units(item.rule.faults[0].each)
        case Checklist():
            return to_units(item.rule.each or 0)
    return 0


def _ranked(stage: pd.Series, earned: pd.Series, applicable: pd.Series) -> pd.DataFrame:
    found = pd.DataFrame({"stage": stage})
    found["total"] = _half_up(earned.astype("int64") * FULL, applicable * CENT) * CENT
    found["rank"] = found.groupby("stage")["total"].rank(method="min", ascending=False)
    return found


def _half_up(numerator: Any, denominator: Any) -> Any:
    return (2 * numerator + denominator) // (2 * denominator)


def _agree(ours: Figures, theirs: pd.DataFrame) -> None:
    """Nothing is timed before both say the same of every school."""
    assert np.array_equal(ours.total, theirs["total"])
    assert np.array_equal(ours.ranked.rank, theirs["rank"])
    assert len(np.unique(ours.total)) > 1


def _rubric() -> Rubric:
    """45 indicators, 15 of each kind, 2 or 3 points each, 100 in all."""
    indicators = [_indicator(number) for number in range(45)]
    sizes = [sum(item["points"] for item in indicators[start::3]) for start in range(3)]
    return Rubric.model_validate(
        {
            "id": "benchmark",
            "version": "1",
            "title": "比较用细则",
            "dimensions": [
                {
                    "id": "ABC"[start],
                    "title": "ABC"[start],
                    "points": size,
                    "indicators": indicators[start::3],
                }
                for start, size in enumerate(sizes)
            ],
            "grades": [
                {"grade": "优秀", "range": "≥90"},
                {"grade": "良好", "range": "[75, 90)"},
                {"grade": "合格", "range": "[60, 75)"},
                {"grade": "不合格", "range": "<60"},
            ],
            "documents": {},
        }
    )


def _indicator(number: int) -> dict[str, Any]:
    points = 3 if number % 9 == 0 or number % 9 == 4 else 2
    rules = (
        {"kind": "deduct", "faults": [{"label": "问题", "each": "0.5"}]},
        {
            "kind": "checklist",
            "each": "0.5",
            "items": [{"id": f"m{place}", "label": "材料"} for place in range(4)],
        },
        {
            "kind": "bands",
            "label": "分钟",
            "bands": [
                {"range": text, "points": Decimal(points) * share / 100}
                for text, share in zip(RANGES, SHARES, strict=True)
            ],
        },
    )
    return {
        "id": f"I{number + 1}",
        "title": f"第{number + 1}项",
        "points": points,
        "rule": rules[number % 3],
        "basis": [],
        "method": ["现场查看"],
        "evidence": "none",
        "when": {"学段": ["小学", "初中", "九年一贯制"]} if number % 9 == 0 else None,
    }


def _columns(rubric: Rubric, count: int) -> Columns:
    """Random entries of ``count`` schools, seen by two inspectors each."""
    random = np.random.default_rng(20260901)
    schools = [School(f"S{n}", f"第{n}学校", {"学段": STAGES[n % 4]}) for n in range(count)]
    owners, addresses = layout(rubric)
    rows = count * INSPECTORS
    units = np.empty((rows, len(addresses)), np.int64, "F")
    for item in rubric.indicators:
        for name, place in addresses.items():
            if name.partition(".")[0] == item.id:
                most = {"deduct": 6, "checklist": 2, "bands": 120}[item.rule.kind]
                units[:, place] = random.integers(0, most, rows) * SCALE
    shape = (rows, len(owners))
    return Columns(
        schools=schools,
        occasions=("第1次",),
        school=np.repeat(np.arange(count), INSPECTORS),
        occasion=np.zeros(rows, np.int64),
        days=np.full(rows, 739_500),
        slots=addresses,
        units=units,
        given=np.ones(units.shape, bool, "F"),
        owners=owners,
        states=np.full(shape, CHECKED, np.int8, "F"),
        evidence=np.ones(shape, bool, "F"),
        applies=applicability([school.traits for school in schools]),
    )


def _wide(columns: Columns) -> pd.DataFrame:
    frame = pd.DataFrame(
        {name: columns.units[:, place] // SCALE for name, place in columns.slots.items()}
    )
    frame.insert(0, "school", columns.school)
    stages = np.array([str(school.traits["学段"]) for school in columns.schools])
    frame.insert(1, "stage", stages[columns.school])
    return frame


def _long(rubric: Rubric, wide: pd.DataFrame) -> pd.DataFrame:
    values = {}
    for item in rubric.indicators:
        if isinstance(item.rule, Checklist):
            names = [f"{item.id}.{part.id}" for part in item.rule.items]
            values[item.id] = len(names) - wide[names].sum(axis=1)
        else:
            values[item.id] = wide[item.id]
    frame = pd.DataFrame({"school": wide["school"], "stage": wide["stage"], **values})
    return frame.melt(["school", "stage"], var_name="indicator", value_name="value")
