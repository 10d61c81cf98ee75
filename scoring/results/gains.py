"""What putting one indicator right would give back to the published total."""

from __future__ import annotations

import numpy as np

from rubrics.rules.exact import portion, quotient, times
from rubrics.values.points import IntArray, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.combining import combine
from scoring.results.figures import Figures


def gains(figures: Figures) -> IntArray:
    """Returns schools x indicators, in units: the total with that item at its best, less the total.

    Of demerits it is what would go. Red lines stay out of it: what they do is told apart. 0 where
    nothing was lost.
    """
    rubric, items = figures.rubric, figures.items
    change = (figures.extras.bonus - figures.extras.penalty)[:, np.newaxis]
    step = 10 ** (4 - rubric.places)
    demerits = rubric.scale == "demerits"
    if figures.combining.level == "total":
        score = _of_records(figures)
        better = portion(1, score - change if demerits else score + change, step) * step
    elif demerits:
        better = portion(1, figures.totals.earned[:, np.newaxis] - items.lost - change, step) * step
    else:
        out_of = figures.totals.applicable[:, np.newaxis]
        over = times(figures.totals.earned[:, np.newaxis] + items.lost, to_units(rubric.points))
        better = quotient(over + times(change, 1) * out_of, times(out_of, step)) * step
    gained = better - figures.totals.total[:, np.newaxis]
    return np.where(items.lost > 0, -gained if demerits else gained, 0)


def _of_records(figures: Figures) -> IntArray:
    """Schools x indicators: the combined score if every record had that item at its best."""
    rubric, items = figures.rubric, figures.items
    records = items.records
    checked = records.states == CHECKED
    earned = np.where(checked, records.earned, 0)
    got = np.asarray(earned.sum(axis=1))[:, np.newaxis]
    out_of = np.asarray(np.where(checked, items.points, 0).sum(axis=1))[:, np.newaxis]
    demerits = rubric.scale == "demerits"
    if demerits:
        own = got - earned
    else:
        best = got + np.where(checked, items.points - earned, 0)
        own = portion(to_units(rubric.points), best, 1, out_of)
    counts = np.broadcast_to(out_of > 0, own.shape)
    return combine(own, counts, figures.columns, figures.combining, demerits=demerits)[0]
