"""Known severities of graded items in invented rounds: bias, coverage, false alarms.

``python -m tests.scoring.fairness.simulations.facets [ROUNDS]`` prints the table; 200 rounds of
each design take some minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rubrics.language.rubric import Rubric
from scoring.fairness.facets import facets
from scoring.fairness.rating_scale import chances_of
from scoring.fairness.ratings import Floats, Ratings
from tests.scoring.fairness.invented import ratings, rubric_of
from tests.scoring.fairness.simulations.severities import Draw, chain, pairs


@dataclass(frozen=True)
class Truth:
    """What a round was drawn from, logits."""

    severity: Floats
    difficulty: Floats
    ability: Floats
    thresholds: Floats


@dataclass(frozen=True)
class Found:
    """What was counted. ``slope``: found on true severities, 1 is no bias; ``outward`` likewise of
    difficulties. ``held``: how often 95 % intervals hold severities, difficulties, abilities.
    """

    rounds: int
    slope: float
    outward: float
    held: float
    difficulty_held: float
    ability_held: float
    named: float
    unfit: float


def invented(
    random: np.random.Generator,
    draw: Draw,
    rubric: Rubric,
    thresholds: Floats,
    strict: float,
    careless: float = 0.0,
) -> tuple[Ratings, Truth]:
    """A round; the first inspector gives ``careless`` of all ratings at random."""
    school, inspector = draw(random)
    items = len(rubric.indicators)
    truth = Truth(
        random.normal(0, 1, inspector.max() + 1) * strict,
        random.normal(0, 0.7, items),
        random.normal(0.5, 1, school.max() + 1),
        thresholds,
    )
    place = (truth.ability[school] - truth.severity[inspector])[:, np.newaxis] - truth.difficulty
    chances = chances_of(place.ravel(), thresholds)
    drawn = random.random(place.size)[:, np.newaxis]
    category = (drawn > np.cumsum(chances, axis=1)).sum(axis=1).reshape(place.shape)
    wild = (inspector == 0)[:, np.newaxis] & (random.random(place.shape) < careless)
    category[wild] = random.integers(0, len(thresholds) + 1, int(wild.sum()))
    return ratings(rubric, school, inspector, category / len(thresholds)), truth


def tried(
    rounds: int,
    draw: Draw,
    items: int,
    thresholds: Floats,
    *,
    strict: float = 0.5,
    seed: int = 1,
) -> Found:
    """Counts over ``rounds`` invented rounds."""
    random = np.random.default_rng(seed)
    rubric = rubric_of([2] * items, levels=len(thresholds) + 1)
    slopes, outward, named, unfit = [], [], 0, 0
    held: tuple[list[bool], list[bool], list[bool]] = ([], [], [])
    for _ in range(rounds):
        made, truth = invented(random, draw, rubric, thresholds, strict)
        found = facets(made, tolerance=0.0)
        assert found.found
        own = np.array([one.severity for one in found.inspectors])
        known = truth.severity - truth.severity.mean()
        there = np.isfinite(own)
        slopes.append(_slope(own[there], known[there]))
        held[0].extend(
            one.low <= it <= one.high
            for one, it in zip(found.inspectors, known, strict=True)
            if np.isfinite(one.severity)
        )
        hard = np.array([one.difficulty for one in found.indicators])
        true = truth.difficulty - truth.difficulty.mean()
        outward.append(_slope(hard, true))
        errors = np.array([one.error for one in found.indicators])
        held[1].extend((np.abs(hard - true) <= 1.96 * errors).tolist())
        shift = truth.severity.mean() + truth.difficulty.mean()
        held[2].extend(
            abs(one.ability - truth.ability[one.school] + shift) <= 1.96 * one.error
            for one in found.schools
            if np.isfinite(one.ability)
        )
        named += any(one.named for one in found.inspectors)
        unfit += any(one.fit.named for one in found.inspectors)
    shares = [float(np.mean(one)) for one in held]
    return Found(
        rounds,
        float(np.mean(slopes)),
        float(np.mean(outward)),
        *shares,
        named / rounds,
        unfit / rounds,
    )


def _slope(found: Floats, known: Floats) -> float:
    size = float(known @ known)
    return float(found @ known) / size if size > 1e-12 else np.nan


FOUR, TWO, FAR = np.array([-1.0, 0.0, 1.0]), np.array([0.0]), np.array([-2.0, 0.5, 1.5])


def designs(rounds: int) -> Iterator[tuple[str, Found]]:
    """Yields each design with what was found."""
    yield "100 schools, 8 inspectors, 20 items of 4", tried(rounds, pairs(100, 8), 20, FOUR)
    yield "60 schools, 8 inspectors, 5 items of 4", tried(rounds, pairs(60, 8), 5, FOUR)
    yield "100 schools, 8 inspectors, 10 items of 2", tried(rounds, pairs(100, 8), 10, TWO)
    yield "200 schools, 8 inspectors, 3 items of 2", tried(rounds, pairs(200, 8), 3, TWO)
    yield "chain of 8, 80 schools, 12 items of 4", tried(rounds, chain(80, 8), 12, FAR)
    yield "all alike, 100 schools, 8, 12 items", tried(rounds, pairs(100, 8), 12, FOUR, strict=0.0)


def main() -> None:
    """Prints the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print("design | rounds | slope of severities | of difficulties | 95 % holds severity |")
    print("   holds difficulty | holds ability | somebody named | somebody unfit")
    for name, one in designs(rounds):
        print(
            f"{name} | {one.rounds} | {one.slope:.3f} | {one.outward:.3f} | "
            f"{one.held:.1%} | {one.difficulty_held:.1%} | {one.ability_held:.1%} | "
            f"{one.named:.1%} | {one.unfit:.1%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
