"""How far scores hold for other inspectors and other days: a G study, and what more would buy.

Cronbach, Gleser, Nanda & Rajaratnam (1972); Brennan (2001), Generalizability Theory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from inspections.round.round import Combining
from scoring.fairness.components import (
    RESIDUAL,
    Components,
    components,
    components_within,
    crossed,
)
from scoring.fairness.measured_error import measured_error
from scoring.fairness.ratings import Ratings

SCHOOL: Final = "school"


@dataclass(frozen=True, slots=True)
class Decision:
    """A plan of ``visits`` to each school with so many ``inspectors`` each, other people each time.

    ``relative`` and ``absolute``: error variance (squared points) of comparing schools, where all
    are seen by the same people, and of a score as it stands; ``g`` and ``phi``: the coefficients.
    ``error``: the standard error of a score (points) that inspectors who differ from school to
    school leave.
    """

    visits: int
    inspectors: int
    relative: float
    absolute: float
    g: float
    phi: float

    @property
    def error(self) -> float:
        """The standard error of a score, in points."""
        return float(np.sqrt(self.absolute))


@dataclass(frozen=True, slots=True)
class Study:
    """A G study of totals: components of ``school``, ``inspector``, ``visit``, and the residual,
    as far as the design parts them; ``plans``: what other plans would come to, None of it where it
    cannot be known, and then ``unknown`` says why and ``remedy`` what helps (Chinese).
    """

    found: Components
    plans: tuple[Decision, ...]
    unknown: tuple[str, ...]
    remedy: tuple[str, ...]

    def plan(self, visits: int, inspectors: int) -> Decision:
        """Returns one of the plans; ``KeyError`` where there is none such."""
        for own in self.plans:
            if (own.visits, own.inspectors) == (visits, inspectors):
                return own
        raise KeyError((visits, inspectors))


def coefficients(
    found: Components, sizes: Mapping[str, int], facets: Mapping[str, tuple[str, ...]]
) -> tuple[float, float, float, float]:
    """Returns relative and absolute error variance, G and Phi of a D study of random facets.

    ``facets``: of each component but the school's, which facets are in it; one that has the school
    in it is of the relative error. ``sizes``: over how many of each facet scores are averaged
    (those nested in another: within one of it).

    >>> own = Components({"school": 4.0, "inspector": 2.0, "residual": 6.0}, {}, {}, 0.0, 0)
    >>> of = {"inspector": ("inspector",), "residual": ("school", "inspector")}
    >>> coefficients(own, {"inspector": 2}, of)
    (3.0, 4.0, 0.5714285714285714, 0.5)
    """
    relative = absolute = 0.0
    for name, parts in facets.items():
        over = int(np.prod([sizes[part] for part in parts if part != SCHOOL]))
        absolute += found.of(name) / over
        relative += found.of(name) / over if SCHOOL in parts else 0.0
    own = found.of(SCHOOL)
    g, phi = (
        own / (own + error) if own + error > 0 else float("nan") for error in (relative, absolute)
    )
    return relative, absolute, g, phi


def study_of_totals(ratings: Ratings, most_visits: int = 4, most_inspectors: int = 5) -> Study:
    """Returns a G study of records' totals and D studies of plans up to so many visits and people.

    What inspectors and days do is measured within visits and within schools
    (:func:`.measured_error`), what schools differ in is what is left (Henderson's method I).
    Inspectors are crossed with schools as far as they went to several, visits lie within schools.
    One visit a school leaves the day within the school, so that nothing says what another visit
    buys beyond other people; plans then have one visit.
    """
    rows = np.flatnonzero(np.isfinite(ratings.total))
    school, inspector = ratings.school[rows], ratings.inspector[rows]
    facets = {SCHOOL: school, "inspector": inspector, "visit": ratings.visit[rows]}
    error = measured_error(ratings, Combining())
    measured = {"inspector": error.severity, "visit": error.visit, RESIDUAL: error.record}
    known = {name: 0.0 if np.isnan(own) else own for name, own in measured.items()}
    if error.errors is None:
        found = Components(dict.fromkeys((SCHOOL, *measured), np.nan), {}, {}, np.nan, len(rows))
        return Study(found, (), error.unknown, error.remedy)
    found = components(ratings.total[rows], facets, known)
    if not _rated_by_several(school, inspector):
        unknown = ("没有一所学校是两名督学评的，督学之间的差别无从知道",)
        remedy = ("抽一部分学校，每次去两名督学，各填各的；同去的人轮换搭配。",)
        return Study(found, (), unknown, remedy)
    days = np.isnan(error.visit)
    of = {
        "inspector": ("visit", "inspector"),
        "visit": (SCHOOL, "visit"),
        RESIDUAL: (SCHOOL, "visit", "inspector"),
    }
    plans = [
        Decision(
            visits,
            inspectors,
            *coefficients(found, {"visit": visits, "inspector": inspectors}, of),
        )
        for visits in range(1, 2 if days else most_visits + 1)
        for inspectors in range(1, most_inspectors + 1)
    ]
    return Study(found, tuple(plans), error.unknown, error.remedy)


def study_of_indicators(ratings: Ratings) -> Components:
    """Returns components of single readings, each as the share (of 1) of its points that was kept.

    ``school``, ``inspector``, ``indicator``, ``school:indicator`` (schools differ in what they are
    good at), ``inspector:indicator`` (people read an indicator differently: its wording is open),
    ``school:inspector`` (one person sees all of a school brighter: halo), and the residual.
    What inspectors bring is measured within visits, the rest is what is left.
    """
    row, indicator = np.nonzero(ratings.there & np.isfinite(ratings.shares))
    school, inspector = ratings.school[row], ratings.inspector[row]
    values = ratings.shares[row, indicator]
    people = {
        "inspector": inspector,
        "inspector:indicator": crossed(inspector, indicator),
        "school:inspector": crossed(school, inspector),
    }
    found = components_within(values, people, crossed(ratings.visit[row], indicator))
    if not np.isfinite(found.raw[RESIDUAL]):
        return found
    others = {
        SCHOOL: school,
        "indicator": indicator,
        "school:indicator": crossed(school, indicator),
    }
    known = {name: 0.0 if np.isnan(own) else own for name, own in found.raw.items()}
    rest = components(values, {**others, **people}, known)
    return replace(rest, raw={**rest.raw, **found.raw})


def _rated_by_several(school: np.ndarray, inspector: np.ndarray) -> bool:
    pairs = np.unique(np.stack([school, inspector]), axis=1)
    return bool((np.bincount(pairs[0]) > 1).any())
