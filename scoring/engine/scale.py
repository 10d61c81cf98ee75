"""More is better: how points and demerits stand in columns, and how they are published."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from rubrics.language.rubric import Rubric
from rubrics.values.points import IntArray, to_units

Units = TypeVar("Units", int, Fraction, "int | Fraction", IntArray)


def turned(rubric: Rubric, units: Units) -> Units:
    """Returns published units as they stand in columns, or back: demerits below 0.

    All rounding is half away from zero, so it does not matter on which side it is done.
    """
    return -units if rubric.scale == "demerits" else units


def best(rubric: Rubric, points: Decimal) -> int:
    """Returns the most units that can be had of P: all of it, or no demerits."""
    return 0 if rubric.scale == "demerits" else to_units(points)


def worst(rubric: Rubric, points: Decimal) -> int:
    """Returns the fewest units that can be had of P: none, or all of it as demerits."""
    return best(rubric, points) - to_units(points)
