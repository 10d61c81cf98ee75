"""How often chance alone gives as much: all arrangements counted, or drawn until it is clear."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple, TypeAlias
from zlib import crc32

import numpy as np

from scoring.fairness.ratings import Floats

MOST_DRAWS = 199_999
"""So rare as 1 in 200,000 can be told; enough for some thousand tests at 5 %."""

ENOUGH = 10
"""Once so many draws reach what was seen, it is clear that it is nothing rare."""

COUNTED = 50_000
"""Up to so many arrangements all are counted."""

Draw: TypeAlias = Callable[[np.random.Generator, int], Floats]
"""Given a source of chance and how many, the statistic of so many random arrangements."""


class Chance(NamedTuple):
    """``p``: the chance of as much or more. ``draws``: of how many that were drawn; 0: of all."""

    p: float
    draws: int
    seed: int | None


def counted(seen: float, every: Floats) -> Chance:
    """Returns the share of all arrangements (``every``: their statistics) that reach ``seen``."""
    return Chance(float(np.mean(reaches(every, seen))), 0, None)


def drawn(seen: float, draw: Draw, seed: int) -> Chance:
    """Returns the chance of reaching ``seen``, from arrangements drawn one after the other.

    Besag and Clifford (1991), "Sequential Monte Carlo p-values", Biometrika 78: drawing stops
    with the draw by which ``ENOUGH`` have reached it, and p is ``ENOUGH`` / draws; where
    ``MOST_DRAWS`` do not suffice, p is (reached + 1) / (draws + 1), as Phipson and Smyth (2010)
    have it. Both are exact: P(p <= a) <= a for every a if what is arranged is exchangeable.

    >>> drawn(5.0, lambda chance, count: chance.normal(size=count), seed=1).p < 0.001
    True
    """
    chance = np.random.default_rng(seed)
    done = reached = 0
    batch = 2 * ENOUGH
    while done < MOST_DRAWS:
        batch = min(batch, MOST_DRAWS - done)
        hits = np.flatnonzero(reaches(draw(chance, batch), seen))
        if reached + len(hits) >= ENOUGH:
            draws = done + int(hits[ENOUGH - reached - 1]) + 1
            return Chance(ENOUGH / draws, draws, seed)
        reached, done = reached + len(hits), done + batch
        batch = min(2 * batch, 20_000)
    return Chance((reached + 1) / (done + 1), done, seed)


def exchanged(apart: Floats, seed: int) -> Chance:
    """Returns the chance of so large a sum if each of ``apart`` could as well have the other sign.

    All ways up to 15 of them that are not 0. Fisher (1935), "The Design of Experiments", section
    21; his figure for Darwin's fifteen pairs of plants, in eighths of an inch:

    >>> darwin = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48.0])
    >>> round(exchanged(darwin, seed=1).p * 2**15)
    863
    """
    apart = apart[abs(apart) > 1e-12]
    if not len(apart):
        return Chance(1.0, 0, None)
    seen = float(apart.sum())
    if 2 ** len(apart) <= COUNTED:
        signs = np.array(list(product((1.0, -1.0), repeat=len(apart))))
        return counted(seen, signs @ apart)

    def draw(source: np.random.Generator, count: int) -> Floats:
        found: Floats = (2.0 * source.integers(2, size=(count, len(apart))) - 1) @ apart
        return found

    return drawn(seen, draw, seed)


def reaches(found: Floats, seen: float) -> np.ndarray:
    """Returns which are at least ``seen``; what differs in the last bits alone is the same."""
    return found >= seen - 1e-9 * max(1.0, abs(seen))


def own_seed(seed: int, *names: str) -> int:
    """Returns the seed of one test: another for every name, the same in every run."""
    return (seed * 0x9E3779B1 + crc32("|".join(names).encode())) % 2**63


def choose(chance: np.random.Generator, count: int, of: int, size: int) -> np.ndarray:
    """Returns ``count`` random choices (rows) of ``size`` out of ``of``, none twice."""
    if of > 50 * size:
        # Hardly ever twice the same: drawn again where it is.
        found = chance.integers(of, size=(count, size))
        found.sort(axis=1)
        twice = (np.diff(found, axis=1) == 0).any(axis=1)
        if twice.any():
            found[twice] = [chance.choice(of, size, replace=False) for _ in range(twice.sum())]
        return found
    return chance.random((count, of)).argpartition(size - 1, axis=1)[:, :size]
