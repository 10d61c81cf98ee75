"""Last digits: of what is measured finely enough, visit by visit."""

from __future__ import annotations

import numpy as np

from scoring.fairness.patterns.digits import digits
from tests.scoring.fairness.binomial import at_most
from tests.scoring.fairness.patterns.made_up import honest
from tests.scoring.fairness.patterns.planting import round_digits


def test_the_digit_is_named_with_the_cells() -> None:
    made = honest(8, people=6, visits=90, tough=False)
    round_digits(0.9)(made)
    found = digits(made.sheets(), 1)[0]
    assert found.p < 0.001 and "末位是 0 的" in found.words
    assert found.cells and all(cell.cell.startswith("B") for cell in found.cells)
    assert found.draws and found.seed is not None


def test_whole_degrees_everywhere_tell_nothing() -> None:
    """Between 2 and 8 degrees the last digit of a whole number is the temperature itself."""
    made = honest(8, people=6, visits=90)
    made.read = np.rint(made.read)
    assert {one.state for one in digits(made.sheets(), 1)} == {"unknown"}


def test_a_schools_own_thermometer_is_one_thing() -> None:
    """Half of all schools have one that shows whole degrees: twelve readings each, one reason."""
    low = 0
    rounds = 80
    for seed in range(rounds):
        made = honest(seed, people=4, visits=40, tough=False)
        whole = np.random.default_rng(seed).random(40) < 0.5
        rows = whole[made.school]
        made.read[rows] = np.rint(made.read[rows])
        low += digits(made.sheets(), seed)[seed % 4].p <= 0.05
    assert low <= at_most(rounds, 0.05)
