"""Whether totals stand just above a grade's edge and hardly below it (89.9 against 90)."""

from __future__ import annotations

from decimal import Decimal
from math import erfc

import numpy as np

from rubrics.language.rubric import Rubric
from rubrics.values.points import IntArray
from scoring.fairness.patterns.pattern import MOST_CELLS, Kind, Pattern, unknown
from scoring.fairness.patterns.sheets import Sheets
from scoring.fairness.ratings import Floats

_TELLING = 0.05
_COUNTED = 600
_BINS = 4


def edges(sheets: Sheets) -> list[Pattern]:
    """Returns for every inspector, and for the round as a whole, whether totals gather at edges.

    Totals within two points (of 100) of an edge fall in four bins of a point: two below, two from
    the edge on. Whole points are as common in each, and a total is rounded before it is placed, so
    that the lattice of totals favours none. If nobody looks at the edge, the density is smooth:
    log-linear over four points. p is the chance of so many more just above than just below, given
    how many there are and where they lie on the whole (the sufficient statistics of that line), so
    that a density that rises or falls is no bunching: all ways counted, up to 600 totals; normal
    beyond. ``statistic``: the share that stand above of those within a point. The round as a whole
    (no inspector) takes each visit's mean. With one inspector's sheets there is little to see: of
    twenty, four lie within a point of an edge, and who lifts each of those that fall short moves
    two. Even who knew for certain that above and below are as likely could tell it, among a hundred
    tests, in none of 100 rounds of 120 visits by twelve (lifted by up to two points: 12), of 240
    visits in 12 (89); see ``simulations/edge_bound``. McCrary (2008), "Manipulation of the running
    variable in the regression discontinuity design", Journal of Econometrics 142; the window test:
    Cattaneo, Titiunik and Vazquez-Bare (2017), Journal of Policy Analysis and Management 36.

    >>> [found.p for found in edges(sheets)]  # doctest: +SKIP
    """
    ratings = sheets.ratings
    marks, inclusive = _edges(ratings.rubric)
    found: list[Pattern] = []
    for person, own in enumerate(sheets.rows_of):
        if len(own):
            who = sheets.codes(person)
            found.append(_pattern(sheets, who, own, ratings.total[own], marks, inclusive))
    first, whose = np.unique(ratings.visit, return_index=True, return_inverse=True)[1:]
    known = np.isfinite(ratings.total)
    count = np.bincount(whose, known, len(first))
    total = np.bincount(whose, np.where(known, ratings.total, 0), len(first))
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    found.append(_pattern(sheets, (), first, mean, marks, inclusive))
    return found


def _pattern(
    sheets: Sheets,
    who: tuple[str, ...],
    rows: IntArray,
    totals: Floats,
    marks: Floats,
    inclusive: np.ndarray,
) -> Pattern:
    rubric = sheets.ratings.rubric
    width = _width(rubric, marks)
    bins = _bins(np.round(totals, rubric.places), marks, inclusive, width)
    counts = np.bincount(bins[bins >= 0], minlength=_BINS)
    p, least = chance_of_edge(counts)
    shown = f"{Decimal(str(round(width, 4))).normalize():f}"
    if least > _TELLING:
        words = (
            f"离等次线 {shown} 分上下的表只有 {counts[1] + counts[2]} 份，是否紧贴等次线无法知道。"
            "表多了，就能知道。"
        )
        return unknown(Kind.EDGE, sheets.rubric, who, words)
    what = "份表" if who else "次检查"
    words = (
        f"总分刚够等次线（高出不到 {shown} 分）的有 {counts[2]} {what}，"
        f"差 {shown} 分以内没够上的只有 {counts[1]} {what}；"
        f"再远一些，高的 {counts[3]}，低的 {counts[0]}。也许碰巧，也许定分时看了等次线；"
        "请核对刚够线的这几份，酌情的分数是否都有依据。"
        if counts[2] > counts[1]
        else f"总分刚够等次线的有 {counts[2]} {what}，"
        f"差 {shown} 分以内没够上的有 {counts[1]} {what}，没有集中在线上。"
    )
    near = counts[1] + counts[2]
    return Pattern(
        Kind.EDGE,
        sheets.rubric,
        who,
        "tested",
        words,
        float(counts[2] / near) if near else 0.5,
        p,
        tuple(sheets.sheet(int(row)) for row in rows[bins == 2][:MOST_CELLS]),
    )


