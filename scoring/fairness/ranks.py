"""How sure the places of a group are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rubrics.values.points import IntArray
from scoring.fairness.errors import Errors
from scoring.fairness.rank_chances import rank_chances
from scoring.fairness.rank_sets import brackets, joint_ranks
from scoring.fairness.ratings import Floats


@dataclass(frozen=True, slots=True)
class SureRanks:
    """The schools of one group, as they were given; ranks are 1-2-2-4, 1 is the first.

    ``low`` to ``high``: where the true rank of a school lies with the chance ``sure``, each school
    by itself, met on average over schools; ``joint_low`` to ``joint_high``: for all at once.
    ``first`` and ``last``: the chance to be truly among the first and the last ``among``.
    ``spread``: the standard deviation of true totals; beside it the errors say how much a place
    means. ``reliability``: the share of the spread of totals that is truth.
    """

    totals: Floats
    errors: Errors
    sure: float
    among: int
    rank: IntArray
    low: IntArray
    high: IntArray
    joint_low: IntArray
    joint_high: IntArray
    first: Floats
    last: Floats
    spread: float

    @property
    def reliability(self) -> float:
        """Of 1: how much of the spread of published totals is the schools' own."""
        noise = float(self.errors.variance.mean())
        whole = self.spread**2 + noise
        return self.spread**2 / whole if whole else 1.0

    def brackets(self) -> list[tuple[int, int]]:
        """Returns runs of schools that cannot be told apart, by place in ``order``; see
        :func:`.rank_sets.brackets`.
        """
        return brackets(self.totals, self.errors, self.sure, self.order)

    @property
    def order(self) -> IntArray:
        """The schools from first to last, those of one rank as they were given."""
        return np.argsort(self.rank, kind="stable")

    def as_printed(self, rank: IntArray) -> SureRanks:
        """Returns the same with ranks in which something else parts schools of equal totals.

        Intervals are made wider where they do not hold the printed rank.
        """
        low, high = np.minimum(self.low, rank), np.maximum(self.high, rank)
        joint = np.minimum(self.joint_low, rank), np.maximum(self.joint_high, rank)
        return replace(self, rank=rank, low=low, high=high, joint_low=joint[0], joint_high=joint[1])

    def place(self, school: int) -> str:
        """Returns ``第 3 至第 9 名之间``, or ``第 3 名``."""
        low, high = int(self.low[school]), int(self.high[school])
        return f"第 {low} 名" if low == high else f"第 {low} 至第 {high} 名之间"


def sure_ranks(
    totals: Floats, errors: Errors, *, sure: float = 0.9, among: int = 10, step: float = 0.01
) -> SureRanks:
    """Returns how sure the places of a group of two schools or more are.

    ``totals`` (schools, points, more is better; of demerits below 0) as they are published,
    of schools that are ranked by them alone, with their ``errors``; ``step``: the last decimal that
    is published. The interval of a school always holds the rank that is printed. Sources: the
    modules that it is made of.

    >>> found = sure_ranks(np.array([95.0, 90, 70]), Errors.independent(np.full(3, 4.0)))
    >>> [found.place(school) for school in range(3)]
    ['第 1 至第 2 名之间', '第 1 至第 2 名之间', '第 3 名']
    """
    chances = rank_chances(totals, errors, sure=sure, among=among, step=step)
    low, high = joint_ranks(totals, errors, sure)
    ordered = np.sort(totals)
    rank = 1 + len(totals) - np.searchsorted(ordered, totals, "right")
    return SureRanks(
        totals,
        errors,
        sure,
        among,
        rank,
        np.minimum(chances.low, rank),
        np.maximum(chances.high, rank),
        low,
        high,
        chances.first,
        chances.last,
        chances.spread,
    )
