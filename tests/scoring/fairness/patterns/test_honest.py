"""Honest rounds: no test tells more often than it says, alone and all together.

The large simulation is ``tests.scoring.fairness.simulations.patterns``.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from scoring.fairness.patterns.correcting import RATE
from scoring.fairness.patterns.looking import patterns_of
from scoring.fairness.patterns.pattern import Kind
from tests.scoring.fairness.binomial import at_most
from tests.scoring.fairness.patterns.made_up import Design, honest

ROUNDS = 30
_CASES: list[tuple[Design, int, int]] = [
    ("pairs", 8, 60),
    ("mixed", 8, 60),
    ("alone", 8, 60),
    ("pairs", 4, 12),
]


@pytest.mark.parametrize(("design", "people", "visits"), _CASES)
def test_false_alarms(design: Design, people: int, visits: int) -> None:
    low: Counter[Kind] = Counter()
    rounds: Counter[Kind] = Counter()
    false = 0
    for seed in range(ROUNDS):
        made = honest(500 + seed, people=people, visits=visits, design=design, tough=False)
        found = patterns_of([made.sheets()], seed)
        false += any(one.state == "tested" for one in found.told)
        # Tests of one round hang together; one of each kind does not.
        for kind in Kind:
            ps = [one.p for one in found.patterns if one.kind is kind and one.state == "tested"]
            if ps:
                rounds[kind] += 1
                low[kind] += ps[seed % len(ps)] <= RATE
    assert false <= at_most(ROUNDS, RATE)
    for kind, count in rounds.items():
        assert low[kind] <= at_most(count, RATE), kind
    known = {Kind.COPIED, Kind.DIGITS, Kind.EDGE, Kind.STAY}
    if design != "alone":
        known |= {Kind.DRIFT, Kind.HALO, Kind.SPREAD, Kind.ALIKE}
    if visits >= 60:
        assert known <= set(rounds)


def test_p_is_even_where_it_is_exact() -> None:
    """Not only rarely low: as often below a half as above."""
    ps = []
    for seed in range(ROUNDS):
        found = patterns_of([honest(seed, people=4, visits=40, tough=False).sheets()], seed)
        exact = (Kind.DRIFT, Kind.HALO)
        ps += [one.p for one in found.patterns if one.kind in exact and one.state == "tested"]
    assert 0.4 < np.mean(np.array(ps) <= 0.5) < 0.6


def test_the_same_seed_gives_the_same() -> None:
    made = honest(1, people=4, visits=30)
    assert repr(patterns_of([made.sheets()], 9)) == repr(patterns_of([made.sheets()], 9))
