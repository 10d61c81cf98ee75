"""Totals corrected for the severity of those who inspected (宽严校正), where a round asks for it.

What each inspector's records are corrected by is given, and is whole in hundredths of a point;
from there on all is exact. A school's correction is combined from those of its records as its
totals are, by the weights of inspectors and visits. Where a round takes no mean (the median, a
trimmed mean, the worst) there are no such weights, and it is the plain mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from inspections.ledger.severity import HeldSeverity
from inspections.round.round import Combining
from inspections.round.severity_correction import PLACES
from rubrics.language.rubric import Rubric
from rubrics.rules.exact import quotient
from rubrics.values.points import BoolArray, IntArray, to_units
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.combining import combine, fineness
from scoring.engine.items import Items, points_in
from scoring.engine.scale import worst
from scoring.engine.totals import within


@dataclass(frozen=True, slots=True)
class Correction:
    """What is given for one rubric. ``inspectors``: by code, in units, above 0 where a total
    becomes a better one; ``groups``: labels of the groups whose schools are corrected. All of
    whose records nothing is given are left as they are.

    ``numbers``: what an inspector goes by where no name is told, by code. ``late``: codes of those
    who had no record when the others were measured, and are given 0. ``held``: as it stands in the
    ledger; None where it was measured just now.
    """

    inspectors: Mapping[str, int]
    groups: frozenset[str]
    numbers: Mapping[str, int] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    held: HeldSeverity | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """Schools: by how many units each total is corrected, more is better; 0 where it is not.

    ``there``: which are corrected, be it by 0. ``counted``: records that count in it.
    """

    rubric: Rubric
    given: Correction
    amount: IntArray
    there: BoolArray
    counted: BoolArray

    def of(self, totals: IntArray) -> IntArray:
        """Returns totals (rows = schools) with the correction.

        None leaves the span from nothing to full marks by it, nor the rubric's floor and cap; one
        that a bonus has taken beyond full marks is not raised further.
        """
        step: int = 10 ** (4 - self.rubric.places)
        none = worst(self.rubric, self.rubric.points)
        low, high = -(-none // step) * step, (none + to_units(self.rubric.points)) // step * step
        amount = self.amount if totals.ndim == 1 else self.amount[:, np.newaxis]
        moved = np.clip(totals + amount, np.minimum(totals, low), np.maximum(totals, high))
        return within(self.rubric, moved)


def corrected(
    rubric: Rubric,
    given: Correction | None,
    columns: Columns,
    items: Items,
    combining: Combining,
    group: Sequence[str],
) -> Corrected | None:
    """Returns by how much schools are corrected; None where nothing is given.

    ``group``: the label of each school's group. Amounts have ``PLACES`` decimals, or those of the
    rubric where it publishes fewer: rounded half-up, half away from zero.
    """
    if given is None:
        return None
    counted = points_in(items.records.states, CHECKED, items.points) > 0
    own = np.array([given.inspectors.get(name, 0) for name in columns.inspectors], np.int64)
    if columns.inspector is None or not len(own):
        records = np.zeros(columns.rows, np.int64)
    else:
        records = own[columns.inspector]
    how = weighing_alone(combining)
    earned = np.where(counted, records, 0)[:, np.newaxis]
    found, there = combine(earned, counted[:, np.newaxis], columns, how)
    step: int = 10 ** (4 - min(PLACES, rubric.places))
    amount = quotient(found[:, 0], fineness(columns, how).whole * step) * step
    in_group = np.fromiter((name in given.groups for name in group), bool, len(group))
    applies = there[:, 0] & in_group
    return Corrected(rubric, given, np.where(applies, amount, 0), applies, counted)


def weighing_alone(combining: Combining) -> Combining:
    """Returns how corrections are combined: as totals are, but by a plain mean where those are by
    none.
    """
    means = {
        "inspectors": combining.inspectors if combining.inspectors == "weighted" else "mean",
        "visits": combining.visits if combining.visits in ("weighted", "latest") else "mean",
    }
    return combining.model_copy(update=means)
