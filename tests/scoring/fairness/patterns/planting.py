"""What the first inspector of a made-up round does otherwise than the others, by pattern."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from scoring.fairness.patterns.pattern import Kind
from tests.scoring.fairness.patterns.made_up import Round

Plant = Callable[[Round], None]


def drift(points: float) -> Plant:
    """From so many points too mild in each judged indicator to as many too strict."""

    def plant(made: Round) -> None:
        own = made.of(0)
        part = 1 - 2 * made.day[own] / max(made.day.max(), 1)
        made.judged[own] = _halves(made.judged[own] + points * part[:, None])

    return plant


def halo(points: float) -> Plant:
    """An impression of each school, right or wrong, that colours all six by so many points."""

    def plant(made: Round) -> None:
        own = made.of(0)
        chance = np.random.default_rng(int(made.judged.sum() * 2))
        mood = chance.normal(0, points, len(own))
        made.judged[own] = _halves(made.judged[own] + mood[:, None])

    return plant


def narrow(share: float) -> Plant:
    """Marks that leave one's own middle only so far as this share."""

    def plant(made: Round) -> None:
        own = made.of(0)
        middle = made.judged[own].mean(axis=0)
        made.judged[own] = _halves(middle + share * (made.judged[own] - middle))

    return plant


def copied(items: int) -> Plant:
    """The last sheet repeats the readings of the first in so many of nine indicators."""

    def plant(made: Round) -> None:
        own = made.of(0)
        read = min(items, made.read.shape[1])
        made.read[own[-1], :read] = made.read[own[0], :read]
        made.faults[own[-1], : items - read] = made.faults[own[0], : items - read]

    return plant


def alike(share: float) -> Plant:
    """Judges as the partner did, in this share of the indicators."""

    def plant(made: Round) -> None:
        chance = np.random.default_rng(int(made.judged.sum() * 2))
        for row in made.of(0).tolist():
            others = np.flatnonzero((made.school == made.school[row]) & (made.inspector != 0))
            same = chance.random(made.judged.shape[1]) < share
            made.judged[row, same] = made.judged[others[0], same]

    return plant


def round_digits(share: float) -> Plant:
    """This share of the readings becomes whole degrees, whatever the thermometer shows."""

    def plant(made: Round) -> None:
        own = made.of(0)
        chance = np.random.default_rng(int(made.judged.sum() * 2))
        read = made.read[own]
        made.read[own] = np.where(chance.random(read.shape) < share, np.rint(read), read)

    return plant


def at_the_edge(reach: float) -> Plant:
    """Whoever is short of a grade by less than so many points gets what is missing."""

    def plant(made: Round) -> None:
        own = made.of(0)
        for mark in (80, 90):
            short = mark - _total(made)[own]
            for row, missing in zip(own, short, strict=True):
                if 0 < missing <= reach:
                    _give(made, int(row), float(missing))

    return plant


def hurried(minutes: int) -> Plant:
    """One visit takes only so many minutes."""

    def plant(made: Round) -> None:
        made.minutes[made.of(0)[1]] = minutes

    return plant


def _give(made: Round, row: int, missing: float) -> None:
    """Half a point after the other, where there is room."""
    for place in range(made.judged.shape[1]):
        more = min(10 - made.judged[row, place], np.ceil(missing * 2) / 2)
        made.judged[row, place] += more
        missing -= more
        if missing <= 0:
            return


def _total(made: Round) -> np.ndarray:
    read = np.maximum(5 - ((made.read < 0) | (made.read > 8)).sum(axis=2), 0)
    whole = made.judged.sum(axis=1) + read.sum(axis=1)
    found: np.ndarray = whole + np.maximum(4 - made.faults, 0).sum(axis=1)
    return found


def _halves(marks: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.clip(np.rint(marks * 2) / 2, 0, 10)
    return found


PLANTED: Mapping[Kind, Mapping[str, Plant]] = {
    Kind.DRIFT: {"±0.5 a judged mark": drift(0.5), "±1": drift(1)},
    Kind.HALO: {"mood of 0.5 points": halo(0.5), "1 point": halo(1)},
    Kind.SPREAD: {"half of the spread": narrow(0.5), "none": narrow(0)},
    Kind.COPIED: {"4 of 9 repeated": copied(4), "9 of 9": copied(9)},
    Kind.ALIKE: {"90 % as the partner": alike(0.9), "all": alike(1)},
    Kind.DIGITS: {"half in whole degrees": round_digits(0.5), "all": round_digits(1)},
    Kind.EDGE: {"lifted by up to 1": at_the_edge(1), "up to 2": at_the_edge(2)},
    Kind.STAY: {"one of 40 minutes": hurried(40), "20": hurried(20)},
}
