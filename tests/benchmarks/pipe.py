"""From returned workbooks to the second look: what every command takes, in counties of several
sizes.

``python -m tests.benchmarks pipe``. Every command is a process of its own and is measured from
outside. The last line of each is what the straight line through the sizes (least squares) says of
10,000 schools. Bare reading is always by this checkout, whatever program is measured.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from tests.benchmarks.county import first_school, make_county, unit
from tests.benchmarks.outside import Measures, measured

SIZES = (60, 300, 1200)
FAR = 10_000
_HERE = Path(__file__).resolve().parents[2]
_BARE, _COLLECT, _REPORT = "只读不记", "collect", "report"
_MONTH = "2026-10"
"""In which the county is inspected."""
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A command in the order of work. ``anew``: in a folder that no command has seen.

    ``cwd``: where it is run, a folder of no checkout where not given. ``returned``: the folder of
    what comes back, into which everything that was sent is put first.
    """

    name: str
    command: tuple[str, ...]
    anew: bool = False
    cwd: Path | None = None
    returned: Path | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """A step in one county: what it took, and how many letters are there after it."""

    measures: Measures
    letters: int


def main(arguments: Sequence[str]) -> None:
    """Makes the counties that are not there, measures, and prints one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks pipe", description=__doc__)
    add = parser.add_argument
    add("--sizes", type=_sizes, default=SIZES, metavar="N,N", help="schools of the counties")
    add("--counties", type=Path, metavar="DIR", help="where counties are kept for the next time")
    add("--program", type=shlex.split, metavar="CMD", help="what to run, by its whole path")
    asked = parser.parse_args(arguments)
    if sys.platform != "linux":
        parser.error("processes are measured by /proc, which only Linux has")
    program = asked.program or [sys.executable, "-m", "scoring"]
    progress = Console(stderr=True)
    found: dict[str, dict[int, Figures]] = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "work"
        start = Step("--help", (*program, "--help"))
        found[start.name] = {0: _figures(start, work)}
        for size in asked.sizes:
            kept = (asked.counties or Path(folder)).resolve()
            county = _county(kept / str(size), size, progress)
            for step, figures in _measured(county, work, program, progress):
                found.setdefault(step.name, {})[size] = figures
    console = Console()
    Console(width=None if console.is_terminal else _WIDTH).print(_table(found))


def _sizes(typed: str) -> tuple[int, ...]:
    sizes = tuple(sorted({int(size) for size in typed.split(",")}))
    if sizes[0] < 1 or any(size % unit() for size in sizes):
        raise argparse.ArgumentTypeError(f"sizes are multiples of {unit()}, as 60,300,1200")
    return sizes


def _county(folder: Path, schools: int, progress: Console) -> Path:
    """Returns the county in ``folder``, which is there whole or not at all."""
    if not folder.is_dir():
        making = folder.with_name(f".{folder.name}.making")
        shutil.rmtree(making, ignore_errors=True)
        progress.print(f"{schools}: making the county ...")
        make_county(making, schools)
        making.rename(folder)
    return folder


def _steps(program: Sequence[str], county: Path, work: Path) -> Iterator[Step]:
    def ours(name: str, *more: str, anew: bool = False) -> Step:
        return Step(name, (*program, *name.split(), str(work), *more), anew)

    reading = (sys.executable, "-m", "tests.benchmarks.bare", str(county))
    yield Step(_BARE, reading, cwd=_HERE)
    yield ours(f"{_COLLECT} --no-marks", anew=True)
    yield ours(_COLLECT, anew=True)
    yield ours("score")
    yield ours("round status")
    yield ours("explain", first_school())
    yield ours("ledger history", first_school())
    yield ours(_REPORT)
    yield Step("run（没有新的）", (*program, "run", str(work)))
    yield ours("ledger verify")
    yield ours("accountability example")
    yield ours("accountability propose")
    yield ours("rectify open")
    yield ours("rectify send")
    collect = (*program, "rectify", "collect", str(work))
    yield Step("rectify collect", collect, returned=work / "rectify" / "returned")
    yield ours("rectify status")
    yield ours("rectify book")
    yield ours("followup draw", "--by", "抽取人", "--why", "比较速度", "--seed", "1")
    yield ours("followup send")
    yield ours("monthly", "--month", _MONTH)
    yield Step("run（全程）", (*program, "run", str(work)), anew=True)


def _measured(
    county: Path, work: Path, program: Sequence[str], progress: Console
) -> Iterator[tuple[Step, Figures]]:
    for step in _steps(program, county, work):
        progress.print(f"{county.name}: {step.name} ...", end=" ")
        if step.anew:
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(county, work)
        if step.returned:
            sent = step.returned.with_name("sent")
            shutil.copytree(sent, step.returned, dirs_exist_ok=True)
        figures = _figures(step, work)
        progress.print(f"{figures.measures.cpu:,.1f} s")
        yield step, figures


def _figures(step: Step, work: Path) -> Figures:
    log = work.with_name("printed.txt")
    # Elsewhere than in this checkout, so that the program is the one that was named.
    took = measured(step.command, step.cwd or work.parent, log=log)
    said = log.read_text(encoding="utf-8", errors="replace")
    if took.status not in (0, 1) or "Traceback" in said:  # 1: there are mistakes in workbooks
        sys.exit(f"{step.name}: status {took.status}\n{said[-2000:]}")
    return Figures(took, sum(1 for _ in (work / "reports").rglob("*.pdf")))


def _table(found: Mapping[str, Mapping[int, Figures]]) -> Table:
    title = "从收表到意见书：处理器时间（全部进程，其中主进程），内存峰值（主进程，最大的子进程）"
    headings = ("命令", "学校", "处理器", "主进程", "历时", "主 MB", "子 MB", "")
    table = Table(*headings, title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, by_size in found.items():
        for size, figures in by_size.items():
            took = figures.measures
            table.add_row(
                name if size == min(by_size) else "",
                f"{size:,}" if size else "",
                f"{took.cpu:,.1f} s",
                f"{took.cpu_main:,.1f} s",
                f"{took.wall:,.1f} s",
                f"{took.main:,.0f}",
                f"{took.others:,.0f}" if took.others else "",
                _beside(name, figures, found[_BARE].get(size)),
            )
        if len(by_size) > 1:
            far = _far(by_size)
            table.add_row(
                "（直线外推）",
                f"{FAR:,}",
                f"{far.measures.cpu / 60:,.1f} min",
                f"{far.measures.cpu_main / 60:,.1f} min",
                "",
                f"{far.measures.main:,.0f}",
                f"{far.measures.others:,.0f}" if far.measures.others else "",
                _beside(name, far, _far(found[_BARE])),
                style="dim",
            )
        table.add_section()
    return table


def _beside(name: str, figures: Figures, bare: Figures | None) -> str:
    cpu = figures.measures.cpu
    if bare is not None and name.startswith(_COLLECT):
        return f"{cpu / bare.measures.cpu:.2f} 倍于只读"
    return f"每核每秒 {figures.letters / cpu:.1f} 份" if name == _REPORT else ""


def _far(by_size: Mapping[int, Figures]) -> Figures:
    """What the straight line through the sizes, by least squares, says of 10,000 schools."""

    def line(values: Iterable[float]) -> float:
        slope, start = np.polyfit(list(by_size), list(values), 1)
        return float(start + slope * FAR)

    took = [figures.measures for figures in by_size.values()]
    return Figures(
        Measures(
            status=0,
            cpu=line(one.cpu for one in took),
            cpu_main=line(one.cpu_main for one in took),
            wall=line(one.wall for one in took),
            main=line(one.main for one in took),
            others=line(one.others for one in took) if all(one.others for one in took) else 0,
        ),
        round(line(figures.letters for figures in by_size.values())),
    )
