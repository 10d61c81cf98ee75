"""Figures as people read them, and the differences between them.

What is printed has to subtract as it is printed, so a difference is always one of figures that
were rounded first, never a rounded difference. Whoever prints a figure or a difference takes it
from here: totals have the rubric's decimals, points of items two (more only where the rubric
publishes more), shares of points are percentages with one decimal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rubrics.language.rubric import Rubric
from rubrics.rules.exact import quotient
from rubrics.values.points import PERCENT, SCALE, fixed, from_units, half_up, round_units, to_units
from scoring.results.scores import DimensionScore, SchoolScore

POINTS: Final = 2
"""Decimals of points that are no total."""

TRIFLE: Final = 500
"""Units: a loss below 0.05 point is none that a school could be told to put right."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two published figures and what parts them, in units of 1/10000.

    ``apart`` is ``mine - other``. ``better``: by how much mine is the better one, below 0 where it
    is the worse.
    """

    mine: int
    other: int
    better: int

    @property
    def apart(self) -> int:
        """What has to be added to the other figure to get mine."""
        return self.mine - self.other


def points_places(rubric: Rubric) -> int:
    """Returns how many decimals the points of items and dimensions have where people read them."""
    return max(POINTS, rubric.places)


def points_text(units: int, places: int = POINTS) -> str:
    """Returns units as points, rounded half-up, without trailing zeros: ``2.5``, ``0.83``."""
    return str(from_units(round_units(units, places)))


def signed_text(units: int, places: int = POINTS) -> str:
    """Returns a difference of points with its sign: ``+2.5``, ``-1``, ``0``."""
    return ("+" if round_units(units, places) > 0 else "") + points_text(units, places)


def traced_text(units: int, places: int) -> str:
    """Returns the same; what is there and rounds to nothing is ``不足0.01``."""
    least: int = 10 ** (4 - places)
    nothing = units and not round_units(units, places)
    return f"不足{fixed(least, places)}" if nothing else points_text(units, places)


def total_text(rubric: Rubric, units: int) -> str:
    """Returns a total with all the decimals that the rubric publishes."""
    return fixed(units, rubric.places)


def share_text(share: int | Fraction) -> str:
    """Returns a share in 1/10000 as a percentage with one decimal: 8750 is ``87.5%``."""
    return percent_text(round_units(quotient(share, 1), PERCENT))


def percent_text(share: int) -> str:
    """Returns a published share, or a difference of two, as a percentage with one decimal."""
    return f"{percentage_points(share)}%"


def percentage_points(share: int) -> str:
    """Returns the same without the mark: ``2.2``, of 个百分点."""
    return fixed(share * 100, 1)


def kept_share(rubric: Rubric, share: int) -> int:
    """Returns a share as it is published, of what was kept; of demerits that is all the rest."""
    shown = round_units(share, PERCENT)
    return SCALE - shown if rubric.scale == "demerits" else shown


def to_median(rubric: Rubric, score: SchoolScore) -> Difference | None:
    """Returns a school's total beside its group's median; None where one is missing."""
    return between(rubric, score.total, score.median)


def between(rubric: Rubric, mine: int | None, other: int | None) -> Difference | None:
    """Returns one total beside another (the best of a group, that of the last round)."""
    return _difference(rubric, mine, other, rubric.places)


def share_to_median(rubric: Rubric, part: DimensionScore) -> Difference | None:
    """Returns a dimension's share beside the group's median share, in 1/10000."""
    return _difference(rubric, part.share, part.median, PERCENT)


def apportioned(parts: Sequence[int], places: int, whole: int | None = None) -> tuple[int, ...]:
    """Returns the parts rounded to ``places``, so that they add up to their rounded sum.

    Each is rounded up or down to the next figure; those that lose most by it are rounded up first,
    equal ones in their order. ``whole``: the rounded sum, where it is known to be another one.
    """
    step: int = 10 ** (4 - places)
    total = round_units(sum(parts), places) if whole is None else whole
    down = [part // step * step for part in parts]
    more = (total - sum(down)) // step
    if not 0 <= more <= len(parts):
        return tuple(round_units(part, places) for part in parts)
    order = sorted(range(len(parts)), key=lambda n: down[n] - parts[n])
    up = set(order[:more])
    return tuple(part + step * (n in up) for n, part in enumerate(down))


def by_hand(rubric: Rubric, earned: int, applicable: int) -> int:
    """Returns what somebody works out as published total from printed points (units)."""
    step: int = 10 ** (4 - rubric.places)
    exact = Fraction(earned * to_units(rubric.points), applicable * step)
    return half_up(exact.numerator, exact.denominator) * step


def reproduced(rubric: Rubric, score: SchoolScore, places: int) -> bool:
    """Whether points with ``places`` decimals lead to the normalised score as it is published."""
    if score.normalised is None or not score.applicable or rubric.scale == "demerits":
        return True
    shown = round_units(score.earned, places), round_units(score.applicable, places)
    return by_hand(rubric, *shown) == round_units(score.normalised, rubric.places)


def dimension_points(score: SchoolScore, places: int) -> tuple[int, ...]:
    """Returns what the dimensions earned, rounded so that they add up to the points earned.

    Of those that are untold the first stands for all.
    """
    rest = score.earned - sum(item.earned for item in score.dimensions)
    parts = []
    for item in score.dimensions:
        parts.append(item.earned + (rest if item.untold else 0))
        rest = 0 if item.untold else rest
    return apportioned(parts, places, round_units(score.earned, places))


def best_total(rubric: Rubric, schools: Iterable[SchoolScore]) -> int | None:
    """Returns the best total of those that are ranked, in units."""
    totals = [it.total for it in schools if it.rank is not None and it.total is not None]
    return (min if rubric.scale == "demerits" else max)(totals, default=None)


def trifling(lost: int) -> bool:
    """Whether so small a loss (units) makes no demand of its own."""
    return lost < TRIFLE


def percent_beside(part: int | Fraction, whole: int, limit: Fraction) -> str:
    """Returns a share of a whole with two decimals, half-up; a limit that it does not equal it
    does not look like, and is then rounded away from.
    """
    share = Fraction(part) / whole
    units = int((share * SCALE * 2 + 1) // 2)
    if share != limit and units == limit * SCALE:
        units += 1 if share > limit else -1
    return f"{from_units(units * 100)}%"


def _difference(
    rubric: Rubric, mine: int | None, other: int | None, places: int
) -> Difference | None:
    if mine is None or other is None:
        return None
    first, second = round_units(mine, places), round_units(other, places)
    apart = first - second
    return Difference(first, second, -apart if rubric.scale == "demerits" else apart)
