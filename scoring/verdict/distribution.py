"""Grades given out by rank, so many of each in a group (等次按比例分布)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inspections.round.round import Distribution
from rubrics.values.points import BoolArray, IntArray
from scoring.verdict.grading import NONE
from scoring.verdict.redlines import RedLines


def by_place(
    held: Distribution | None,
    names: Sequence[str],
    grade: IntArray,
    rank: IntArray,
    group: IntArray,
    limited: BoolArray,
) -> tuple[IntArray, IntArray]:
    """Returns the grade that each school's place gives it, and among how many that is.

    ``NONE`` and 0 where it has no such place: it is not ranked, has a grade by points that is not
    given out, is in a small group, or is ``limited`` and stands apart. ``names``: grades by
    number. A rubric that lacks one of the grades is left as it is.
    """
    found, among = np.full(len(grade), NONE, np.int64), np.zeros(len(grade), np.int64)
    known = list(names[:-1])
    if held is None or not set(held.grades) <= set(known):
        return found, among
    order = sorted(held.grades, key=known.index)
    numbers = np.array([known.index(name) for name in order])
    takes_part = (rank > 0) & np.isin(grade, numbers)
    if held.red_lined == "apart":
        takes_part &= ~limited
    for number in np.unique(group[takes_part]):
        rows = np.flatnonzero(takes_part & (group == number))
        if len(rows) < held.group_from:
            continue
        given = np.repeat(numbers, held.places(order, len(rows)))
        own = np.sort(rank[rows])
        # Of equal ranks the first place counts for all, or the last.
        at = np.searchsorted(own, rank[rows], "left")
        if held.edge == "cut":
            at = np.searchsorted(own, rank[rows], "right") - 1
        found[rows], among[rows] = given[at], len(rows)
    return found, among


def limited_by_red_lines(red_lines: RedLines) -> BoolArray:
    """Returns which schools crossed a red line that says something of the grade."""
    lowers = [
        bool(does.zero_total or does.grade or does.ceiling or does.lower)
        for does in (line.line.consequence for line in red_lines.lines)
    ]
    return np.asarray(red_lines.hits[:, lowers].any(axis=1))
