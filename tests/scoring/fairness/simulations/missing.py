"""Known severities where ratings are missing: bias, standard errors, coverage, false alarms.

``python -m tests.scoring.fairness.simulations.missing [ROUNDS]`` prints the table. Indicators
differ in difficulty, schools are better in one than in another, and what is missing is missing for
a reason or for none: 合理缺项 and 不适用 for both inspectors of a visit, 未查 for one of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from scoring.fairness.ratings import Floats, Ratings
from scoring.fairness.severity import severity
from tests.scoring.fairness.invented import ratings, rubric_of
from tests.scoring.fairness.simulations.severities import Draw, pairs

ITEMS = 20
RUBRIC = rubric_of([5] * ITEMS)


@dataclass(frozen=True)
class Round:
    """What is there to be missing: ``shares`` (records x indicators) as each inspector sees them,
    of 1; ``able``: schools x indicators, in truth; ``hard``: indicators, the hardest first.
    """

    school: np.ndarray
    inspector: np.ndarray
    shares: Floats
    able: Floats
    hard: np.ndarray


Missing = Callable[[np.random.Generator, Round], np.ndarray]
"""Which ratings are missing: records x indicators."""


def nothing(random: np.random.Generator, of: Round) -> np.ndarray:
    return np.zeros(of.shares.shape, bool)


def excused(random: np.random.Generator, of: Round) -> np.ndarray:
    """At every third school six indicators do not apply, any of them."""
    without = np.zeros(of.able.shape, bool)
    for school in np.flatnonzero(random.random(len(of.able)) < 1 / 3):
        without[school, random.choice(ITEMS, 6, replace=False)] = True
    return without[of.school]


def excused_where_weak(random: np.random.Generator, of: Round) -> np.ndarray:
    """At every third school the six are excused in which it is worst."""
    without = np.argsort(np.argsort(of.able, axis=1), axis=1) < 6
    without[random.random(len(of.able)) >= 1 / 3] = False
    return without[of.school]


def unchecked(random: np.random.Generator, of: Round) -> np.ndarray:
    """Each inspector leaves out a tenth of all, for no reason."""
    return random.random(of.shares.shape) < 0.1


def unchecked_where_low(random: np.random.Generator, of: Round) -> np.ndarray:
    """Everybody leaves out three of ten ratings that would be below the middle."""
    return (of.shares < np.median(of.shares)) & (random.random(of.shares.shape) < 0.3)


def unchecked_by_one(random: np.random.Generator, of: Round) -> np.ndarray:
    """The first inspector leaves out the four hardest, at every second visit."""
    own = (of.inspector == 0) & (random.random(len(of.inspector)) < 0.5)
    found = np.zeros(of.shares.shape, bool)
    found[np.ix_(np.flatnonzero(own), of.hard[:4])] = True
    return found


WAYS: Mapping[str, Missing] = {
    "nothing missing": nothing,
    "a third of schools: 6 of 20 excused, any": excused,
    "a third of schools: 6 of 20 excused, the worst": excused_where_weak,
    "a tenth unchecked, for no reason": unchecked,
    "three of ten low ratings unchecked, by all": unchecked_where_low,
    "the 4 hardest unchecked by one, every other visit": unchecked_by_one,
}


@dataclass(frozen=True)
class Found:
    """``bias``: how much stricter than they are inspectors are found on average, the first of them
    (``first``) and how much farther from 0 all (``outward``), points; then as in ``severities``.
    """

    rounds: int
    first: float
    outward: float
    spread: float
    error: float
    held: float
    first_held: float
    named: float
    stood_out: float


def invented(
    random: np.random.Generator, draw: Draw, missing: Missing, strict: float
) -> tuple[Ratings, Floats]:
    """A round and the true severities, points of 100."""
    school, inspector = draw(random)
    severities = random.normal(0, 1, inspector.max() + 1) * strict
    hardness = random.normal(0, 0.1, ITEMS)
    able = 0.75 + random.normal(0, 0.06, school.max() + 1)[:, np.newaxis] - hardness
    able = able + random.normal(0, 0.1, able.shape)
    seen = able[school] - severities[inspector][:, np.newaxis] / 100
    seen = seen + random.normal(0, 0.09, seen.shape)
    of = Round(school, inspector, seen, able, np.argsort(-hardness))
    shares = np.where(missing(random, of), np.nan, seen)
    return ratings(RUBRIC, school, inspector, shares), severities


def tried(
    rounds: int, draw: Draw, missing: Missing, *, strict: float = 2.0, seed: int = 1
) -> Found:
    """Counts over ``rounds`` invented rounds."""
    random = np.random.default_rng(seed)
    away, outward, errors, held, first, first_held, named, out = [], [], [], [], [], [], 0, 0
    for _ in range(rounds):
        made, severities = invented(random, draw, missing, strict)
        found = severity(made, tolerance=0.0)
        main = [one for one in found.inspectors if one.island == 0]
        known = severities[[int(one.inspector[1:]) for one in main]]
        known = known - known.mean()
        gap = np.array([one.severity for one in main]) - known
        inside = [one.low <= it <= one.high for one, it in zip(main, known, strict=True)]
        away += gap.tolist()
        outward += (np.sign(known) * gap).tolist()
        errors += [one.error for one in main]
        held += inside[1:]
        first.append(gap[0])
        first_held.append(inside[0])
        named += any(one.named for one in found.inspectors)
        out += bool(found.unusual)
    return Found(
        rounds,
        float(np.mean(first)),
        float(np.mean(outward)),
        float(np.std(away)),
        float(np.sqrt(np.mean(np.square(errors)))),
        float(np.mean(held)),
        float(np.mean(first_held)),
        named / rounds,
        out / rounds,
    )


def main() -> None:
    """Prints the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print("60 schools, 8 inspectors, 2 each | bias of the first, outward | deviation | error")
    print("    | 95 % holds severity, the first's | all alike: somebody named | stands out")
    for name, missing in WAYS.items():
        one = tried(rounds, pairs(60, 8), missing)
        alike = tried(rounds, pairs(60, 8), missing, strict=0.0)
        print(
            f"{name} | {one.first:+.3f} {one.outward:+.3f} | {one.spread:.3f} | {one.error:.3f} | "
            f"{one.held:.2%} {one.first_held:.2%} | {alike.named:.1%} | {alike.stood_out:.1%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
