"""Known severities in invented rounds: bias, standard errors, coverage, false alarms.

``python -m tests.scoring.fairness.simulations.severities [ROUNDS]`` prints the table; 1,000 rounds
of each design take some minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from scoring.fairness.ratings import Floats, Ratings
from scoring.fairness.severity import severity
from tests.scoring.fairness.invented import Numbers, ratings, rubric_of

Draw = Callable[[np.random.Generator], tuple[Numbers, Numbers]]
RUBRIC = rubric_of([10] * 10)


@dataclass(frozen=True)
class Found:
    """What was counted over all rounds of a design; figures in points.

    ``bias``: how much farther from 0 severities are found than they are, on average; ``spread``:
    standard deviation of what they are off by, ``error`` what their standard errors say.
    """

    rounds: int
    bias: float
    spread: float
    error: float
    held: float
    level_held: float
    named: float
    stood_out: float


def pairs(schools: int, inspectors: int) -> Draw:
    """Each school by two inspectors drawn at random."""

    def draw(random: np.random.Generator) -> tuple[Numbers, Numbers]:
        first = random.integers(0, inspectors, schools)
        second = (first + random.integers(1, inspectors, schools)) % inspectors
        return np.repeat(np.arange(schools), 2), np.stack([first, second], axis=1).ravel()

    return draw


def chain(schools: int, inspectors: int) -> Draw:
    """Neighbours alone go together: inspectors at the ends are linked through all others."""

    def draw(random: np.random.Generator) -> tuple[Numbers, Numbers]:
        first = np.arange(schools) % (inspectors - 1)
        return np.repeat(np.arange(schools), 2), np.stack([first, first + 1], axis=1).ravel()

    return draw


def uneven(schools: int, inspectors: int) -> Draw:
    """One to four inspectors a school, one of them at a third of all."""

    def draw(random: np.random.Generator) -> tuple[Numbers, Numbers]:
        weight = np.ones(inspectors)
        weight[0] = inspectors / 3
        sizes = random.choice([1, 2, 2, 3, 4], schools)
        teams = [
            random.choice(inspectors, size, replace=False, p=weight / weight.sum())
            for size in sizes
        ]
        return np.repeat(np.arange(schools), sizes), np.concatenate(teams)

    return draw


def islands(schools: int, inspectors: int) -> Draw:
    """The first half of the inspectors at every second school; no one of them meets the others."""

    def draw(random: np.random.Generator) -> tuple[Numbers, Numbers]:
        half = inspectors // 2
        first = random.integers(0, half, schools)
        second = (first + random.integers(1, half, schools)) % half
        other = half * (np.arange(schools) % 2)
        return np.repeat(np.arange(schools), 2), (np.stack([first, second]) + other).T.ravel()

    return draw


def sparse(schools: int, inspectors: int) -> Draw:
    """A few schools by two, who link all inspectors in a ring; the others by one alone."""

    def draw(random: np.random.Generator) -> tuple[Numbers, Numbers]:
        linked = 2 * inspectors
        one = np.arange(linked) % inspectors
        alone = random.integers(0, inspectors, schools - linked)
        school = np.concatenate([np.repeat(np.arange(linked), 2), np.arange(linked, schools)])
        pairs = np.stack([one, (one + 1) % inspectors], axis=1).ravel()
        return school, np.concatenate([pairs, alone])

    return draw


def dominated(schools: int, inspectors: int) -> Draw:
    """One inspector at every school, each time with another one."""

    def draw(random: np.random.Generator) -> tuple[Numbers, Numbers]:
        other = random.integers(1, inspectors, schools)
        pairs = np.stack([np.zeros_like(other), other], axis=1).ravel()
        return np.repeat(np.arange(schools), 2), pairs

    return draw


def invented(
    random: np.random.Generator, draw: Draw, strict: float, tails: int = 0, excused: float = 0.0
) -> tuple[Ratings, Floats, Floats]:
    """A round, the truth of inspectors and of schools; ``strict``: deviation of severities.

    ``excused``: the share of schools at which three of ten indicators do not apply.
    """
    school, inspector = draw(random)
    severities = random.normal(0, 1, inspector.max() + 1) * strict
    truth = random.normal(75, 5, school.max() + 1)
    error = random.standard_t(tails, len(school)) if tails else random.normal(size=len(school))
    total = truth[school] - severities[inspector] + 2 * error
    shares = np.repeat(total[:, np.newaxis] / 100, 10, axis=1)
    without = random.random(school.max() + 1) < excused
    shares[without[school], :3] = np.nan
    return ratings(RUBRIC, school, inspector, shares), severities, truth


def tried(
    rounds: int,
    draw: Draw,
    *,
    strict: float = 2.0,
    tails: int = 0,
    excused: float = 0.0,
    seed: int = 1,
) -> Found:
    """Counts over ``rounds`` invented rounds."""
    random = np.random.default_rng(seed)
    away, outward, errors, held, levels, named, out = [], [], [], [], [], 0, 0
    for _ in range(rounds):
        made, severities, truth = invented(random, draw, strict, tails, excused)
        found = severity(made, tolerance=0.0)
        main = [one for one in found.inspectors if one.island == 0]
        own = np.array([int(one.inspector[1:]) for one in main])
        shift = severities[own].mean()
        known = severities[own] - shift
        estimate = np.array([one.severity for one in main])
        away += (estimate - known).tolist()
        outward += (np.sign(known) * (estimate - known)).tolist()
        errors += [one.error for one in main]
        held += [one.low <= it <= one.high for one, it in zip(main, known, strict=True)]
        reach = np.nanmean([(one.high - one.low) / 2 / one.error for one in main])
        there = [one for one in found.schools if one.island == 0]
        gap = np.array([one.adjusted - (truth[one.school] - shift) for one in there])
        levels += (np.abs(gap) <= reach * np.array([one.error for one in there])).tolist()
        named += any(one.named for one in found.inspectors)
        out += bool(found.unusual)
    return Found(
        rounds,
        float(np.mean(outward)),
        float(np.std(away)),
        float(np.sqrt(np.mean(np.square(errors)))),
        float(np.mean(held)),
        float(np.mean(levels)),
        named / rounds,
        out / rounds,
    )


def designs(rounds: int) -> Iterator[tuple[str, Found]]:
    """Yields each design with what was found."""
    yield "60 schools, 8 inspectors, 2 each", tried(rounds, pairs(60, 8))
    yield "200 schools, 20 inspectors, 2 each", tried(rounds, pairs(200, 20))
    yield "a chain of 12 inspectors, 60 schools", tried(rounds, chain(60, 12))
    yield "uneven teams, 100 schools, 15 inspectors", tried(rounds, uneven(100, 15))
    yield "two islands of 8, 100 schools", tried(rounds, islands(100, 16))
    yield "sparse links, 100 schools, 15 inspectors", tried(rounds, sparse(100, 15))
    yield "one inspector everywhere, 100 schools, 15", tried(rounds, dominated(100, 15))
    yield "a third with excused items, 60 schools, 8", tried(rounds, pairs(60, 8), excused=0.33)
    yield "heavy tails (t, 3), 200 schools, 20", tried(rounds, pairs(200, 20), tails=3)
    yield "heavy tails (t, 4), 200 schools, 20", tried(rounds, pairs(200, 20), tails=4)
    yield "heavy tails (t, 3), 60 schools, 8", tried(rounds, pairs(60, 8), tails=3)
    alike = (("60 schools, 8", pairs(60, 8)), ("200 schools, 20", pairs(200, 20)))
    for name, draw in alike:
        yield f"all alike, {name}", tried(rounds, draw, strict=0.0)
        for tails in (3, 5):
            yield f"all alike, (t, {tails}), {name}", tried(rounds, draw, strict=0.0, tails=tails)
    yield "all alike, sparse links, 100, 15", tried(rounds, sparse(100, 15), strict=0.0)
    yield "all alike, two islands, 100, 16", tried(rounds, islands(100, 16), strict=0.0)
    yield "10,000 schools, 500 inspectors", tried(max(rounds // 50, 2), pairs(10_000, 500))


def main() -> None:
    """Prints the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print("design | rounds | bias | deviation | standard error | 95 % holds severity | holds total")
    print("       | | | | | | | somebody named | something stands out")
    for name, one in designs(rounds):
        print(
            f"{name} | {one.rounds} | {one.bias:+.3f} | {one.spread:.3f} | {one.error:.3f} | "
            f"{one.held:.2%} | {one.level_held:.2%} | {one.named:.1%} | {one.stood_out:.1%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
