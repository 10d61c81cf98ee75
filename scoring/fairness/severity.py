"""How strict each inspector is, and what schools' totals would be without that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.additive import Additive, additive, gathered, pairs_of
from scoring.fairness.chances import holm
from scoring.fairness.comparable import comparable_totals
from scoring.fairness.ratings import Floats, Ratings
from scoring.fairness.standing_out import StandingOut, standing_out

FALSE_ALARM: Final = 0.05
"""How often anybody at all is named where all are equally strict; of residuals likewise."""

TOLERANCE: Final = 0.01
"""Which part of a rubric's points inspectors may be apart from the mean, and nobody asks. One who
is far off draws the mean along: without it all others would be named too."""

Same: TypeAlias = Literal["visit", "school"]
"""What inspectors must have seen in common to be compared: one visit, or one school at any time."""


@dataclass(frozen=True, slots=True)
class InspectorSeverity:
    """One inspector: ``severity`` in points of the total, above 0 stricter than those on the same
    island; its standard error and interval (t). nan on an island of one.

    ``chance``: how probable a severity so far from 0 is for one who lies within the tolerance of
    the island's mean, corrected for all inspectors (Holm). ``shared``: of ``records``, how many are
    of what somebody else saw too.
    """

    inspector: str
    island: int
    records: int
    shared: int
    severity: float
    error: float
    low: float
    high: float
    chance: float

    @property
    def named(self) -> bool:
        """Whether severity lies farther from the mean of the island than is tolerated."""
        return self.chance <= FALSE_ALARM


@dataclass(frozen=True, slots=True)
class AdjustedTotal:
    """One school: ``raw``, the mean of its visits' mean totals; ``adjusted``, as inspectors of mean
    severity would have seen it, with its standard error. ``school`` is a place in the roster.

    nan where it cannot be adjusted: its inspectors are on an island of one, or its visits lie on
    different ones (``island`` is -1). Adjusted totals of different islands are not comparable.
    """

    school: int
    island: int
    raw: float
    adjusted: float
    error: float


@dataclass(frozen=True, slots=True)
class Severity:
    """The additive model of a rubric's totals. ``sigma``: what else a record differs by, points
    (standard deviation, with ``freedom`` degrees of freedom); nan where nothing was seen twice.

    ``model`` has the covariances; its units are visits, or schools, as ``same`` says; ``rows``:
    which records it is of.
    """

    same: Same
    inspectors: tuple[InspectorSeverity, ...]
    schools: tuple[AdjustedTotal, ...]
    unusual: tuple[StandingOut, ...]
    sigma: float
    freedom: int
    model: Additive
    rows: IntArray

    @property
    def islands(self) -> tuple[tuple[str, ...], ...]:
        """The inspectors of each island, most first; only those of one island can be compared."""
        found: list[list[str]] = [[] for _ in range(len(self.model.islands))]
        for one in self.inspectors:
            found[one.island].append(one.inspector)
        return tuple(map(tuple, found))


def severity(
    ratings: Ratings,
    *,
    same: Same = "visit",
    level: float = 0.95,
    tolerance: float = TOLERANCE,
) -> Severity:
    """Returns how strict inspectors are under a rubric, from records' own totals.

    ``same``: inspectors of one visit saw the same school on the same occasion, so that only who
    looked differs; that is right for a round of several visits. ``school`` compares across visits
    too: it links more inspectors, and takes for severity what changed in between. ``tolerance``:
    see ``TOLERANCE``; with 0 the chances are exact, else they are less. Where one of a visit left
    out what another checked, they are compared on what both did (see ``comparable``).
    """
    from scipy.special import stdtr, stdtrit

    rows = np.flatnonzero(np.isfinite(ratings.total))
    total, inspector, school = ratings.total[rows], ratings.inspector[rows], ratings.school[rows]
    held, unit = np.unique(
        (ratings.visit if same == "visit" else ratings.school)[rows], return_inverse=True
    )
    compared = comparable_totals(ratings, rows, unit)
    model = additive(unit, inspector, compared, len(held), len(ratings.inspectors))
    errors = model.severity_error
    reach = float(stdtrit(model.freedom, (1 + level) / 2)) if model.freedom > 0 else np.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        beyond = np.abs(model.severity) - tolerance * float(ratings.rubric.points)
        far = np.maximum(beyond, 0) / errors
    chances = holm(2 * stdtr(max(model.freedom, 1), -far))
    count = np.bincount(inspector, minlength=len(ratings.inspectors))
    several = np.bincount(unit)[unit] > 1
    shared = np.bincount(inspector[several], minlength=len(ratings.inspectors))
    inspectors = tuple(
        InspectorSeverity(
            ratings.inspectors[place],
            int(model.islands.inspector[place]),
            int(count[place]),
            int(shared[place]),
            own := float(model.severity[place]),
            error := float(errors[place]),
            own - reach * error,
            own + reach * error,
            float(chances[place]),
        )
        for place in np.flatnonzero(count).tolist()
    )
    return Severity(
        same,
        inspectors,
        _adjusted(model, unit, inspector, school, total, total - compared),
        standing_out(ratings, model, rows, unit, FALSE_ALARM, tolerance),
        model.sigma,
        model.freedom,
        model,
        rows,
    )


def _adjusted(
    model: Additive,
    unit: IntArray,
    inspector: IntArray,
    school: IntArray,
    total: Floats,
    besides: Floats,
) -> tuple[AdjustedTotal, ...]:
    """Totals of schools that were seen: means over their units, each of which counts alike.

    ``besides``: by how much the records' totals are above what they were compared by.
    """
    size = np.bincount(unit)
    first = np.zeros(len(size), np.int64)
    first[unit] = school
    visits = np.bincount(first)
    weight = 1 / (size[unit] * visits[school])
    raw = np.bincount(school, total * weight)
    own = model.level + np.bincount(unit, besides) / size
    level = np.bincount(first, own / visits[first], minlength=len(raw))
    beside = gathered(pairs_of(school), inspector, weight, model.spread)
    noise = np.bincount(school, weight * weight, minlength=len(raw))
    error = model.sigma * np.sqrt(noise + np.bincount(school, weight * beside))
    island = model.islands.unit
    low = np.full(len(raw), len(model.islands))
    np.minimum.at(low, first, island)
    high = np.full(len(raw), -1)
    np.maximum.at(high, first, island)
    known = (low == high) & np.isfinite(level)
    return tuple(
        AdjustedTotal(
            place,
            int(high[place]) if low[place] == high[place] else -1,
            float(raw[place]),
            float(level[place]) if known[place] else np.nan,
            float(error[place]) if known[place] else np.nan,
        )
        for place in np.flatnonzero(visits).tolist()
    )
