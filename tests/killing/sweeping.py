"""Kills a command at one moment after another, and looks at what is left."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.killing.rounds import Struck, at_rest, files

Command = Sequence[str]

KILLED = -9

DIR = "春季"
"""The folder of the round that a command is killed in, in its working folder."""


@dataclass(frozen=True)
class Case:
    """A command that is killed in a folder, and how the folder is when it starts.

    ``then``: what somebody does in the folder meanwhile. ``again``: what is run afterwards until
    its end, the command itself if nothing else. ``ends``: how that may end. ``stages``: the
    beginning of what is written more than once. ``of``: the beginnings of what must be the same,
    all and the ledger too if nothing else.
    """

    name: str
    command: Command
    start: Callable[[Path], object]
    setup: Sequence[str] = ()
    again: Sequence[Command] = ()
    then: Callable[[Path], object] = lambda folder: None
    ends: Sequence[int] = (0, 1)
    stages: str = "results/problems.csv"
    of: tuple[str, ...] = ()


def sweep(
    case: Case, struck: Struck, base: Path, moments: Callable[[int], Iterable[int]]
) -> Iterator[tuple[int, str]]:
    """Yields every moment at which the command was killed, and what was wrong afterwards.

    ``base``: a folder for the work; the command runs in ``base`` on ``DIR`` in it.
    ``moments`` picks some of as many as there are.
    """
    folder = base / DIR
    before: dict[str, bytes] = {}

    def begin() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        case.start(folder)
        before.update(files(folder))

    def finish() -> tuple[dict[str, bytes], tuple[Any, ...]]:
        case.then(folder)
        for command in case.again or (case.command,):
            status = struck.order(*command, cwd=base, setup=case.setup)
            assert status in case.ends, struck.said
            assert "Traceback" not in struck.said, struck.said
        found, counted = at_rest(folder)
        if not case.of:
            return found, counted
        return {name: data for name, data in found.items() if name.startswith(case.of)}, ()

    begin()
    struck.order(*case.command, cwd=base, setup=case.setup)
    count = struck.moments
    right = finish()
    for moment in moments(count):
        begin()
        status = struck.order(*case.command, cwd=base, setup=case.setup, at=moment)
        if status != KILLED:
            yield moment, f"ended with {status} before it was killed: {struck.said[-300:]}"
            continue
        torn = [
            name
            for name, data in files(folder, parts=False).items()
            if not name.startswith(case.stages)
            and data not in (before.get(name, data), right[0].get(name))
        ]
        try:
            found, counted = finish()
        except AssertionError as error:
            yield moment, f"could not be finished: {error}"[-1500:]
            continue
        wrong = [f"half a file: {name}" for name in torn]
        wrong += [f"left behind: {name}" for name in sorted(found.keys() - right[0].keys())]
        wrong += [f"missing: {name}" for name in sorted(right[0].keys() - found.keys())]
        wrong += [f"other bytes: {name}" for name in found if found[name] != right[0].get(name)]
        wrong += ["the ledger says something else"] if counted != right[1] else []
        yield moment, "; ".join(wrong)