def _edges(rubric: Rubric) -> tuple[Floats, np.ndarray]:
    """Where a better grade begins (on demerits below 0), and whether that is in it."""
    found: dict[float, bool] = {}
    for band in rubric.grades:
        end = band.range.high if rubric.scale == "demerits" else band.range.low
        closed = band.range.high_closed if rubric.scale == "demerits" else band.range.low_closed
        if end is not None:
            found[float(-end if rubric.scale == "demerits" else end)] = closed
    lowest = float(-rubric.points if rubric.scale == "demerits" else 0)
    held = {mark: closed for mark, closed in sorted(found.items()) if mark > lowest}
    return np.array(list(held), float), np.array(list(held.values()), bool)


def _width(rubric: Rubric, marks: Floats) -> float:
    """A point of 100, or less where edges lie nearer than four of them."""
    apart = float(np.diff(marks).min(initial=np.inf))
    return min(float(rubric.points) / 100, apart / _BINS)


def _bins(totals: Floats, marks: Floats, inclusive: np.ndarray, width: float) -> IntArray:
    """The bin of each total, -1 where it is near no edge."""
    found = np.full(len(totals), -1)
    for mark, closed in zip(marks, inclusive, strict=True):
        far = np.round((totals - mark) / width, 9)
        place = (np.floor(far) if closed else np.ceil(far) - 1) + _BINS // 2
        near = np.isfinite(place) & (place >= 0) & (place < _BINS)
        found[near] = place[near].astype(int)
    return found


def chance_of_edge(counts: IntArray) -> tuple[float, float]:
    """Returns the chance of so many more just above an edge than just below, and the least of it.

    ``counts``: of the four bins, upwards. The second is the p that the most extreme counts with
    the same sum and the same mean would have: above 0.05 nothing can be told.

    >>> [round(value, 4) for value in chance_of_edge(np.array([3, 0, 9, 3]))]
    [0.0078, 0.0078]
    """
    total, place = int(counts.sum()), int(counts @ np.arange(_BINS))
    if total > _COUNTED:
        return _normal(counts), 0.0
    third, second = np.meshgrid(np.arange(place // 3 + 1), np.arange(place // 2 + 1))
    first = place - 2 * second - 3 * third
    zero = total - first - second - third
    there = (first >= 0) & (zero >= 0)
    held = np.stack([zero[there], first[there], second[there], third[there]])
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])
    weight = -logs[held].sum(axis=0)
    weight = np.exp(weight - weight.max())
    more = held[2] - held[1]
    whole = float(weight.sum())
    p = float(weight[more >= counts[2] - counts[1]].sum()) / whole
    return p, float(weight[more == more.max()].sum()) / whole


def _normal(counts: IntArray) -> float:
    """The same by its mean and variance under the line that fits."""
    place = np.arange(_BINS) - (_BINS - 1) / 2
    design = np.stack([np.ones(_BINS), place])
    line = np.array([np.log(counts.mean()), 0.0])
    for _ in range(50):
        fit = np.exp(line @ design)
        step = np.linalg.solve(design * fit @ design.T, design @ (counts - fit))
        line = line + step
        if abs(step).max() < 1e-10:
            break
    fit = np.exp(line @ design)
    contrast = np.array([0.0, -1.0, 1.0, 0.0])
    on_line = np.linalg.solve(design * fit @ design.T, design @ (fit * contrast)) @ design
    rest = contrast - on_line
    more = float(contrast @ (counts - fit)) - 0.5
    return 0.5 * erfc(more / float(2 * rest * rest @ fit) ** 0.5)
