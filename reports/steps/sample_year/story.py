"""What is known while the sample's year goes on: where, when, and what has been done so far."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from inspections.demo.county import county
from inspections.ledger.moment import acting_on
from inspections.ledger.of_round import open_round
from inspections.round.opened import OpenRound
from rubrics.messages.problems import Problem
from rubrics.messages.watching import Watcher

T = TypeVar("T")


class StoppedError(Exception):
    """A step could not be done at all: a full disk, a file that somebody holds open."""


@dataclass(slots=True)
class Story:
    """One round of the sample's year while it goes on, in a folder.

    ``done``: by the step, what it came to, in Chinese. ``problems``: all that was met.
    """

    folder: Path
    watcher: Watcher
    done: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def opened(self) -> OpenRound:
        """The round as it is now."""
        opened, problems = open_round(self.folder)
        if opened is None:
            self.problems += problems
            raise StoppedError
        return opened

    def take(self, made: tuple[T | None, Sequence[Problem]]) -> T:
        """Returns what a step gave; its problems join the others."""
        result, problems = made
        self.problems += problems
        if result is None:
            raise StoppedError
        return result

    @contextmanager
    def on(self, name: str) -> Iterator[date]:
        """Lets what follows happen on a day of the cycle, by its name in ``county.yaml``."""
        with self.on_day(county().day(f"cycle.{name}")) as day:
            yield day

    @contextmanager
    def on_day(self, day: date) -> Iterator[date]:
        """Lets what follows happen on ``day``."""
        with acting_on(day):
            yield day


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Looks for garbage seldom: the rounds of a year are many small things that all stay."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
