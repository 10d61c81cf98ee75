"""Weighted kappa: agreement beyond chance of two inspectors, one and the same throughout."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal, TypeAlias

import numpy as np

from scoring.fairness.intraclass import Estimate
from scoring.fairness.ratings import Floats

Weights: TypeAlias = Literal["equal", "linear", "quadratic"]
"""What a pair of levels that differ is worth: nothing, or the less the further they lie apart."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Kappa, of 1: 0 is what chance gives.

    ``error`` is its standard error, ``error_by_chance`` that where there is no agreement but by
    chance, which a test of that uses. The interval is kappa and so many standard errors.
    """

    estimate: Estimate
    error: float
    error_by_chance: float
    pairs: int


def weighted_kappa(
    table: Floats, weights: Weights | Floats = "quadratic", level: float = 0.95
) -> Kappa:
    """Returns Cohen's weighted kappa of a square table of counts, levels in their order.

    ``table``: rows = what the one inspector said, columns = the other. ``weights``: by name
    (linear: Cicchetti and Allison 1971, quadratic: Fleiss and Cohen 1973), or a matrix of what each
    pair is worth, 1 where they agree. nan where both only ever said one level.

    Source: Cohen (1968); standard errors by Fleiss, Cohen and Everitt (1969), whose large-sample
    formulas need some 30 pairs.

    >>> found = weighted_kappa(np.array([[20.0, 5], [10, 15]]), "equal")
    >>> round(found.estimate.value, 2)
    0.4
    """
    from scipy.special import ndtri

    count = float(table.sum())
    worth = _worth(len(table), weights) if isinstance(weights, str) else weights
    unknown = Kappa(Estimate(np.nan, np.nan, np.nan), np.nan, np.nan, int(count))
    if not count:
        return unknown
    share = table / count
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    product = np.outer(rows, columns)
    seen, chance = float((worth * share).sum()), float((worth * product).sum())
    if chance >= 1 - 1e-12:
        return unknown
    value = (seen - chance) / (1 - chance)
    ends = (worth @ columns)[:, np.newaxis] + (rows @ worth)[np.newaxis, :]
    spread = float((share * np.square(worth * (1 - chance) - ends * (1 - seen))).sum())
    spread -= (seen * chance - 2 * chance + seen) ** 2
    error = sqrt(max(spread, 0.0) / count) / (1 - chance) ** 2
    null = float((product * np.square(worth - ends)).sum()) - chance**2
    reach = float(ndtri((1 + level) / 2)) * error
    return Kappa(
        Estimate(value, value - reach, min(1.0, value + reach)),
        error,
        sqrt(max(null, 0.0) / count) / (1 - chance),
        int(count),
    )


def table_of(one: Floats, other: Floats) -> Floats:
    """Returns the table of counts of two columns of values, levels in order; nan is left out.

    >>> table_of(np.array([1.0, 1, 2]), np.array([1.0, 2, 2]))
    array([[1., 1.],
           [0., 1.]])
    """
    both = np.isfinite(one) & np.isfinite(other)
    levels, code = np.unique(np.concatenate([one[both], other[both]]), return_inverse=True)
    found = np.zeros((len(levels), len(levels)))
    np.add.at(found, (code[: both.sum()], code[both.sum() :]), 1)
    return found


def _worth(levels: int, weights: Weights) -> Floats:
    place = np.arange(levels)
    apart = np.abs(place[:, np.newaxis] - place) / max(levels - 1, 1)
    found: Floats = {
        "equal": np.asarray(apart == 0, np.float64),
        "linear": 1 - apart,
        "quadratic": 1 - np.square(apart),
    }[weights]
    return found
