"""Ballots of few people: what is told of their points, and what beside them is not told either.

Of 18 ballots ``17好1较好`` is the only count that comes to 4.94 of 5 points, so of such a vote only
the band of its points leaves the bureau. Dimensions and totals are published, and an item that
alone is not told could be had from them by subtraction. Others are left untold beside it, until
what they may come to together is as wide as its band (secondary suppression, as in statistics).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from rubrics.rules import Votes
from rubrics.rules.exact import plain_number
from rubrics.values.points import BoolArray
from scoring.engine.codes import CHECKED
from scoring.engine.records import entries_of
from scoring.engine.scale import worst
from scoring.results.figures import Figures


class Band(NamedTuple):
    """``least``: the lowest share of the points (%) in it; ``width``: how many % it spans."""

    least: int
    width: int
    name: str


BEST: Final = "九成以上"
BANDS: Final = (
    Band(90, 10, BEST),
    Band(80, 10, "八成以上、不足九成"),
    Band(60, 20, "六成以上、不足八成"),
    Band(0, 60, "不足六成"),
)
WAITING: Final = "待核"
"""What is told of a vote that waits: its points are supposed until then, and so would be a band."""
BESIDE: Final = "不单列"
"""What is told of an item that stays untold only so that another cannot be had by subtraction."""


@dataclass(frozen=True, slots=True)
class Untold:
    """What of one school stays in the bureau: words in place of points, by place of the indicator.

    ``dimensions``: places of those whose figures are not told either; only where one dimension
    does not hold enough items to hide one among them.
    """

    words: Mapping[int, str] = field(default_factory=dict)
    dimensions: frozenset[int] = frozenset()


ALL_TOLD: Final = Untold()


def few_ballots(figures: Figures, least: int) -> BoolArray:
    """Returns schools x indicators: a vote that counts has fewer than ``least`` valid ballots."""
    items = figures.items
    few = np.zeros(items.records.states.shape, bool)
    for place, item in enumerate(figures.rubric.indicators):
        parts = item.rule.simple_parts(item.points)
        votes = [(part.id, part.rule) for part in parts if isinstance(part.rule, Votes)]
        held = [items.entries[item.id]] if votes else []
        if votes and figures.disputes:
            # What the other count of a vote would cost is told too.
            held.append(entries_of(figures.disputes.facts.stated, item, figures.elapsed))
        for (name, rule), one in product(votes, held):
            cells = one.cells.part(name) if name else one.cells
            few[:, place] |= np.asarray(rule.valid(cells)) < least
    return figures.columns.any_record(few & (items.records.states == CHECKED))


def untold(
    figures: Figures, row: int, few: BoolArray, waiting: BoolArray, secret: frozenset[str]
) -> Untold:
    """Returns what is not told of one school (row), of which ``few`` marks the votes of few people.

    ``waiting`` marks the items that wait (待核): of a vote among them no band is told either.
    ``secret``: ids of the items whose entries stay in the bureau. As company those come first that
    lost points, for of the others everybody sees that they have all; then secret ones, for what
    was found in others tells their points to those who know the rule; then those of most points.
    Company is sought in the item's own dimension, and elsewhere only if that is too small.
    """
    votes = np.flatnonzero(few).tolist()
    if not votes:
        return ALL_TOLD
    bands = {place: _band(figures, row, place) for place in votes}
    words = {place: WAITING if waiting[place] else band.name for place, band in bands.items()}
    apart: set[int] = set()
    home, worth = _homes(figures), _worths(figures, row)
    for vote, band in bands.items():
        due = worth[vote] * band.width
        within = {home[vote]}
        for place in (None, *_company(figures, row, vote, secret)):
            if place is not None:
                within.add(home[place])
                words.setdefault(place, BESIDE)
            # Only what shares a published sum with the vote hides it.
            if sum(worth[n] for n in words if n != vote and home[n] in within) * 100 >= due:
                break
        apart |= within if len(within) > 1 else set()
    return Untold(words, frozenset(apart))


def _company(figures: Figures, row: int, vote: int, secret: frozenset[str]) -> Iterator[int]:
    """The other items that were checked, those that hide a vote best first."""
    home, worth = _homes(figures), _worths(figures, row)
    ids = [item.id for item in figures.rubric.indicators]
    checked = np.flatnonzero(figures.items.states[row] == CHECKED).tolist()
    lost = figures.items.lost[row].tolist()
    yield from sorted(
        (place for place in checked if place != vote),
        key=lambda n: (home[n] != home[vote], not lost[n], ids[n] not in secret, -worth[n], n),
    )


def _worths(figures: Figures, row: int) -> list[int]:
    """What each indicator counts in the sums that are published of one school."""
    points: list[int] = figures.items.points.tolist()
    if (weighed := figures.totals.weighed) is None:
        return points
    by = zip(_homes(figures), points, weighed.of_items[row].tolist(), strict=True)
    return [weighed.of_dimensions[home] * factor * own for home, own, factor in by]


def _homes(figures: Figures) -> list[int]:
    """The place of each indicator's dimension."""
    held = enumerate(figures.rubric.dimensions)
    return [place for place, dimension in held for _ in dimension.indicators]


def _band(figures: Figures, row: int, place: int) -> Band:
    """In which band of its points one indicator of one school lies."""
    item = figures.rubric.indicators[place]
    points = int(figures.items.points[place])
    earned = Fraction(plain_number(figures.items.earned, row, place)) / figures.items.fine
    kept = earned - worst(figures.rubric, item.points)
    return next((one for one in BANDS if kept * 100 >= one.least * points), BANDS[-1])
