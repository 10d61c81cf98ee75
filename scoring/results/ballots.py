"""Ballots of few people: only the band of their points is told, or the ballot could be read back.

Of 18 ballots ``17好1较好`` is the only count that comes to 4.94 of 5 points.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import numpy as np

from rubrics.rules import Votes
from rubrics.rules.exact import plain_number
from rubrics.values.points import BoolArray
from scoring.engine.codes import CHECKED
from scoring.engine.scale import worst
from scoring.results.figures import Figures

BANDS: Final = ((90, "九成以上"), (80, "八成以上、不足九成"), (60, "六成以上、不足八成"))
"""The least share of the points (%), and what it is called; the best first."""
LOWEST: Final = "不足六成"


def few_ballots(figures: Figures, least: int) -> BoolArray:
    """Returns schools x indicators: a vote that counts has fewer than ``least`` valid ballots."""
    items = figures.items
    few = np.zeros(items.records.states.shape, bool)
    for place, item in enumerate(figures.rubric.indicators):
        cells = items.entries[item.id].cells
        for part in item.rule.simple_parts(item.points):
            if isinstance(part.rule, Votes):
                valid = np.asarray(part.rule.valid(cells.part(part.id) if part.id else cells))
                few[:, place] |= valid < least
    return figures.columns.any_record(few & (items.records.states == CHECKED))


def band(figures: Figures, row: int, place: int) -> str:
    """Returns in which band of its points one indicator of one school lies: ``九成以上``."""
    item = figures.rubric.indicators[place]
    points = int(figures.items.points[place])
    earned = Fraction(plain_number(figures.items.earned, row, place)) / figures.items.fine
    kept = earned - worst(figures.rubric, item.points)
    for least, name in BANDS:
        if kept * 100 >= least * points:
            return name
    return LOWEST
