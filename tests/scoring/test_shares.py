"""A printed percentage is rounded once, from the exact share: not from one already rounded."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from inspections.records.record import State
from rubrics.values.points import PERCENT
from scoring.engine.dimensions import shares
from scoring.years.held import HeldItem
from scoring.years.rates import kept_share
from tests.reference.exact import half_up

POINTS = st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)).map(sorted)


@given(POINTS.filter(lambda it: it[1] > 0))
@example([85447, 100000])
def test_shares_are_rounded_once(points: list[int]) -> None:
    earned, worth = points
    exact = half_up(Fraction(earned, worth), PERCENT) * 10_000
    assert shares(np.array([earned]), np.array([worth]), PERCENT).tolist() == [exact]
    item = HeldItem(State.CHECKED, worth, earned)
    assert kept_share([item], demerits=False) == exact
    rest = half_up(1 - Fraction(earned, worth), PERCENT) * 10_000
    assert kept_share([item], demerits=True) == rest
