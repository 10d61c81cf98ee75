"""How well ratings fit the many-facet model, by inspector and by indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rubrics.values.points import BoolArray, IntArray
from scoring.fairness.categories import Rated
from scoring.fairness.chances import holm
from scoring.fairness.rating_scale import Moments
from scoring.fairness.ratings import Floats

FALSE_ALARM: Final = 0.05
"""How often anybody at all is named where all ratings fit."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Mean squares of what is left over, 1 where the ratings are as the model has them.

    Above 1 they are more erratic than it says, below 1 more alike. ``infit`` weighs each rating by
    its information; ``outfit`` weighs all alike, so that single surprising ones show. ``infit_z``
    and ``outfit_z``: the same as standard normal figures. ``chance``: how probable so high an infit
    is where ratings fit, corrected for all in the facet (Holm); one erratic inspector makes others
    look too even, so that nobody is named for that. nan where there are no ratings.
    """

    infit: float
    outfit: float
    infit_z: float
    outfit_z: float
    chance: float

    @property
    def named(self) -> bool:
        """Whether ratings are more erratic than the model has them."""
        return self.chance <= FALSE_ALARM


def fits(data: Rated, own: Moments, facet: IntArray, size: int) -> tuple[Fit, ...]:
    """Returns the fit of each of ``size`` members of a facet; ``facet``: whose each rating is.

    What a school got in all is given, so its ratings vary less, or more, than each by itself would:
    mean squares are of what is expected then, to terms of one part in the number of its ratings
    (the Edgeworth series of a conditional distribution; Barndorff-Nielsen and Cox 1979). Standard
    normal figures by Wilson and Hilferty. Source: Wright and Masters (1982), chapter 5.
    """
    from scipy.special import ndtr

    square = np.square(data.category - own.mean)
    variance = np.maximum(own.variance, 1e-12)
    whole = np.bincount(data.unit, variance, minlength=data.units)[data.unit]
    third = np.bincount(data.unit, own.third, minlength=data.units)[data.unit]
    due = variance - (own.fourth - np.square(variance)) / (2 * whole)
    due += own.third * third / (2 * np.square(whole))

    def sums(values: Floats) -> Floats:
        return np.asarray(np.bincount(facet, values, minlength=size), np.float64)

    count = np.bincount(facet, minlength=size)
    with np.errstate(divide="ignore", invalid="ignore"):
        infit = sums(square) / sums(due)
        outfit = sums(square / variance) / sums(due / variance)
        # Of what is expected, so that both have their own deviation.
        spread_in = np.sqrt(sums(own.fourth - np.square(variance))) / sums(variance)
        spread_out = np.sqrt(sums(own.fourth / np.square(variance) - 1)) / count
        infit_z, outfit_z = _normal(infit, spread_in), _normal(outfit, spread_out)
    chances = holm(ndtr(-infit_z))
    return tuple(
        Fit(*(float(one[place]) for one in (infit, outfit, infit_z, outfit_z, chances)))
        for place in range(size)
    )


def most_surprising(
    data: Rated, own: Moments, whose: BoolArray, most: int = 6
) -> list[tuple[int, float]]:
    """Returns the ratings (rows of ``data``) that are farthest from what is expected, among those
    ``whose`` says, each with its standardized residual; fewer where few are beyond 2.
    """
    rows = np.flatnonzero(whose)
    apart = (data.category - own.mean)[rows] / np.sqrt(np.maximum(own.variance[rows], 1e-12))
    order = np.argsort(-np.abs(apart), kind="stable")[:most]
    return [(int(rows[at]), float(apart[at])) for at in order.tolist() if abs(apart[at]) >= 2]


def _normal(square: Floats, spread: Floats) -> Floats:
    """Mean squares as standard normal figures, by their cube root."""
    found: Floats = (np.cbrt(square) - 1) * 3 / spread + spread / 3
    return found
