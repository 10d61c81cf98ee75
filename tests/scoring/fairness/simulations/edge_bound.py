"""What the best test could see of totals that gather at an edge: nobody can see more.

``python -m tests.scoring.fairness.simulations.edge_bound [ROUNDS]``. The first inspector of twelve
lifts every total that falls short by up to so many points, so that all near an edge lie above it.
Who knew that above and below are equally likely, and how far is lifted, would take halves for each:
p is 1/2 to the power of how many there are. ``told``: among a hundred tests, corrected as ours are.
"""

from __future__ import annotations

import sys

import numpy as np

from scoring.fairness.patterns.correcting import RATE
from tests.scoring.fairness.patterns.made_up import honest
from tests.scoring.fairness.patterns.planting import _total

TESTS = 100
EDGES = np.array([80, 90])


def near(seed: int, visits: int, reach: float) -> tuple[int, int]:
    """How many totals the first inspector lifts, and how many then lie above an edge so near."""
    made = honest(seed, people=12, visits=visits)
    over = _total(made)[made.of(0)][:, np.newaxis] - EDGES
    lifted = int(((over < 0) & (over >= -reach)).sum())
    return lifted, lifted + int(((over >= 0) & (over < reach)).sum())


def main(rounds: int) -> None:
    """Prints a row for each number of visits and points that are lifted."""
    print("visits | lifted by up to | of how many | lie near | told among 100 tests | told alone")
    for visits in (60, 120, 240):
        for reach in (1, 2):
            found = np.array([near(10_000 + seed, visits, reach) for seed in range(rounds)])
            p = 0.5 ** found[:, 1]
            lifted, there = found.mean(axis=0)
            shares = np.mean(p <= RATE / TESTS), np.mean(p <= RATE)
            print(
                f"{visits} | {reach} | {lifted:.1f} | {there:.1f} | "
                f"{shares[0]:.2f} | {shares[1]:.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
