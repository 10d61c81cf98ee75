"""What putting one indicator right would give back to the published total."""

from __future__ import annotations

import numpy as np

from rubrics.rules.exact import portion
from rubrics.values.points import IntArray, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.combining import combine
from scoring.engine.rounding import added_with
from scoring.engine.totals import base_of, published, rounded, within
from scoring.engine.weighing import weighing
from scoring.results.figures import Figures


def gains(figures: Figures) -> IntArray:
    """Returns schools x indicators, in units: the total with that item at its best, less the total.

    Both are published figures, so that what is printed adds up. Red lines stay out of it: what they
    do is told apart. 0 where nothing was lost, and where no total is told (不评定).
    """
    rubric, items = figures.rubric, figures.items
    change = (figures.extras.bonus - figures.extras.penalty)[:, np.newaxis]
    if figures.combining.level == "total":
        better = rounded(rubric, items.fine, _of_records(figures) + change)
    else:
        best, weighed = items.earned + items.lost, figures.totals.weighed
        mended = added_with(rubric, items.earned, best, items.fine, weighed)
        base = figures.totals.base[:, np.newaxis]
        better = published(rubric, items.fine, mended, base, change)
    better, now = within(rubric, better), figures.totals.total
    if figures.corrected:
        better, now = figures.corrected.of(better), figures.corrected.of(now)
    told = (items.lost > 0) & ~figures.withheld[:, np.newaxis]
    return np.where(told, better - now[:, np.newaxis], 0)


def _of_records(figures: Figures) -> IntArray:
    """Schools x indicators: the combined score if every record had that item at its best."""
    rubric, items = figures.rubric, figures.items
    records = items.records
    checked = records.states == CHECKED
    earned = np.where(checked, records.earned, 0)
    out_of = np.asarray(np.where(checked, items.points, 0).sum(axis=1))[:, np.newaxis]
    weighed = weighing(rubric, checked)
    best = np.where(checked, np.maximum(items.best, earned), 0)
    mended = added_with(rubric, earned, best, 1, weighed)
    base = base_of(rubric, out_of) if weighed is None else weighed.base[:, np.newaxis]
    own = portion(to_units(rubric.points), mended, 1, base)
    counts = np.broadcast_to(out_of > 0, own.shape)
    return combine(own, counts, figures.columns, figures.combining)[0]
