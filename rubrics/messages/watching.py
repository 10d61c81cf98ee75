"""What long work tells whoever waits for it; by default nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Told how many of how many things are done."""


def _nothing() -> None:
    """Tells nobody."""


def _nobody(what: str) -> str:
    """Nobody is there to be asked."""
    return ""


@contextmanager
def _unseen(what: str) -> Iterator[Progress]:
    yield lambda done, due: None


@dataclass(frozen=True, slots=True)
class Watcher:
    """``stage``: opened around a stage of the work, by its name in Chinese; gives its progress.

    ``waiting``: called once where the work has to wait until another process is done. ``secret``:
    asked for a password, by what it is for in Chinese; returns what was typed, empty for nothing.
    """

    stage: Callable[[str], AbstractContextManager[Progress]] = _unseen
    waiting: Callable[[], None] = _nothing
    secret: Callable[[str], str] = _nobody


NOBODY = Watcher()
