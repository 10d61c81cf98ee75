"""Tries every hostile file and prints a Markdown table: ``python -m tests.inspections.hostile``.

``--files 10000`` also collects so many honest workbooks at once. Linux only: memory is read from
``/proc``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType

from inspections.collecting.collecting import collect
from tests.inspections.hostile import entries, files, packages
from tests.inspections.hostile.case import Case, outcome, round_in
from tests.inspections.small_round import RowEntry, spec, write


class Watch:
    """The time that passes, and the most memory that this process and its readers take, in MB."""

    def __enter__(self) -> Watch:
        Path("/proc/self/clear_refs").write_text("5")
        self.reader, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.seconds = time.monotonic() - self._began
        self._over.set()
        self._thread.join()
        self.parent = _peak("self")

    def _look(self) -> None:
        while not self._over.wait(0.005):
            for child in multiprocessing.active_children():
                self.reader = max(self.reader, _peak(str(child.pid)))


def _peak(process: str) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10 if "VmHWM:" in status else 0


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.inspections.hostile")
    parser.add_argument("--files", type=int, default=0)
    asked = parser.parse_args()
    if asked.files:
        _many(asked.files)
        return
    print("| 文件 | 结果 | 秒 | 读取进程 MB | 主进程 MB |\n|---|---|---:|---:|---:|")
    for case in (*packages.CASES, *files.CASES, *entries.CASES):
        print(_line(case), flush=True)


def _line(case: Case) -> str:
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "made"
        # Made twice: what it takes to make the file is not to be counted.
        with Watch() as making:
            case.make(round_in(made), _home(made))
        with Watch() as watch:
            came = outcome(case, Path(name) / "round")
    said = came.problems[0] if came.problems else None
    result = f"{said.code}：{said.message}" if said else "照常读取，没有问题"
    if came.guilty is not None and said:
        result = f"读取；{result}"
    right = came.honest is not None and (case.problems is None or came.found == list(case.problems))
    seconds = max(watch.seconds - making.seconds, 0)
    return (
        f"| {case.title} | {'' if right else '**不对** '}{result} |"
        f" {seconds:.1f} | {watch.reader} | {watch.parent} |"
    )


def _home(folder: Path) -> Path:
    (folder / "returned").mkdir(parents=True)
    return folder / "returned" / "乙"


def _many(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        of = round_in(Path(name))
        for number in range(count):
            sheet = spec(rows={"A1.x": RowEntry(number % 1000)})
            write(of, of.folder.returned / f"{number % 100:02}" / f"{number:05}.xlsx", sheet)
        bad = [case for case in packages.CASES if case.title in ("截断", "XFD1048576 处有一格")]
        for case in bad:
            case.make(of, of.folder.returned / case.title)
        with Watch() as watch:
            found = collect(of)
        with Watch() as again:
            collect(of)
    unreadable = sum(item.code == "workbook-unreadable" for item in found.problems)
    print(
        f"{found.files} 份：{watch.seconds:.0f} 秒，读取进程 {watch.reader} MB，"
        f"主进程 {watch.parent} MB，打不开 {unreadable} 份；再收一次 {again.seconds:.1f} 秒"
    )


if __name__ == "__main__":
    main()
