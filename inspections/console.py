"""What commands print: problems, tables, progress. Colours and bars on a terminal only."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from rubrics.problems import Problem, Severity, has_errors
from rubrics.terminal import as_dict

SHOWN = 30
"""Problems that are listed one by one; the rest are counted."""

_SEVERITIES = {
    Severity.ERROR: ("错误", "red"),
    Severity.WARNING: ("提醒", "yellow"),
    Severity.NOTE: ("说明", "dim"),
}
_ORDER = list(_SEVERITIES)


def console() -> Console:
    """Returns where to print: as wide as the terminal, and unbroken lines in a pipe."""
    on_terminal = sys.stdout.isatty()
    return Console(highlight=False, markup=False, soft_wrap=not on_terminal, emoji=False)


def print_problems(problems: Sequence[Problem], most: int = SHOWN) -> None:
    """Prints problems, the worst first, each with its place and what to do about it."""
    out = console()
    ranked = sorted(problems, key=lambda item: _ORDER.index(item.severity))
    for item in ranked[:most]:
        word, colour = _SEVERITIES[item.severity]
        out.print(f"{word}  {item.place}", style=colour)
        out.print(f"      {item.message}。{item.remedy}。")
    if len(ranked) > most:
        out.print(f"……另有 {len(ranked) - most} 条")


def counted(problems: Iterable[Problem]) -> str:
    """Returns how many problems of each severity there are: ``错误 3，提醒 5``; empty if none."""
    severities = [item.severity for item in problems]
    counts = ((word, severities.count(severity)) for severity, (word, _) in _SEVERITIES.items())
    return "，".join(f"{word} {count}" for word, count in counts if count)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Prints a table: ruled on a terminal, tab-separated in a pipe."""
    out = console()
    if not out.is_terminal:
        for row in (headings, *rows):
            typer.echo("\t".join(map(str, row)))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*map(str, row))
    out.print(table)


def print_json(content: Mapping[str, object], problems: Iterable[Problem] = ()) -> None:
    """Prints ``content`` and the problems as one JSON object."""
    whole = {**content, "problems": [as_dict(item) for item in problems]}
    typer.echo(json.dumps(whole, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function to be told (done, due): a bar on a terminal, nothing in a pipe."""
    out = Console(stderr=True)
    if not out.is_terminal:
        yield lambda done, due: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, due: bar.update(task, completed=done, total=due)


def finish(problems: Iterable[Problem]) -> NoReturn:
    """Leaves with status 1 where there are errors, else 0."""
    raise typer.Exit(1 if has_errors(problems) else 0)


def not_started(problems: Sequence[Problem], as_json: bool = False) -> NoReturn:
    """Prints why a command could not start, and leaves with status 2."""
    if as_json:
        print_json({}, problems)
    else:
        print_problems(problems)
    raise typer.Exit(2)
