"""Runs the benchmarks, all or those named: ``python -m tests.benchmarks reading scoring``.

``pipe`` is measured apart and has options of its own: ``python -m tests.benchmarks pipe --help``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from scoring import one_thread as one_thread  # before NumPy is loaded, as in the program

# isort: split
from rich.console import Console
from rich.table import Table

from tests.benchmarks import (
    fairness,
    letters,
    pipe,
    planning,
    ranks,
    reading,
    scoring,
    severity,
    writing,
)
from tests.benchmarks.timing import Measured, Spread, Subject, measure

SUBJECTS = {
    "reading": reading.subjects,
    "writing": writing.subjects,
    "scoring": scoring.subjects,
    "severity": severity.subjects,
    "letters": letters.subjects,
    "ranks": ranks.subjects,
    "planning": planning.subjects,
    "fairness": fairness.subjects,
}
_WIDTH = 100


def main() -> None:
    """Measures what was asked for, and prints one table."""
    if sys.argv[1:2] == ["pipe"]:
        pipe.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="、".join(SUBJECTS))
    parser.add_argument("--large", action="store_true", help="also 500,000 schools (needs 5 GB)")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(SUBJECTS):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    title = "与同类工具比较：同一进程，轮流运行，按处理器时间（一个核），取中位数"
    table = Table("工具", "每核每秒", "最慢～最快", "本工具快几倍", "各轮最小～最大", title=title)
    table.columns[0].no_wrap = True
    for column in table.columns[1:]:
        column.justify = "right"
    progress = Console(stderr=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.names or SUBJECTS:
            progress.print(f"{name} ...")
            for subject in SUBJECTS[name](Path(folder), asked.large):
                _add(table, subject, measure(subject))
    console = Console()
    Console(width=None if console.is_terminal else _WIDTH).print(table)


def _add(table: Table, subject: Subject, measured: list[Measured]) -> None:
    table.add_row(f"[bold]{subject.title}[/bold]", "", "", "", f"{subject.rounds} 轮")
    for place, item in enumerate(measured):
        ratio = ("", "") if place == 0 else _both(item.times_ours)
        rate, spread = _both(item.rate)
        table.add_row(f"  {item.name}", f"{rate} {subject.unit}", spread, *ratio)
    table.add_section()


def _both(spread: Spread) -> tuple[str, str]:
    return _short(spread.middle), f"{_short(spread.least)}～{_short(spread.most)}"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


if __name__ == "__main__":
    main()
