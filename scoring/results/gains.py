"""What putting one indicator right would give back to the published total."""

from __future__ import annotations

import numpy as np

from rubrics.rules.exact import portion
from rubrics.values.points import IntArray, round_units, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.combining import combine
from scoring.engine.totals import base_of, published
from scoring.results.figures import Figures


def gains(figures: Figures) -> IntArray:
    """Returns schools x indicators, in units: the total with that item at its best, less the total.

    Red lines stay out of it: what they do is told apart. 0 where nothing was lost.
    """
    rubric, items = figures.rubric, figures.items
    change = (figures.extras.bonus - figures.extras.penalty)[:, np.newaxis]
    if figures.combining.level == "total":
        better = round_units(_of_records(figures) + change, rubric.places)
    else:
        earned, base = (it[:, np.newaxis] for it in (figures.totals.earned, figures.totals.base))
        better = published(rubric, earned + items.lost, base, change)
    return np.where(items.lost > 0, better - figures.totals.total[:, np.newaxis], 0)


def _of_records(figures: Figures) -> IntArray:
    """Schools x indicators: the combined score if every record had that item at its best."""
    rubric, items = figures.rubric, figures.items
    records = items.records
    checked = records.states == CHECKED
    earned = np.where(checked, records.earned, 0)
    got = np.asarray(earned.sum(axis=1))[:, np.newaxis]
    out_of = np.asarray(np.where(checked, items.points, 0).sum(axis=1))[:, np.newaxis]
    best = got + np.where(checked, items.best - earned, 0)
    own = portion(to_units(rubric.points), best, 1, base_of(rubric, out_of))
    counts = np.broadcast_to(out_of > 0, own.shape)
    return combine(own, counts, figures.columns, figures.combining)[0]
