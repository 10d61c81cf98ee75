"""Whether the indicators of one record go up and down together, beyond school and indicator."""

from __future__ import annotations

import numpy as np

from scoring.fairness.patterns.chance import Chance, drawn, own_seed
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

_AT_ONCE = 500_000
"""So many numbers are shuffled at once."""


def halos(sheets: Sheets, gaps: Floats, seed: int) -> list[Pattern]:
    """Returns for every inspector whether an impression of the school as a whole colours all.

    What two see differently at one school ought to differ by indicator; under a halo one of them
    is above the other in all, or below in all. ``statistic``: the mean correlation between
    indicators of the distances from the others at the same visit. p is one-sided, from shuffling
    every indicator's distances among the visits: school, indicator and how strict somebody is in
    it stay as they are, and nothing else is assumed. Two who only went with each other have one
    test between them. Halo: Thorndike (1920); as a correlated residual: Murphy, Jako and Anhalt
    (1993), "Nature and consequences of halo error", Journal of Applied Psychology 78.

    >>> [found.p for found in halos(sheets, gaps_of(sheets), seed=7)]  # doctest: +SKIP
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
        apart = gaps[rows]
        varied = _varied(apart)
        if len(rows) < LEAST or len(varied) < 2:
            words = _cannot(len(rows), len(varied))
            found.append(unknown(Kind.HALO, sheets.rubric, who, words))
            continue
        scaled = _scaled(apart[:, varied])
        whole = scaled.sum(axis=1)
        seen = float(whole @ whole)
        size = len(varied)
        correlation = (seen / len(rows) - size) / (size * (size - 1))
        chance = _chance(
            seen,
            scaled,
            np.isfinite(apart[:, varied]),
            own_seed(seed, Kind.HALO, sheets.rubric, *who),
        )
        first = np.argsort(-abs(whole), kind="stable")[:3]
        cells = [
            sheets.cell(int(rows[row]), int(varied[column]))
            for row in sorted(first.tolist())
            for column in np.argsort(-abs(scaled[row]), kind="stable")[: MOST_CELLS // 3]
            if scaled[row, column]
        ]
        found.append(
            Pattern(
                Kind.HALO,
                sheets.rubric,
                who,
                "tested",
                _words(len(rows), size, correlation, two=other is not None),
                correlation,
                chance.p,
                tuple(cells),
                chance.draws,
                chance.seed,
            )
        )
    return found


def _varied(apart: Floats) -> np.ndarray:
    """The indicators in which somebody ever differed otherwise than always."""
    there = np.isfinite(apart)
    filled = np.where(there, apart, 0)
    count = np.maximum(there.sum(axis=0), 1)
    mean = filled.sum(axis=0) / count
    spread = np.where(there, abs(apart - mean), 0).max(axis=0, initial=0)
    return np.flatnonzero((there.sum(axis=0) > 1) & (spread > 1e-6))


def _scaled(apart: Floats) -> Floats:
    """Each indicator with mean 0 and standard deviation 1; 0 where not known."""
    scaled = (apart - np.nanmean(apart, axis=0)) / np.nanstd(apart, axis=0)
    found: Floats = np.where(np.isfinite(scaled), scaled, 0)
    return found


def _chance(seen: float, scaled: Floats, there: np.ndarray, seed: int) -> Chance:
    # Indicators that were known at the same visits are shuffled at once.
    groups: dict[bytes, list[int]] = {}
    for column, own in enumerate(there.T):
        groups.setdefault(own.tobytes(), []).append(column)
    held = [
        (rows, np.ascontiguousarray(scaled[np.ix_(rows, np.array(columns))].T))
        for columns in groups.values()
        for rows in [np.flatnonzero(there[:, columns[0]])]
    ]

    def draw(source: np.random.Generator, count: int) -> Floats:
        whole = np.zeros((count, len(scaled)))
        for rows, values in held:
            for at in range(0, count, most := max(1, _AT_ONCE // values.size)):
                some = np.broadcast_to(values, (min(most, count - at), *values.shape))
                whole[at : at + most, rows] += source.permuted(some, axis=2).sum(axis=1)
        found: Floats = (whole * whole).sum(axis=1)
        return found

    return drawn(seen, draw, seed)


def _words(count: int, size: int, correlation: float, *, two: bool) -> str:
    whom = "两人同去" if two else "与人同去"
    between = "两人" if two else "和同去的人"
    which = "只看两人的表分不清是谁，请两位一起核对" if two else "请核对"
    return (
        f"{whom}的 {count} 次检查中，{between}有出入的 {size} 项指标，"
        f"一次检查里常常一齐偏高、一齐偏低（平均相关 {correlation:.2f}，各项各看应接近 0）。"
        "可能是总的印象影响了各项，也可能两人看的班级、时段不同；"
        f"{which}这几次是否逐项看了、逐项评了。"
    )


def _cannot(count: int, size: int) -> str:
    if count < LEAST:
        return f"与人同去、各填一份表的检查只有 {count} 次，各项是否同高同低无法知道。{TOGETHER}"
    return (
        f"与同去的人有出入的指标只有 {size} 项，各项是否同高同低无从比较；"
        "两人给分本来一致，不必再查。"
    )
