"""What each record gave, as statistics take it: one row a record, one column an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inspections.round.round import Combining
from inspections.round.school import School
from rubrics.language.rubric import Rubric
from rubrics.rules import PeriodLength
from rubrics.values.points import SCALE, BoolArray, IntArray
from scoring.engine.applicability import of_records
from scoring.engine.codes import CHECKED
from scoring.engine.columns import Columns
from scoring.engine.combining import seats
from scoring.engine.items import combined_items
from scoring.engine.totals import totals

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ratings:
    """All records of one rubric, in the order of the columns that they were made of.

    ``school`` and ``inspector`` are places in ``schools`` (as in the roster) and ``inspectors``
    (codes; of a team, where it fills one sheet together); records of one ``visit`` share its
    number; ``occasion`` is a place in ``occasions``, ``day`` an ordinal.

    ``points``: records x indicators, what the inspector's own entries earn, missing evidence
    apart, demerits below 0; ``there``: where they were checked, and apply. ``worth``: P of each
    indicator, ``best``: what it earns where nothing is lost. ``total``: the record's own
    normalised score as it would be published, without bonus, penalty or red line; nan where
    nothing was checked. Nothing is there of schools that the rubric is not for.
    """

    rubric: Rubric
    schools: Sequence[School]
    inspectors: tuple[str, ...]
    occasions: tuple[str, ...]
    school: IntArray
    inspector: IntArray
    visit: IntArray
    occasion: IntArray
    day: IntArray
    points: Floats
    there: BoolArray
    worth: Floats
    best: Floats
    total: Floats

    def __len__(self) -> int:
        return len(self.school)

    @property
    def shares(self) -> Floats:
        """Records x indicators: what was earned of P, of 1; nan where not checked."""
        return np.where(self.there, 1 + (self.points - self.best) / self.worth, np.nan)


def ratings_of(rubric: Rubric, columns: Columns, elapsed: Mapping[PeriodLength, int]) -> Ratings:
    """Returns what every record under a rubric comes to by itself.

    ``columns``: as :func:`scoring.engine.columns.columns_of` makes them, before inspectors of a
    visit are made to agree.
    """
    alone = replace(
        columns,
        schools=[columns.schools[at] for at in columns.school.tolist()],
        school=np.arange(columns.rows),
        occasion=np.zeros(columns.rows, np.int64),
        evidence=np.ones_like(columns.evidence),
        applies=of_records(columns.applies, columns.school),
        again=None if columns.again is None else columns.again[columns.school],
    )
    items = combined_items(rubric, alone, Combining(), elapsed)
    sums = totals(rubric, items, np.zeros(columns.rows, np.int64))
    of_it = alone.applies(rubric.when)
    checked = (items.records.states == CHECKED) & of_it[:, np.newaxis]
    inspector = columns.inspector
    return Ratings(
        rubric,
        columns.schools,
        columns.inspectors,
        columns.occasions,
        columns.school,
        np.zeros(columns.rows, np.int64) if inspector is None else inspector,
        seats(columns).visit,
        columns.occasion,
        columns.days,
        np.asarray(items.records.observed, np.float64) / SCALE,
        checked,
        np.asarray(items.points, np.float64) / SCALE,
        np.asarray(items.best, np.float64) / SCALE,
        np.where(sums.there & of_it, np.asarray(sums.normalised, np.float64) / SCALE, np.nan),
    )
