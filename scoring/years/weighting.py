"""A school's figure of the year: its totals, weighted over the rounds in which it has one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rubrics.values.points import half_up
from scoring.results.published import apportioned


def weighted(
    totals: Sequence[int | None], weights: Sequence[Fraction], places: int
) -> tuple[int | None, tuple[int | None, ...]]:
    """Returns the year's total and what each round adds to it, in units of 1/10000.

    ``totals``: as each round published them, so that whoever works the year out again from what is
    printed gets what is printed. A round without a total is none, and not zero: the others share
    its weight. The total is rounded half-up once, to ``places``; the parts as printed add up to it.
    None without any total.
    """
    there = [number for number, total in enumerate(totals) if total is not None]
    if not there:
        return None, (None,) * len(totals)
    whole = sum((weights[number] for number in there), Fraction())
    exact = [Fraction(totals[number] or 0) * weights[number] / whole for number in there]
    step: int = 10 ** (4 - places)
    sum_of_all = sum(exact, Fraction())
    total = half_up(sum_of_all.numerator, sum_of_all.denominator * step) * step
    near = [int(part) for part in exact]
    told = dict(zip(there, apportioned(near, places, total), strict=True))
    return total, tuple(told.get(number) for number in range(len(totals)))
