"""What commands print: problems, tables, JSON, progress; and the exit status that follows.

Colours, rules and bars are for a terminal only; in a pipe lines stay unbroken and tables are
tab-separated.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rubrics.messages.json_text import json_text
from rubrics.messages.ordering import worst_first
from rubrics.messages.plain_text import one_line, plain
from rubrics.messages.printed_commands import runnable
from rubrics.messages.problems import Problem, Severity, has_errors, spoken
from rubrics.messages.unwritten import by_cause
from rubrics.messages.watching import Progress, Watcher

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

SHOWN = 30
"""Problems that are listed one by one; the rest are counted."""

MANY = {Severity.ERROR: 12, Severity.WARNING: 8, Severity.NOTE: 2}
"""How many problems of one kind are printed one by one; of a note nothing has to be done."""

_SEVERITIES = {
    Severity.ERROR: ("错误", "red"),
    Severity.WARNING: ("提醒", "yellow"),
    Severity.NOTE: ("说明", "dim"),
}


_about: list[str] = [""]
"""The folder that the running command is about."""


def about(folder: Path) -> Path:
    """Notes the folder of a command, for the commands that its messages print; returns it."""
    _about[:] = [str(folder)]
    return folder


def print_problems(problems: Iterable[Problem], most: int = SHOWN, *, aside: bool = False) -> None:
    """Prints problems as ``worst_first`` has them, each with its place and what to do about it.

    Many files that nothing may be written to are one. Of those that say the same of one thing
    after the other the first are printed, and the rest are
    counted: a screen of a round of many schools is still read. With a ``most`` beyond ``SHOWN``
    all are printed where there are no more. ``aside``: to stderr, where stdout
    holds a table or JSON that may be piped on.
    """
    out = _console(aside)
    ranked = worst_first(by_cause(problems))
    shown, alike = _first_of_each(ranked) if most < len(ranked) or most <= SHOWN else (ranked, {})
    for item in shown[:most]:
        word, colour = _SEVERITIES[item.severity]
        out.print(Text(f"{word}  {item.place}".rstrip(), style=colour))
        out.print(runnable(f"      {item.message}。{item.remedy}。", _about[-1]))
        if more := alike.get(item):
            files = len({one.place.file for one in more})
            where = f"，在 {files} 个文件里" if files > 1 else ""
            out.print(f"      ……这样的{word}另有 {len(more)} 条{where}")
    if len(shown) > most:
        rest = [one for item in shown[most:] for one in (item, *alike.get(item, ()))]
        out.print(f"……另有 {len(rest)} 条（{counted(rest)}）")


def _first_of_each(
    ranked: Sequence[Problem],
) -> tuple[list[Problem], dict[Problem, list[Problem]]]:
    """Returns what is printed one by one, and behind the last of a kind all others of it."""
    kinds: dict[str, list[Problem]] = {}
    for item in ranked:
        kinds.setdefault(item.code, []).append(item)
    shown, alike = [], {}
    for item in ranked:
        kind = kinds[item.code]
        many = MANY[item.severity]
        first = kind[:many] if len(kind) > many + 1 else kind
        if item in first and item not in shown:
            shown.append(item)
            if item == first[-1] and len(kind) > len(first):
                alike[item] = kind[len(first) :]
    return shown, alike


def counted(problems: Iterable[Problem]) -> str:
    """Returns how many problems of each severity there are: ``错误 3，提醒 5``; empty if none."""
    severities = [item.severity for item in problems]
    counts = ((word, severities.count(severity)) for severity, (word, _) in _SEVERITIES.items())
    return "，".join(f"{word} {count}" for word, count in counts if count)


def say(line: str, *, aside: bool = False) -> None:
    """Prints a line in which something that people typed may stand."""
    typer.echo(runnable(plain(line), _about[-1]), err=aside)


def print_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    right: Sequence[str] = (),
) -> None:
    """Prints a table; columns whose heading is in ``right`` are set to the right."""
    # Other headings may be titles that somebody has written.
    headings = [spoken(it) if it in ("学校", "校次", "督学") else it for it in headings]
    out = _console()
    if title:
        out.print(Text(title, "bold"))
    if not out.is_terminal:
        for row in (headings, *rows):
            typer.echo("\t".join(one_line(plain(str(cell))) for cell in row))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left")
    for row in rows:
        table.add_row(*(Text(one_line(plain(str(cell)))) for cell in row))
    out.print(table)


def on_terminal() -> bool:
    """Whether somebody reads what is printed; otherwise a file or a program does."""
    return _console().is_terminal


def print_lines(lines: Iterable[Text]) -> None:
    """Prints styled lines; what no line can show is left out of them."""
    out = _console()
    for line in lines:
        line.plain = plain(line.plain)
        out.print(line)


def print_json(data: object) -> None:
    """Prints data as JSON, Chinese as it is."""
    typer.echo(json_text(data, indent=2))


def with_problems(content: Mapping[str, object], problems: Iterable[Problem]) -> dict[str, object]:
    """Returns what a command tells as JSON: its content, and the problems."""
    return {**content, "problems": [as_dict(item) for item in problems]}


def as_dict(item: Problem) -> dict[str, str]:
    """Returns a problem as the row of ``problems.csv``: code, severity, place, texts."""
    place = item.place.shown
    return {
        "code": item.code,
        "severity": item.severity.value,
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "message": item.message,
        "remedy": item.remedy,
    }


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Gives a function to be told (done, due): a bar on a terminal, nothing in a pipe.

    Within another one it is a second bar, which shows itself once it is told something.
    """
    out = Console(stderr=True)
    if not out.is_terminal:
        yield lambda done, due: None
        return
    with _bars(out) as (bars, first):
        task = bars.add_task(what, total=None, visible=first)
        yield lambda done, due: bars.update(task, completed=done, total=due, visible=True)
        bars.remove_task(task)


_shown: list[Bars] = []
"""The bars that are on the terminal: two of them would write over each other."""


@contextmanager
def _bars(out: Console) -> Iterator[tuple[Bars, bool]]:
    if _shown:
        yield _shown[0], False
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=out, transient=True) as bars:
        _shown.append(bars)
        try:
            yield bars, True
        finally:
            _shown.clear()


def _tell_waiting() -> None:
    typer.echo("另一个 scoring 正在这个文件夹里写，等它做完……（按 Ctrl-C 中止）", err=True)


def _ask_secret(what: str) -> str:
    """Asks on a terminal, and shows nothing of the answer; bars stand aside meanwhile."""
    if not sys.stdin.isatty():
        return ""
    for bars in _shown:
        bars.stop()
    try:
        return getpass(f"{what}（不显示）：")
    except EOFError:
        return ""
    finally:
        for bars in _shown:
            bars.start()


WATCHER = Watcher(progress, _tell_waiting, _ask_secret)
"""Whoever sits at the terminal."""


def finish(problems: Iterable[Problem]) -> NoReturn:
    """Leaves with status 1 where there are errors, else 0."""
    raise typer.Exit(1 if has_errors(problems) else 0)


def not_started(problems: Sequence[Problem], as_json: bool = False) -> NoReturn:
    """Prints why a command could not start, and leaves with status 2."""
    if as_json:
        print_json(with_problems({}, problems))
    else:
        print_problems(problems)
    raise typer.Exit(2)


def _console(aside: bool = False) -> Console:
    out = Console(stderr=aside, highlight=False, markup=False, emoji=False)
    out.soft_wrap = not out.is_terminal
    return out
