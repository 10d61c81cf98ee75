"""How far long work has come: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@contextmanager
def progress_bar(console: Console | None = None) -> Iterator[Progress]:
    """Yields what work tells how far it is; draws one bar for each thing that is done.

    On stderr, so that what a command prints can be piped on while a person watches.
    """
    console = console or Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    shown = console.is_terminal
    with Bars(*columns, TimeRemainingColumn(), console=console, disable=not shown) as bars:
        tasks = {}

        def tell(doing: str, done: int, whole: int) -> None:
            if doing not in tasks:
                tasks[doing] = bars.add_task(doing)
            bars.update(tasks[doing], completed=done, total=whole)

        yield tell
