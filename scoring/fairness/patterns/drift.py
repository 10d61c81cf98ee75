"""Whether an inspector grows stricter or milder over the round, beside those who went along."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.patterns.chance import COUNTED, Chance, counted, drawn, own_seed
from scoring.fairness.patterns.gaps import beside_others
from scoring.fairness.patterns.pattern import (
    LEAST,
    MOST_CELLS,
    TOGETHER,
    Kind,
    Pattern,
    unknown,
)
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

_DAYS = 10


def drifts(sheets: Sheets, gaps: Floats, seed: int) -> list[Pattern]:
    """Returns for every inspector whether the distance from the others went with the day.

    ``statistic``: points of the rubric by which it rose in ten days (negative: stricter); p is
    two-sided, from all orders of the visits or random ones, since honest distances are in no order.
    Two who only went with each other have one test between them: which of the two has changed
    cannot be told. Drift of raters: Myford and Wolfe (2009), "Monitoring rater performance over
    time", Journal of Educational Measurement 46; the permutation test of a slope: Pitman (1937).

    >>> [found.words for found in drifts(sheets, gaps_of(sheets), seed=7)]  # doctest: +SKIP
    """
    found: list[Pattern] = []
    for person, own in enumerate(sheets.rows_of):
        if not len(own):
            continue
        other = sheets.always_two(person)
        if other is not None and other < person:
            continue
        who = sheets.codes(person) if other is None else sheets.codes(person, other)
        rows = beside_others(gaps, own)
        day = sheets.ratings.day[rows].astype(float)
        if len(rows) < LEAST or len(np.unique(day)) < 2:
            found.append(unknown(Kind.DRIFT, sheets.rubric, who, _cannot(len(rows), day)))
            continue
        apart = _points(sheets, gaps, rows)
        day -= day.mean()
        slope = float(day @ apart / (day @ day)) * _DAYS
        chance = _chance(day, apart, own_seed(seed, Kind.DRIFT, sheets.rubric, *who))
        order = np.argsort(-abs(day * (apart - apart.mean())), kind="stable")[: MOST_CELLS // 2]
        found.append(
            Pattern(
                Kind.DRIFT,
                sheets.rubric,
                who,
                "tested",
                _words(len(rows), slope, two=other is not None),
                slope,
                chance.p,
                tuple(sheets.sheet(row) for row in sorted(rows[order].tolist())),
                chance.draws,
                chance.seed,
            )
        )
    return found


def _points(sheets: Sheets, gaps: Floats, rows: IntArray) -> Floats:
    """The distances as points of the whole rubric, by what each indicator is worth."""
    apart, worth = gaps[rows], sheets.ratings.worth
    weight = np.isfinite(apart) * worth
    mean = np.nansum(apart * worth, axis=1) / weight.sum(axis=1)
    found: Floats = mean * float(sheets.ratings.rubric.points)
    return found


def _chance(day: Floats, apart: Floats, seed: int) -> Chance:
    apart = apart - apart.mean()
    if abs(apart).max() < 1e-9:
        return Chance(1.0, 0, None)
    seen = abs(float(day @ apart))
    if len(day) <= 8:
        every = np.array(list(permutations(apart)))
        assert len(every) <= COUNTED
        return counted(seen, abs(every @ day))

    def draw(source: np.random.Generator, count: int) -> Floats:
        mixed = source.permuted(np.broadcast_to(apart, (count, len(apart))), axis=1)
        found: Floats = abs(mixed @ day)
        return found

    return drawn(seen, draw, seed)


def _words(count: int, slope: float, *, two: bool) -> str:
    step = f"每过 {_DAYS} 天{{}} {abs(slope):.2f} 分"
    if two:
        way = "前一位比后一位" + ("宽了" if slope > 0 else "严了")
        return (
            f"两人同去的 {count} 次检查中，给分的差距随日子变化：{step.format(way)}。"
            "只看两人的表分不清是谁变了，请两位一起核对前后几次掌握的尺度。"
        )
    way = "宽了" if slope > 0 else "严了"
    return (
        f"与人同去的 {count} 次检查中，和同去的人相比，给分随日子变化：{step.format(way)}。"
        "请核对前后几次掌握的尺度是否一样。"
    )


def _cannot(count: int, day: Floats) -> str:
    if count < LEAST:
        return f"与人同去、各填一份表的检查只有 {count} 次，尺度前后是否一样无法知道。{TOGETHER}"
    return "几次检查都在同一天，尺度前后是否一样无法知道。检查分在几天，就能知道。"
