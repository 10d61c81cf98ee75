"""Totals corrected for how strict inspectors were: the figures by inspector are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from inspections.records.record import Record
from inspections.round.round import Round
from rubrics.language.rubric import Rubric
from tests.reference.combining import combined
from tests.reference.exact import NOTHING, exact, half_up


@dataclass
class Given:
    """Points by inspector, above zero where a total becomes a better one; and in which groups."""

    points: Mapping[str, Fraction]
    groups: frozenset[str]


def correction(
    rubric: Rubric, given: Given, checked: Sequence[Record], visits: Sequence[Record], of: Round
) -> Fraction:
    """Weighed as the school's records are; where these have no weights, the plain mean.

    ``checked``: records in which something was.
    """
    weights = of.combining.inspectors == "weighted"
    inspectors = "weighted" if weights else "mean"
    dated = of.combining.visits in ("weighted", "latest")
    occasions = of.combining.visits if dated else "mean"
    how = of.combining.model_copy(update={"inspectors": inspectors, "visits": occasions})
    alone = of.model_copy(update={"combining": how})
    figures = [(one, given.points.get(one.key.inspector, NOTHING)) for one in checked]
    mean = combined(figures, visits, alone, more_is_better=True)
    return half_up(mean, min(2, rubric.places))


def moved(rubric: Rubric, total: Fraction, by: Fraction) -> Fraction:
    """A total with the correction, between nothing and full marks, unless it was outside before."""
    full = exact(rubric.points)
    places = rubric.places
    lowest, highest = NOTHING, Fraction(int(full * 10**places), 10**places)
    if rubric.scale == "demerits":
        by = -by
    new = total + by
    if by > 0:
        new = max(min(new, highest), total)
    if by < 0:
        new = min(max(new, lowest), total)
    if rubric.floor is not None:
        new = max(new, exact(rubric.floor))
    if rubric.cap is not None:
        new = min(new, exact(rubric.cap))
    return new
