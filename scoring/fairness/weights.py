"""What dimensions really weigh, and how far places hang on the weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from rubrics.language.rubric import Dimension, Rubric
from rubrics.language.worth import by_points_alone
from rubrics.rules.exact import times
from rubrics.values.points import BoolArray, IntArray
from scoring.engine.codes import EXCUSED
from scoring.engine.items import Items
from scoring.engine.rounding import spans
from scoring.engine.totals import totals
from scoring.results.figures import Figures, after_red_lines
from scoring.verdict.ranking import ranks
from scoring.verdict.redlines import costs_rank

Change = Literal["more", "less", "dropped"]
TENTH: Final[dict[Change, int]] = {"more": 11, "less": 9}
WAYS: Final[tuple[Literal["more", "less"], ...]] = ("more", "less")


@dataclass(frozen=True, slots=True)
class EffectiveWeight:
    """A dimension: its ``nominal`` share of the points, and the ``effective`` share (of 1) of the
    differences between schools' totals that is its own, below 0 where it goes against them; nan
    where all totals are equal.
    """

    dimension: str
    nominal: float
    effective: float


@dataclass(frozen=True, slots=True)
class Moves:
    """What becomes of places if an indicator or a dimension (``what``) weighs a tenth more or less,
    or an indicator is dropped: how many schools ``moved``, the ``farthest`` move and whose it is
    (place in the roster, -1: nobody's), and how many of the first ten of a group leave them.
    """

    what: str
    change: Change
    moved: int
    farthest: int
    school: int
    left_first: int


def effective_weights(figures: Figures) -> tuple[EffectiveWeight, ...]:
    """Returns the covariance of each dimension with the normalised total, over that one's variance.

    Shares add up to 1 (Guilford 1954, ch. 15; Wang & Stanley 1970). Of schools that have a place.
    """
    ranked = figures.ranked.rank > 0
    parts = np.asarray(figures.dimensions.earned, np.float64)[ranked]
    due = np.asarray(figures.dimensions.applicable, np.float64)[ranked].sum(axis=1)
    if figures.rubric.scale == "demerits":
        due = np.ones_like(due)
    parts = parts / np.where(due > 0, due, 1)[:, np.newaxis]
    left = parts - parts.mean(axis=0) if len(parts) else parts
    whole = left.sum(axis=1)
    spread = float(whole @ whole)
    counts = [float(one.counts) for one in figures.rubric.dimensions]
    known = spread > 1e-18
    effective = (left.T @ whole) / spread if known else np.full(len(counts), np.nan)
    return tuple(
        EffectiveWeight(one.id, own / sum(counts), float(share))
        for one, own, share in zip(figures.rubric.dimensions, counts, effective, strict=True)
    )


def moves(figures: Figures) -> tuple[Moves, ...]:
    """Returns what each change of a weight does to places, exactly, as the engine scores it.

    Places are those by totals alone, without tie keys. Of rubrics that weigh dimensions apart from
    their points no single indicator's weight is changed. Where a round combines totals of records,
    indicators are combined here all the same, before the change and after it.
    """
    before = _places(figures, figures.rubric, figures.items, 1)
    found = []
    for what, change, rubric, items, finer in _changed(figures):
        after = _places(figures, rubric, items, finer)
        both = (before > 0) & (after > 0)
        apart = np.where(both, np.abs(after - before), 0)
        farthest = int(apart.max(initial=0))
        found.append(
            Moves(
                what,
                change,
                int((apart > 0).sum()),
                farthest,
                int(apart.argmax()) if farthest else -1,
                int((both & (before <= 10) & (after > 10)).sum()),
            )
        )
    return tuple(found)


def _changed(figures: Figures) -> Iterator[tuple[str, Change, Rubric, Items, int]]:
    """Every changed rubric with its items, and in how many more parts of a unit they are."""
    rubric, items = figures.rubric, figures.items
    alone = by_points_alone(rubric)
    for dimension, span in zip(rubric.dimensions, spans(rubric), strict=True):
        columns = np.zeros(len(rubric.indicators), bool)
        columns[span] = True
        for change in WAYS:
            if alone:
                yield dimension.id, change, rubric, *_weighed(rubric, items, columns, change)
            else:
                weight = dimension.counts * TENTH[change] / 10
                own = dimension.model_copy(update={"weight": weight})
                others = tuple(own if it is dimension else it for it in rubric.dimensions)
                yield dimension.id, change, _of(rubric, others), items, 1
    for place, item in enumerate(rubric.indicators):
        columns = np.zeros(len(rubric.indicators), bool)
        columns[place] = True
        if alone:
            for change in WAYS:
                yield item.id, change, rubric, *_weighed(rubric, items, columns, change)
        states = np.where(columns, np.int8(EXCUSED), items.states)
        dropped = replace(items, states=states, earned=items.earned * ~columns)
        yield item.id, "dropped", rubric, dropped, 1


def _of(rubric: Rubric, dimensions: tuple[Dimension, ...]) -> Rubric:
    held = {name: getattr(rubric, name) for name in Rubric.model_fields}
    return Rubric.model_construct(**held | {"dimensions": dimensions})


def _weighed(
    rubric: Rubric, items: Items, columns: BoolArray, change: Literal["more", "less"]
) -> tuple[Items, int]:
    """Items of which some count a tenth more or less, the others as before, all times ten.

    Points are ten times too, which cancels out; demerits are not out of points, so that there it
    takes ten times as many parts to a unit.
    """
    by = np.where(columns, TENTH[change], 10)
    finer = 10 if rubric.scale == "demerits" else 1
    points, earned = (times(it, by) for it in (items.points, items.earned))
    return replace(items, points=points, earned=earned, fine=items.fine * finer), finer


def _places(figures: Figures, rubric: Rubric, items: Items, finer: int) -> IntArray:
    change = times(figures.extras.bonus - figures.extras.penalty, finer)
    sums = totals(rubric, items, change)
    total = after_red_lines(rubric, sums.total, figures.red_lines)
    red, _ = costs_rank(figures.red_lines, figures.ranking.red_line)
    fit = (figures.ranked.rank > 0) & sums.there
    return ranks(figures.group, fit, [red.astype(np.int64), -total], []).rank
