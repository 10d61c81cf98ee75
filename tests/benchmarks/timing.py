"""Runs contenders in turn (A B A B ...) and compares them round by round.

Seconds are those that the processor spent on this process, threads of libraries included: what one
core does, however busy the machine is. Figures of one round met the same machine, so that their
ratio says more than the rates do.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Contender:
    """A tool, and one run of its work. What is prepared beforehand is not measured."""

    name: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Subject:
    """The same work by several tools, ours first. One run does ``size`` pieces (``unit``)."""

    title: str
    unit: str
    size: int
    contenders: tuple[Contender, ...]
    rounds: int = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of a figure over the rounds, and its extremes."""

    middle: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One contender: pieces a second of one core, and how many times as long as ours it takes."""

    name: str
    rate: Spread
    times_ours: Spread


def measure(subject: Subject) -> list[Measured]:
    """Returns every contender's figures, in order; a first round is run and not counted."""
    seconds: dict[str, list[float]] = {item.name: [] for item in subject.contenders}
    for number in range(subject.rounds + 1):
        for contender in subject.contenders:
            taken = _seconds(contender.run)
            if number:
                seconds[contender.name].append(taken)
    ours = seconds[subject.contenders[0].name]
    return [
        Measured(
            name,
            _spread([subject.size / taken for taken in own]),
            _spread([taken / ours_taken for taken, ours_taken in zip(own, ours, strict=True)]),
        )
        for name, own in seconds.items()
    ]


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start


def _spread(values: list[float]) -> Spread:
    return Spread(median(values), min(values), max(values))
