"""How often patterns are told of honest rounds, and how often of planted ones.

``python -m tests.scoring.fairness.simulations.patterns [ROUNDS]`` prints a table.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable

import numpy as np

from scoring.fairness.patterns.looking import patterns_of
from scoring.fairness.patterns.pattern import Kind
from tests.scoring.fairness.patterns.made_up import Design, Round, honest
from tests.scoring.fairness.patterns.planting import PLANTED


def honest_rounds(rounds: int, **settings: object) -> tuple[Counter[str], Counter[str], int]:
    """Of how many rounds something is told; by pattern how many p lie at or below 5 %, of all."""
    low: Counter[str] = Counter()
    tested: Counter[str] = Counter()
    false = 0
    for seed in range(rounds):
        tried = patterns_of([honest(seed, **settings).sheets()], seed)  # type: ignore[arg-type]
        for one in tried.patterns:
            if one.state == "tested":
                tested[one.kind] += 1
                low[one.kind] += one.p <= 0.05
        false += any(one.state == "tested" for one in tried.told)
    return low, tested, false


def power(rounds: int, kind: Kind, plant: Callable[[Round], None], **settings: object) -> float:
    """The share of rounds in which a planted pattern is told of the first inspector."""
    found = 0
    for seed in range(rounds):
        made = honest(10_000 + seed, **settings)  # type: ignore[arg-type]
        plant(made)
        told = patterns_of([made.sheets()], seed).told
        found += any(one.kind is kind and "P000" in one.inspectors for one in told)
    return found / rounds


def main(rounds: int) -> None:
    """Prints both tables."""
    designs: tuple[Design, ...] = ("pairs", "mixed", "alone")
    kinds = [kind for kind in Kind if kind is not Kind.TWO_PLACES]
    print("honest".ljust(34), "told", *kinds)
    for design in designs:
        for people, visits in ((12, 120), (12, 36), (4, 12), (60, 900)):
            count = rounds if people < 60 else max(rounds // 10, 1)
            low, tested, false = honest_rounds(count, people=people, visits=visits, design=design)
            shares = [f"{low[kind] / tested[kind]:.3f}" if tested[kind] else "-" for kind in kinds]
            name = f"{design}, {people} people, {visits} visits"
            print(name.ljust(34), f"{false / count:.3f}", *shares, flush=True)
    print("power: told of the one who did it")
    for kind, plants in PLANTED.items():
        for label, plant in plants.items():
            shares = [
                power(max(rounds // 10, 1), kind, plant, people=12, visits=visits)
                for visits in (60, 120, 240)
            ]
            print(kind, label, *(f"{share:.2f}" for share in shares), flush=True)


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
