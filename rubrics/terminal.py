"""What commands print: problems, tables, and the exit status that follows from them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rubrics.problems import Problem, Severity, has_errors

_SIGNS = {
    Severity.ERROR: ("错误", "bold red"),
    Severity.WARNING: ("提醒", "yellow"),
    Severity.NOTE: ("说明", "dim"),
}


def print_problems(problems: Iterable[Problem]) -> None:
    """Prints each problem: how bad, where, what is wrong, what to do. To stderr."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for item in problems:
        word, style = _SIGNS[item.severity]
        place = f" {item.place}" if str(item.place) else ""
        console.print(Text(word, style), Text(f"{place}：{item.message}。{item.remedy}。"), sep="")


def print_table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], right: str = ""
) -> None:
    """Prints a table to stdout; columns under the headings in ``right`` are set to the right."""
    console = Console(width=None if sys.stdout.isatty() else 200)
    if title:
        console.print(Text(title, "bold"))
    table = Table()
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right.split() else "left")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console.print(table)


def print_json(data: object) -> None:
    """Prints data as JSON, Chinese as it is."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def as_dict(item: Problem) -> dict[str, str]:
    """Returns a problem as the row of ``problems.csv``: code, severity, place, texts."""
    place: Mapping[str, Any] = {
        "file": item.place.file,
        "sheet": item.place.sheet,
        "cell": item.place.cell,
    }
    return {
        "code": item.code,
        "severity": item.severity.value,
        **place,
        "message": item.message,
        "remedy": item.remedy,
    }


def finish(problems: Iterable[Problem]) -> None:
    """Ends the command: status 1 where a problem is an error, else 0."""
    raise typer.Exit(1 if has_errors(problems) else 0)
